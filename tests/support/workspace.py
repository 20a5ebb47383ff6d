"""A folder of articles and an index, for tests that build and inspect libraries."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles, Vectors
from assistant.indexing.build import build_library
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, BuildOptions, BuildReport
from assistant.store.library import DATABASE, SqliteLibrary
from tests.conftest import make_config


class RecordingEmbedder:
    """The real embedder; records the texts that it embeds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.dimension = embedder.dimension
        self.max_tokens = embedder.max_tokens
        self.special_tokens = embedder.special_tokens
        self.runs_on = embedder.runs_on
        self.embedded_texts: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._embedder.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded_texts += texts
        return self._embedder.embed(texts)


class Workspace:
    """A folder of articles, an index next to it, and a model that is loaded when a build needs it."""

    def __init__(self, folder: Path, model: ModelFiles, embedder: Embedder) -> None:
        self.articles = folder / "articles"
        self.articles.mkdir()
        self.index = folder / "index"
        self.config = make_config(self.articles, self.index)
        self.model = model
        self.recording_embedder = RecordingEmbedder(embedder)
        self.load_count = 0
        self._clock = 1_000_000_000

    def load_recording_embedder(self) -> Embedder:
        self.load_count += 1
        return self.recording_embedder

    def write(self, name: str, text: str) -> Path:
        """Write a file of articles with an old modification time: builds then trust its size and time."""
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.set_next_mtime(path)
        return path

    def set_next_mtime(self, path: Path) -> None:
        self._clock += 10
        os.utime(path, (self._clock, self._clock))

    def run_events(
        self,
        *,
        rebuild: bool = False,
        check: bool = False,
        prune: bool = False,
        extra: Sequence[Article | Notice] = (),
    ) -> Iterator[BuildEvent]:
        self.recording_embedder.embedded_texts.clear()
        self.load_count = 0
        load, options = self.load_recording_embedder, BuildOptions(check, prune)
        return build_library(self.config, self.model, load, rebuild=rebuild, options=options, extra=extra)

    def build(
        self,
        *,
        rebuild: bool = False,
        check: bool = False,
        prune: bool = False,
        extra: Sequence[Article | Notice] = (),
    ) -> BuildReport:
        *_, report = self.run_events(rebuild=rebuild, check=check, prune=prune, extra=extra)
        assert isinstance(report, BuildReport)
        return report

    def read_article_texts(self) -> dict[str, str]:
        """The texts of the articles in the library, by id."""
        with SqliteLibrary.open(self.index) as library:
            return {article.id: article.text for article in library.articles()}

    def connect_database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.index / DATABASE, isolation_level=None)


def make_jsonl(**texts: str) -> str:
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())


def make_numbered_articles(count: int) -> str:
    """`count` articles of one passage each, in JSONL."""
    return make_jsonl(**{f"n{number}": f"Boat number {number} came in." for number in range(count)})


def nonzero_counts(report: BuildReport) -> dict[str, int]:
    names = ("added", "changed", "removed", "unchanged")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def assert_library_consistent(workspace: Workspace) -> None:
    """SQLite, the full-text index, the vectors, the FAISS file and all offsets agree with the articles."""
    with closing(workspace.connect_database()) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
        used = database.execute("SELECT DISTINCT vector_key FROM passage ORDER BY 1").fetchall()
        assert used == database.execute("SELECT key FROM vector ORDER BY 1").fetchall()
        bodies = dict(database.execute("SELECT number, body FROM passage_text"))
    with SqliteLibrary.open(workspace.index) as library:
        assert len(library.vector_index()) == len(bodies)
        for number, passage in library.passages(list(bodies)).items():
            owner = library.article(passage.article_id)
            assert owner is not None
            assert bodies[number] == owner.text[passage.start : passage.end]
            assert bodies[number].strip() == bodies[number] != ""
        for article in library.articles():
            spans = library.sentence_spans(article.id)
            sentences = "".join(article.text[start:end] for start, end in spans)
            assert "".join(sentences.split()) == "".join(article.text.split())
        files = [path.name for path in workspace.index.glob("*vectors-*")]
        assert files == [library.manifest["vectors_file"]]
