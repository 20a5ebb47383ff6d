"""Who was mentioned and who spoke in the sentences read so far. Names come in and go out in their fullest form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PRONOUN_REACH = 2  # paragraphs over which a pronoun may refer back
MAX_RECENT_PERSONS = 12


@dataclass(slots=True)
class _PreviousSentence:
    """What the history keeps of the sentence before the current one."""

    persons: Sequence[str] = ()  # in order, each once
    subject: str | None = None
    asker: str | None = None  # who asked something in it
    has_speech: bool = False


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
        self._recent_full_names: dict[str, tuple[int, str]] = {}  # surname -> paragraph and full name

    def note_speaker(self, speaker: str, asking: bool) -> None:
        """Remember who spoke last, and whether they asked something: then somebody else may answer."""
        self.last_speaker, self._last_speech_paragraph = speaker, self.paragraph
        self._unnamed_speaker = None
        self._current_asker = speaker if asking else None
        self._previous.has_speech = True

    def forget_speaker(self, description: str | None = None) -> None:
        """Remember that somebody without a name spoke last, with the description of a person if there is one."""
        self.last_speaker, self._last_speech_paragraph = None, self.paragraph
        self._unnamed_speaker = description

    def note_full_name(self, surname: str, full: str) -> None:
        """Remember under which full name a surname occurred last."""
        self._recent_full_names[surname] = self.paragraph, full

    def note_sentence(self, persons: Sequence[str], subject: str | None, has_speech: bool) -> None:
        """Remember a sentence after it was read: its people in order, its subject, and whether somebody spoke in it."""
        self._previous.has_speech = self._previous.has_speech and has_speech
        self._previous.asker, self._current_asker = self._current_asker, None
        self._previous.subject = subject
        if subject and not has_speech:
            self._unnamed_speaker = None
        self._previous.persons = tuple(dict.fromkeys(persons))
        persons_here = ((self.paragraph, name) for name in self._previous.persons)
        self._recent_persons = [*persons_here, *self._recent_persons][:MAX_RECENT_PERSONS]

    @property
    def previous_subject(self) -> str | None:
        """The subject of the sentence before."""
        return self._previous.subject

    def recent_full_name(self, surname: str) -> str | None:
        """The full name with this surname that occurred last, if that is at most one paragraph ago."""
        paragraph, full = self._recent_full_names.get(surname, (0, None))
        return full if self.paragraph - paragraph < PRONOUN_REACH else None

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
        """The people that a pronoun can refer to, most likely first; the same person may come several times.

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
        for name in (
            current_speaker,
            answering,
            subject,
            only_person,
            speaking_on,
            previous.subject,
            only_previous,
            last_speaker,
            *persons_before,
            *previous.persons,
        ):
            if name:
                yield name
        for paragraph, name in self._recent_persons:
            if self.paragraph - paragraph < PRONOUN_REACH:
                yield name
