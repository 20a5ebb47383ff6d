"""The commit point: the FAISS file and the database always belong together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.indexing.publish import (
    REBUILD_DATABASE,
    find_leftovers,
    is_vectors_file_intact,
    publish,
    read_manifest,
    replace_library,
)
from assistant.indexing.staging import STAGING_DATABASE
from assistant.indexing.writer import SqliteWriter
from assistant.store.codecs import encode_vector
from assistant.store.faiss_index import VectorIndex
from assistant.store.schema import FORMAT_VERSION


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A library in an open transaction, with two passages."""
    writer = SqliteWriter(tmp_path / "library.sqlite3")
    writer.database.execute("BEGIN IMMEDIATE")
    add_passage(writer.database, 1, [1, 0])
    add_passage(writer.database, 2, [0, 1])
    yield writer.database
    writer.close()


def add_passage(database: sqlite3.Connection, number: int, vector: list[float]) -> None:
    key = bytes([number])
    database.execute("INSERT INTO passage VALUES (?, 1, 0, 0, 1, ?)", (number, key))
    data = encode_vector(key, np.array(vector, dtype=np.float32))
    database.execute("INSERT INTO vector VALUES (?, ?)", (key, data))


def load_numbers(database: sqlite3.Connection, folder: Path) -> list[int]:
    manifest = read_manifest(database)
    path = folder / manifest["vectors_file"]
    index = VectorIndex.load(path, manifest["vectors_sha256"], int(manifest["dimension"]))
    return sorted(index.passage_numbers().tolist())


def test_publish_commits_file_and_manifest(database: sqlite3.Connection, tmp_path: Path) -> None:
    """The manifest names the FAISS file, which contains all passages."""
    name = publish(database, tmp_path, {"dimension": "2", "model": "mini"})
    assert not database.in_transaction
    manifest = read_manifest(database)
    assert (manifest["vectors_file"], manifest["model"], manifest["format"]) == (name, "mini", str(FORMAT_VERSION))
    assert load_numbers(database, tmp_path) == [1, 2]
    assert is_vectors_file_intact(database, tmp_path)
    (tmp_path / name).write_bytes(b"other")
    assert not is_vectors_file_intact(database, tmp_path)


def test_index_updated_with_fresh_passages(database: sqlite3.Connection, tmp_path: Path) -> None:
    """Inserted passages are added to the FAISS file, and deleted ones removed with their vectors."""
    first = publish(database, tmp_path, {"dimension": "2"})
    database.execute("BEGIN IMMEDIATE")
    database.execute("DELETE FROM passage WHERE number = 1")
    database.execute("INSERT INTO temp.dropped VALUES (x'01')")
    add_passage(database, 3, [0.5, 0.5])
    second = publish(database, tmp_path, {"dimension": "2"}, fresh=[3])
    assert first != second
    assert load_numbers(database, tmp_path) == [2, 3]
    assert database.execute("SELECT key FROM vector").fetchall() == [(b"\x02",), (b"\x03",)]


def test_file_kept_without_new_passages(database: sqlite3.Connection, tmp_path: Path) -> None:
    """Without new or deleted passages the FAISS file stays, and the generation changes."""
    first = publish(database, tmp_path, {"dimension": "2"})
    generation = read_manifest(database)["generation"]
    database.execute("BEGIN IMMEDIATE")
    assert publish(database, tmp_path, {"dimension": "2"}, fresh=[]) == first
    assert read_manifest(database)["generation"] != generation


def test_failed_commit_removes_file(database: sqlite3.Connection, tmp_path: Path) -> None:
    """If the commit fails, the FAISS file that was written for it is removed."""
    database.execute("DROP TABLE manifest")
    database.execute("CREATE TABLE manifest (key TEXT PRIMARY KEY, value INTEGER CHECK (value IS NULL))")
    with pytest.raises(sqlite3.IntegrityError):
        publish(database, tmp_path, {"dimension": "2"})
    assert list(tmp_path.glob("*.faiss")) == []


def test_leftovers_found(tmp_path: Path) -> None:
    """Files of ended builds are found; the FAISS file in use and other files are not."""
    leftovers = ["vectors-1.faiss", ".vectors-2.faiss.7.tmp", ".build.owner.7.tmp"]
    leftovers += [STAGING_DATABASE, f"{REBUILD_DATABASE}-wal", "library.sqlite3.new", "library.sqlite3.new-journal"]
    for name in (*leftovers, "vectors-3.faiss", "library.sqlite3", "notes.txt"):
        (tmp_path / name).touch()
    assert {path.name for path in find_leftovers(tmp_path, "vectors-3.faiss")} == set(leftovers)


@pytest.mark.parametrize("target_data", [None, b"no database any more" * 100, b""])
def test_rebuilt_library_replaces_old_one(tmp_path: Path, target_data: bytes | None) -> None:
    """A rebuilt database replaces a database, and also a file that is none any more."""
    fresh, target = tmp_path / REBUILD_DATABASE, tmp_path / "library.sqlite3"
    for path, value in ((fresh, "new"), (target, "old")):
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE state AS SELECT ? AS value", (value,))
    if target_data is not None:
        target.write_bytes(target_data)
    replace_library(fresh, target)
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("SELECT value FROM state").fetchall() == [("new",)]
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)  # else its readers would wait for writers
