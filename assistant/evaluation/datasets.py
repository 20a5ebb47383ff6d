"""Questions and attributions whose right answers people have written down, read from JSON lines and checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import ReadError
from assistant.questions.batch import Asked, asked
from assistant.records.article import Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: `article.text[start:end]` of the article of this id."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right answer; to refuse is the right answer where it is not `answerable`."""

    asked: Asked
    type: str = "all"
    answerable: bool = True
    answers: tuple[str, ...] = ()
    speaker: str | None = None
    article_ids: frozenset[str] = frozenset()  # of the articles that hold the answer
    places: tuple[Place, ...] = ()  # of the words that answer, where they were marked
    words: tuple[tuple[str, str], ...] = ()  # article id and words of places that have still to be located


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that a person has marked as said by somebody.

    `speaker` is the full name, None where the annotation has none; `source_type` says how the article refers to
    them there: "named", "pronoun", or otherwise. One utterance may have several spans of content.
    """

    article_id: str
    content: tuple[Span, ...]
    direct: bool
    speaker: str | None
    source_type: str


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, without those that cannot be understood without their `choices`.

    Raises ReadError, with file and line, for what is not a question.
    """
    questions = []
    for number, record in _records(path):
        try:
            if not record.get("needs_choices"):
                questions.append(_question(record))
        except ValueError as error:
            raise ReadError(f"{path}, line {number}: {error}") from error
    if not questions:
        raise ReadError(f"{path}: holds no questions")
    return questions


def located(question: Question, text_of: Callable[[str], str]) -> Question:
    """The question with its `words` found in their articles, so that a file need not count characters.

    Raises ReadError where an article does not hold them exactly once.
    """
    places = list(question.places)
    for article_id, words in question.words:
        text = text_of(article_id)
        if text.count(words) != 1:
            fault = "stand there more than once" if words in text else "do not stand there"
            raise ReadError(f"question {question.asked.id}, article {article_id}: the words “{words}” {fault}")
        start = text.index(words)
        places.append(Place(article_id, start, start + len(words)))
    return replace(question, places=tuple(places), words=())


def read_attributions(path: Path) -> list[Attribution]:
    """The annotated attributions of a file. Raises ReadError, with file and line, for what is none."""
    attributions = []
    for number, record in _records(path):
        try:
            attributions.append(_attribution(record))
        except ValueError as error:
            raise ReadError(f"{path}, line {number}: {error}") from error
    if not attributions:
        raise ReadError(f"{path}: holds no attributions")
    return attributions


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _object(line, f"{path}, line {number}")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 text") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else error
        raise ReadError(f"{place}: not valid JSON: {reason}") from error
    if not isinstance(record, dict):
        raise ReadError(f"{place}: not an object")
    return record


def _question(record: dict[str, Any]) -> Question:
    if "id" not in record:
        raise ValueError("no `id`")
    evidence = _listed(record, "evidence", dict)
    places = [
        Place(_text(one, "article_id"), start, end)
        for one in evidence
        for start, end in _spans(one.get("content_spans", []))
    ]
    kind = _optional(record, "type") or "all"
    speaker = _optional(record, "speaker")
    answerable = bool(record.get("answerable", True))
    if kind == "who_said" and answerable and not speaker:
        raise ValueError("no `speaker`, which a question of the type who_said needs")
    return Question(
        asked=asked(record),
        type=kind,
        answerable=answerable,
        answers=tuple(_listed(record, "counterfactual_answers", str) or _listed(record, "answers", str)),
        speaker=speaker,
        article_ids=frozenset(_text(one, "article_id") for one in evidence if "article_id" in one),
        places=tuple(places),
        words=tuple(
            (_text(one, "article_id"), words) for one in evidence for words in _listed(one, "evidence_words", str)
        ),
    )


def _attribution(record: dict[str, Any]) -> Attribution:
    content = _spans(record.get("content_spans", []))
    if not content:
        raise ValueError("no `content_spans`")
    return Attribution(
        article_id=_text(record, "article_id"),
        content=tuple(content),
        direct=bool(record.get("direct_quote")),
        speaker=_optional(record, "speaker"),
        source_type=_optional(record, "source_type") or "other",
    )


def _text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str) or not value:
        raise ValueError(f"no `{field}`" if value is None else f"`{field}` is not a text")
    return value


def _optional(record: dict[str, Any], field: str) -> str | None:
    return None if record.get(field) is None else _text(record, field)


def _listed(record: dict[str, Any], field: str, kind: type) -> list[Any]:
    value = record.get(field) or []
    if not (isinstance(value, list) and all(isinstance(one, kind) for one in value)):
        raise ValueError(f"`{field}` is not a list of {'objects' if kind is dict else 'texts'}")
    return value


def _spans(value: object) -> list[Span]:
    """Half-open spans of at least one character."""
    if not isinstance(value, list):
        raise ValueError("`content_spans` is not a list")
    return [_span(one) for one in value]


def _span(value: object) -> Span:
    pair = value if isinstance(value, list) else []
    if len(pair) != 2 or any(type(number) is not int for number in pair) or not 0 <= pair[0] < pair[1]:
        raise ValueError("`content_spans` holds what is not a pair [start, end] of offsets")
    return pair[0], pair[1]
