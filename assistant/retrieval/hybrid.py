"""Hybrid retrieval: vector search and BM25, fused by weighted reciprocal rank, with boosts for fitting passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.config.schema import RetrievalSettings
from assistant.embedding.model_files import Vectors
from assistant.records.article import RetrievedPassage
from assistant.records.query import Query
from assistant.retrieval.bm25 import search_any_phrase
from assistant.store.protocol import PassageFilter, PassageStore
from assistant.text.transliteration import other_spellings
from assistant.text.words import content_words, split_words

RANK_CONSTANT = 5  # of reciprocal rank fusion; small, so that the first ranks of the better ranking decide
TITLE_WEIGHT = 1.0  # of a word in the title, relative to one in the text
GROUP_CANDIDATE_FACTOR = 10  # how many times more candidates are searched for the members of a large group


@dataclass(frozen=True, slots=True)
class BoostGroup:
    """Passages that fit what a question says of its answer; `weight` is the weight of their ranking.

    A group of more than `max_listed` passages is not searched by itself: its best are among the best of all passages.
    With `by_meaning`, its passages are ranked by their vectors too, each ranking with half of the weight.
    """

    weight: float
    where: PassageFilter
    max_listed: int | None = None
    by_meaning: bool = False


def retrieve(
    query: Query,
    vector: Vectors | None,
    library: PassageStore,
    settings: RetrievalSettings,
    scope: PassageFilter | None = None,
    boosts: Iterable[BoostGroup] = (),
) -> list[RetrievedPassage]:
    """The `settings.top_k` best passages for a question, best first.

    `vector` is the question's embedding, shape (dimension,); without it only words are searched for. `scope`
    restricts the search. Each group of `boosts` (passages that quote the person in question, that a source
    published, that are of the days in question) adds a ranking of its own best passages, with its weight.
    """
    rankings: list[tuple[float, list[int]]] = []
    limit = settings.candidates
    if settings.lexical_weight:
        by_words = search_any_phrase(library, collect_search_terms(query), limit, TITLE_WEIGHT, scope)
        rankings.append((settings.lexical_weight, [number for number, _ in by_words]))
    if settings.dense_weight and vector is not None:
        by_meaning = library.search_vectors(vector, limit, scope)
        rankings.append((settings.dense_weight, [number for number, _ in by_meaning]))
    terms = list(_add_spellings(query.terms))
    for group in boosts:
        weight = group.weight / 2 if group.by_meaning else group.weight
        if terms:
            rankings.append((weight, _rank_group(group, terms, library, limit, scope)))
        if group.by_meaning and vector is not None:
            in_group = library.search_vectors(vector, limit, replace(group.where, within=scope))
            rankings.append((weight, [number for number, _ in in_group]))
    scores = _fuse_rankings(rankings)
    best = sorted(scores, key=lambda number: (-scores[number], number))[: settings.top_k]
    passages = library.passages(best)
    cosines = [0.0] * len(best) if vector is None else library.cosines(vector, best)
    return [
        RetrievedPassage(passages[number], scores[number], cosine or 0.0)
        for number, cosine in zip(best, cosines, strict=True)
    ]


def _fuse_rankings(rankings: Iterable[tuple[float, Sequence[int]]]) -> dict[int, float]:
    """The score of each passage number by weighted reciprocal rank fusion."""
    scores: dict[int, float] = defaultdict(float)
    for weight, ranked in rankings:
        for rank, number in enumerate(ranked, 1):
            scores[number] += weight / (RANK_CONSTANT + rank)
    return scores


def _rank_group(
    group: BoostGroup, terms: Sequence[str], library: PassageStore, candidates: int, scope: PassageFilter | None
) -> list[int]:
    """The numbers of a group's best passages for these words, best first."""
    if group.max_listed is not None and library.has_more_passages(group.where, group.max_listed):
        # With so many passages in the group, its best ones are among the best of all.
        limit = candidates * GROUP_CANDIDATE_FACTOR
        numbers = [number for number, _ in search_any_phrase(library, terms, limit, TITLE_WEIGHT, scope)]
        members = library.filter_passages(numbers, group.where)
        return [number for number in numbers if number in members][:candidates]
    where = replace(group.where, within=scope)
    return [number for number, _ in search_any_phrase(library, terms, candidates, TITLE_WEIGHT, where)]


def collect_search_terms(query: Query) -> list[str]:
    """The words and phrases to search for: content words, names of speakers, and quotations of several words."""
    names = [word for speaker in query.speakers for word in content_words(speaker)]
    quotations = [quotation for quotation in query.quoted if len(split_words(quotation)) > 1]
    return [*_add_spellings((*query.terms, *names)), *quotations]


def _add_spellings(terms: Iterable[str]) -> Iterator[str]:
    """The words, each followed by its other spellings."""
    for term in terms:
        yield term
        yield from other_spellings(term)
