"""Tests of statements and near-duplicates: extracted by builds, updated, and upgraded from older formats."""

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
def built_assistant(assistant: Assistant, write_article: Write) -> Assistant:
    """An assistant with a library of two prints of one wire story and another article."""
    write_article("a.md", WIRE, title="Lighthouse goes dark", source="Morning Leaf", published_at="2025-03-02")
    write_article("b.md", f"{WIRE}\n\nMore on page four.", title="Dark cape", source="Evening Bell")
    write_article("c.md", OTHER, title="Bicycles at the fair", source="Morning Leaf")
    run_build(assistant)
    return assistant


def read_derived_data(index: Path) -> dict[str, list[tuple[object, ...]]]:
    """Statements, stories and names by article id, without internal numbers."""
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


def test_library_knows_speakers(built_assistant: Assistant) -> None:
    """The library records who said what."""
    with built_assistant.open_library() as library:
        article = library.article("a.md")
        assert article is not None
        said = {(one.speaker, article.text[one.start : one.end]) for one in library.statements("a.md")}
    assert ("Ansel Thorne", "“The lamp will burn again by Tuesday,”") in said


def test_speaker_found_by_any_name_word(built_assistant: Assistant) -> None:
    """Speakers are found by any word of their name, with or without accents."""
    with built_assistant.open_library() as library:
        assert ("Ansel Thorne", "name") in library.find_names_sharing_word("thórne")
        assert library.has_more_passages(PassageFilter(speakers=(("Ansel Thorne", True),)), 0)
        assert library.find_names_sharing_word("Nobody") == []
        assert library.speakers()[0][0] == "Ansel Thorne"


def test_duplicates_detected(built_assistant: Assistant) -> None:
    """Two printings of one story are detected as duplicates."""
    with built_assistant.open_library() as library:
        assert [copy.article_id for copy in library.duplicates("a.md")] == ["b.md"]
        assert [copy.article_id for copy in library.duplicates("b.md")] == ["a.md"]
        assert library.duplicates("c.md") == []
        assert library.story_number("a.md") == library.story_number("b.md") != library.story_number("c.md")


def test_sync_equals_rebuild(built_assistant: Assistant, write_article: Write) -> None:
    """An incremental build leaves the same library as a rebuild."""
    articles = built_assistant.config.articles[0]
    write_article("d.md", WIRE.replace("Friday", "Monday"), title="Third print")
    (articles / "a.md").unlink()
    (articles / "c.md").write_text(OTHER + " “We were lucky,” said Ida Fenn.", encoding="utf-8")
    run_build(built_assistant)
    synced = read_derived_data(built_assistant.config.index)
    run_build(built_assistant, rebuild=True)
    assert synced == read_derived_data(built_assistant.config.index)
    assert ("b.md", "d.md") in synced["stories"]
    assert ("fenn", "Ida Fenn", "name") in synced["names"]


def test_duplicate_linking_two_others_removed(built_assistant: Assistant) -> None:
    """An article that linked two duplicates can be removed."""
    (built_assistant.config.articles[0] / "a.md").unlink()
    run_build(built_assistant)
    with built_assistant.open_library() as library:
        assert library.duplicates("b.md") == []


def test_format_1_upgraded_without_embedding(built_assistant: Assistant) -> None:
    """A library of format 1 is upgraded without embedding anything."""
    index = built_assistant.config.index
    before = read_derived_data(index)
    downgrade_library(index, 1)
    report = run_build(built_assistant)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert read_derived_data(index) == before
    with SqliteLibrary.open(index) as library:
        assert library.manifest["format"] == str(FORMAT_VERSION)


def test_format_2_gets_checksums(built_assistant: Assistant) -> None:
    """A library of format 2 gets checksums without embedding anything."""
    index = built_assistant.config.index
    before = read_derived_data(index)
    downgrade_library(index, 2)
    with pytest.raises(LibraryMismatch, match="run: assistant build, which updates it without embedding anything"):
        SqliteLibrary.open(index)
    report = run_build(built_assistant)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert read_derived_data(index) == before
    with SqliteLibrary.open(index) as library:
        (index / library.manifest["vectors_file"]).unlink()
        assert len(library.vector_index()) == library.passage_count()


def test_format_3_gets_word_counts(built_assistant: Assistant) -> None:
    """A library of format 3 gets word counts without embedding anything."""
    before = [(row.id, row.words) for row in built_assistant.catalog().articles()]
    assert ("a.md", count_words(WIRE)) in before
    downgrade_library(built_assistant.config.index, 3)
    report = run_build(built_assistant)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert [(row.id, row.words) for row in built_assistant.catalog().articles()] == before


def test_statements_recomputed_after_upgrade(built_assistant: Assistant) -> None:
    """Statements are extracted again after the extraction method has changed."""
    index = built_assistant.config.index
    before = read_derived_data(index)
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE manifest SET value = 'older' WHERE key = 'deriving'")
        database.execute("UPDATE statement SET speaker = 'Somebody Else'")
    *events, report = built_assistant.build_events()
    assert isinstance(report, BuildReport)
    assert report.embedded == 0
    assert ProgressUpdate("deriving", 0, 3) in events
    assert read_derived_data(index) == before


def test_sentences_divided_again_after_upgrade(built_assistant: Assistant) -> None:
    """An article that this version divides into other sentences is stored again; unchanged passages keep vectors."""
    index = built_assistant.config.index
    before = read_derived_data(index)
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        (sentences,) = database.execute("SELECT sentences FROM article WHERE id = 'a.md'").fetchone()
        database.execute("UPDATE manifest SET value = 'older' WHERE key = 'deriving'")
        database.execute("UPDATE article SET sentences = ? WHERE id = 'a.md'", (sentences[:16],))
    report = run_build(built_assistant)
    assert (report.embedded, report.unchanged) == (0, 3)
    with closing(sqlite3.connect(index / DATABASE)) as database:
        assert database.execute("SELECT sentences FROM article WHERE id = 'a.md'").fetchone() == (sentences,)
    assert read_derived_data(index) == before
