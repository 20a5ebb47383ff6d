"""Statements and near-duplicates in the library: made by builds, kept true by syncs, made again when they must be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.errors import LibraryMismatch
from assistant.records.build import BuildReport, ProgressUpdate
from assistant.store.fts import count_words
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.protocol import PassageFilter
from assistant.store.schema import FORMAT_VERSION
from tests.conftest import run_build
from tests.support.old_formats import downgrade_library

Write = Callable[..., Path]

WIRE = (
    "The lighthouse at Cape Morrow went dark on Friday for the first time since the war, after a cable under the sound "
    "was cut by an anchor. Ansel Thorne, the keeper, said that ships had been warned by radio and nobody was hurt. "
    "“The lamp will burn again by Tuesday,” Thorne said. The harbour board has asked the owners of the ship for the "
    "cost of the repair, which it puts at forty thousand crowns."
)
OTHER = (
    "A fair of old bicycles drew four hundred people to the market square at Lower Fenwick on Sunday. The oldest had "
    "wooden wheels and was ridden twice around the fountain by its owner, who fell off at the second turn and was "
    "applauded. The fair will be held again next summer, the parish council said, if it does not rain."
)


@pytest.fixture
def press(assistant: Assistant, write_article: Write) -> Assistant:
    """Two prints of one wire story and an article about something else, built."""
    write_article("a.md", WIRE, title="Lighthouse goes dark", source="Morning Leaf", published_at="2025-03-02")
    write_article("b.md", f"{WIRE}\n\nMore on page four.", title="Dark cape", source="Evening Bell")
    write_article("c.md", OTHER, title="Bicycles at the fair", source="Morning Leaf")
    run_build(assistant)
    return assistant


def state(index: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is derived, by article id, whatever the numbers of the articles."""
    with closing(sqlite3.connect(index / DATABASE)) as database:
        return {
            "statements": database.execute(
                "SELECT id, speaker, role, cue, start, end, direct FROM statement JOIN article"
                " ON article.number = statement.article ORDER BY id, start"
            ).fetchall(),
            "stories": database.execute(
                "SELECT one.id, other.id FROM story AS a JOIN story AS b ON a.story = b.story"
                " JOIN article AS one ON one.number = a.article JOIN article AS other ON other.number = b.article"
                " ORDER BY 1, 2"
            ).fetchall(),
            "names": database.execute("SELECT word, name, kind FROM speaker_word ORDER BY 1, 2, 3").fetchall(),
        }


def test_library_knows_speakers(press: Assistant) -> None:
    """The library records who said what."""
    with press.open_library() as library:
        article = library.article("a.md")
        assert article is not None
        said = {(one.speaker, article.text[one.start : one.end]) for one in library.statements("a.md")}
    assert ("Ansel Thorne", "“The lamp will burn again by Tuesday,”") in said


def test_speaker_found_by_any_name_word(press: Assistant) -> None:
    """Speakers are found by any word of their name, with or without accents."""
    with press.open_library() as library:
        assert ("Ansel Thorne", "name") in library.find_names_sharing_word("thórne")
        assert library.has_more_passages(PassageFilter(speakers=(("Ansel Thorne", True),)), 0)
        assert library.find_names_sharing_word("Nobody") == []
        assert library.speakers()[0][0] == "Ansel Thorne"


def test_duplicates_detected(press: Assistant) -> None:
    """Two printings of one story are detected as duplicates."""
    with press.open_library() as library:
        assert [copy.article_id for copy in library.duplicates("a.md")] == ["b.md"]
        assert [copy.article_id for copy in library.duplicates("b.md")] == ["a.md"]
        assert library.duplicates("c.md") == []
        assert library.story_number("a.md") == library.story_number("b.md") != library.story_number("c.md")


def test_sync_equals_rebuild(press: Assistant, write_article: Write) -> None:
    """An incremental build leaves the same library as a rebuild."""
    articles = press.config.articles[0]
    write_article("d.md", WIRE.replace("Friday", "Monday"), title="Third print")
    (articles / "a.md").unlink()
    (articles / "c.md").write_text(OTHER + " “We were lucky,” said Ida Fenn.", encoding="utf-8")
    run_build(press)
    synced = state(press.config.index)
    run_build(press, rebuild=True)
    assert synced == state(press.config.index)
    assert ("b.md", "d.md") in synced["stories"]
    assert ("fenn", "Ida Fenn", "name") in synced["names"]


def test_duplicate_linking_two_others_removed(press: Assistant) -> None:
    """An article that linked two duplicates can be removed."""
    (press.config.articles[0] / "a.md").unlink()
    run_build(press)
    with press.open_library() as library:
        assert library.duplicates("b.md") == []


def test_format_1_upgraded_without_embedding(press: Assistant) -> None:
    """A library of format 1 is upgraded without embedding anything."""
    index = press.config.index
    before = state(index)
    downgrade_library(index, 1)
    report = run_build(press)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert state(index) == before
    with SqliteLibrary.open(index) as library:
        assert library.manifest["format"] == str(FORMAT_VERSION)


def test_format_2_gets_checksums(press: Assistant) -> None:
    """A library of format 2 gets checksums without embedding anything."""
    index = press.config.index
    before = state(index)
    downgrade_library(index, 2)
    with pytest.raises(LibraryMismatch, match="run: assistant build, which updates it without embedding anything"):
        SqliteLibrary.open(index)
    report = run_build(press)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert state(index) == before
    with SqliteLibrary.open(index) as library:
        (index / library.manifest["vectors_file"]).unlink()
        assert len(library.vector_index()) == library.passage_count()


def test_format_3_gets_word_counts(press: Assistant) -> None:
    """A library of format 3 gets word counts without embedding anything."""
    before = [(row.id, row.words) for row in press.catalog().articles()]
    assert ("a.md", count_words(WIRE)) in before
    downgrade_library(press.config.index, 3)
    report = run_build(press)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert [(row.id, row.words) for row in press.catalog().articles()] == before


def test_statements_recomputed_after_upgrade(press: Assistant) -> None:
    """Statements are extracted again after the extraction method has changed."""
    index = press.config.index
    before = state(index)
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE manifest SET value = 'older' WHERE key = 'deriving'")
        database.execute("UPDATE statement SET speaker = 'Somebody Else'")
    *events, report = press.build_events()
    assert isinstance(report, BuildReport)
    assert report.embedded == 0
    assert ProgressUpdate("deriving", 0, 3) in events
    assert state(index) == before
