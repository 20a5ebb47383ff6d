"""What a source of articles is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from assistant.articles.source_file import SourceFile
from assistant.records.article import Notice


class Source(Protocol):
    """A place with articles: a folder, a feed, a site."""

    @property
    def uri(self) -> str:
        """Identifies the source in the index: the path of a local folder or file.

        The URIs of its files begin with it.
        """

    def find_files(self) -> Iterator[SourceFile | Notice]:
        """All files of the source in a stable order.

        The `place` of a Notice is a URI. Known files at or below that URI count as out of reach, not as deleted.
        """
