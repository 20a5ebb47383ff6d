"""Where articles come from: one module for each kind of source. The list of files is all that they produce."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.articles.source_file import SourceFile
from assistant.articles.sources.added import find_added_sources
from assistant.articles.sources.base import Source
from assistant.articles.sources.folder import FolderSource
from assistant.records.article import Notice


def make_sources(paths: Iterable[Path], added: Path | None = None, further: Iterable[str] = ()) -> tuple[Source, ...]:
    """The sources that the setting `articles` names, in its order, and what was added to the library one by one.

    `added` is the folder with the latter, if there is one. `further` are suffixes that readers of llama-index read.
    """
    sources: dict[str, Source] = {}
    suffixes = frozenset(further)
    named = (FolderSource(path, suffixes) for path in paths)
    for source in (*named, *(find_added_sources(added, suffixes) if added is not None else ())):
        sources.setdefault(source.uri, source)
    return tuple(sources.values())


def find_files(sources: Iterable[Source]) -> Iterator[SourceFile | Notice]:
    """The files of several sources, one source after the other."""
    for source in sources:
        yield from source.find_files()
