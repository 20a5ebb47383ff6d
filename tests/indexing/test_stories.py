"""Near-duplicates are grouped alike in whatever order articles come and go, and in linear time."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from assistant.indexing.stories import (
    MAX_COMPARED,
    compute_stories,
    delete_signature,
    encode_signature,
    group_stories,
    mend_stories,
    regroup_stories,
    restore_signature,
    store_signature,
)
from assistant.store.schema import SCHEMA
from tests.support.sampling import in_campaign

REPORT = (
    "The lock keeper of {place} measured {level} centimetres at the upper gate and {other} at the lower one today. "
    "Barges with a draught of more than {draught} centimetres wait below the weir until the water has risen. The ferry "
    "at {place} runs every {minutes} minutes, and the towpath is open as far as the brickworks, which are closed."
)


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """An empty library in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        yield connection


def make_report(number: int, places: int = 3) -> str:
    """A report by a template: like many others, seldom equal to one."""
    rng = random.Random(number)
    return REPORT.format(
        place=f"Weir{rng.randrange(places)} " * 6,
        level=rng.randrange(400),
        other=rng.randrange(400),
        draught=rng.randrange(3) * 40,
        minutes=rng.randrange(5, 60, 5),
    )


def stored_stories(database: sqlite3.Connection) -> dict[int, int]:
    return dict(database.execute("SELECT article, story FROM story"))


def change(
    database: sqlite3.Connection, removed: list[int], added: dict[int, str], urls: Mapping[int, str] | None = None
) -> None:
    """What a build does: delete, mend, insert, group."""
    for number in removed:
        delete_signature(database, number)
    mend_stories(database)
    for number, text in added.items():
        store_signature(database, number, *encode_signature(text, (urls or {}).get(number)))
    group_stories(database, added)


@pytest.mark.parametrize("seed", [0, *in_campaign(*range(1, 6))])
def test_any_order_of_builds_gives_the_same_stories(database: sqlite3.Connection, seed: int) -> None:
    """Articles that come and go at random are grouped as if all were new."""
    rng = random.Random(seed)
    present: list[int] = []
    newest = 0
    for _ in range(12):
        removed = rng.sample(present, rng.randrange(len(present) // 2 + 1))
        present = [number for number in present if number not in removed]
        newest = max(present, default=0)  # SQLite gives the number of the last deleted article again
        added = {
            newest + 1 + at: make_report(rng.randrange(40), places=rng.choice((1, 3, 40)))
            for at in range(rng.randrange(40))
        }
        urls = {number: f"https://weir.example/{rng.randrange(30)}" for number in added if rng.random() < 0.5}
        change(database, removed, added, urls)
        present += added
        assert stored_stories(database) == compute_stories(database.execute)


def test_restored_signatures_give_the_stories_of_articles_that_always_had_them(database: sqlite3.Connection) -> None:
    """Also where more articles share a band than are compared: those between have other neighbors then."""
    rng = random.Random(3)
    texts = {number: make_report(rng.randrange(4), places=rng.choice((1, 3))) for number in range(1, 120)}
    signed = {number: encode_signature(text, None) for number, text in texts.items()}
    late = rng.sample(sorted(texts), 20)
    for number, signature in signed.items():
        store_signature(database, number, *((None, set()) if number in late else signature))
    group_stories(database, texts)
    before = stored_stories(database)
    for number in late:
        restore_signature(database, number, *signed[number])
    regroup_stories(database)
    assert before != stored_stories(database) == compute_stories(database.execute)


def test_story_outlives_its_link_or_falls_apart(database: sqlite3.Connection) -> None:
    """An article between two others makes one story of them; without it they are two."""
    words = [f"word{number}" for number in range(160)]
    texts = {1: " ".join(words[:80]), 2: " ".join(words[20:100]), 3: " ".join(words[45:125])}
    change(database, [], texts)
    assert stored_stories(database) == {1: 1, 2: 1, 3: 1}
    change(database, [2], {})
    assert stored_stories(database) == {1: 1, 3: 3} == compute_stories(database.execute)


def test_a_page_and_its_changed_form_are_one_story(database: sqlite3.Connection) -> None:
    """Of one address, less must be alike; other pages with that address, such as parts of a live blog, stay apart."""
    words = [f"word{number}" for number in range(300)]
    texts = {
        1: " ".join(words[:80]),
        2: " ".join(words[50:130]),
        3: " ".join(words[200:280]),
        4: " ".join(words[50:130]),
    }
    page = "https://www.weir.example/news/dam"
    urls = {1: page, 2: "http://weir.example/news/dam/?utm_source=feed", 3: page}
    change(database, [], texts, urls)
    assert stored_stories(database) == {1: 1, 2: 1, 3: 3, 4: 1} == compute_stories(database.execute)
    change(database, [2], {})
    assert stored_stories(database) == {1: 1, 3: 3, 4: 4} == compute_stories(database.execute)


def test_lowest_number_names_the_story(database: sqlite3.Connection) -> None:
    """When the article that names a story goes, the next one names it."""
    text = make_report(1)
    change(database, [], dict.fromkeys(range(1, 100), text))
    change(database, [1, 2], {})
    assert set(stored_stories(database).values()) == {3}


def count_steps(database: sqlite3.Connection, removed: list[int], added: dict[int, str]) -> int:
    """How many instructions SQLite runs for a change, in hundreds. No clock: a busy machine makes no difference."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    database.set_progress_handler(count, 100)
    change(database, removed, added)
    database.set_progress_handler(None, 0)
    return steps[0]


@pytest.mark.parametrize("variants", [1, 1_000_000], ids=["copies", "template"])
def test_work_is_linear_in_the_copies(database: sqlite3.Connection, variants: int) -> None:
    """Twice the articles are twice the work; to remove a few of many copies is no more work for more copies."""
    added: list[int] = []
    removed: list[int] = []
    for size in (100, 200, 400):
        database.execute("DELETE FROM story")
        database.execute("DELETE FROM band")
        texts = {number: make_report(number % variants, places=1) for number in range(1, size + 1)}
        added.append(count_steps(database, [], texts))
        gone = list(range(size // 2, size // 2 + 10))
        removed.append(count_steps(database, gone, {}))
        assert stored_stories(database) == compute_stories(database.execute)
    assert added[2] < 2.6 * added[1]
    assert removed[2] < (1.3 if variants == 1 else 2.6) * removed[1]
    assert MAX_COMPARED < 50


def test_chain_is_one_story(database: sqlite3.Connection) -> None:
    """An article that is similar to two others joins them, whatever stands between them."""
    words = [f"word{number}" for number in range(400)]
    texts = {at + 1: " ".join(words[at * 10 : at * 10 + 80]) for at in range(16)}
    change(database, [], texts)
    assert set(stored_stories(database).values()) == {1}
