"""Who was mentioned and who spoke in the sentences read so far. Names come in and go out in their fullest form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.speech.patterns import MentionKind

PRONOUN_REACH = 2  # paragraphs over which a pronoun may refer back
MAX_RECENT_PERSONS = 12
MAX_NAMESAKES = 200  # people of one surname in an article, beyond which the surname alone is nobody's
NAMESAKE_RATIO = 2  # times more often a person is named in full than each namesake, to be meant by the surname alone


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person, with the context of its sentence."""

    text: str  # a name without titles, or a pronoun or role as written
    kind: MentionKind
    title: str = ""  # the last word before a name ("Mrs.")
    body: str = ""  # to which a name belongs ("of the Tarn Fund")
    names_before: Sequence[str] = ()  # names before the mention
    current_speaker: str | None = None  # full name of the speaker of the words before the mention
    subject: str | None = None  # name with which the sentence begins
    continues: bool = False  # "…,” he said": the words of whoever spoke before go on, most likely
    opens: bool = False  # it begins its sentence: "He said"
    ends: bool = False  # it ends a clause, with words before it: "It leaks, he said"
    start: int = -1  # in its sentence, of the attribution that it is a part of, if it is of one
    has_unnamed_before: bool = False  # a person without a name ("the driver") is before a pronoun in its sentence


@dataclass(slots=True)
class _PreviousSentence:
    """What the history keeps of the sentence before the current one."""

    persons: Sequence[str] = ()  # in order, each once
    subject: str | None = None
    asker: str | None = None  # who asked something in it
    speakers: Collection[str] = ()
    has_speech: bool = False
    has_unnamed_subject: bool = False  # the subject is a person without a name ("the driver")
    has_unnamed_person: bool = False  # such a person occurs in it


class MentionHistory:
    """Speakers and people of one article, the latest first. The caller sets `paragraph`, counted from 1."""

    def __init__(self) -> None:
        self.paragraph = 0
        self.last_speaker: str | None = None
        self._unnamed_speaker: str | None = None  # description of who spoke last, if they have no name
        self._last_speech_paragraph = 0
        self._current_asker: str | None = None
        self._previous = _PreviousSentence()
        self._recent_persons: list[tuple[int, str]] = []  # with the paragraph
        self._actors: dict[int, set[str]] = {}  # subjects and speakers, by paragraph
        self._current_speakers: Collection[str] = ()
        self._last_paragraph = 0  # of the sentence before

    def note_speaker(self, speaker: str, asking: bool) -> None:
        """Remember who spoke last, and whether they asked something: then somebody else may answer."""
        self.last_speaker, self._last_speech_paragraph = speaker, self.paragraph
        self._unnamed_speaker = None
        self._actors.setdefault(self.paragraph, set()).add(speaker)
        self._current_asker = speaker if asking else None
        self._previous.has_speech = True

    def note_actors(self, speakers: Collection[str]) -> None:
        """Remember who spoke in a sentence."""
        self._actors.setdefault(self.paragraph, set()).update(speakers)
        self._current_speakers = speakers

    def forget_speaker(self, description: str | None = None) -> None:
        """Remember that somebody without a name spoke last, with the description of a person if there is one."""
        self.last_speaker, self._last_speech_paragraph = None, self.paragraph
        self._unnamed_speaker = description

    def note_sentence(
        self, persons: Sequence[str], subject: str | None, has_speech: bool, unnamed: tuple[bool, bool] = (False, False)
    ) -> None:
        """Remember a sentence after it was read: its people in order, its subject, and whether somebody spoke in it.

        `unnamed` says whether its subject is a person without a name, and whether it has such a person at all.
        """
        self._previous.has_speech = self._previous.has_speech and has_speech
        self._previous.asker, self._current_asker = self._current_asker, None
        self._previous.subject = subject
        self._previous.speakers, self._current_speakers = self._current_speakers, ()
        self._last_paragraph = self.paragraph
        if subject:
            self._actors.setdefault(self.paragraph, set()).add(subject)
        self._previous.has_unnamed_subject, self._previous.has_unnamed_person = unnamed
        if subject and not has_speech:
            self._unnamed_speaker = None
        self._previous.persons = tuple(dict.fromkeys(persons))
        persons_here = ((self.paragraph, name) for name in self._previous.persons)
        self._recent_persons = [*persons_here, *self._recent_persons][:MAX_RECENT_PERSONS]

    @property
    def previous_subject(self) -> str | None:
        """The subject of the sentence before."""
        return self._previous.subject

    @property
    def previous_speakers(self) -> Collection[str]:
        """Who spoke in the sentence before, by name or as a pronoun."""
        return self._previous.speakers

    @property
    def current_speakers(self) -> Collection[str]:
        """Who spoke in the sentence that is read, as far as it was noted."""
        return self._current_speakers

    @property
    def previous_asker(self) -> str | None:
        """Who asked something in the sentence before."""
        return self._previous.asker

    @property
    def had_speech_before(self) -> bool:
        """Whether somebody spoke in the sentence before, or has in this one."""
        return self._previous.has_speech

    @property
    def has_unnamed_subject_before(self) -> bool:
        """Whether the sentence before is about a person without a name."""
        return self._previous.has_unnamed_subject

    @property
    def has_unnamed_before(self) -> bool:
        """Whether a person without a name occurs in the sentence before."""
        return self._previous.has_unnamed_person

    @property
    def paragraphs_since_speech(self) -> int:
        """How many paragraphs ago somebody spoke last."""
        return self.paragraph - self._last_speech_paragraph

    @property
    def actors_before(self) -> list[str]:
        """Who was the subject or spoke in the paragraph before, or, within a paragraph, in the sentence before."""
        if self._last_paragraph == self.paragraph:
            return list(self._previous.speakers)
        return list(self._actors.get(self.paragraph - 1, ()))

    @property
    def was_asked(self) -> bool:
        """Whether somebody asked something in the sentence before."""
        return self._previous.asker is not None

    def is_near(self, person: str) -> bool:
        """Whether a person was named in this paragraph or the one before."""
        return any(name == person and self.paragraph - at < PRONOUN_REACH for at, name in self._recent_persons)

    def speaker_within(self, paragraphs: int) -> str | None:
        """The last speaker, if they spoke at most so many paragraphs ago."""
        return self.last_speaker if self.paragraph - self._last_speech_paragraph <= paragraphs else None

    @property
    def unnamed_speaker(self) -> str | None:
        """The description of the last speaker, if they have no name and spoke not long ago."""
        is_near = self.paragraph - self._last_speech_paragraph < PRONOUN_REACH
        return self._unnamed_speaker if is_near else None

    def pronoun_candidates(
        self, persons_before: Sequence[str], current_speaker: str | None, subject: str | None
    ) -> Iterator[str]:
        """The people that a pronoun refers to with some certainty, most likely first; one may come several times.

        `persons_before` are those before the pronoun in its sentence, `current_speaker` is the speaker of the words
        before it, and `subject` the subject of the sentence.
        """
        previous = self._previous
        others = [name for name in previous.persons if name != previous.asker]
        answering = others[0] if previous.asker and len(others) == 1 else None
        only_person = persons_before[0] if len(set(persons_before)) == 1 else None
        last_speaker = self.speaker_within(PRONOUN_REACH)
        speaking_on = last_speaker if previous.has_speech else None
        only_previous = previous.persons[0] if len(previous.persons) == 1 else None
        if previous.has_unnamed_subject:
            only_previous = None  # "A man who met Ivo fell ill. He said …"
        for name in (current_speaker, answering, subject, only_person, speaking_on, previous.subject, only_previous):
            if name:
                yield name

    def remote_candidates(self, persons_before: Sequence[str], continues: bool) -> list[str]:
        """Further people near a pronoun, each once: it refers to one of them only if nobody else fits.

        Empty if the sentence before is about a person without a name, who may be meant; if the pronoun `continues` the
        words of whoever spoke before, only if that person is its subject.
        """
        previous = self._previous
        if previous.has_unnamed_subject or (previous.has_unnamed_person and not continues):
            return []
        last_speaker = self.speaker_within(PRONOUN_REACH)
        recent = [name for paragraph, name in self._recent_persons if self.paragraph - paragraph < PRONOUN_REACH]
        names = (*([last_speaker] if last_speaker else []), *persons_before, *previous.persons, *recent)
        return list(dict.fromkeys(names))


class NamesakeHistory:
    """The people of one article who share a surname: who was named in full, who spoke, whom the surname alone means.

    Names are full names, or a title with a surname ("Mrs. Tarn").
    """

    def __init__(self, history: MentionHistory) -> None:
        self._history = history
        self._named: dict[str, dict[str, int]] = {}  # surname -> full name -> paragraph in which it occurred last
        self._owners: dict[str, str] = {}  # surname -> whom it meant when nobody else had been named
        self._times: Counter[str] = Counter()  # how often a full name occurred
        self._spoke: dict[str, int] = {}  # full name -> paragraph of the last words

    def people(self, surname: str) -> Collection[str]:
        """The people with a surname who were named so far, in order."""
        return self._named.get(surname, {}).keys()

    def note_full_name(self, surname: str, full: str) -> None:
        """Remember that somebody was named in full."""
        self._named.setdefault(surname, {})[full] = self._history.paragraph
        self._times[full] += 1

    def note_surname(self, surname: str) -> None:
        """Remember that a surname stood alone: while only one person has it, that person is meant from then on."""
        named = self._named.get(surname)
        if named and len(named) == 1:
            self._owners.setdefault(surname, next(iter(named)))

    def note_speaker(self, full: str) -> None:
        """Remember that somebody spoke."""
        self._spoke[full] = self._history.paragraph

    def resolve_surname(self, surname: str, among: Collection[str]) -> str | None:
        """Whom of several people of a surname the surname alone means; None where that is not clear.

        The one whom it meant before others were named is meant still, unless another one spoke just before. That one
        is meant only in the same paragraph.
        """
        owner = self._owners.get(surname)
        if owner in among:
            named = self._named[surname]
            spoke = [full for full in among if self._is_recent(self._spoke.get(full))]
            near = [full for full in spoke if self._is_recent(named.get(full))]
            others = [full for full in near if full != owner]
            if not others:
                return owner
            is_here = len(near) == 1 and named[near[0]] == self._history.paragraph
            return others[0] if is_here and owner not in spoke else None
        speakers = [full for full in among if full in self._spoke]
        if len(speakers) > 1:
            return None
        return speakers[0] if speakers else self._most_named(among)

    def _is_recent(self, paragraph: int | None) -> bool:
        return paragraph is not None and self._history.paragraph - paragraph < PRONOUN_REACH

    def _most_named(self, among: Collection[str]) -> str | None:
        most = max(among, key=self._times.__getitem__)
        others = [self._times[full] for full in among if full != most]
        return most if self._times[most] >= NAMESAKE_RATIO * max(others, default=0) else None
