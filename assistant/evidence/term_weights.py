"""How much of a question's words a text contains, by stem, and how much each word counts."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from typing import Protocol

from assistant.text.stemming import related_stems, stem

CONTEXT_WEIGHT = 0.5  # of a word in the title or a neighbouring sentence, relative to one in the sentence
RELATED_STEM_WEIGHT = 0.8  # of a related word with another stem (Europe, Europeans)


class WordCounts(Protocol):
    """How often words occur in the library."""

    def passage_count(self) -> int:
        """How many passages there are."""

    def count_passages_with_word(self, word: str) -> int:
        """How many passages contain a word, in any inflection."""


class TermWeights:
    """The weight of each word of a question: the rarer in the library, the higher."""

    def __init__(self, terms: Sequence[str], counts: WordCounts) -> None:
        passages = max(1, counts.passage_count())
        found = {stem(term): counts.count_passages_with_word(term) for term in terms}
        self._weights = {term: math.log(1 + passages / (1 + count)) for term, count in found.items()}
        self.total = sum(self._weights.values())
        absent = sum(weight for term, weight in self._weights.items() if not found[term])
        self.absent_share = absent / self.total if self.total else 0.0  # of words that no passage has, by weight

    def measure_coverage(
        self, stems: Set[str], nearby_stems: Set[str] = frozenset(), nearby_weight: float = CONTEXT_WEIGHT
    ) -> float:
        """The share, in 0..1, of the question's weight that these stems contain.

        A word that occurs in `nearby_stems` only counts `nearby_weight`.
        """
        if not self.total:
            return 0.0
        covered = 0.0
        for term, weight in self._weights.items():
            if term in stems:
                covered += weight
            elif not related_stems(term).isdisjoint(stems):
                covered += weight * RELATED_STEM_WEIGHT
            elif term in nearby_stems or not related_stems(term).isdisjoint(nearby_stems):
                covered += weight * nearby_weight
        return covered / self.total
