"""Which passages bear on a question: a dense lane (FAISS) and a lexical one (BM25), fused by weighted rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.config.schema import RetrievalSettings
from assistant.embedding.model_files import Vectors
from assistant.records.answer import RetrievedPassage
from assistant.records.query import Query
from assistant.retrieval.bm25 import search_any_phrase
from assistant.store.protocol import Library, PassageFilter
from assistant.text.transliteration import other_spellings
from assistant.text.words import content_words, split_words

RANK_CONSTANT = 5  # of reciprocal rank fusion; small, so that the first ranks of the better lane hold
TITLE_WEIGHT = 1.0
GROUP_CANDIDATE_FACTOR = 10  # times the candidates, looked at for those of a group that is too large to be listed


@dataclass(frozen=True, slots=True)
class BoostGroup:
    """Passages that fit what a question says of its answer; `weight` is the weight of their ranking.

    A group of more than `max_listed` passages is not searched by itself: its best are among the best of all passages.
    """

    weight: float
    where: PassageFilter
    max_listed: int | None = None


def retrieve(
    query: Query,
    vector: Vectors | None,
    library: Library,
    settings: RetrievalSettings,
    scope: PassageFilter | None = None,
    boosts: Iterable[BoostGroup] = (),
) -> list[RetrievedPassage]:
    """The `settings.top_k` best passages for a question, best first.

    `vector` is the question's embedding, shape (dimension,); without it only words are searched for. `scope`
    restricts the search. Each group of `boosts` (passages that quote the person in question, that a source
    published, that are of the days in question) adds a ranking of its own best passages, with its weight.
    """
    lanes: list[tuple[float, list[int]]] = []
    if settings.lexical_weight:
        found = search_any_phrase(library, collect_search_terms(query), settings.candidates, TITLE_WEIGHT, scope)
        lanes.append((settings.lexical_weight, [number for number, _ in found]))
    if settings.dense_weight and vector is not None:
        near = library.search_vectors(vector, settings.candidates, scope)
        lanes.append((settings.dense_weight, [number for number, _ in near]))
    terms = list(_add_spellings(query.terms))
    if terms:
        lanes += [(one.weight, _rank_group(one, terms, library, settings.candidates, scope)) for one in boosts]
    scores: dict[int, float] = {}
    for weight, ranked in lanes:
        for rank, number in enumerate(ranked, 1):
            scores[number] = scores.get(number, 0.0) + weight / (RANK_CONSTANT + rank)
    best = sorted(scores, key=lambda number: (-scores[number], number))[: settings.top_k]
    passages = library.passages(best)
    meanings = [0.0] * len(best) if vector is None else library.cosines(vector, best)
    return [
        RetrievedPassage(passages[number], scores[number], meaning or 0.0)
        for number, meaning in zip(best, meanings, strict=True)
    ]


def _rank_group(
    group: BoostGroup, terms: Sequence[str], library: Library, candidates: int, scope: PassageFilter | None
) -> list[int]:
    """The numbers of a group's best passages for these words, best first."""
    if group.max_listed is not None and library.has_more_passages(group.where, group.max_listed):
        # With so many passages in the group, its best ones are among the best of all.
        limit = candidates * GROUP_CANDIDATE_FACTOR
        found = [number for number, _ in search_any_phrase(library, terms, limit, TITLE_WEIGHT, scope)]
        members = library.filter_passages(found, group.where)
        return [number for number in found if number in members][:candidates]
    where = replace(group.where, within=scope)
    return [number for number, _ in search_any_phrase(library, terms, candidates, TITLE_WEIGHT, where)]


def collect_search_terms(query: Query) -> list[str]:
    """What to search for in the texts: the question's content words, and each quotation as a phrase too."""
    names = [word for speaker in query.speakers for word in content_words(speaker)]
    quotations = [quotation for quotation in query.quoted if len(split_words(quotation)) > 1]
    return [*_add_spellings((*query.terms, *names)), *quotations]


def _add_spellings(terms: Iterable[str]) -> Iterator[str]:
    """Words, and how else they are written."""
    for term in terms:
        yield term
        yield from other_spellings(term)
