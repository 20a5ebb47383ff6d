"""Repairs in the database: what is restored at once, and what is marked for a build."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from assistant.doctor.content_checks import check_articles, check_passages, check_vectors
from assistant.doctor.database_checks import check_full_text
from assistant.doctor.database_repair import INVALID_KEY, rebuild_sqlite_indexes, repair_database
from assistant.doctor.examination import Examination
from assistant.errors import LibraryError
from assistant.store.library import DATABASE
from tests.doctor.conftest import Damage

FORGET_GIVEN_ARTICLES = "UPDATE article SET file = (SELECT path FROM file)"


def repair(examination: Examination) -> list[str]:
    """Run the repair with the diagnosis so far."""
    with closing(sqlite3.connect(examination.folder / DATABASE, isolation_level=None)) as database:
        return list(repair_database(database, examination.folder, examination.diagnosis))


def select(examination: Examination, query: str) -> Sequence[object]:
    with closing(sqlite3.connect(examination.folder / DATABASE)) as database:
        return [value for (value,) in database.execute(query)]


def test_vector_restored_from_faiss_file(damage: Damage) -> None:
    """A lost vector is taken from the FAISS file."""
    examination = damage("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE article = 3)")
    list(check_vectors(examination))
    assert repair(examination)[0] == "restored 1 of 1 lost vector from the FAISS file"
    assert select(examination, "SELECT count(*) FROM vector") == [3]
    assert not examination.diagnosis.lost_vectors


@pytest.mark.parametrize(
    "statements",
    [
        ("INSERT INTO passage_words (passage_words) VALUES ('delete-all')",),
        ("DROP TABLE passage_words",),
        ("DROP VIEW passage_text",),
        ("DROP TABLE passage_words", "DROP VIEW passage_text"),
    ],
)
def test_full_text_rebuilt(damage: Damage, statements: Sequence[str]) -> None:
    """A full-text index that does not agree with the text is rebuilt, and made again where it was deleted."""
    examination = damage(*statements)
    assert [finding.level for finding in check_full_text(examination)] == ["error"]
    assert repair(examination)
    examination.diagnosis.full_text_damaged = False
    assert [finding.level for finding in check_full_text(damage())] == ["ok"]  # opened again, with its schema checked


def test_damaged_article_marked_for_build(damage: Damage) -> None:
    """The file of an altered article is read again, and a badly chunked article is divided again."""
    examination = damage(
        FORGET_GIVEN_ARTICLES,
        "UPDATE article SET title = 'Other' WHERE number = 1",
        "UPDATE passage SET end = end - 1 WHERE article = 3",
    )
    list(check_articles(examination))
    list(check_passages(examination))
    repair(examination)
    assert select(examination, "SELECT record_sha256 FROM article WHERE number = 1") == [""]
    assert select(examination, "SELECT vector_key FROM passage WHERE article = 3") == [INVALID_KEY]
    assert select(examination, "SELECT size FROM file") == [-1]


def test_articles_without_file_are_not_dropped(damage: Damage) -> None:
    """A repair that takes a build is refused if the build would remove articles that came from no file."""
    examination = damage("UPDATE article SET title = 'Other' WHERE number = 1")
    list(check_articles(examination))
    with pytest.raises(LibraryError, match="would remove 2 articles that came from no file"):
        repair(examination)


def test_sound_indexes_are_not_rebuilt(damage: Damage) -> None:
    """A database without damage needs no rebuilding, and a file that is no database cannot be rebuilt."""
    examination = damage()
    assert not rebuild_sqlite_indexes(examination.folder / DATABASE)
    other = examination.folder / "other"
    other.write_bytes(b"no database" * 1000)
    assert not rebuild_sqlite_indexes(other)
