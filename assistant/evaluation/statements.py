"""Measures the library's statements (who said what) against annotated attributions.

Annotations are often a sample of the speech in an article. Precision is therefore computed only over statements that
overlap an annotation, never over those that nobody judged."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.evaluation.answers import extract_surname
from assistant.evaluation.datasets import GoldAttribution
from assistant.evaluation.metrics import SOURCE_TYPES
from assistant.records.article import Article, Span
from assistant.records.evaluation import ExtractionSpeed, MetricValues
from assistant.records.statement import Statement
from assistant.speech.statements import find_statements
from assistant.store.protocol import Library
from assistant.text import names
from assistant.text.words import fold

_EDGE_CHARACTERS = "\"'“”‘’„«»‹›`´.,;:!?…–—-"


@dataclass(frozen=True, slots=True)
class StatementComparison:
    """One article: its annotations, and the statements that the library has stored."""

    text: str
    gold_attributions: tuple[GoldAttribution, ...]
    statements: tuple[Statement, ...]


@dataclass(slots=True)
class _MetricTally:
    """Counts for the metrics of one kind of speech: 1 and 0 per decision, and characters inside and outside."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    annotations: int = 0
    statements: int = 0
    characters: int = 0
    characters_inside: int = 0

    def add_pair(self, name: str, source_type: str, value: bool) -> None:
        self.values[name].append(value)
        if source_type in SOURCE_TYPES:
            self.values[f"{name}_{source_type}"].append(value)

    def compute_metrics(self) -> MetricValues:
        metrics: MetricValues = {"annotations": self.annotations, "statements": self.statements}
        metrics |= {name: statistics.fmean(values) for name, values in self.values.items()}
        if self.characters:
            metrics["content_precision"] = self.characters_inside / self.characters
        return metrics


def pair_with_annotations(library: Library, attributions: Iterable[GoldAttribution]) -> list[StatementComparison]:
    """Pair annotations with statements, article by article; articles that the library lacks are skipped."""
    by_article: dict[str, list[GoldAttribution]] = defaultdict(list)
    for attribution in attributions:
        by_article[attribution.article_id].append(attribution)
    found = [(library.article(name), several) for name, several in by_article.items()]
    return [
        StatementComparison(article.text, tuple(several), tuple(library.statements(article.id)))
        for article, several in found
        if article is not None
    ]


def measure_speed(library: Library, attributions: Iterable[GoldAttribution]) -> ExtractionSpeed:
    """Extract the statements of the annotated articles again and measure the time."""
    names = dict.fromkeys(attribution.article_id for attribution in attributions)
    articles: list[Article] = [found for name in names if (found := library.article(name))]
    sentences = [library.sentence_spans(article.id) for article in articles]
    started = time.perf_counter()
    count = sum(len(find_statements(*pair)) for pair in zip(articles, sentences, strict=True))
    return ExtractionSpeed(len(articles), count, time.perf_counter() - started)


def measure_statements(compared: Iterable[StatementComparison]) -> dict[str, MetricValues]:
    """Measure the metrics of statements for direct and for indirect speech.

    Recall counts by the kind of the annotation, precision by the kind of the statement.
    """
    tallies = {True: _MetricTally(), False: _MetricTally()}
    for comparison in compared:
        for attribution in comparison.gold_attributions:
            _add_recall(comparison, attribution, tallies[attribution.direct])
        for statement in comparison.statements:
            _add_precision(comparison, statement, tallies[statement.direct])
    return {"direct": tallies[True].compute_metrics(), "indirect": tallies[False].compute_metrics()}


def _add_recall(comparison: StatementComparison, attribution: GoldAttribution, tally: _MetricTally) -> None:
    spans = [(s.start, s.end) for s in comparison.statements]
    stored = {_trim_span(comparison.text, span) for span in spans}
    covered = sum(_count_covered(span, spans) for span in attribution.content_spans)
    tally.annotations += 1
    tally.values["content_recall"].append(covered * 2 >= sum(end - start for start, end in attribution.content_spans))
    tally.values["content_recall_exact"].append(
        all(_trim_span(comparison.text, span) in stored for span in attribution.content_spans)
    )
    if attribution.speaker is None:
        return
    matching = [s for s in comparison.statements if _is_match((s.start, s.end), attribution)]
    named = [s.speaker for s in matching if s.speaker]
    right = any(is_same_surname(name, attribution.speaker) for name in named)
    tally.add_pair("pair_recall", attribution.source_type, right)
    tally.add_pair("speaker_missing", attribution.source_type, bool(matching) and not named)


def _add_precision(one: StatementComparison, statement: Statement, tally: _MetricTally) -> None:
    span = (statement.start, statement.end)
    counterparts = [a for a in one.gold_attributions if _is_match(span, a)]
    if not counterparts:
        return
    annotated = [content for a in one.gold_attributions for content in a.content_spans]
    tally.statements += 1
    tally.characters += span[1] - span[0]
    tally.characters_inside += _count_covered(span, annotated)
    exact = {_trim_span(one.text, content) for a in counterparts for content in a.content_spans}
    tally.values["content_precision_exact"].append(_trim_span(one.text, span) in exact)
    # Speech can contain speech: compare with the annotation whose extent is closest.
    nearest = max(counterparts, key=lambda a: max(_compute_iou(span, content) for content in a.content_spans))
    if statement.speaker and nearest.speaker:
        right = is_same_surname(statement.speaker, nearest.speaker)
        tally.add_pair("pair_precision", nearest.source_type, right)


def is_same_surname(left: str, right: str) -> bool:
    """Whether two names share a surname, ignoring case and accents. "Ms. Gao" matches Gao Junlan."""
    if _fold_accents(extract_surname(left)) == _fold_accents(extract_surname(right)):
        return True
    single, full = sorted((names.name_parts(left), names.name_parts(right)), key=len)
    return (
        len(single) == 1 < len(full)
        and not names.is_given_name(single[0])
        and _fold_accents(single[0]) == _fold_accents(full[0])
    )


def _fold_accents(word: str) -> str:
    return fold(word.casefold())


def _is_match(span: Span, attribution: GoldAttribution) -> bool:
    """Whether a statement overlaps one content span by more than half of the shorter of the two."""
    return any(
        _count_shared(span, content) * 2 > min(span[1] - span[0], content[1] - content[0])
        for content in attribution.content_spans
    )


def _compute_iou(left: Span, right: Span) -> float:
    """Compute intersection over union, in characters."""
    shared = _count_shared(left, right)
    return shared / (left[1] - left[0] + right[1] - right[0] - shared)


def _count_shared(left: Span, right: Span) -> int:
    return max(0, min(left[1], right[1]) - max(left[0], right[0]))


def _count_covered(span: Span, spans: Iterable[Span]) -> int:
    """Count the characters of the first span covered by any of the others, which may overlap."""
    covered, reached = 0, span[0]
    for start, end in sorted(spans):
        covered += max(0, min(end, span[1]) - max(start, reached))
        reached = max(reached, min(end, span[1]))
    return covered


def _trim_span(text: str, span: Span) -> Span:
    """Trim quotation marks, punctuation and spaces at the edges of a span."""
    start, end = span
    while start < end and (text[start] in _EDGE_CHARACTERS or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _EDGE_CHARACTERS or text[end - 1].isspace()):
        end -= 1
    return start, end
