"""BM25 search for any of some words, fast also if some of them are frequent in a large library.

Ranking a passage costs about a microsecond. If too many passages contain any of the words, only those that contain
one of the rarer words are ranked, by all of the words: a passage without a rarer word could hardly come first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.store.protocol import PassageFilter, PassageStore, WordQuery

MAX_RANKED = 25_000  # passages that are ranked; a library of no more passages is ranked by all words
MAX_COUNTED = 300_000  # occurrences of the frequent words that still help to rank; more frequent ones are ignored


def search_any_phrase(
    library: PassageStore, phrases: Iterable[str], limit: int, title_weight: float, where: PassageFilter | None = None
) -> list[tuple[int, float]]:
    """Passage numbers with their BM25 score for any of these words and phrases, best first; see `search_words`."""
    wanted = list(dict.fromkeys(phrase for phrase in phrases if phrase))
    if not wanted:
        return []
    if library.passage_count() <= MAX_RANKED:
        return library.search_words(WordQuery.any_of(wanted), limit, title_weight, where)
    rare, frequent = _split_by_rarity(library, wanted)
    if where is not None or not frequent:
        return library.search_words(WordQuery.any_of((*rare, *frequent)), limit, title_weight, where)
    any_rare = WordQuery.any_of(rare)
    scores = dict(library.search_words(any_rare, limit, title_weight))
    # A frequent word next to the rare ones makes a score higher, so the higher of two scores is the right one.
    with_frequent = library.search_words(any_rare & WordQuery.any_of(frequent), limit, title_weight)
    for number, score in with_frequent:
        scores[number] = max(score, scores.get(number, score))
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _split_by_rarity(library: PassageStore, phrases: Sequence[str]) -> tuple[list[str], list[str]]:
    """The rare phrases, at least one, that select what is ranked, and the frequent ones that only help to rank."""
    counts = sorted((count, phrase) for phrase in phrases if (count := library.count_passages_with_word(phrase)))
    rare: list[str] = []
    frequent: list[str] = []
    total = 0
    for count, phrase in counts:
        total += count
        if not rare or total <= MAX_RANKED:
            rare.append(phrase)
        elif total <= MAX_COUNTED:
            frequent.append(phrase)
    return rare, frequent
