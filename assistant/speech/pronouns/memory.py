"""Who was named in the sentences of an article read so far, and how: the choice of the person for a pronoun goes by it.

Names come in their fullest form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from assistant.speech.mention_history import MentionHistory
from assistant.speech.patterns import MentionKind
from assistant.speech.tagger import TaggedSentence

REACH = 4  # paragraphs in which somebody was named last whom a pronoun can mean
MAX_NEAR = 24  # people of whom a pronoun can mean one
EARLY = 4  # words in which a sentence begins with a name
_BY_PRONOUN = "pronoun"
_PLACES: Mapping[str, str] = {
    "o": "preposition",
    "q": "preposition",
    "y": "agent",
    ",": "comma",
    "c": "joined",
    "T": "title",
    "Q": "quotation",
    **dict.fromkeys("SLVGbw", "word"),
}


@dataclass(slots=True)
class Named:
    """What is remembered of a name. What ends in `here` is of the paragraph in which it came last."""

    times: int = 0
    spoke: int = 0  # sentences
    paragraph: int = 0  # in which it came last, from 1
    sentence: int = -1
    place: str = ""  # what stands before it there
    was_early: bool = False  # its sentence begins with it
    was_first: bool = False  # it is the first name in its sentence
    times_here: int = 0
    early_here: bool = False
    subject_here: bool = False
    spoke_here: bool = False


@dataclass(slots=True)
class PreviousOpening:
    """How the sentence before began, and whether somebody without a name spoke in it."""

    lead: str | None = None  # a name among its first words
    subject_kind: MentionKind | None = None
    has_described: bool = False


class NameMemory:
    """The names of one article, as far as it was read."""

    def __init__(self) -> None:
        self.sentences = 0
        self.times = 0  # of all names together
        self.paragraph = 0  # of the sentence before
        self.first_person: str | None = None
        self.first_here: str | None = None  # of the paragraph of the sentence before
        self.previous = PreviousOpening()
        self.meant: dict[str, str] = {}  # "he" or "she" -> whom it meant last
        self._named: dict[str, Named] = {}  # in the order in which they came last
        self._has_described = False

    def __getitem__(self, name: str) -> Named:
        return self._named.get(name) or Named()

    def list_near(self, history: MentionHistory) -> list[str]:
        """The names in a paragraph and some before it, the last first, then who spoke or acted last; each once."""
        last = islice(reversed(self._named), MAX_NEAR)
        near = takewhile(lambda name: history.paragraph - self._named[name].paragraph <= REACH, last)
        return [*filter(None, dict.fromkeys((*near, history.last_speaker, history.previous_subject)))]

    def leads(self, name: str) -> bool:
        """Whether the sentence before begins with a name."""
        known = self[name]
        return known.was_early and known.sentence == self.sentences - 1

    def note_described(self) -> None:
        """Remember that somebody without a name speaks in the sentence that is read: "an aide said"."""
        self._has_described = True

    def note_sentence(
        self,
        history: MentionHistory,
        sentence: TaggedSentence,
        fulls: Sequence[str],
        persons: Sequence[str],
        subject: tuple[str | None, MentionKind | None],
    ) -> None:
        """Remember a sentence after it was read, before `history` does.

        `fulls` are the full names in it, in order, `persons` those that can be a person's; `subject` is whom the
        sentence is about, if that is known, and how it says so.
        """
        if history.paragraph != self.paragraph:
            self.paragraph, self.first_here = history.paragraph, None
        full_subject, kind = subject
        speakers = history.current_speakers
        names = dict(zip((at for at, word in enumerate(sentence.tokens) if word.name), fulls, strict=True))
        self.first_person = self.first_person or next(iter(persons), None)
        self.first_here = self.first_here or next(iter(persons), None) or min(speakers, default=None)
        unwritten = sorted(set(speakers).difference(names.values()))
        if full_subject and full_subject not in (*names.values(), *unwritten):
            unwritten.append(full_subject)
        first = -1 if unwritten else min(names, default=-1)
        for at, name in names.items():
            self._note(name, _find_place(sentence.tags, at), at < EARLY, at == first, name == full_subject, speakers)
        for name in unwritten:
            self._note(name, _BY_PRONOUN, True, True, name == full_subject, speakers)
        lead = next((name for at, name in names.items() if at < EARLY), None)
        self.previous = PreviousOpening(lead, kind, self._has_described)
        self._has_described = False
        self.sentences += 1

    def _note(
        self, name: str, place: str, is_early: bool, is_first: bool, is_subject: bool, speakers: Collection[str]
    ) -> None:
        known = self._named.pop(name, None) or Named()
        self._named[name] = known  # now the last
        if known.paragraph != self.paragraph:
            known.times_here, known.early_here, known.subject_here, known.spoke_here = 0, False, False, False
        again = known.sentence == self.sentences
        known.times += 1
        known.times_here += 1
        known.spoke += name in speakers and not again
        known.was_first = is_first or (again and known.was_first)
        known.was_early = is_early or (again and known.was_early)
        known.early_here |= is_early and place != _BY_PRONOUN
        known.subject_here |= is_subject
        known.spoke_here |= name in speakers
        known.paragraph, known.sentence, known.place = self.paragraph, self.sentences, place
        self.times += 1


def _find_place(tags: Sequence[str], at: int) -> str:
    """What a name is or stands behind: "owner", "preposition", "start" …"""
    if tags[at] == "O":
        return "owner"
    return "start" if at == 0 else _PLACES.get(tags[at - 1], "other")
