"""The signs of whom a pronoun means that is said to speak: each person near it has some, and so has nobody of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.speech.mention_history import Mention, MentionHistory
from assistant.speech.pronouns.memory import NameMemory

# How well a name fits a pronoun: its gender is known, it is a person's, it may be one, or it only begins a sentence
Fit = Literal["known", "person", "possible", "unknown"]
_FAR = 3  # paragraphs, the same as more
_OFTEN = 5
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
        return "goes on" if self.memory.paragraph == self.history.paragraph else "begins"


def list_signs(candidate: Candidate, rank: int, place: Place) -> Iterator[str]:
    """The signs of a person, the `rank`-th (from 0) counted back from the pronoun."""
    form, side, history, memory, name = place.form, place.side, place.history, place.memory, candidate.name
    known, paragraph = memory[name], history.paragraph
    is_here, distance = known.paragraph == paragraph, memory.sentences - known.sentence
    in_previous = known.sentence >= 0 and distance == 1
    yield f"fit {candidate.fit}"
    yield from (sign for sign, holds in (("described", candidate.is_described), ("one word", " " not in name)) if holds)
    yield f"{min(_FAR, paragraph - known.paragraph) if known.paragraph else _FAR} paragraphs, {side}"
    yield f"{distance if distance <= 3 else 5 if distance <= 5 else 9} sentences"
    yield f"behind {known.place}"
    if name == place.found:
        yield from _vary("rules", form)
    if name == history.previous_subject:
        yield from _vary("subject before", form, side)
    if in_previous:
        yield from _vary("sentence before", form, side)
        if known.was_first:
            yield from _vary("first before", form, side)
        if known.was_early:
            yield from _vary("early before", side)
        if not (known.was_first or name in history.previous_speakers or name == history.previous_subject):
            yield from _vary("otherwise before", side)
    if is_here:
        yield from (sign for sign, holds in (("early here", known.early_here), ("subject here", known.subject_here)) if holds)
        if known.subject_here or known.spoke_here:
            yield "acts here"
        if known.spoke_here:
            yield "spoke here"
    if side == "goes on" and name == memory.first_here:
        yield from _vary("first here", form)
    yield from _list_signs_of_speech(name, place, is_here)
    if candidate.is_topic:
        yield "topic"
    if name == memory.meant.get(place.pronoun):
        yield from _vary("meant before", form, side)
    if name == memory.first_person:
        yield "first"
    if known.times <= 1:
        yield "once"
    if known.times >= _OFTEN:
        yield "often"
    if known.times >= _OFTEN - 1 and known.times >= _SHARE * memory.times:
        yield "mostly"
    if rank < 2:
        yield f"rank {rank}"


def _list_signs_of_speech(name: str, place: Place, is_here: bool) -> Iterator[str]:
    form, side, history = place.form, place.side, place.history
    spoke = place.memory[name].spoke
    if name in history.previous_speakers:
        yield from _vary("spoke before", form, side)
    if spoke:
        yield "spoke"
    if spoke > 2:
        yield "spoke often"
    if name == history.previous_asker:
        yield "asked"
    if name != history.last_speaker:
        return
    yield from _vary("last speaker", form, side)
    yield f"last speaker {side} {min(2, history.paragraphs_since_speech)}"
    if history.has_unnamed_before:
        yield "last speaker, then unnamed"
    if side == "goes on" and not is_here:
        yield "last speaker, not here"
    if name not in history.previous_speakers:
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
