"""Makes a large library for benchmarks by copying the articles of a built library with changed names.

    python -m tests.bench.multiply SOURCE TARGET [passages]

Each copy shifts the letters of the capitalised words: names differ from copy to copy, offsets stay valid and the
frequency of all other words is realistic. Vectors are the real ones, each rotated at random to a cosine of about 0.9
with the original. Statements and stories are copied with their article, and the library is published like a build.
The articles are written to TARGET-articles, one file per copy, so that the library can be updated.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.config.schema import ReadingSettings
from assistant.indexing.changes import fingerprint_reading_settings
from assistant.indexing.enrichment import store_speaker_words
from assistant.indexing.minhash import hash_bands
from assistant.indexing.publish import publish
from assistant.indexing.writer import make_vector_key
from assistant.store.codecs import decode_vector, encode_vector
from assistant.store.fts import count_words
from assistant.store.library import DATABASE
from assistant.store.schema import SCHEMA
from tests.bench.texts import rename_names

ROTATION = 0.48  # length of the vector added to a unit vector, which gives a cosine of about 0.9
_ARTICLE = "title, source, author, published_at, url, language, sentences, text"
_STATEMENT = "article, passage, speaker, role, cue, start, end, direct, sentence_start, sentence_end"

Row = tuple[Any, ...]


class _LibraryMultiplier:
    """A library that is written copy by copy from another."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection, folder: Path) -> None:
        self.source, self.target, self.folder = source, target, folder
        self.manifest: dict[str, str] = dict(source.execute("SELECT key, value FROM manifest"))
        self.dimension = int(self.manifest["dimension"])
        self.rng = np.random.default_rng(7)
        self.passages = 0
        self._worded: set[tuple[str | None, str | None]] = set()

    def add_copy(self, copy: int, max_passages: int) -> None:
        """Add one copy, up to `max_passages` passages in total."""
        path = self.folder / f"copy-{copy:03}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number, article_id, *row in self.source.execute(f"SELECT number, id, {_ARTICLE} FROM article"):
                if self.passages >= max_passages:
                    break
                self._copy_article(copy, number, f"{article_id}~{copy}", row, path, file)
        status = path.stat()
        with path.open("rb") as written:
            sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        # A later time of reading, so that size and time suffice to find the file unchanged.
        seen = status.st_mtime_ns + 60_000_000_000
        self.target.execute(
            "INSERT INTO file (path, size, mtime_ns, seen_ns, sha256, notices) VALUES (?, ?, ?, ?, ?, '[]')",
            (str(path), status.st_size, status.st_mtime_ns, seen, sha256),
        )

    def _copy_article(self, copy: int, old: int, name: str, row: list[Any], path: Path, file: Any) -> None:
        title, source, author, published_at, url, language, sentences, text = row
        title, text = rename_names(title, copy), rename_names(text, copy)
        fields = {"id": name, "title": title, "text": text, "source": source, "published_at": published_at}
        file.write(json.dumps(fields, ensure_ascii=False) + "\n")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        new = self.target.execute(
            "INSERT INTO article (id, file, record_sha256, title, source, author, published_at, url, path, language,"
            " sha256, words, sentences, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (name, str(path), sha256, title, source, author, published_at, url, str(path), language, sha256,
             count_words(text), sentences, text),
        ).lastrowid  # fmt: skip
        assert new is not None
        passages = self._copy_passages(copy, old, new, title, text)
        self._copy_statements(copy, old, new, passages)
        self._copy_story(copy, old, new)

    def _copy_passages(self, copy: int, old: int, new: int, title: str, text: str) -> dict[int, int]:
        """Copy the passages of an article; returns the new number of each."""
        numbers: dict[int, int] = {}
        rows = self.source.execute(
            "SELECT number, ordinal, start, end, vector_key, data FROM passage JOIN vector ON key = vector_key"
            " WHERE article = ?",
            (old,),
        )
        for number, ordinal, start, end, key, data in rows.fetchall():
            body = text[start:end]
            vector = decode_vector(key, data, self.dimension)
            assert vector is not None
            if copy:
                vector = vector + ROTATION * self._random_direction()
                vector /= np.linalg.norm(vector)
            new_key = make_vector_key(self.manifest["model_sha256"], f"{copy} {title}\n", body)
            self.target.execute("INSERT OR IGNORE INTO vector VALUES (?, ?)", (new_key, encode_vector(new_key, vector)))
            passage_number = self.target.execute(
                "INSERT INTO passage (article, ordinal, start, end, vector_key) VALUES (?, ?, ?, ?, ?)",
                (new, ordinal, start, end, new_key),
            ).lastrowid
            assert passage_number is not None
            self.target.execute(
                "INSERT INTO passage_words (rowid, title, body) VALUES (?, ?, ?)", (passage_number, title, body)
            )
            numbers[number] = passage_number
            self.passages += 1
        return numbers

    def _random_direction(self) -> Any:
        direction = self.rng.standard_normal(self.dimension, dtype=np.float32)
        return direction / np.linalg.norm(direction)

    def _copy_statements(self, copy: int, old: int, new: int, passages: dict[int, int]) -> None:
        rows = self.source.execute(f"SELECT {_STATEMENT} FROM statement WHERE article = ? ORDER BY number", (old,))
        for _, passage, speaker, role, *rest in rows.fetchall():
            name = None if speaker is None else rename_names(speaker, copy)
            self.target.execute(
                f"INSERT INTO statement ({_STATEMENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (new, passages[passage], name, role, *rest),
            )
            if (name, role) not in self._worded:
                self._worded.add((name, role))
                store_speaker_words(self.target, name, role)

    def _copy_story(self, copy: int, old: int, new: int) -> None:
        story, data = self.source.execute("SELECT story, signature FROM story WHERE article = ?", (old,)).fetchone()
        signature = None if data is None else np.frombuffer(data, dtype="<u4") + np.uint32(copy)
        # A story has the number of its first article, which was copied before: the difference is the same.
        self.target.execute(
            "INSERT INTO story VALUES (?, ?, ?)",
            (new, new - old + story, None if signature is None else signature.tobytes()),
        )
        if signature is not None:
            self.target.executemany(
                "INSERT OR IGNORE INTO band VALUES (?, ?)", ((band, new) for band in hash_bands(signature))
            )

    def publish_library(self, index: Path) -> None:
        """Publish the library so that it can be opened."""
        self.target.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
        manifest = {**self.manifest, "sources": json.dumps([str(self.folder)])}
        manifest["reading"] = fingerprint_reading_settings(ReadingSettings())
        for key in ("vectors_file", "vectors_sha256", "generation", "built_at"):
            manifest.pop(key, None)
        publish(self.target, index, manifest)


@contextlib.contextmanager
def _open_database(path: Path, *, fresh: bool) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        if fresh:
            database.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {SCHEMA} COMMIT; PRAGMA synchronous = OFF;")
            database.execute("PRAGMA cache_size = -2000000")  # two gigabytes, because keys are inserted in random order
            database.execute("CREATE TEMP TABLE dropped (key BLOB PRIMARY KEY) WITHOUT ROWID")
            database.execute("BEGIN IMMEDIATE")
        yield database


def multiply_library(source: Path, target: Path, passages: int) -> None:
    """Write a library of `passages` passages into `target`, copied from the one in `source`.

    Its articles are written into the folder with "-articles" after the name of `target`.
    """
    folder = target.with_name(f"{target.name}-articles")
    folder.mkdir(parents=True)
    target.mkdir()
    with (
        _open_database(source / DATABASE, fresh=False) as source_database,
        _open_database(target / DATABASE, fresh=True) as target_database,
    ):
        copies = _LibraryMultiplier(source_database, target_database, folder.resolve())
        copy = 0
        while copies.passages < passages:
            before = copies.passages
            copies.add_copy(copy, passages)
            assert copies.passages > before, "the source library has no passages"
            copy += 1
        copies.publish_library(target)


def main() -> None:
    started = time.perf_counter()
    multiply_library(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000)
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
