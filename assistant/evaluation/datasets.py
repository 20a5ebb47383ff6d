"""Reads questions and attributions with gold answers from JSON lines, and checks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import ReadError
from assistant.questions.batch import BatchQuestion, parse_batch_line
from assistant.questions.parser import parse_question
from assistant.records.article import Span
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_read_error

_TWO_DAYS = (date(2005, 3, 9), date(2016, 8, 23))  # far apart, and of different weekdays, months and years


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """The place of an answer: `text[start:end]` of the article with this id."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its right answer; if it is not `answerable`, the right answer is a refusal."""

    batch_question: BatchQuestion
    type: str = "all"
    answerable: bool = True
    answers: tuple[str, ...] = ()
    speaker: str | None = None
    article_ids: frozenset[str] = frozenset()  # of the articles that contain the answer
    gold_spans: tuple[GoldSpan, ...] = ()  # of the answering words, where they are annotated
    unlocated_words: tuple[tuple[str, str], ...] = ()  # article id and words of places to be located
    short_answers: bool = False  # `answers` are short: found in the words shown, also where the place is annotated

    @property
    def is_dated(self) -> bool:
        """Whether the day is known on which the question was asked."""
        return self.batch_question.asked_at is not None

    @property
    def names_relative_time(self) -> bool:
        """Whether the day of the question decides what it asks for: "this week"."""
        periods = {parse_question(self.batch_question.question, as_of=day).period for day in _TWO_DAYS}
        return len(periods) > 1

    def without_day(self) -> GoldQuestion:
        """The same question, asked on an unknown day."""
        return replace(self, batch_question=replace(self.batch_question, asked_at=None))


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """Words that an annotator marked as said by somebody.

    `speaker` is the full name, None if the annotation has none. `source_type` says how the article refers to the
    speaker there: "named", "pronoun" or other. One utterance may have several spans of content.
    """

    article_id: str
    content_spans: tuple[Span, ...]
    direct: bool
    speaker: str | None
    source_type: str


def read_questions(path: Path) -> list[GoldQuestion]:
    """Read the questions of a file, except those that need their `choices` to be understood.

    Raises ReadError, with file and line, for a line that is not a question.
    """
    questions = []
    for number, record in _read_records(path):
        try:
            if not record.get("needs_choices"):
                questions.append(_parse_question(record))
        except ValueError as error:
            raise ReadError(f"{path}, line {number}: {error}") from error
    if not questions:
        raise ReadError(f"{path}: contains no questions")
    return questions


def locate_words(question: GoldQuestion, text_of: Callable[[str], str]) -> GoldQuestion:
    """Locate the `words` of a question in their articles, so that a file need not contain offsets.

    Raises ReadError unless an article contains them exactly once.
    """
    places = list(question.gold_spans)
    for article_id, words in question.unlocated_words:
        text = text_of(article_id)
        if text.count(words) != 1:
            fault = "occur there more than once" if words in text else "do not occur there"
            raise ReadError(f"question {question.batch_question.id}, article {article_id}: the words “{words}” {fault}")
        start = text.index(words)
        places.append(GoldSpan(article_id, start, start + len(words)))
    return replace(question, gold_spans=tuple(places), unlocated_words=())


def read_attributions(path: Path) -> list[GoldAttribution]:
    """Read the annotated attributions of a file. Raises ReadError, with file and line, for an invalid line."""
    attributions = []
    for number, record in _read_records(path):
        try:
            attributions.append(_parse_attribution(record))
        except ValueError as error:
            raise ReadError(f"{path}, line {number}: {error}") from error
    if not attributions:
        raise ReadError(f"{path}: contains no attributions")
    return attributions


def _read_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _parse_object(line, f"{path}, line {number}")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 text") from error
    except OSError as error:
        raise ReadError(f"{path}: {describe_read_error(error)}") from error


def _parse_object(line: str, place: str) -> dict[str, Any]:
    try:
        record = parse_json(line)
    except ValueError as error:
        raise ReadError(f"{place}: not valid JSON: {error}") from error
    if not isinstance(record, dict):
        raise ReadError(f"{place}: not an object")
    return record


def _parse_question(record: dict[str, Any]) -> GoldQuestion:
    if "id" not in record:
        raise ValueError("no `id`")
    evidence = _get_list(record, "evidence", dict)
    places = [
        GoldSpan(_get_text(item, "article_id"), start, end)
        for item in evidence
        for start, end in _parse_spans(item.get("content_spans", []))
    ]
    question_type = _get_optional_text(record, "type") or "all"
    speaker = _get_optional_text(record, "speaker")
    answerable = bool(record.get("answerable", True))
    if question_type == "who_said" and answerable and not speaker:
        raise ValueError("no `speaker`, which a question of type who_said needs")
    return GoldQuestion(
        batch_question=parse_batch_line(record),
        type=question_type,
        answerable=answerable,
        short_answers=bool(record.get("short_answers")),
        answers=tuple(_get_list(record, "counterfactual_answers", str) or _get_list(record, "answers", str)),
        speaker=speaker,
        article_ids=frozenset(_get_text(item, "article_id") for item in evidence if "article_id" in item),
        gold_spans=tuple(places),
        unlocated_words=tuple(
            (_get_text(item, "article_id"), words)
            for item in evidence
            for words in _get_list(item, "evidence_words", str)
        ),
    )


def _parse_attribution(record: dict[str, Any]) -> GoldAttribution:
    content = _parse_spans(record.get("content_spans", []))
    if not content:
        raise ValueError("no `content_spans`")
    return GoldAttribution(
        article_id=_get_text(record, "article_id"),
        content_spans=tuple(content),
        direct=bool(record.get("direct_quote")),
        speaker=_get_optional_text(record, "speaker"),
        source_type=_get_optional_text(record, "source_type") or "other",
    )


def _get_text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str) or not value:
        raise ValueError(f"no `{field}`" if value is None else f"`{field}` is not a text")
    return value


def _get_optional_text(record: dict[str, Any], field: str) -> str | None:
    return None if record.get(field) is None else _get_text(record, field)


def _get_list(record: dict[str, Any], field: str, kind: type) -> list[Any]:
    value = record.get(field) or []
    if not (isinstance(value, list) and all(isinstance(item, kind) for item in value)):
        raise ValueError(f"`{field}` is not a list of {'objects' if kind is dict else 'texts'}")
    return value


def _parse_spans(value: object) -> list[Span]:
    """Parse half-open spans of at least one character."""
    if not isinstance(value, list):
        raise ValueError("`content_spans` is not a list")
    return [_parse_span(pair) for pair in value]


def _parse_span(value: object) -> Span:
    pair = value if isinstance(value, list) else []
    if len(pair) != 2 or any(type(number) is not int for number in pair) or not 0 <= pair[0] < pair[1]:
        raise ValueError("`content_spans` contains something other than pairs [start, end] of offsets")
    return pair[0], pair[1]
