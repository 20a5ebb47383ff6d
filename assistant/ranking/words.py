"""Which words of a sentence a ranker takes for the answer, as probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MAX_WORDS = 16  # tokens of the words that answer
MAX_AFTER = 2  # tokens after a span that may belong to it: "22" and "minutes"

Odds = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class WordOdds:
    """How likely each token of a sentence is the first and the last of the words that answer.

    `spans` are the offsets of the tokens in the sentence, in code points; `ends` are log-odds of shape (tokens, 2).
    """

    spans: Sequence[tuple[int, int]]
    ends: Odds

    def find_likeliest(self) -> tuple[int, int]:
        """The likeliest words, as offsets in the sentence; (0, 0) if none of it was read."""
        if not self.spans:
            return 0, 0
        start, end = divmod(int(self._sums().argmax()), len(self.spans))
        return self.spans[start][0], self.spans[end][1]

    def measure(self, start: int, end: int) -> float:
        """The probability, in 0..1, that the answer begins in sentence[start:end], and ends there or shortly after."""
        tokens = [place for place, (first, last) in enumerate(self.spans) if first < end and start < last]
        if not tokens:
            return 0.0
        sums = self._sums()
        inside = sums[tokens[0] : tokens[-1] + 1, tokens[0] : tokens[-1] + 1 + MAX_AFTER]
        return min(1.0, math.exp(_sum_odds(inside) - _sum_odds(sums)))

    def _sums(self) -> npt.NDArray[np.float64]:
        """The log-odds of each first and last token together, of shape (tokens, tokens); -inf for no span."""
        count = len(self.spans)
        sums = self.ends[:, 0][:, None].astype(np.float64) + self.ends[:, 1][None, :]
        distance = np.arange(count)[None, :] - np.arange(count)[:, None]
        return np.where((distance >= 0) & (distance < MAX_WORDS), sums, -np.inf)


def _sum_odds(odds: npt.NDArray[np.float64]) -> float:
    top = float(odds.max())
    return top + math.log(float(np.exp(odds - top).sum()))
