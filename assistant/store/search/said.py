"""The places of all statements in memory, to count who is quoted in a large part of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable

import numpy as np
import numpy.typing as npt


class SaidPlaces:
    """For each statement by somebody known by name: the speaker, and the article and the passage by number."""

    def __init__(self, rows: Iterable[tuple[str, int, int]]) -> None:
        """Read `rows`: speaker, article, passage."""
        numbers: dict[str, int] = {}
        places = [(numbers.setdefault(speaker, len(numbers)), article, passage) for speaker, article, passage in rows]
        self._names = list(numbers)
        self._speakers, self._articles, self._passages = np.array(places, np.int64).reshape(-1, 3).T

    def count(
        self,
        articles: Collection[int] | None,
        passages: Collection[int] | None,
        key: Callable[[str], Hashable],
    ) -> list[tuple[str, int, int]]:
        """The speakers in these articles and passages (None: in all) with their statements and articles.

        Most quoted first. Names with the same key are one speaker, under the name with most statements.
        """
        chosen = _is_among(self._articles, articles) & _is_among(self._passages, passages)
        speakers, in_articles = self._speakers[chosen], self._articles[chosen]
        counts = np.bincount(speakers, minlength=len(self._names))
        named: dict[Hashable, Counter[str]] = {}
        groups = np.zeros(len(self._names), np.int64)
        order: dict[Hashable, int] = {}
        for number in np.flatnonzero(counts).tolist():
            name = self._names[number]
            one = key(name)
            groups[number] = order.setdefault(one, len(order))
            named.setdefault(one, Counter())[name] = int(counts[number])
        pairs = np.unique(np.stack([groups[speakers], in_articles]), axis=1) if len(speakers) else np.zeros((2, 0), int)
        articles_of = np.bincount(pairs[0], minlength=len(order))
        quoted = [
            (min((-count, name) for name, count in names.items())[1], names.total(), int(articles_of[order[one]]))
            for one, names in named.items()
        ]
        return sorted(quoted, key=lambda row: (-row[1], -row[2], row[0]))


def _is_among(numbers: npt.NDArray[np.int64], wanted: Collection[int] | None) -> npt.NDArray[np.bool_]:
    """Which of some numbers are among those wanted; None: all are."""
    if wanted is None:
        return np.ones(len(numbers), bool)
    flags = np.zeros(int(numbers.max(initial=0)) + 1, bool)
    inside = [number for number in wanted if number < len(flags)]
    flags[inside] = True
    return flags[numbers]
