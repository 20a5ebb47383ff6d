"""What a count cannot know is said: files that were left out, articles of which only a part is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.collection.answering import draft_collection
from assistant.collection.draft import Draft
from assistant.collection.scope import count_unread_files
from assistant.errors import LibraryDamaged
from assistant.records.collection.question import CollectionQuery, Unit
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.protocol import Library
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

ARTICLES = [
    make_article("The weir was mended. Ida Roe said the weir holds.", id="whole", source="Post"),
    make_article("The weir leaks.", id="teaser", source="Post", partial="teaser"),
    make_article("The lock is shut.", id="start", source="Gazette", partial="paywall"),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three articles, two of them in part; all files were read."""
    with SqliteLibrary.open(build_tiny_library(tmp_path, ARTICLES).index) as library:
        yield library


def _draft(library: Library, unit: Unit, topic: str = "", search: str | None = None, speaker: str = "") -> Draft:
    asked = CollectionQuery("count", unit, topic, search=search, speaker=speaker or None)
    draft = draft_collection(asked, library)
    assert draft is not None
    assert draft.result is not None
    return draft


@pytest.mark.parametrize(
    ("unit", "values", "partial"),
    [
        ("articles", {"topic": "weir"}, 1),  # the other partial one is counted
        ("articles", {"search": "weir OR lock"}, 0),  # both are counted
        ("articles", {"search": 'weir outlet:"Post"'}, 1),
        ("articles", {}, 0),  # articles are counted, not what they say
        ("mentions", {"topic": "weir"}, 2),
        ("statements", {"speaker": "Ida Roe"}, 2),
    ],
)
def test_partial_articles(library: Library, unit: Unit, values: dict[str, str], partial: int) -> None:
    """They make the number of what their other words may have a lowest one, and a note says so."""
    draft = _draft(library, unit, **values)
    said = [note for note in draft.notes if note.startswith("At least:")]
    assert [int(note.split()[2]) for note in said] == ([partial] if partial else [])
    assert draft.result is not None
    assert draft.result.is_least == bool(partial)


def test_limits_leave_partial_articles_out(library: Library) -> None:
    """A partial article of another outlet has nothing to do with the number."""
    asked = CollectionQuery("count", "mentions", topic="weir", outlets=("Gazette",))
    draft = draft_collection(asked, library)
    assert draft is not None
    assert any("1 article is in the library only in part" in note for note in draft.notes)


def test_files_that_were_left_out(tmp_path: Path) -> None:
    """Files without text are counted as left out; a damaged record is an error."""
    config = build_tiny_library(tmp_path, [], a="The weir leaks.", b="", c=" ")
    with SqliteLibrary.open(config.index) as library:
        left = count_unread_files(library)
        draft = _draft(library, "articles", topic="weir")
    assert left == 2
    assert any(note.startswith("At least: 2 texts were left out") for note in draft.notes)
    assert draft.result is not None
    assert draft.result.is_least
    with closing(sqlite3.connect(config.index / DATABASE)) as database:
        database.execute("UPDATE file SET notices = '[1]'")
        database.commit()
    with SqliteLibrary.open(config.index) as library, pytest.raises(LibraryDamaged, match="doctor"):
        count_unread_files(library)
