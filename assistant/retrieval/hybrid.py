"""Which passages bear on a question: a dense lane (FAISS) and a lexical one (BM25), fused by weighted rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.config.schema import RetrievalSettings
from assistant.embedding.model_files import Vectors
from assistant.records.answer import RetrievedPassage
from assistant.records.query import Query
from assistant.retrieval.bm25 import search_any_phrase
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import Library
from assistant.text.transliteration import other_spellings
from assistant.text.words import content_words, split_words

RANK_CONSTANT = 5  # of reciprocal rank fusion; small, so that the first ranks of the better lane hold
TITLE_WEIGHT = 1.0
GROUP_CANDIDATE_FACTOR = 10  # times the candidates, looked at for those of a group that is too large to be listed


@dataclass(frozen=True, slots=True)
class BoostGroup:
    """Passages that fit what a question says of its answer, all their numbers; `weight` is that of their lane.

    Where they are too many to be listed, `numbers` is None and `holds` tells which of some passages are among them.
    """

    weight: float
    numbers: Sequence[int] | None
    select_members: Callable[[Sequence[int]], Set[int]] | None = None


def retrieve(
    query: Query,
    vector: Vectors | None,
    library: Library,
    index: VectorIndex | None,
    settings: RetrievalSettings,
    among: Sequence[int] | None = None,
    boosts: Iterable[BoostGroup] = (),
) -> list[RetrievedPassage]:
    """The `settings.top_k` best passages for a question, best first.

    `vector` is the question's embedding, shape (dimension,); without it and `index` the lexical lane stands
    alone. `among` restricts the search to these passage numbers; each of the `favoured` groups of
    them (where the person speaks who is asked about, what an outlet printed, what is of the days meant) puts
    forward its own best, with a weight.
    """
    lanes: list[tuple[float, list[int]]] = []
    if settings.lexical_weight:
        found = search_any_phrase(library, collect_search_terms(query), settings.candidates, TITLE_WEIGHT, among)
        lanes.append((settings.lexical_weight, [number for number, _ in found]))
    if settings.dense_weight and vector is not None and index is not None:
        near = library.search_vectors(vector, index, settings.candidates, among)
        lanes.append((settings.dense_weight, [number for number, _ in near]))
    terms = list(_add_spellings(query.terms))
    if terms:
        lanes += [(one.weight, _rank_group(one, terms, library, settings.candidates, among)) for one in boosts]
    scores: dict[int, float] = {}
    for weight, ranked in lanes:
        for rank, number in enumerate(ranked, 1):
            scores[number] = scores.get(number, 0.0) + weight / (RANK_CONSTANT + rank)
    best = sorted(scores, key=lambda number: (-scores[number], number))[: settings.top_k]
    passages = library.passages(best)
    meanings = [0.0] * len(best) if vector is None or index is None else library.cosines(vector, index, best)
    return [
        RetrievedPassage(passages[number], scores[number], meaning or 0.0)
        for number, meaning in zip(best, meanings, strict=True)
    ]


def _rank_group(
    group: BoostGroup, terms: Sequence[str], library: Library, candidates: int, among: Sequence[int] | None
) -> list[int]:
    """The numbers of a group's best passages for these words, best first."""
    if group.numbers is None:
        assert group.select_members is not None
        # So many passages are of the group that the best of them are among the best of all.
        found = [
            number
            for number, _ in search_any_phrase(library, terms, candidates * GROUP_CANDIDATE_FACTOR, TITLE_WEIGHT, among)
        ]
        held = group.select_members(found)
        return [number for number in found if number in held][:candidates]
    allowed = group.numbers if among is None else sorted(set(group.numbers) & set(among))
    return [number for number, _ in search_any_phrase(library, terms, candidates, TITLE_WEIGHT, allowed)]


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
