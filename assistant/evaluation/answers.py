"""Asks questions with known answers and measures the answers: one AnswerScore per question, metrics as their means.

The meaning of each metric is in `metrics.py`."""

from __future__ import annotations

import re
import statistics
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.refusal import refuse_question
from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.evaluation.datasets import GoldQuestion, GoldSpan
from assistant.records.answer import Answer
from assistant.records.evaluation import MetricValues, ThresholdPoint
from assistant.store.protocol import Library

ALL_TYPES = "ALL"
DATED, UNDATED = "dated", "undated"
MAX_HELPFUL = 400  # characters of a sentence that are read for `helpful@3`
THRESHOLDS = tuple(step / 100 for step in range(5, 100, 5))
_CITATION_MARKER = re.compile(r"\[(\d+)\]")
_NAME_SUFFIXES = {"jr", "sr", "ii", "iii"}


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """How one question was answered. `figures` contains the metrics that apply to it, each between 0 and 1."""

    type: str
    answerable: bool
    abstained: bool
    metrics: MetricValues
    quotes: int
    quotes_exact: int
    confidence: float | None = None
    milliseconds: float | None = None
    is_dated: bool = False  # asked with the day of the question
    short_answers: bool = False  # see `GoldQuestion`


def ask_all(
    assistant: Assistant, questions: Iterable[GoldQuestion], *, writer: bool | None = None
) -> Iterator[tuple[GoldQuestion, Answer]]:
    """Ask the questions in order; one that cannot be asked counts as refused. `writer` as for `Assistant.ask`."""
    for question in questions:
        batch_question = question.batch_question
        try:
            answer = assistant.ask(
                batch_question.question,
                history=batch_question.history,
                scope=batch_question.scope,
                as_of=batch_question.as_of,
                asked_at=batch_question.asked_at,
                writer=writer,
            )
        except QuestionError as error:
            answer = refuse_question(batch_question.question, str(error))
        yield question, answer


def make_text_lookup(library: Library) -> Callable[[str], str]:
    """Make a lookup of an article's text; it is empty if the library lacks the article."""

    def text(article_id: str) -> str:
        article = library.article(article_id)
        return article.text if article else ""

    return text


def find_missing_articles(article_ids: Iterable[str], library: Library) -> list[str]:
    """Find the articles that the library lacks: questions about them can only fail."""
    return [name for name in sorted(set(article_ids)) if library.article(name) is None]


# --------------------------------------------------------------------------------------- one question


def score_answer(question: GoldQuestion, answer: Answer, text_of: Callable[[str], str]) -> AnswerScore:
    """Measure one answer against the gold answer."""
    exact = sum(bool(c.quote) and text_of(c.article_id)[c.start : c.end] == c.quote for c in answer.citations)
    figures: MetricValues = {"missing": 0.0}
    if not answer.abstained:
        markers = {int(n) for n in _CITATION_MARKER.findall(answer.answer)}
        figures["markers_resolve"] = float(bool(markers) and markers <= {c.n for c in answer.citations})
    if not question.answerable:
        figures["abstained_right"] = float(answer.abstained)
    else:
        figures["answered"] = float(not answer.abstained)
        figures |= _measure_hits(question, answer)
        figures |= _measure_answer_text(question, answer)
    total = answer.timings.get("total_ms")
    return AnswerScore(
        type=question.type,
        answerable=question.answerable,
        abstained=answer.abstained,
        metrics=figures,
        quotes=len(answer.citations),
        quotes_exact=exact,
        confidence=answer.confidence,
        milliseconds=None if total is None else round(total, 2),  # as published with the answer
        is_dated=question.is_dated,
        short_answers=question.short_answers,
    )


def _measure_hits(question: GoldQuestion, answer: Answer) -> MetricValues:
    """Measure whether passages and citations hit the marked words, or the right article if none are marked."""
    if not question.article_ids:
        return {}

    def hits(article_id: str, start: int, end: int) -> bool:
        if not question.gold_spans:
            return article_id in question.article_ids
        return any(_overlaps(place, article_id, start, end) for place in question.gold_spans)

    retrieved = [hits(hit.passage.article_id, hit.passage.start, hit.passage.end) for hit in answer.passages[:10]]
    cited = [hits(c.article_id, c.start, c.end) for c in answer.citations]
    figures = {f"passage_hit@{k}": float(any(retrieved[:k])) for k in (1, 5, 10)}
    figures |= {f"cite_hit@{k}": float(any(cited[:k])) for k in (1, 3)}
    if question.gold_spans:
        if cited and not answer.abstained:
            figures["cite_precision"] = statistics.fmean(cited)
        figures["cite_recall@10"] = _measure_citation_recall(question.gold_spans, answer)
    return figures


def _overlaps(place: GoldSpan, article_id: str, start: int, end: int) -> bool:
    return article_id == place.article_id and start < place.end and place.start < end


def _measure_citation_recall(places: Sequence[GoldSpan], answer: Answer) -> float:
    hits = sum(any(_overlaps(place, c.article_id, c.start, c.end) for c in answer.citations) for place in places)
    return min(1.0, hits / min(len(places), 10))


def _measure_answer_text(question: GoldQuestion, answer: Answer) -> MetricValues:
    """Measure whether the answer names the right speaker, or contains one of the right answers."""
    if question.type == "who_said":
        named = contains_any(answer.answer, [extract_surname(question.speaker or "")])
        return {"speaker_named": float(named and not answer.abstained)}
    if not question.answers or (question.gold_spans and not question.short_answers):
        return {}
    quotes = [c.quote for c in answer.citations[:3]]
    near = [c.quote for c in answer.nearest[:3]] if answer.abstained else quotes
    return {
        "answer_in_first_quote": float(contains_any("".join(quotes[:1]), question.answers)),
        "answer_in_quotes@3": float(contains_any(" … ".join(quotes), question.answers)),
        "answer_in_text": float(contains_any(answer.answer, question.answers) and not answer.abstained),
        "helpful@3": float(contains_any(" … ".join(quote[:MAX_HELPFUL] for quote in near), question.answers)),
    }


def contains_any(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text contains one of the answers as whole words, ignoring case, punctuation and articles (a, the)."""
    within = f" {_normalize_text(text)} "
    return any(f" {plain} " in within for plain in map(_normalize_text, wanted) if plain)


def _normalize_text(text: str) -> str:
    words = re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFKC", text).lower()).split()
    return " ".join(word for word in words if word not in {"a", "an", "the"})


def extract_surname(name: str) -> str:
    """Extract the last word of a name that is not a suffix such as "Jr."; the name itself if there is none."""
    words = re.findall(r"[\w'’-]+", name)
    return next((word for word in reversed(words) if word.lower() not in _NAME_SUFFIXES), name)


# -------------------------------------------------------------------------------------- all questions


def report_by_type(scores: Sequence[AnswerScore], without_day: Sequence[AnswerScore] = ()) -> dict[str, MetricValues]:
    """Report the metrics by type of question, for questions with and without a day, and for all.

    `without_day` are the scores of those questions that have a day, asked again without it. They are not in "ALL".
    Only a set with such questions has the groups "dated" and "undated".
    """
    kinds = sorted({score.type for score in scores})
    by_type = {kind: summarize([score for score in scores if score.type == kind]) for kind in kinds}
    dated = [score for score in scores if score.is_dated]
    undated = [*(score for score in scores if not score.is_dated), *without_day]
    by_day = {DATED: report_group(dated), UNDATED: report_group(undated)} if dated else {}
    return {**by_type, **by_day, ALL_TYPES: report_group(scores)}


def report_group(scores: Sequence[AnswerScore]) -> MetricValues:
    """Report the metrics of several questions together, those of refusals and of speed too."""
    return {
        **summarize(scores),
        **measure_assertions(scores),
        **measure_refusals(scores),
        **_measure_auroc(scores),
        **_measure_latency(scores),
    }


def measure_assertions(scores: Sequence[AnswerScore]) -> MetricValues:
    """Measure what is given as an answer, not as near, of the questions with short answers; empty if there are none."""
    judged = [score for score in scores if score.short_answers]
    if not judged:
        return {}
    given = [score for score in judged if not score.abstained]
    right = sum(score.metrics.get("answer_in_quotes@3", 0.0) for score in given)
    answerable = sum(score.answerable for score in judged)
    return {
        "assert_precision": right / len(given) if given else 0.0,
        "assert_recall": right / answerable if answerable else 0.0,
    }


def summarize(scores: Sequence[AnswerScore]) -> MetricValues:
    """Average each metric over the questions that have it, and count exact quotations."""
    means: MetricValues = {"n": len(scores)}
    quotes = sum(score.quotes for score in scores)
    if quotes:
        means["quote_exact"] = sum(score.quotes_exact for score in scores) / quotes
        means["quotes_per_answer"] = quotes / len(scores)
    for name in sorted({name for score in scores for name in score.metrics}):
        means[name] = statistics.fmean(score.metrics[name] for score in scores if name in score.metrics)
    return means


def measure_refusals(scores: Sequence[AnswerScore]) -> MetricValues:
    """Measure refusal as detection of unanswerable questions; empty if all are answerable."""
    return _measure_detection([(not score.answerable, score.abstained) for score in scores])


def _measure_detection(pairs: Sequence[tuple[bool, bool]]) -> MetricValues:
    """Measure precision, recall and F1 of pairs (unanswerable, refused)."""
    right = sum(truth and said for truth, said in pairs)
    truths = sum(truth for truth, _ in pairs)
    said = sum(said for _, said in pairs)
    if not truths:
        return {}
    precision, recall = right / said if said else 0.0, right / truths
    both = precision + recall
    return {
        "refusal_precision": precision,
        "refusal_recall": recall,
        "refusal_f1": 2 * precision * recall / both if both else 0.0,
        "unanswerable_share": truths / len(pairs),
    }


def _measure_latency(scores: Sequence[AnswerScore]) -> MetricValues:
    times = sorted(score.milliseconds for score in scores if score.milliseconds is not None)
    return {"ms_p50": statistics.median(times), "ms_p95": times[int(len(times) * 0.95) - 1]} if times else {}


# ----------------------------------------------------------------------------------------- confidence


def compute_risk_curve(scores: Sequence[AnswerScore]) -> list[ThresholdPoint]:
    """Compute the effect of refusing below each of THRESHOLDS; questions without a confidence are skipped."""
    known = [(score.confidence, score.answerable) for score in scores if score.confidence is not None]
    if not any(answerable for _, answerable in known) or all(answerable for _, answerable in known):
        return []
    return [_measure_threshold(known, threshold) for threshold in THRESHOLDS]


def _measure_threshold(known: Sequence[tuple[float, bool]], threshold: float) -> ThresholdPoint:
    answered = [answerable for confidence, answerable in known if confidence >= threshold]
    figures = _measure_detection([(not answerable, confidence < threshold) for confidence, answerable in known])
    return ThresholdPoint(
        threshold=threshold,
        coverage=len(answered) / len(known),
        risk=answered.count(False) / len(answered) if answered else 0.0,
        refusal_precision=figures["refusal_precision"],
        refusal_recall=figures["refusal_recall"],
        refusal_f1=figures["refusal_f1"],
    )


def compute_auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """Compute the probability that a value of the first group exceeds one of the second; ties count half."""
    ranked = sorted(unanswerable)
    below = sum(bisect_left(ranked, value) + bisect_right(ranked, value) for value in answerable) / 2
    return below / (len(answerable) * len(ranked))


def _measure_auroc(scores: Sequence[AnswerScore]) -> MetricValues:
    known = [(score.confidence, score.answerable) for score in scores if score.confidence is not None]
    yes = [confidence for confidence, answerable in known if answerable]
    no = [confidence for confidence, answerable in known if not answerable]
    return {"refusal_auroc": compute_auroc(yes, no)} if yes and no else {}
