"""A library on disk that is built in a moment, because its vectors come from no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.config.schema import Config
from assistant.embedding.model_files import ModelFiles, Vectors
from assistant.indexing.build import build_library
from assistant.records.article import Article
from assistant.records.build import BuildReport
from assistant.store.generation_cache import GenerationValues
from assistant.store.library import DATABASE
from assistant.store.queries.base import SnapshotQueries
from assistant.store.sqlite import ReadConnection
from tests.conftest import make_config
from tests.support.memory_library import DIMENSION, embed_words

Queries = TypeVar("Queries", bound=SnapshotQueries)
TINY_MODEL = ModelFiles("tiny", Path("none"), "0" * 64)


class WordEmbedder:
    """Embeds the words of a text, so that texts with the same words are near."""

    dimension = DIMENSION
    max_tokens = 64
    special_tokens = 2
    runs_on = "no runtime"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of words of each text."""
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors of `embed_words`, shape (texts, dimension)."""
        return np.stack([embed_words(text) for text in texts])


def build_tiny_library(folder: Path, articles: Iterable[Article], **files: str) -> Config:
    """Build a library of these articles and of these Markdown files, by their names. Returns its settings."""
    config = make_config(folder / "articles", folder / "index")
    (folder / "articles").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    *_, report = build_library(config, TINY_MODEL, WordEmbedder, extra=list(articles))
    assert isinstance(report, BuildReport)
    return config


@contextmanager
def open_queries(index: Path, kind: type[Queries]) -> Iterator[Queries]:
    """The queries of one class on the library in this folder."""
    path = index / DATABASE
    connection = ReadConnection(path)
    try:
        manifest = dict(connection.select("SELECT key, value FROM manifest"))
        yield kind(path, connection, GenerationValues("x"), manifest)
    finally:
        connection.close()
