"""Statements and near-duplicates in the library: made by builds, kept true by syncs, made again when they must be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.engine import Assistant
from assistant.errors import LibraryMismatch
from assistant.indexing.minhash import PERMUTATIONS, bands, signature, similarity
from assistant.records.build import BuildReport, Progress
from assistant.store.library import DATABASE, Library
from assistant.store.schema import FORMAT
from tests.conftest import built

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
    built(assistant)
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


def test_the_library_knows_who_said_what(press: Assistant) -> None:
    with press.library() as library:
        article = library.article("a.md")
        assert article is not None
        said = {(one.speaker, article.text[one.start : one.end]) for one in library.statements("a.md")}
    assert ("Ansel Thorne", "“The lamp will burn again by Tuesday,”") in said


def test_speakers_are_found_by_any_word_of_their_name_whatever_its_accents(press: Assistant) -> None:
    with press.library() as library:
        assert ("Ansel Thorne", "name") in library.names_sharing("thórne")
        assert library.passages_of_speakers([("Ansel Thorne", True)])
        assert library.names_sharing("Nobody") == []
        assert library.speakers()[0][0] == "Ansel Thorne"


def test_two_prints_of_one_story_are_known_as_copies(press: Assistant) -> None:
    with press.library() as library:
        assert [copy.id for copy in library.copies("a.md")] == ["b.md"]
        assert [copy.id for copy in library.copies("b.md")] == ["a.md"]
        assert library.copies("c.md") == []
        assert library.story("a.md") == library.story("b.md") != library.story("c.md")


def test_a_sync_leaves_what_a_rebuild_would_make(press: Assistant, write_article: Write) -> None:
    articles = press.config.articles[0]
    write_article("d.md", WIRE.replace("Friday", "Monday"), title="Third print")
    (articles / "a.md").unlink()
    (articles / "c.md").write_text(OTHER + " “We were lucky,” said Ida Fenn.", encoding="utf-8")
    built(press)
    synced = state(press.config.index)
    built(press, rebuild=True)
    assert synced == state(press.config.index)
    assert ("b.md", "d.md") in synced["stories"]
    assert ("fenn", "Ida Fenn", "name") in synced["names"]


def test_the_copy_that_held_two_others_together_can_go(press: Assistant) -> None:
    (press.config.articles[0] / "a.md").unlink()
    built(press)
    with press.library() as library:
        assert library.copies("b.md") == []


def test_a_library_of_the_first_format_is_brought_up_to_date_and_embeds_nothing(press: Assistant) -> None:
    index = press.config.index
    before = state(index)
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        for table in ("statement", "speaker_word", "story", "band"):
            database.execute(f"DROP TABLE {table}")
        database.execute("UPDATE vector SET data = substr(data, 1, length(data) - 4)")
        database.execute("UPDATE manifest SET value = '1' WHERE key = 'format'")
        database.execute("DELETE FROM manifest WHERE key = 'deriving'")
    report = built(press)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert state(index) == before
    with Library.open(index) as library:
        assert library.manifest["format"] == str(FORMAT)


def test_a_library_of_the_second_format_gets_checksums_and_embeds_nothing(press: Assistant) -> None:
    index = press.config.index
    before = state(index)
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE vector SET data = substr(data, 1, length(data) - 4)")
        database.execute("UPDATE manifest SET value = '2' WHERE key = 'format'")
    with pytest.raises(LibraryMismatch, match="run: assistant build, which brings it up to date and embeds nothing"):
        Library.open(index)
    report = built(press)
    assert (report.embedded, report.unchanged) == (0, 3)
    assert state(index) == before
    with Library.open(index) as library:
        (index / library.manifest["vectors_file"]).unlink()
        assert len(library.vector_index()) == library.passage_count()


def test_statements_are_found_anew_when_the_way_of_finding_them_has_changed(press: Assistant) -> None:
    index = press.config.index
    before = state(index)
    with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE manifest SET value = 'older' WHERE key = 'deriving'")
        database.execute("UPDATE statement SET speaker = 'Somebody Else'")
    *events, report = press.build()
    assert isinstance(report, BuildReport)
    assert report.embedded == 0
    assert Progress("deriving", 0, 3) in events
    assert state(index) == before


# ------------------------------------------------------------------------------------------ signatures


def test_a_signature_tells_how_much_two_texts_have_in_common() -> None:
    one, near, far = signature(WIRE), signature(WIRE.replace("Friday", "Sunday")), signature(OTHER)
    assert one is not None
    assert near is not None
    assert far is not None
    assert one.shape == (PERMUTATIONS,)
    assert similarity(one, one) == 1
    assert similarity(one, near) > 0.7
    assert similarity(one, far) < 0.1
    assert set(bands(one)) & set(bands(near))
    assert not set(bands(one)) & set(bands(far))


def test_a_text_of_a_few_words_has_no_signature() -> None:
    assert signature("Too short to be told from another.") is None


def test_signatures_are_those_that_libraries_hold() -> None:
    # Where this fails, raise DERIVING, or old signatures are compared with new ones.
    made = signature(WIRE)
    assert made is not None
    assert int(np.bitwise_xor.reduce(made)) == 360524669
