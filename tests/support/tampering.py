"""Libraries that somebody has altered: wrong types and values in every column, hostile schemas, crafted FAISS files."""

from __future__ import annotations

import contextlib
import hashlib
import random
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from assistant.store.codecs import add_checksum
from assistant.store.library import DATABASE

TABLES = (
    "manifest",
    "file",
    "article",
    "passage",
    "vector",
    "statement",
    "correction",
    "speaker_word",
    "story",
    "band",
    "version",
)
VALUES = ("x'ff00'", "'x'", "-5", "4000000000000", "2.5", "'9999-99-99'")
Apply = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Tampering:
    """One alteration of an index folder."""

    name: str
    apply: Apply


def write_foreign_journal(database: Path, victim: Path) -> None:
    """Put a journal beside a database that is closed: it changes nothing there, but names `victim` as a further file.

    SQLite deletes that file when it opens the database to write.
    """
    magic, name = bytes.fromhex("d9d505f920a163d7"), str(victim.absolute()).encode()
    content = database.read_bytes()
    page_size = int.from_bytes(content[16:18], "big")
    head = magic + struct.pack(">IIIII", 0, 0, len(content) // page_size, 512, page_size)
    names = struct.pack(">I", 0x4000_0000 // page_size + 1) + name + struct.pack(">II", len(name), sum(name)) + magic
    database.with_name(f"{database.name}-journal").write_bytes(head.ljust(512, b"\0") + names)


def run_sql(*statements: str) -> Apply:
    """Alters the database by these statements."""

    def apply(index: Path) -> None:
        with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
            for statement in statements:
                with contextlib.suppress(sqlite3.IntegrityError):  # SQLite itself refuses the value
                    database.execute(statement)

    return apply


def column_tamperings(index: Path) -> Iterator[Tampering]:
    """Each wrong value in each column, in all rows, or in one where the values must differ."""
    with closing(sqlite3.connect(index / DATABASE)) as database:
        columns = {
            table: [(name, key) for _, name, _, _, _, key in database.execute(f"PRAGMA table_info({table})")]
            for table in TABLES
        }
    for table, described in columns.items():
        for column, is_key in described:
            for value in VALUES:
                where = f" WHERE {column} = (SELECT min({column}) FROM {table})" if is_key or column == "id" else ""
                yield Tampering(
                    f"{table}.{column} = {value}", run_sql(f"UPDATE OR IGNORE {table} SET {column} = {value}{where}")
                )


def manifest_tamperings() -> Iterator[Tampering]:
    """Each value of the manifest missing, or another one."""
    for key in (
        "format",
        "model",
        "model_sha256",
        "dimension",
        "sources",
        "built_at",
        "reading",
        "readers",
        "deriving",
    ):
        yield Tampering(f"manifest without {key}", run_sql(f"DELETE FROM manifest WHERE key = '{key}'"))
        for value in ("999999", "1", '{"a": 1}', "[[]]", "\x1b[31m", ""):
            yield Tampering(
                f"{key} is {value!r}", run_sql(f"UPDATE manifest SET value = '{value}' WHERE key = '{key}'")
            )
    for time in ("2026-02-31T30:30:30+00:00", "9999-12-31T23:59:59+00:00"):  # in the right form, but no build was then
        yield Tampering(f"built at {time}", run_sql(f"UPDATE manifest SET value = '{time}' WHERE key = 'built_at'"))


ENDLESS = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT"
SCHEMAS = {
    "trigger on the manifest": ["CREATE TRIGGER t AFTER INSERT ON manifest BEGIN DELETE FROM article; END"],
    "trigger on files": ["CREATE TRIGGER t AFTER UPDATE ON file BEGIN DELETE FROM article; END"],
    "endless articles": [
        "DROP VIEW passage_text",
        "ALTER TABLE article RENAME TO a0",
        f"CREATE VIEW article AS {ENDLESS} a0.* FROM a0, c",
    ],
    "endless statements": [
        "ALTER TABLE statement RENAME TO s0",
        f"CREATE VIEW statement AS {ENDLESS} s0.* FROM s0, c",
    ],
    "endless manifest": [
        "ALTER TABLE manifest RENAME TO m0",
        f"CREATE VIEW manifest AS {ENDLESS} m0.* FROM m0, c",
    ],
    "endless text of passages": [
        "DROP VIEW passage_text",
        f"CREATE VIEW passage_text AS {ENDLESS} n AS number, 'a' AS title, 'b' AS body FROM c",
    ],
    "code in a view": [
        "ALTER TABLE speaker_word RENAME TO w0",
        "CREATE VIEW speaker_word AS SELECT load_extension('/tmp/none.so') AS word, name, kind FROM w0",
    ],
    "huge titles": [
        "DROP VIEW passage_text",
        "ALTER TABLE article RENAME TO a0",
        "CREATE VIEW article AS SELECT number, id, file, record_sha256, hex(zeroblob(400000000)) AS title, source,"
        " author, published_at, url, path, language, sha256, words, sentences, text, details FROM a0",
    ],
    "no full text": ["DROP TABLE passage_words"],
    "full text as a table": ["DROP TABLE passage_words", "CREATE TABLE passage_words (title, body, rank)"],
    "no stories": ["DROP TABLE story"],
    "no view": ["DROP VIEW passage_text"],
    "no statements": ["DROP TABLE statement"],
    "no file records": ["DROP TABLE file"],
    "other columns": ["ALTER TABLE passage RENAME COLUMN start TO begin"],
    "passages of no article": ["UPDATE passage SET article = 9999"],
    "numbers far up": ["UPDATE passage SET number = number + 9000000000000"],
}


def spoil_vectors(value: float) -> Apply:
    """Every stored vector has this value, with the right checksum."""

    def apply(index: Path) -> None:
        with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
            for key, data in database.execute("SELECT key, data FROM vector").fetchall():
                spoiled = np.full((len(data) - 4) // 2, value, dtype="<f2").tobytes()
                database.execute("UPDATE vector SET data = ? WHERE key = ?", (add_checksum(key, spoiled), key))

    return apply


def craft_faiss(make: Callable[[Path, list[int], int], object]) -> Apply:
    """Replaces the FAISS file, with the right checksum. `make` is given its path, the passages and the dimension."""

    def apply(index: Path) -> None:
        with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
            manifest = dict(database.execute("SELECT key, value FROM manifest"))
            numbers = [number for (number,) in database.execute("SELECT number FROM passage ORDER BY 1")]
            path = index / manifest["vectors_file"]
            make(path, numbers, int(manifest["dimension"]))
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            database.execute("UPDATE manifest SET value = ? WHERE key = 'vectors_sha256'", (sha256,))

    return apply


def write_index(
    path: Path,
    numbers: list[int],
    dimension: int,
    value: float | None = None,
    metric: int = faiss.METRIC_INNER_PRODUCT,
) -> None:
    """A FAISS file of the usual kind, with random vectors or ones of one value."""
    vectors: Any = np.random.RandomState(1).rand(len(numbers), dimension).astype(np.float32)
    if value is not None:
        vectors[:] = value
    quantizer = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, metric)
    index: Any = faiss.IndexIDMap2(quantizer)
    index.add_with_ids(vectors, np.array(numbers, dtype=np.int64))
    faiss.write_index(index, str(path))


def overwrite(seed: int, path: Path, _numbers: list[int], _dimension: int) -> None:
    """Random bytes in the head of a file."""
    data, rng = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(6):
        data[rng.randrange(min(len(data), 400))] = rng.randrange(256)
    path.write_bytes(bytes(data))


def put_counts(path: Path, first: int, last: int, value: int) -> None:
    """A large number in each place of the head that can be a count."""
    data = bytearray(path.read_bytes())
    for at in range(first, min(last, len(data) - 8), 8):
        data[at : at + 8] = value.to_bytes(8, "little")
    path.write_bytes(bytes(data))


FAISS_FILES: dict[str, Callable[[Path, list[int], int], object]] = {
    "no numbers": lambda path, _, d: faiss.write_index(faiss.IndexFlatIP(d), str(path)),
    "another dimension": lambda path, numbers, _: write_index(path, numbers, 16),
    "another metric": lambda path, numbers, d: write_index(path, numbers, d, metric=faiss.METRIC_L2),
    "negative numbers": lambda path, numbers, d: write_index(path, [-number - 1 for number in numbers], d),
    "huge numbers": lambda path, numbers, d: write_index(path, [2**62 + number for number in numbers], d),
    "large numbers": lambda path, numbers, d: write_index(path, [2**33 + number for number in numbers], d),
    "one number for all": lambda path, numbers, d: write_index(path, [numbers[0]] * len(numbers), d),
    "half of the numbers": lambda path, numbers, d: write_index(path, numbers[::2], d),
    "nothing": lambda path, _, d: write_index(path, [], d),
    "no numbers in the vectors": lambda path, numbers, d: write_index(path, numbers, d, float("nan")),
    "endless vectors": lambda path, numbers, d: write_index(path, numbers, d, float("inf")),
    "of bits": lambda path, _, d: faiss.write_index_binary(faiss.IndexBinaryFlat(d * 8), str(path)),
    "transformed": lambda path, _, d: faiss.write_index(
        faiss.IndexPreTransform(faiss.PCAMatrix(d, 8), faiss.IndexFlatIP(8)), str(path)
    ),
    "a graph": lambda path, _, d: faiss.write_index(faiss.IndexHNSWFlat(d, 4), str(path)),
    "noise": lambda path, _, _d: path.write_bytes(b"IxF2" + random.Random(1).randbytes(500)),
    "empty": lambda path, _, _d: path.write_bytes(b""),
    "cut": lambda path, _, _d: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a huge count": lambda path, _, _d: put_counts(path, 20, 28, 2**62),
    "huge counts": lambda path, _, _d: put_counts(path, 4, 200, 2**40),
}


def other_tamperings() -> Iterator[Tampering]:
    """Hostile schemas, spoiled vectors, crafted FAISS files."""
    for name, statements in SCHEMAS.items():
        yield Tampering(name, run_sql(*statements))
    for value in (float("nan"), float("inf")):
        yield Tampering(f"stored vectors of {value}", spoil_vectors(value))
    for name, make in FAISS_FILES.items():
        yield Tampering(f"FAISS file: {name}", craft_faiss(make))
    for seed in range(24):
        yield Tampering(f"FAISS file: random bytes {seed}", craft_faiss(partial(overwrite, seed)))
    yield Tampering("one bit of a text", flip_type_of_text)


def flip_type_of_text(index: Path) -> None:
    """Flip the bit that makes a BLOB of the text of an article; SQLite's own check finds nothing."""
    path = index / DATABASE
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        rows = database.execute("SELECT length(sentences), length(CAST(text AS BLOB)) FROM article").fetchall()
    data = bytearray(path.read_bytes())
    for sentences, text in rows:
        record = encode_varint(2 * sentences + 12) + encode_varint(2 * text + 13)
        if data.count(record) == 1:
            data[data.index(record) + len(record) - 1] ^= 1
            path.write_bytes(bytes(data))
            return
    raise AssertionError("no article whose record is told apart")


def encode_varint(number: int) -> bytes:
    """A number as SQLite writes it, seven bits in each byte, most significant first."""
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append((number & 0x7F) | 0x80)
    return bytes(reversed(digits))


def all_tamperings(index: Path) -> list[Tampering]:
    """Every alteration of this index folder."""
    return [*other_tamperings(), *manifest_tamperings(), *column_tamperings(index)]
