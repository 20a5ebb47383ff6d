"""Which sentences answer a question that is not about somebody's words: by wording, meaning, kind and date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.coverage import Weights, stem, stems
from assistant.expected import counted, counts, fitting
from assistant.records import Article, Query, RetrievedPassage, Span
from assistant.store import Library

Similarity = Callable[[Sequence[str]], Sequence[float]]
"""Cosine of each of some texts with the question."""

COMPARED = 16  # sentences whose meaning is compared; the rest cannot win on words
NEAR_DAYS = 10  # between the day of a question about the news and the articles that report it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what speaks for it, each figure in 0..1."""

    article: Article
    start: int
    end: int
    here: float  # share of the question's weight in the sentence itself
    around: float  # with the sentences beside it and the title, which count half
    rank: float  # 1 for the first passage retrieved, falling
    fits: float  # 1 where it holds what the question asks for: a number, a name, a day
    fresh: float  # 1 where it was published about when the question was asked
    meaning: float = 0.0  # cosine with the question
    marks: tuple[Span, ...] = ()


def candidates(
    query: Query,
    articles: Mapping[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
    asked_at: date | None,
) -> list[Candidate]:
    """The sentences of the retrieved passages, those compared in meaning first."""
    weights = Weights(query.terms, library)
    asked = {stem(term) for term in query.terms}
    things = counted(query.text)
    found: dict[tuple[str, int], Candidate] = {}
    for position, hit in enumerate(retrieved):
        article = articles[hit.passage.article_id]
        title = stems(article.title)
        sentences = library.sentence_spans(article.id)
        within = [n for n, (start, end) in enumerate(sentences) if start < hit.passage.end and hit.passage.start < end]
        if not within:
            continue
        first, last = max(0, within[0] - 1), within[-1] + 2
        held = dict(enumerate((stems(article.text[start:end]) for start, end in sentences[first:last]), first))
        fresh = freshness(article, asked_at)
        for number in within:
            start, end = sentences[number]
            if (article.id, start) in found:
                continue
            beside = title | held.get(number - 1, set()) | held.get(number + 1, set())
            marks = fitting(query.expects, article.text, start, end, asked)
            exact = tuple(mark for mark in marks if things and counts(article.text, mark, end, things))
            found[article.id, start] = Candidate(
                article,
                start,
                end,
                weights.coverage(held[number]),
                weights.coverage(held[number], beside),
                1 / (1 + position),
                1.0 if exact or (marks and not things) else 0.5 * bool(marks),
                fresh,
                marks=exact or marks,
            )
    ranked = sorted(found.values(), key=lambda one: -(one.around + 0.1 * one.fits + 0.1 * one.fresh))
    return _compared(ranked[:COMPARED], similarity) + ranked[COMPARED:]


def _compared(found: Sequence[Candidate], similarity: Similarity | None) -> list[Candidate]:
    if similarity is None or not found:
        return list(found)
    near = similarity([one.article.text[one.start : one.end] for one in found])
    return [replace(one, meaning=max(0.0, float(cosine))) for one, cosine in zip(found, near, strict=True)]


def freshness(article: Article, asked_at: date | None) -> float:
    """1 for an article published about when the question was asked, falling to 0; 0 where either day is unknown."""
    if asked_at is None or not article.published_at:
        return 0.0
    try:
        days = (asked_at - date.fromisoformat(article.published_at[:10])).days
    except ValueError:
        return 0.0
    return max(0.0, 1 - max(0, abs(days) - NEAR_DAYS) / (3 * NEAR_DAYS))
