"""Whether the speaker named with a quotation is the one whose words the articles say they are."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records.checks import QuotePlace, QuoteVerdict
from assistant.text.names import is_open_surname, is_same_person


def is_said(place: QuotePlace) -> bool:
    """Whether the article, or somebody in it, says that the words were said."""
    return place.status in ("asserted", "reported")


def is_speaker_of(name: str, place: QuotePlace) -> bool:
    """Whether the words in a place are given to this person."""
    if place.speaker:
        return is_same_person(name, place.speaker)
    if place.role is None or place.role.lower() not in name.lower():
        return False
    return not is_open_surname(place.role, name)


def judge_speaker(speaker: str | None, places: Sequence[QuotePlace]) -> QuoteVerdict | None:
    """The verdict on words that are not those of the speaker named, or of anybody; None if they are."""
    said = [place for place in places if is_said(place)]
    if speaker is None:
        return None if said else "not_said"
    if list_own_places(speaker, said):
        return None
    if any(is_speaker_of(speaker, place) for place in places):
        return "not_said"
    return "somebody_else" if any(place.speaker for place in said) else "unattributed"


def list_own_places(speaker: str | None, places: Sequence[QuotePlace]) -> list[QuotePlace]:
    """The places where the words are said, and are given to this person."""
    return [place for place in places if speaker and is_said(place) and is_speaker_of(speaker, place)]


def warn_of_second_hand(speaker: str, places: Sequence[QuotePlace]) -> list[str]:
    """That the speaker said it only according to somebody else."""
    said = list_own_places(speaker, places)
    if not said or any(place.status == "asserted" for place in said):
        return []
    name, source = said[0].speaker or speaker, said[0].via
    if source:
        return [f"Second-hand: {name} said this according to {source}."]
    return [f"Second-hand: the article itself does not say that {name} said this."]


def warn_of_other_speaker(speaker: str | None, places: Sequence[QuotePlace]) -> list[str]:
    """That the words from which a quotation was altered are not those of the speaker named."""
    own = [place for place in places if speaker and is_speaker_of(speaker, place)]
    named = list(dict.fromkeys(place.speaker for place in places if place.speaker and is_said(place)))
    if speaker is None or any(map(is_said, own)):
        return []
    if own:
        return [f"The article does not say that {speaker} said the original words."]
    return [f"The article attributes the original words to {named[0]}, not to {speaker}."] if named else []
