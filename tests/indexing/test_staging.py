"""Vectors staged for the next build."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.indexing.staging import STAGING_DATABASE, Staging
from assistant.store.codecs import add_checksum

VECTORS = [(key, add_checksum(key, b"vector of " + key)) for key in (b"a", b"b", b"c")]


def test_staged_vectors_loaded(tmp_path: Path) -> None:
    """Vectors are loaded by key after the file was closed."""
    with closing(Staging(tmp_path)) as staging:
        staging.save_vectors(VECTORS)
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors([b"a", b"c", b"none"]) == [VECTORS[0], VECTORS[2]]
        assert staging.load_vectors([]) == []


def test_damaged_vector_not_loaded(tmp_path: Path) -> None:
    """A vector that was altered is left out."""
    with closing(Staging(tmp_path)) as staging:
        staging.save_vectors(VECTORS)
    with closing(sqlite3.connect(tmp_path / STAGING_DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE vector SET data = zeroblob(length(data)) WHERE key = x'62'")
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors([b"a", b"b", b"c"]) == [VECTORS[0], VECTORS[2]]


def test_damaged_file_replaced(tmp_path: Path) -> None:
    """A file that is no database is replaced by an empty one."""
    (tmp_path / STAGING_DATABASE).write_bytes(b"no database" * 1000)
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors([b"a"]) == []
        staging.save_vectors(VECTORS)
        assert staging.load_vectors([b"a"]) == VECTORS[:1]


def make_staging(folder: Path) -> Path:
    """A file of many vectors, each on a page of its own."""
    vectors = [(bytes([n]) * 32, add_checksum(bytes([n]) * 32, bytes(3_000))) for n in range(40)]
    with closing(Staging(folder)) as staging:
        staging.save_vectors(vectors)
    return folder / STAGING_DATABASE


def run(path: Path, commands: str) -> None:
    """Change the file with SQLite."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(commands)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "empty": lambda path: path.write_bytes(b""),
    "all but the first page": lambda path: path.write_bytes(
        path.read_bytes()[:4096] + bytes(path.stat().st_size - 4096)
    ),
    "another table": lambda path: run(path, "DROP TABLE vector; CREATE TABLE vector (other);"),
    "a view": lambda path: run(path, "DROP TABLE vector; CREATE VIEW vector AS SELECT 1 AS key, 2 AS data;"),
    "a trigger": lambda path: run(
        path, "CREATE TRIGGER t AFTER INSERT ON vector BEGIN DELETE FROM vector; DELETE FROM vector; END;"
    ),
    "texts": lambda path: run(path, "UPDATE vector SET data = 'text';"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_costs_the_staged_vectors_only(tmp_path: Path, damage: str) -> None:
    """No build ends for it, wherever it lies: not this one, and so not each later one."""
    DAMAGES[damage](make_staging(tmp_path))
    keys = [bytes([n]) * 32 for n in range(40)]
    with closing(Staging(tmp_path)) as staging:
        assert staging.load_vectors(keys) == []
        staging.save_vectors(VECTORS)
        assert staging.load_vectors([b"a", b"c"]) == [VECTORS[0], VECTORS[2]]


def test_damage_met_first_when_it_is_written(tmp_path: Path) -> None:
    DAMAGES["all but the first page"](make_staging(tmp_path))
    with closing(Staging(tmp_path)) as staging:
        staging.save_vectors(VECTORS)
        assert staging.load_vectors([b"a"]) == VECTORS[:1]
