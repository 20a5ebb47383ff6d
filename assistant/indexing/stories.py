"""Stories: groups of near-duplicate articles, kept up to date as articles come and go, in time linear in their number.

Two articles are compared if they share a band of their signatures and are near each other among the articles with that
band: at most MAX_COMPARED steps apart, in the order of their numbers. So a band that thousands of articles share costs
each of them no more than one that a few share. The address of an article is a band too, and of two articles with one
address less must be alike: a page that was saved before and after it was changed is one story. Articles that are
similar are linked; a story is what is linked over any chain, and is named by the lowest of its numbers. That depends on
the articles alone, not on the order of builds: the examination of a library compares with `compute_stories`, which
knows nothing of earlier builds.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.indexing.minhash import (
    DUPLICATE_SIMILARITY,
    PERMUTATIONS,
    SAME_ADDRESS_SIMILARITY,
    Signature,
    compute_signature,
    estimate_similarity,
    hash_address,
    hash_bands,
)
from assistant.store.sqlite import DamagedRowError

MAX_COMPARED = 16  # articles before an article, and as many after it, that it is compared with for each band

_NEAR = """
SELECT DISTINCT near.article FROM band AS own JOIN band AS near ON near.hash = own.hash
WHERE own.article = ?1 AND near.article {side} ?1 AND near.article {up_to} coalesce(
    (SELECT article FROM band WHERE hash = own.hash AND article {side} ?1 ORDER BY article {order} LIMIT 1 OFFSET ?2),
    {end})
"""
_NEAR_BEFORE = _NEAR.format(side="<", up_to=">=", order="DESC", end=-(2**63))
_NEAR_AFTER = _NEAR.format(side=">", up_to="<=", order="ASC", end=2**63 - 1)
# `story_link` has the articles that a deleted one was linked with, `story_shift` those that have new neighbors since.
_TEMP_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS story_link (article INTEGER PRIMARY KEY, story INTEGER NOT NULL)",
    "CREATE TEMP TABLE IF NOT EXISTS story_shift (article INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS story_touched (story INTEGER PRIMARY KEY)",
)

Select = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Runs a query with its values, and gives the rows."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """What of an article is compared: the signature of its text, and the hash of its address if it has one."""

    signature: Signature
    address: int | None

    def is_similar(self, other: _Compared) -> bool:
        """Whether the articles are one story."""
        is_same_page = self.address is not None and self.address == other.address
        least = SAME_ADDRESS_SIMILARITY if is_same_page else DUPLICATE_SIMILARITY
        return estimate_similarity(self.signature, other.signature) >= least


def encode_signature(text: str, url: str | None) -> tuple[bytes | None, set[int]]:
    """What is stored of an article: the signature of its text, and the hashes of its bands and of its address.

    None and nothing for a short text.
    """
    signature = compute_signature(text)
    if signature is None:
        return None, set()
    return signature.tobytes(), {*hash_bands(signature), *([hash_address(url)] if url else ())}


def store_signature(database: sqlite3.Connection, article: int, data: bytes | None, bands: Iterable[int]) -> None:
    """Store what `encode_signature` gives of an article, which is a story of its own until `group_stories`."""
    database.execute("INSERT INTO story VALUES (?, ?, ?)", (article, article, data))
    database.executemany("INSERT INTO band VALUES (?, ?)", ((band, article) for band in bands))


def restore_signature(database: sqlite3.Connection, article: int, data: bytes | None, bands: Iterable[int]) -> None:
    """Store what `encode_signature` gives of an article that was stored without. `regroup_stories` is due then."""
    database.execute("UPDATE story SET signature = ? WHERE article = ?", (data, article))
    database.execute("DELETE FROM band WHERE article = ?", (article,))
    database.executemany("INSERT INTO band VALUES (?, ?)", ((band, article) for band in bands))


def regroup_stories(database: sqlite3.Connection) -> None:
    """Group all articles anew: with a signature between others, these have other neighbors."""
    database.execute("UPDATE story SET story = article")
    group_stories(database, list(_numbers(database.execute("SELECT article FROM story ORDER BY article"))))


def delete_signature(database: sqlite3.Connection, article: int) -> None:
    """Delete the signature of an article. Its story is as before until `mend_stories`."""
    for query in _TEMP_TABLES:
        database.execute(query)
    row = database.execute("SELECT story, signature FROM story WHERE article = ?", (article,)).fetchone()
    if row is None:
        return
    story, data = row
    if data is not None:
        after = list(_numbers(database.execute(_NEAR_AFTER, (article, MAX_COMPARED - 1))))
        before = list(_numbers(database.execute(_NEAR_BEFORE, (article, MAX_COMPARED - 1))))
        compared = _load_compared(database.execute, [article, *before, *after])
        own = compared.pop(article)
        linked = [number for number, other in compared.items() if own.is_similar(other)]
        database.executemany("INSERT OR REPLACE INTO story_link VALUES (?, ?)", ((each, story) for each in linked))
        database.executemany("INSERT OR IGNORE INTO story_shift VALUES (?)", ((each,) for each in after))
    database.execute("INSERT OR IGNORE INTO story_touched VALUES (?)", (story,))
    database.execute("DELETE FROM band WHERE article = ?", (article,))
    database.execute("DELETE FROM story WHERE article = ?", (article,))


def mend_stories(database: sqlite3.Connection) -> None:
    """Group the stories of deleted articles again.

    If the articles that a deleted one was linked with are still linked with each other, the others are too: only these
    few are compared then, however large the story is.
    """
    for query in _TEMP_TABLES:
        database.execute(query)
    links: dict[int, set[int]] = defaultdict(set)
    for article, story in database.execute(
        "SELECT article, story_link.story FROM temp.story_link JOIN story USING (article)"
    ).fetchall():
        links[story].add(article)
    shifted = set(_numbers(database.execute("SELECT article FROM temp.story_shift JOIN story USING (article)")))
    touched = list(_numbers(database.execute("SELECT story FROM temp.story_touched")))
    for story in touched:
        if links[story] and _are_linked(database.execute, links[story]):
            (lowest,) = database.execute("SELECT min(article) FROM story WHERE story = ?", (story,)).fetchone()
            database.execute("UPDATE story SET story = ? WHERE story = ?", (lowest, story))
        else:
            shifted.update(_numbers(database.execute("SELECT article FROM story WHERE story = ?", (story,))))
            database.execute("UPDATE story SET story = article WHERE story = ?", (story,))
    group_stories(database, sorted(shifted))
    for table in ("story_link", "story_shift", "story_touched"):
        database.execute(f"DELETE FROM temp.{table}")


def group_stories(database: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Join each of these articles with those before it that it is similar to. The order makes no difference."""
    groups = _Groups()
    labels: dict[int, int] = {}

    def find_story(article: int) -> int:
        if article not in labels:
            row = database.execute("SELECT story FROM story WHERE article = ?", (article,)).fetchone()
            if row is None or not isinstance(row[0], int):
                raise DamagedRowError(f"the story of article number {article} is lost")
            labels[article] = row[0]
        return groups.find(labels[article])

    for article in articles:
        own = find_story(article)
        candidates = _numbers(database.execute(_NEAR_BEFORE, (article, MAX_COMPARED - 1)))
        others = [other for other in candidates if find_story(other) != own]
        for other in _find_similar(database.execute, article, others, find_story):
            groups.join(find_story(article), find_story(other))
    for story, root in groups.renamed():
        database.execute("UPDATE story SET story = ? WHERE story = ?", (root, story))


def compute_stories(select: Select) -> dict[int, int]:
    """The story of each article that has a signature or none, from the stored signatures and bands alone."""
    groups = _Groups()
    numbers = list(_numbers(select("SELECT article FROM story ORDER BY article", ())))
    for number in numbers:
        candidates = _numbers(select(_NEAR_BEFORE, (number, MAX_COMPARED - 1)))
        others = [other for other in candidates if groups.find(other) != groups.find(number)]
        for other in _find_similar(select, number, others, groups.find):
            groups.join(number, other)
    return {number: groups.find(number) for number in numbers}


class _Groups:
    """Numbers that are joined into groups. The lowest number of a group names it."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def find(self, number: int) -> int:
        """The name of the group of a number."""
        root = number
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(number, number)) != root:
            self._parents[number], number = root, parent
        return root

    def join(self, left: int, right: int) -> None:
        """Make one group of two."""
        low, high = sorted((self.find(left), self.find(right)))
        if low != high:
            self._parents[high] = low

    def renamed(self) -> Iterator[tuple[int, int]]:
        """The numbers that do not name a group any more, each with the name of its group."""
        for number in list(self._parents):
            if (root := self.find(number)) != number:
                yield number, root


def _find_similar(
    select: Select, article: int, others: Sequence[int], find_group: Callable[[int], int]
) -> Iterator[int]:
    """Those of some articles that one is similar to. Articles that were joined with it meanwhile are left out."""
    if not others:
        return
    compared = _load_compared(select, [article, *others])
    own = compared.get(article)
    for other in others:
        is_apart = find_group(other) != find_group(article)
        if is_apart and own is not None and other in compared and own.is_similar(compared[other]):
            yield other


def _are_linked(select: Select, articles: Collection[int]) -> bool:
    """Whether these articles are linked with each other, directly or over articles that each is compared with."""
    groups = _Groups()
    for article in sorted(articles):
        candidates = list(_numbers(select(_NEAR_BEFORE, (article, MAX_COMPARED - 1))))
        for other in _find_similar(select, article, candidates, groups.find):
            groups.join(article, other)
    return len({groups.find(article) for article in articles}) == 1


def _load_compared(select: Select, articles: Sequence[int]) -> dict[int, _Compared]:
    """What is compared of those of these articles that have a signature."""
    marks = ",".join("?" * len(articles))
    rows = select(
        "SELECT article, signature, (SELECT hash FROM band WHERE article = story.article AND hash < 0) FROM story"
        f" WHERE article IN ({marks}) AND signature NOT NULL",
        articles,
    )
    return {article: _Compared(_to_signature(data), address) for article, data, address in rows}


def _to_signature(data: object) -> Signature:
    if not isinstance(data, bytes) or len(data) != 4 * PERMUTATIONS:
        raise DamagedRowError("a signature is of another size")
    return np.frombuffer(data, dtype="<u4")


def _numbers(rows: Iterable[Any]) -> Iterator[int]:
    return (number for (number,) in rows)
