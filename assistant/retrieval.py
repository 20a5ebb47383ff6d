"""Which passages bear on a question: a dense lane (FAISS) and a lexical one (BM25), fused by weighted rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.config import RetrievalSettings
from assistant.embedding import Vectors
from assistant.question import content_words, words
from assistant.records import Query, RetrievedPassage
from assistant.spellings import other_spellings
from assistant.store import Library
from assistant.vectors import VectorIndex

RANK_CONSTANT = 5  # of reciprocal rank fusion; small, so that the first ranks of the better lane hold
TITLE_WEIGHT = 1.0


def retrieve(
    query: Query,
    vector: Vectors | None,
    library: Library,
    index: VectorIndex | None,
    settings: RetrievalSettings,
    among: Sequence[int] | None = None,
    favoured: Iterable[tuple[float, Sequence[int]]] = (),
) -> list[RetrievedPassage]:
    """The `settings.top_k` best passages for a question, best first.

    `vector` is the question's embedding, shape (dimension,); without it and `index` the lexical lane stands
    alone. `among` restricts the search to these passage numbers; each of the `favoured` groups of
    them (where the person speaks who is asked about, what an outlet printed, what is of the days meant) puts
    forward its own best, with a weight.
    """
    lanes: list[tuple[float, list[int]]] = []
    if settings.lexical_weight:
        expression = word_expression(query)
        found = library.search_words(expression, settings.candidates, TITLE_WEIGHT, among) if expression else []
        lanes.append((settings.lexical_weight, [number for number, _ in found]))
    if settings.dense_weight and vector is not None and index is not None:
        near = index.search(vector, settings.candidates, among)
        lanes.append((settings.dense_weight, [number for number, _ in near]))
    if expression := any_of(_spelled(query.terms)):
        for weight, group in favoured:
            allowed = group if among is None else sorted(set(group) & set(among))
            found = library.search_words(expression, settings.candidates, TITLE_WEIGHT, allowed)
            lanes.append((weight, [number for number, _ in found]))
    scores: dict[int, float] = {}
    for weight, ranked in lanes:
        for rank, number in enumerate(ranked, 1):
            scores[number] = scores.get(number, 0.0) + weight / (RANK_CONSTANT + rank)
    best = sorted(scores, key=lambda number: (-scores[number], number))[: settings.top_k]
    passages = library.passages(best)
    meanings = [0.0] * len(best) if vector is None or index is None else index.cosines(vector, best)
    return [
        RetrievedPassage(passages[number], scores[number], meaning)
        for number, meaning in zip(best, meanings, strict=True)
    ]


_PLAIN = frozenset("said says say told wrote called spoke".split())


def word_expression(query: Query) -> str:
    """The question as an FTS5 expression: any of its content words, and each quotation as a phrase too."""
    names = [word for speaker in query.speakers for word in content_words(speaker)]
    return any_of(
        (*_spelled((*query.terms, *names)), *(quotation for quotation in query.quoted if len(words(quotation)) > 1))
    )


def _spelled(terms: Iterable[str]) -> Iterator[str]:
    """Words, and how else they are written."""
    for term in terms:
        yield term
        yield from other_spellings(term)


def any_of(phrases: Iterable[str]) -> str:
    """An FTS5 expression for texts that hold any of these words and phrases."""
    return " OR ".join(dict.fromkeys(_phrase(phrase) for phrase in phrases if phrase))


def all_of(words: Iterable[str]) -> str:
    """An FTS5 expression for texts that hold all of these words."""
    return " AND ".join(dict.fromkeys(_phrase(word) for word in words if word))


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\x00", "") + '"'
