"""How much of a question's words a text holds: stems, words that are kin, and what each word weighs."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

from assistant.store.protocol import Library
from assistant.text.stemming import related_stems, stem

CONTEXT_WEIGHT = 0.5  # of a word that stands in the title or the sentence before, not in the sentence
RELATED_STEM_WEIGHT = 0.8  # of a word with the same stem but another ending: Europe, Europeans


class TermWeights:
    """How much each word of a question tells: the rarer in the collection, the more."""

    def __init__(self, terms: Sequence[str], library: Library) -> None:
        total = max(1, library.passage_count())
        self._weights = {
            stem(term): math.log(1 + total / (1 + library.count_passages_with_word(term))) for term in terms
        }
        self.total = sum(self._weights.values())

    def measure_coverage(
        self, here: Set[str], around: Set[str] = frozenset(), context: float = CONTEXT_WEIGHT
    ) -> float:
        """The share, in 0..1, of the question's weight that these stems hold; `around` counts `context` each."""
        if not self.total:
            return 0.0
        held = 0.0
        for term, weight in self._weights.items():
            if term in here:
                held += weight
            elif not related_stems(term).isdisjoint(here):
                held += weight * RELATED_STEM_WEIGHT
            elif term in around or not related_stems(term).isdisjoint(around):
                held += weight * context
        return held / self.total
