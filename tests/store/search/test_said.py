"""Who is quoted in a large part of a library, counted in memory, is who a recount finds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Set

import pytest

from assistant.store.search.said import SaidPlaces

Row = tuple[str, int, int]


def _recount(rows: list[Row], articles: Set[int] | None, passages: Set[int] | None) -> list[tuple[str, int, int]]:
    chosen = [
        row
        for row in rows
        if (articles is None or row[1] in articles) and (passages is None or row[2] in passages)
    ]  # fmt: skip
    found = []
    for key in {name.lower() for name, _, _ in chosen}:
        names = Counter(name for name, _, _ in chosen if name.lower() == key)
        name = min(names, key=lambda each: (-names[each], each))
        found.append((name, names.total(), len({article for each, article, _ in chosen if each.lower() == key})))
    return sorted(found, key=lambda row: (-row[1], -row[2], row[0]))


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_a_recount(seed: int) -> None:
    """Of all, of some articles and of some passages; names with one key are one speaker."""
    chance = random.Random(seed)
    rows = []
    for _ in range(300):
        article = chance.randrange(1, 40)
        rows.append(
            (chance.choice(["Lund", "LUND", "Vik", "Berg", "berg"]), article, article * 3 + chance.randrange(3))
        )
    places = SaidPlaces(rows)
    articles = {article for article in range(1, 200) if chance.random() < 0.4}
    passages = {passage for passage in range(1, 999) if chance.random() < 0.6}
    for some, parts in ((None, None), (articles, None), (None, passages), (articles, passages), (set(), None)):
        assert places.count(some, parts, str.lower) == _recount(rows, some, parts)


def test_nobody_is_quoted() -> None:
    """In a library without statements."""
    assert SaidPlaces([]).count(None, {1, 2}, str) == []
