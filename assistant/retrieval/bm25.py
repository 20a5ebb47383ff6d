"""Searching for any of some words by BM25, so that frequent words in a large library do not keep anybody waiting.

SQLite ranks every passage that holds any of the words, about a microsecond each. Where these are too many, only
those that hold one of the rarer words are ranked, still by all of the words: what holds none of the rarer ones could
hardly come first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.store.protocol import Library, PassageFilter, WordQuery

MAX_RANKED = 25_000  # passages that may be ranked; where any of the words stands in no more than that, all of them are
MAX_COUNTED = (
    300_000  # occurrences, one a passage, of the words that help to rank; the most frequent beyond count nothing
)


def search_any_phrase(
    library: Library, phrases: Iterable[str], limit: int, title_weight: float, where: PassageFilter | None = None
) -> list[tuple[int, float]]:
    """Passage numbers with their BM25 score for any of these words and phrases, best first; see `search_words`."""
    wanted = list(dict.fromkeys(phrase for phrase in phrases if phrase))
    if not wanted:
        return []
    if library.passage_count() <= MAX_RANKED:
        return library.search_words(WordQuery.any_of(wanted), limit, title_weight, where)
    telling, helping = _split_by_rarity(library, wanted)
    if where is not None or not helping:
        return library.search_words(WordQuery.any_of((*telling, *helping)), limit, title_weight, where)
    rare = WordQuery.any_of(telling)
    found = dict(library.search_words(rare, limit, title_weight))
    # With a frequent word beside the rare ones a passage's score is higher, so that of two scores the higher is right.
    both = library.search_words(rare & WordQuery.any_of(helping), limit, title_weight)
    for number, score in both:
        found[number] = max(score, found.get(number, score))
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:limit]


def _split_by_rarity(library: Library, phrases: Sequence[str]) -> tuple[list[str], list[str]]:
    """The phrases that say what to rank, at least one, and those that only help to rank it; the rarest first."""
    counts = sorted((count, phrase) for phrase in phrases if (count := library.count_passages_with_word(phrase)))
    telling: list[str] = []
    helping: list[str] = []
    total = 0
    for count, phrase in counts:
        total += count
        if not telling or total <= MAX_RANKED:
            telling.append(phrase)
        elif total <= MAX_COUNTED:
            helping.append(phrase)
    return telling, helping
