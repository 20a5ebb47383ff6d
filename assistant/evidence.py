"""From passages to the evidence that answers: which kind is looked for, and the best of it first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.coverage import Weights, stems
from assistant.records import Article, Evidence, Query, RetrievedPassage
from assistant.spoken import quoted, said
from assistant.store import Library

Similarity = Callable[[Sequence[str]], Sequence[float]]
"""Cosine of each of some texts with the question."""

COMPARED = 24  # sentences whose meaning is compared; the rest cannot win on words
MIN_SCORE = 0.56  # below it a sentence on the topic is not taken for an answer; see CONTRIBUTING, "Figures"


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found: evidence good enough to show, best first; and who else spoke on what was asked."""

    evidence: tuple[Evidence, ...]
    speaker_known: bool = True  # the person asked about occurs in what was retrieved
    speaker_speaks: bool = True  # and says something there
    others: tuple[str, ...] = ()  # speakers on the topic, the person asked about not among them


def select(
    query: Query, retrieved: Sequence[RetrievedPassage], library: Library, similarity: Similarity | None
) -> Selection:
    """The sentences of the retrieved passages that answer the question, best first."""
    articles = _articles(retrieved, library)
    if query.kind == "who_said" and query.quoted:
        return Selection(tuple(quoted(query, articles.values(), library)))
    if query.kind == "said" and query.speaker:
        return _said(query, query.speaker, articles, library, similarity)
    on_topic = _on_topic(query, articles, retrieved, library, similarity)
    return Selection(tuple(evidence for evidence in on_topic if evidence.score >= MIN_SCORE))


def _articles(retrieved: Sequence[RetrievedPassage], library: Library) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for hit in retrieved:
        name = hit.passage.article_id
        if name not in found and (article := library.article(name)) is not None:
            found[name] = article
    return found


def _said(
    query: Query, speaker: str, articles: dict[str, Article], library: Library, similarity: Similarity | None
) -> Selection:
    spoken = said(query, speaker, articles.values(), library)
    found = _ranked(spoken.evidence)
    if similarity is not None and found:
        found = _reranked(found, similarity, weight=0.15)
    # Single words are too often no person ("Reports"); as a pointer only full names will do.
    others = sorted((name for name in spoken.others if " " in name), key=lambda name: -spoken.others[name])
    return Selection(tuple(found), spoken.known, spoken.speaks, tuple(others))


# ------------------------------------------------------------------------------------- anything else


def _on_topic(
    query: Query,
    articles: dict[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
) -> list[Evidence]:
    weights = Weights(query.terms, library)
    found: list[Evidence] = []
    spans = {name: library.sentence_spans(name) for name in articles}
    for hit in retrieved:
        article = articles[hit.passage.article_id]
        title = stems(article.title)
        before: set[str] = set()
        for start, end in spans[article.id]:
            if end <= hit.passage.start or start >= hit.passage.end:
                continue
            here = stems(article.text[start:end])
            found.append(Evidence(article, start, end, weights.coverage(here, title | before)))
            before = here
    found = _ranked(found)
    if similarity is not None:
        found = _reranked(found, similarity, weight=0.5)
    return found


def _ranked(found: list[Evidence]) -> list[Evidence]:
    distinct = {(e.article.id, e.start, e.end): e for e in sorted(found, key=lambda e: e.score)}
    return sorted(distinct.values(), key=lambda e: (-e.score, e.article.id, e.start))


def _reranked(found: list[Evidence], similarity: Similarity, weight: float) -> list[Evidence]:
    """The best by words, put in order by words and meaning together."""
    head = found[:COMPARED]
    near = similarity([e.article.text[e.start : e.end] for e in head])
    mixed = [
        Evidence(e.article, e.start, e.end, (1 - weight) * e.score + weight * max(0.0, float(s)), e.speaker)
        for e, s in zip(head, near, strict=True)
    ]
    return _ranked(mixed)
