"""The signs of whom a pronoun means that is said to speak: each person near it has some, and so has nobody of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.speech.mention_history import Mention, MentionHistory
from assistant.speech.pronouns.memory import Named, NameMemory

# How well a name fits a pronoun: its gender is known, it is a person's, it may be one, or it only begins a sentence
Fit = Literal["known", "person", "possible", "unknown"]
_GOES_ON = "goes on"
_FAR = 3  # paragraphs, the same as more
_OFTEN = 5
_RANKS = 2  # people counted back
_MANY = 2  # sentences
_SHARE = 0.3  # of all names, from which somebody is whom an article is about


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a pronoun may mean."""

    name: str
    fit: Fit
    is_described: bool = False  # the article says who they are
    is_topic: bool = False  # the sentence before is about them


@dataclass(frozen=True, slots=True)
class Place:
    """A pronoun with what was read before it; `found` is whom the rules would name."""

    mention: Mention
    pronoun: str
    found: str | None
    history: MentionHistory
    memory: NameMemory

    @property
    def form(self) -> str:
        """Whether the pronoun ends or opens its sentence, or stands within it."""
        return "ends" if self.mention.ends else "opens" if self.mention.opens else "within"

    @property
    def side(self) -> str:
        """Whether its paragraph begins with its sentence or has others before it."""
        return _GOES_ON if self.memory.paragraph == self.history.paragraph else "begins"


def list_signs(candidate: Candidate, rank: int, place: Place) -> Iterator[str]:
    """The signs of a person, the `rank`-th (from 0) counted back from the pronoun."""
    known, memory, name = place.memory[candidate.name], place.memory, candidate.name
    distance = memory.sentences - known.sentence
    yield f"fit {candidate.fit}"
    yield f"{_count_paragraphs(known, place)} paragraphs, {place.side}"
    yield f"{distance if distance <= 3 else 5 if distance <= 5 else 9} sentences"
    yield f"behind {known.place}"
    holds = {
        "described": candidate.is_described,
        "one word": " " not in name,
        "topic": candidate.is_topic,
        "first": name == memory.first_person,
        "once": known.times <= 1,
        "often": known.times >= _OFTEN,
        "mostly": known.times >= max(_OFTEN - 1, _SHARE * memory.times),
        f"rank {rank}": rank < _RANKS,
    }
    yield from (sign for sign, is_so in holds.items() if is_so)
    yield from _list_signs_of_mentions(name, known, place)
    yield from _list_signs_of_speech(name, known, place)


def _count_paragraphs(known: Named, place: Place) -> int:
    return min(_FAR, place.history.paragraph - known.paragraph) if known.paragraph else _FAR


def _list_signs_of_mentions(name: str, known: Named, place: Place) -> Iterator[str]:
    """The signs of where a person stands in the sentence before and in the paragraph."""
    form, side, history, memory = place.form, place.side, place.history, place.memory
    is_subject = name == history.previous_subject
    is_before = known.sentence == memory.sentences - 1
    varied = (
        ("rules", name == place.found, (form,)),
        ("meant before", name == memory.meant.get(place.pronoun), (form, side)),
        ("subject before", is_subject, (form, side)),
        ("sentence before", is_before, (form, side)),
        ("first before", is_before and known.was_first, (form, side)),
        ("early before", is_before and known.was_early, (side,)),
        (
            "otherwise before",
            is_before and not (known.was_first or is_subject or name in history.previous_speakers),
            (side,),
        ),
        ("first here", side == _GOES_ON and name == memory.first_here, (form,)),
    )
    yield from (sign for name_of, is_so, situations in varied if is_so for sign in _vary(name_of, *situations))
    if known.paragraph == history.paragraph:
        holds = {
            "early here": known.early_here,
            "subject here": known.subject_here,
            "acts here": known.subject_here or known.spoke_here,
            "spoke here": known.spoke_here,
        }
        yield from (sign for sign, is_so in holds.items() if is_so)


def _list_signs_of_speech(name: str, known: Named, place: Place) -> Iterator[str]:
    """The signs of whether and when a person spoke."""
    form, side, history = place.form, place.side, place.history
    spoke_before = name in history.previous_speakers
    if spoke_before:
        yield from _vary("spoke before", form, side)
    holds = {"spoke": known.spoke > 0, "spoke often": known.spoke > _MANY, "asked": name == history.previous_asker}
    yield from (sign for sign, is_so in holds.items() if is_so)
    if name != history.last_speaker:
        return
    yield from _vary("last speaker", form, side)
    yield f"last speaker {side} {min(2, history.paragraphs_since_speech)}"
    if history.has_unnamed_before:
        yield "last speaker, then unnamed"
    if side == _GOES_ON and known.paragraph != history.paragraph:
        yield "last speaker, not here"
    if not spoke_before:
        yield from _vary("last speaker, not before", side)


def list_signs_of_nobody(candidates: Sequence[Candidate], place: Place) -> Iterator[str]:
    """The signs that somebody else is meant than the people near a pronoun."""
    history, memory = place.history, place.memory
    names = [candidate.name for candidate in candidates]
    yield from _vary("nobody", place.form, place.side)
    if place.found is None:
        yield "nobody by rules"
    holds = {
        "unnamed subject": history.has_unnamed_subject_before,
        "unnamed person": history.has_unnamed_before,
        "asked": history.was_asked,
        "speech": history.had_speech_before,
        "unnamed here": place.mention.has_unnamed_before,
        "described": memory.previous.has_described,
        "no sentence before": all(memory[name].sentence != memory.sentences - 1 for name in names),
        "not here": all(memory[name].paragraph != history.paragraph for name in names),
        "open subject": memory.previous.subject_kind in ("name", "role") and history.previous_subject is None,
        "other lead": memory.previous.lead is not None and memory.previous.lead not in names,
    }
    yield from (f"nobody, {sign}" for sign, is_so in holds.items() if is_so)
    yield f"nobody, {min(3, sum(candidate.fit == 'known' for candidate in candidates))} known"


def _vary(sign: str, *situations: str) -> Iterator[str]:
    yield sign
    yield from (f"{sign}, {situation}" for situation in situations)
