"""What every store's library can be asked, apart from the search for words and vectors, which each does its own way."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from assistant.store.queries.articles import ArticleQueries, CollectionQueries, DuplicateQueries, SentenceQueries
from assistant.store.queries.collection import OccurrenceQueries
from assistant.store.queries.events import EventQueries
from assistant.store.queries.speakers import SpeakerQueries
from assistant.store.queries.versions import VersionQueries


class LibrarySnapshot(
    ArticleQueries,
    SentenceQueries,
    DuplicateQueries,
    CollectionQueries,
    EventQueries,
    SpeakerQueries,
    OccurrenceQueries,
    VersionQueries,
):
    """One published state of a library, which is released by `close` or at the end of a `with` block."""

    @property
    def generation(self) -> str:
        """The name of this published state. Every build that publishes changes it."""
        return self.manifest["generation"]

    def close(self) -> None:
        """Release the snapshot."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
