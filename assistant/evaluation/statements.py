"""Measures the library's statements (who said what) against attributions that people annotated.

Annotations are often a sample of what an article's people say, so precision is taken over the statements that
an annotation speaks of, and never over those that nobody has judged."""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.evaluation.answers import surname
from assistant.evaluation.datasets import Attribution
from assistant.evaluation.metrics import SOURCES, Figures
from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.speech.statements import find_statements
from assistant.store.library import Library
from assistant.text import names

_AT_EDGES = "\"'“”‘’„«»‹›`´.,;:!?…–—-"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article: what it was annotated with, and what the library has stored."""

    text: str
    annotated: tuple[Attribution, ...]
    stored: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast the statements of these articles are found, sentences given."""

    articles: int
    statements: int
    seconds: float

    @property
    def statements_per_second(self) -> float:
        """Statements found in a second."""
        return self.statements / self.seconds if self.seconds else 0.0


@dataclass(slots=True)
class _Tally:
    """Yes and no for each figure of one kind of speech, as 1 and 0, and characters in and out."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    annotations: int = 0
    statements: int = 0
    characters: int = 0
    characters_inside: int = 0

    def add_pair(self, name: str, source_type: str, value: bool) -> None:
        self.values[name].append(value)
        if source_type in SOURCES:
            self.values[f"{name}_{source_type}"].append(value)

    def figures(self) -> Figures:
        found: Figures = {"annotations": self.annotations, "statements": self.statements}
        found |= {name: statistics.fmean(values) for name, values in self.values.items()}
        if self.characters:
            found["content_precision"] = self.characters_inside / self.characters
        return found


def comparisons(library: Library, attributions: Iterable[Attribution]) -> list[Comparison]:
    """Annotations beside statements, article by article; articles that the library lacks are left out."""
    by_article: dict[str, list[Attribution]] = defaultdict(list)
    for one in attributions:
        by_article[one.article_id].append(one)
    found = [(library.article(name), several) for name, several in by_article.items()]
    return [
        Comparison(article.text, tuple(several), tuple(library.statements(article.id)))
        for article, several in found
        if article is not None
    ]


def speed(library: Library, attributions: Iterable[Attribution]) -> Speed:
    """Find the statements of the annotated articles once more, and take the time."""
    names = dict.fromkeys(one.article_id for one in attributions)
    articles: list[Article] = [found for name in names if (found := library.article(name))]
    sentences = [library.sentence_spans(article.id) for article in articles]
    started = time.perf_counter()
    count = sum(len(find_statements(*one)) for one in zip(articles, sentences, strict=True))
    return Speed(len(articles), count, time.perf_counter() - started)


def statement_report(compared: Iterable[Comparison]) -> dict[str, Figures]:
    """The figures of `figures.STATEMENTS` for direct speech and for indirect speech.

    Recall counts by what the annotation is, precision by what the statement is.
    """
    tallies = {True: _Tally(), False: _Tally()}
    for one in compared:
        for attribution in one.annotated:
            _recall(one, attribution, tallies[attribution.direct])
        for statement in one.stored:
            _precision(one, statement, tallies[statement.direct])
    return {"direct": tallies[True].figures(), "indirect": tallies[False].figures()}


def _recall(one: Comparison, attribution: Attribution, tally: _Tally) -> None:
    spans = [(s.start, s.end) for s in one.stored]
    stored = {_trimmed(one.text, span) for span in spans}
    covered = sum(_covered(span, spans) for span in attribution.content)
    tally.annotations += 1
    tally.values["content_recall"].append(covered * 2 >= sum(end - start for start, end in attribution.content))
    tally.values["content_recall_exact"].append(all(_trimmed(one.text, span) in stored for span in attribution.content))
    if attribution.speaker is None:
        return
    matching = [s for s in one.stored if _matches((s.start, s.end), attribution)]
    named = [s.speaker for s in matching if s.speaker]
    right = any(same_surname(name, attribution.speaker) for name in named)
    tally.add_pair("pair_recall", attribution.source_type, right)
    tally.add_pair("speaker_missing", attribution.source_type, bool(matching) and not named)


def _precision(one: Comparison, statement: Statement, tally: _Tally) -> None:
    span = (statement.start, statement.end)
    counterparts = [a for a in one.annotated if _matches(span, a)]
    if not counterparts:
        return
    annotated = [content for a in one.annotated for content in a.content]
    tally.statements += 1
    tally.characters += span[1] - span[0]
    tally.characters_inside += _covered(span, annotated)
    exact = {_trimmed(one.text, content) for a in counterparts for content in a.content}
    tally.values["content_precision_exact"].append(_trimmed(one.text, span) in exact)
    # Speech may hold speech: the annotation to compare with is the one that is most nearly these words.
    nearest = max(counterparts, key=lambda a: max(_likeness(span, content) for content in a.content))
    if statement.speaker and nearest.speaker:
        right = same_surname(statement.speaker, nearest.speaker)
        tally.add_pair("pair_precision", nearest.source_type, right)


def same_surname(left: str, right: str) -> bool:
    """Whether two names have the same surname, case and accents aside. "Ms. Gao" can be Gao Junlan."""
    if _bare(surname(left)) == _bare(surname(right)):
        return True
    single, full = sorted((names.name_parts(left), names.name_parts(right)), key=len)
    return len(single) == 1 < len(full) and not names.is_given(single[0]) and _bare(single[0]) == _bare(full[0])


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _matches(span: Span, attribution: Attribution) -> bool:
    """Overlap: more than half of the shorter of the two, for one span of the content at least."""
    return any(
        _shared(span, content) * 2 > min(span[1] - span[0], content[1] - content[0]) for content in attribution.content
    )


def _likeness(left: Span, right: Span) -> float:
    """Intersection over union, in characters."""
    shared = _shared(left, right)
    return shared / (left[1] - left[0] + right[1] - right[0] - shared)


def _shared(left: Span, right: Span) -> int:
    return max(0, min(left[1], right[1]) - max(left[0], right[0]))


def _covered(span: Span, spans: Iterable[Span]) -> int:
    """How many characters of the first lie in any of the others, which may overlap each other."""
    covered, reached = 0, span[0]
    for start, end in sorted(spans):
        covered += max(0, min(end, span[1]) - max(start, reached))
        reached = max(reached, min(end, span[1]))
    return covered


def _trimmed(text: str, span: Span) -> Span:
    """A span without the quotation marks, points and spaces at its edges."""
    start, end = span
    while start < end and (text[start] in _AT_EDGES or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _AT_EDGES or text[end - 1].isspace()):
        end -= 1
    return start, end
