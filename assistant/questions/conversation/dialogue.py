"""The previous turns of a conversation: the people and subjects that the next question can refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.questions.conversation.subjects import (
    find_person_names,
    find_subject,
    guess_gender,
    shorten_quotation,
)
from assistant.questions.names.aliases import name_country
from assistant.records.answer import Citation, Turn
from assistant.records.query import Query
from assistant.text.languages import ENGLISH
from assistant.text.names import is_organization
from assistant.text.words import split_words

_TITLES = ENGLISH.people.titles

_MAX_NAME_WORDS = 6
_CAPITALISED = re.compile(r"(?<=\s)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_WHO_IS = re.compile(r"^[Ww]ho (?:is|was) ([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3})\W*$")


@dataclass(frozen=True, slots=True)
class DialogueState:
    """The turns so far, at least one, newest first."""

    turns: tuple[Turn, ...]
    known_speakers: tuple[str, ...]  # people who speak in the library or in the answers

    @property
    def last_turn(self) -> Turn:
        """The newest turn."""
        return self.turns[0]

    @property
    def query(self) -> Query:
        """The query of the newest turn."""
        return self.last_turn.query

    @property
    def last_question(self) -> str:
        """The question of the newest turn, without punctuation at its end."""
        return self.last_turn.question.rstrip("?!. ")

    def topic(self) -> str | None:
        """The subject of the newest turn that has one. A matter is preferred to quoted words."""
        subjects = [subject for turn in self.turns if (subject := find_subject(turn))]
        matters = (subject for subject in subjects if not subject.startswith("“"))
        return next(matters, subjects[0] if subjects else None)

    def speakers(self) -> tuple[str, ...]:
        """The speakers of the newest turn that has any: those in the question, or else the only one in the answer."""
        for turn in self.turns:
            if turn.query.speakers:
                return turn.query.speakers
            answer_speakers = _find_answer_speakers(turn)
            if len(answer_speakers) == 1:
                return answer_speakers
        return ()

    def speakers_on_topic(self) -> tuple[str, ...]:
        """All speakers in the latest questions about the same topic, in the order of the questions."""
        speakers: dict[str, None] = {}
        for turn in self.turns:
            if not turn.query.speakers or turn.query.topic != self.query.topic:
                break
            speakers = {**dict.fromkeys(turn.query.speakers), **speakers}
        return tuple(speakers)

    def antecedents(self) -> Iterator[str]:
        """The people that a pronoun can refer to, most likely first. A person can occur more than once."""
        for turn in self.turns:
            described = _WHO_IS.match(turn.question)
            if described and split_words(described[1])[-1] not in _TITLES:
                yield described[1]  # whom the answer calls "the prime minister"
            for speaker in turn.query.speakers:
                yield from (_find_described(speaker, turn) or (speaker,))
            if turn.query.topic and self.is_person(turn.query.topic):
                yield turn.query.topic
            yield from _find_answer_speakers(turn)
            yield from self._find_answer_names(turn)
            if described:
                yield described[1]
            yield from find_person_names(turn.question)
            yield from (name for name in _CAPITALISED.findall(turn.question) if self.is_person(name))
            for citation in turn.answer.citations[:1]:
                yield from find_person_names(citation.quote)

    def _find_answer_names(self, turn: Turn) -> Iterator[str]:
        """The people that the answer to a question with "who" marks, except those that the question names."""
        if not re.match(r"who\b|whom\b", turn.question, re.IGNORECASE) or not turn.answer.citations:
            return
        citation = turn.answer.citations[0]
        question_words = set(split_words(turn.question))
        for start, end in citation.marks:
            name = citation.quote[start - citation.start : end - citation.start]
            if self.is_person(name) and question_words.isdisjoint(split_words(name)):
                yield name

    def is_person(self, name: str) -> bool:
        """Whether a name is a person's: it ends the name of a known speaker, or has a title or a common given name.

        Known speakers with names of a single word are not considered, because they may be countries ("Taiwan").
        """
        words = split_words(name)
        if not words or len(words) > _MAX_NAME_WORDS:
            return False
        if any(
            " " in speaker and _ends_with(speaker, words) and not is_organization(speaker)
            for speaker in self.known_speakers
        ):
            return True
        if guess_gender(name) is not None or self._is_given_age(name):
            return True
        without_article = words[1:] if words[0] == "the" else words
        return (
            bool(without_article)
            and words != ["us"]
            and (without_article[0] in _TITLES or without_article[-1] in _TITLES)
        )

    def _is_given_age(self, name: str) -> bool:
        """Whether an answer tells how old somebody of this name is: "Ada Tarn, 58, a former treasurer"."""
        age = re.compile(rf"\b{re.escape(name)}, (?:aged )?\d{{1,3}}\b")
        return any(age.search(each.quote) for turn in self.turns for each in _list_shown(turn))

    def expand_name(self, name: str) -> str:
        """The full name of the first known speaker whose name ends with this one. Cited ones come first."""
        words = split_words(name)
        if not words:
            return name
        longer = (
            speaker
            for speaker in self.known_speakers
            if _ends_with(speaker, words) and len(split_words(speaker)) > len(words)
        )
        return next(longer, name)

    def country(self) -> str | None:
        """The country that the newest turn is about: that of its question, else of the first article of its answer."""
        for turn in self.turns:
            cited = _list_shown(turn)[:1]
            texts = [turn.question, *(text for each in cited for text in (each.title, each.quote))]
            for text in texts:
                names = (part for name in _CAPITALISED.findall(f" {text}") for part in _list_endings(name))
                if country := next(filter(None, map(name_country, names)), None):
                    return country
        return None

    def last_quotation(self) -> str | None:
        """The first words that the last answer cites, shortened for use in a question."""
        citations = self.last_turn.answer.citations
        return shorten_quotation(citations[0]) if citations else None

    def dates(self) -> list[date]:
        """The publication dates of the articles that the last answer cites, earliest first."""
        timestamps = (citation.published_at for citation in self.last_turn.answer.citations)
        dates = (_parse_date(timestamp[:10]) for timestamp in timestamps if timestamp)
        return sorted(day for day in dates if day)


def _list_endings(name: str) -> Iterator[str]:
    """A name, and it without its first word, and so on: a sentence may begin with "Which Greek"."""
    words = name.split()
    yield from (" ".join(words[start:]) for start in range(len(words)))


def _ends_with(name: str, words: list[str]) -> bool:
    return split_words(name)[-len(words) :] == words


def _list_shown(turn: Turn) -> tuple[Citation, ...]:
    """The sentences that an answer shows; of a refusal, those that may answer."""
    return turn.answer.citations or turn.answer.nearest


def _find_described(speaker: str, turn: Turn) -> tuple[str, ...]:
    """Who was meant by a description ("the sheriff"): the one whom the sentences shown name as the speaker."""
    if any(map(str.isupper, speaker)):
        return ()
    shown = _list_shown(turn)[:1]
    return tuple(each.speaker for each in shown if each.speaker and any(map(str.isupper, each.speaker)))


def _find_answer_speakers(turn: Turn) -> tuple[str, ...]:
    """The speakers in an answer, each once."""
    return tuple(dict.fromkeys(citation.speaker for citation in turn.answer.citations if citation.speaker))


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
