"""Articles written to a library, without a model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.articles.chunking import ChunkedArticle
from assistant.indexing import writer as module
from assistant.indexing.writer import ArticleOwners, SqliteWriter, hash_article, make_vector_key
from assistant.records.article import Article, Passage
from tests.conftest import make_article


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[SqliteWriter]:
    writer = SqliteWriter(tmp_path / "library.sqlite3")
    writer.database.execute("BEGIN IMMEDIATE")
    yield writer
    writer.close()


def chunk(article: Article, *ends: int) -> ChunkedArticle:
    """The article in passages that end at these offsets."""
    spans = list(zip((0, *ends), ends, strict=False))
    passages = [Passage(article.id, ordinal, start, end) for ordinal, (start, end) in enumerate(spans)]
    return ChunkedArticle("Title\n", spans, passages)


def test_article_inserted_with_passages(writer: SqliteWriter) -> None:
    """An article has its passages, words and vector keys."""
    article = make_article("The quay is closed. A crane fell.", id="a")
    last = writer.insert_article(article, "a.md", chunk(article, 19, 33), "sha")
    rows = writer.database.execute("SELECT number, start, end, vector_key FROM passage ORDER BY ordinal").fetchall()
    first_key = make_vector_key("sha", "Title\n", "The quay is closed.")
    assert [row[1:] for row in rows] == [
        (0, 19, first_key),
        (19, 33, make_vector_key("sha", "Title\n", " A crane fell.")),
    ]
    assert last == rows[-1][0]
    assert writer.database.execute("SELECT words FROM article").fetchall() == [(7,)]
    query = "SELECT rowid FROM passage_words WHERE passage_words MATCH 'crane'"
    assert writer.database.execute(query).fetchall() == [(last,)]
    assert writer.count_fresh_vectors() == writer.count_passages() == 2
    version = writer.find_version("a")
    assert version is not None
    assert (version.record_sha256, version.origin) == (hash_article(article), "a.md")
    assert writer.find_version("none") is None


def test_deleted_article_leaves_nothing(writer: SqliteWriter) -> None:
    """A deleted article leaves no passage, no word, and the keys of its vectors for deletion."""
    article = make_article("The quay is closed.", id="a")
    writer.insert_article(article, "a.md", chunk(article, 19), "sha")
    version = writer.find_version("a")
    assert version is not None
    writer.delete_articles([version.number])
    assert writer.find_version("a") is None
    assert writer.count_passages() == writer.count_fresh_vectors() == 0
    writer.database.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
    key = make_vector_key("sha", "Title\n", "The quay is closed.")
    assert writer.database.execute("SELECT key FROM temp.dropped").fetchall() == [(key,)]


def test_article_without_vector_found(writer: SqliteWriter) -> None:
    """An article with a passage without a vector is found with its file."""
    article = make_article("The quay is closed.", id="a")
    writer.insert_article(article, "a.md", chunk(article, 19), "sha")
    version = writer.find_version("a")
    assert version is not None
    assert writer.find_articles_without_vector() == [(version.number, article, "a.md")]
    writer.database.execute("INSERT INTO vector SELECT vector_key, x'00' FROM passage")
    assert writer.find_articles_without_vector() == []


def test_owners_of_articles(writer: SqliteWriter) -> None:
    """An article belongs to the first file that it was found in."""
    for name in ("a", "b", "c"):
        article = make_article("The quay is closed.", id=name)
        writer.insert_article(article, "old.jsonl", chunk(article, 19), "sha")
    owners = ArticleOwners(writer.database)
    owners.claim("a", "new.jsonl")
    assert owners.claim_previous(["old.jsonl", "none.jsonl"]) == 2
    assert len(owners) == 3
    assert [owners.owner_of(name) for name in ("a", "b", "none")] == ["new.jsonl", "old.jsonl", None]
    assert owners.unclaimed_articles() == []


def test_file_records_and_manifest(writer: SqliteWriter) -> None:
    """File records and manifest values are replaced."""
    row = ("a.md", 5, 1, 2, "sha", "[]", "")
    writer.save_file(row)
    writer.save_file((*row[:1], 6, *row[2:]))
    assert list(writer.file_rows()) == [("a.md", 6, 1, 2, "sha", "[]", "")]
    writer.delete_file("a.md")
    assert list(writer.file_rows()) == []
    writer.update_manifest({"reading": "x"})
    writer.update_manifest({"reading": "y"})
    assert writer.read_manifest() == {"reading": "y"}


def test_unpublished_changes_dropped(tmp_path: Path) -> None:
    """A writer that is closed without publishing changes nothing."""
    path = tmp_path / "library.sqlite3"
    writer = SqliteWriter(path)
    writer.database.execute("BEGIN IMMEDIATE")
    article = make_article("The quay is closed.", id="a")
    writer.insert_article(article, "a.md", chunk(article, 19), "sha")
    writer.close()
    again = SqliteWriter(path)
    assert again.find_version("a") is None
    again.close()


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty file"])
def test_new_library_is_there_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    """Until it is whole there is nothing of it under its name, and no journal of it later."""
    path = tmp_path / "library.sqlite3"
    if content is not None:
        path.write_bytes(content)
    shown: list[bytes | None] = []

    def look(fresh: Path, target: Path) -> None:
        shown.append(target.read_bytes() if target.exists() else None)
        assert [file.name for file in tmp_path.iterdir() if file != target] == [fresh.name]
        assert fresh.read_bytes().startswith(b"SQLite format 3")
        raise OSError("the power failed")

    monkeypatch.setattr(module, "put_in_place", look)
    with pytest.raises(OSError, match="the power failed"):
        SqliteWriter(path)
    assert shown == [content]
    assert [file.name for file in tmp_path.iterdir()] == ([] if content is None else [path.name])
    monkeypatch.undo()
    SqliteWriter(path).close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ("article",) in database.execute("SELECT name FROM sqlite_master").fetchall()


def test_library_is_written_so_that_readers_do_not_wait(tmp_path: Path) -> None:
    """Also one whose journal is of the other kind, as copies made by other programs have it."""
    path = tmp_path / "library.sqlite3"
    SqliteWriter(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    writer = SqliteWriter(path)
    assert writer.database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    writer.close()
