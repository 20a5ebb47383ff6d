"""The costly functions of a build, which need no library: reading, dividing, deriving and embedding.

`LocalWorkers` runs them in this process. Others (`workers.cluster`) run the same functions elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from assistant.articles.chunking import ChunkedArticle, chunk_article
from assistant.articles.isolation.processes import read_items
from assistant.articles.metadata import PageRead
from assistant.articles.readers import read_file
from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.supplement import Supplement
from assistant.config.schema import ReadingSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryError
from assistant.indexing.staging import EncodedVector
from assistant.indexing.stories import encode_signature
from assistant.indexing.workers.faults import OTHER_CAUSES, Fault, FaultGuard
from assistant.records.article import Article, Notice, ReaderFault, Span
from assistant.records.statement import AttributionCorrection, Statement
from assistant.store.codecs import encode_vector
from assistant.system.faults import describe_error
from assistant.system.os_errors import is_out_of_handles

BATCH_SIZE = 256  # passages embedded and staged together: what a killed build can lose
_OUT_OF_MEMORY = re.compile(r"bad.?alloc|out of memory|not enough memory|cannot allocate", re.IGNORECASE)

EmbeddingTask = tuple[bytes, str]
"""The key of a vector to compute, and the text for the embedder."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it was when it was opened, and the hash of the content that is read."""

    file: SourceFile
    sha256: str


class DividedArticle(NamedTuple):
    """An article and its passages."""

    article: Article
    chunked: ChunkedArticle


FileItem = OpenedFile | PageRead | Article | DividedArticle | Fault | Notice | ReaderFault | OSError
"""What reading a file gives: first the file as it was opened. An error of reading it comes last."""


class Derived(NamedTuple):
    """What is derived from the text of one article; signature and bands as `stories.encode_signature` gives them.

    What failed is empty, and told by `fault` of the statements and corrections, and by `signature_fault`.
    """

    statements: Sequence[Statement]
    corrections: Sequence[AttributionCorrection]
    signature: bytes | None
    bands: set[int]
    fault: Fault | None = None
    signature_fault: Fault | None = None


class Workers(Protocol):
    """Who runs the costly functions of a build. The library is changed by the build alone."""

    reading: ReadingSettings
    scale: int  # how many windows of passages are embedded at the same time

    def read(
        self, files: Sequence[SourceFile], supplement: Supplement
    ) -> Iterator[tuple[SourceFile, Iterator[FileItem]]]:
        """Each file, in this order, with its articles as `supplement` changes them."""

    def derive(self, articles: Iterable[tuple[Article, list[Span]]]) -> Iterator[Derived]:
        """What is derived from each of these articles with its sentences, in this order."""

    def embed(self, tasks: list[EmbeddingTask]) -> Iterator[list[EncodedVector]]:
        """The vectors of these texts, batch by batch, in any order. Called in a thread of its own.

        Raises MemoryError, ModelError, and LibraryError.
        """

    def close(self) -> None:
        """Let the workers go."""


class LocalWorkers:
    """Runs everything in this process. See `Workers`; `load` gives the model, and is called only if it is needed."""

    scale = 1

    def __init__(self, reading: ReadingSettings, load: Callable[[], Embedder]) -> None:
        self.reading = reading
        self._load = load

    def read(
        self, files: Sequence[SourceFile], supplement: Supplement
    ) -> Iterator[tuple[SourceFile, Iterator[FileItem]]]:
        """Read one file after the other; each must be used up before the next."""
        return ((file, read_articles(file, self.reading, supplement)) for file in files)

    def derive(self, articles: Iterable[tuple[Article, list[Span]]]) -> Iterator[Derived]:
        """Derive from one article after the other."""
        return derive_articles(articles)

    def embed(self, tasks: list[EmbeddingTask]) -> Iterator[list[EncodedVector]]:
        """Embed texts of similar length together."""
        embedder = self._load()
        tasks.sort(key=lambda task: len(task[1]))
        for first in range(0, len(tasks), BATCH_SIZE):
            yield embed_batch(tasks[first : first + BATCH_SIZE], embedder)

    def close(self) -> None:
        """Nothing to let go."""


def read_articles(
    file: SourceFile, settings: ReadingSettings, supplement: Supplement
) -> Iterator[OpenedFile | PageRead | Article | Fault | Notice | ReaderFault | OSError]:
    """The file as it was opened, then its articles, notices, pages and faults; an error of reading it is last.

    An error in the code that uses these items is raised there, and not reported as an error of the file.
    """
    try:
        with file.hold() as held:
            yield OpenedFile(held, held.compute_sha256())
            for item in read_file(held, settings, read_items):
                if not isinstance(item, Article):
                    yield item
                    continue
                told: Article | Fault | None = None
                with FaultGuard(item.id) as guard:
                    told = supplement.apply(item, held)
                told = guard.fault or told
                if told is not None:
                    yield told
    except OSError as error:
        if is_out_of_handles(error):
            raise  # the file is not the cause
        yield error
    except OTHER_CAUSES:
        raise
    except Exception as error:  # as with the readers that have a process of their own
        yield ReaderFault(describe_error(error))


def divide_article(article: Article, embedder: Embedder, max_tokens: int) -> DividedArticle | Fault:
    """An article with its passages, of at most so many tokens and no more than the model reads; or what failed."""
    limit = min(max_tokens, embedder.max_tokens) - embedder.special_tokens
    with FaultGuard(article.id) as guard:
        return DividedArticle(article, chunk_article(article, embedder.count_tokens, limit))
    assert guard.fault is not None
    return guard.fault


def derive_articles(articles: Iterable[tuple[Article, list[Span]]]) -> Iterator[Derived]:
    """What is derived from the texts of these articles with their sentences."""
    for article, sentences in articles:
        yield derive_article(article, sentences)


def derive_article(article: Article, sentences: list[Span]) -> Derived:
    """What is derived from the text of one article with its sentences."""
    from assistant.speech.statements import find_speech  # its patterns take time that a build without changes saves

    statements, corrections = list[Statement](), list[AttributionCorrection]()
    with FaultGuard(article.id) as guard:
        statements, corrections = find_speech(article, sentences)
    signature, bands, signature_fault = sign_text(article.id, article.text, article.url)
    return Derived(statements, corrections, signature, bands, guard.fault, signature_fault)


def sign_text(article_id: str, text: str, url: str | None) -> tuple[bytes | None, set[int], Fault | None]:
    """What `stories.encode_signature` gives of an article, or nothing and what failed."""
    with FaultGuard(article_id) as guard:
        return *encode_signature(text, url), None
    return None, set(), guard.fault


def embed_batch(tasks: Sequence[EmbeddingTask], embedder: Embedder) -> list[EncodedVector]:
    """The vectors of some texts. Raises MemoryError, ModelError, and LibraryError for values that are no numbers."""
    try:
        vectors: Vectors = embedder.embed([text for _, text in tasks])
    except RuntimeError as error:
        if _OUT_OF_MEMORY.search(str(error)):  # in the words of the backends
            raise MemoryError from error
        raise
    if not np.isfinite(vectors).all():
        raise LibraryError("the embedding model returned values that are not finite numbers; nothing was stored")
    return [(key, encode_vector(key, vector)) for (key, _), vector in zip(tasks, vectors, strict=True)]
