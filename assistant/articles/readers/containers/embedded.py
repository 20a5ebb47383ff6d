"""Files within files: which of them are read, under which name, and how many."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from assistant.articles.source_file import UNKNOWN_TIME, EmbeddedFile, SourceFile
from assistant.errors import ReadError

MAX_DEPTH = 3  # an archive in a message in an archive
MAX_FILES = 20_000  # in one file, at all depths
MAX_SIZE_RATIO = 16  # all of them together, as a multiple of `reading.max_file_mb`
IGNORED_STEMS = frozenset({"readme"})  # a README explains the folder and is not an article
_IGNORED_FOLDERS = frozenset({"__macosx"})
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(slots=True)
class EmbeddingBudget:
    """What may still be read from within one file, and the names of what had no reader."""

    files_left: int
    bytes_left: int
    unread: list[str] = field(default_factory=list)

    def spend(self, embedded: EmbeddedFile) -> None:
        """Count one file. Raises ReadError if it is one too many."""
        self.files_left -= 1
        self.bytes_left -= len(embedded.data)
        if self.files_left < 0:
            raise ReadError(f"more than {MAX_FILES:,} files within this file; the rest is left out: unpack it")
        if self.bytes_left < 0:
            raise ReadError("its files together are too large; the rest is left out: unpack it")


def make_budget(max_file_mb: int) -> EmbeddingBudget:
    """The budget of one file of a source."""
    return EmbeddingBudget(MAX_FILES, max_file_mb * MAX_SIZE_RATIO * 1_000_000)


def open_embedded(embedded: EmbeddedFile, container: SourceFile) -> SourceFile | None:
    """An embedded file for its reader; None if it is hidden, or explains the others.

    Its name is a part of an id, and never a place on this machine: it cannot lead out of the container.
    """
    parts = [part for part in _UNFIT.sub("_", embedded.name).replace("\\", "/").split("/") if part not in ("", ".")]
    parts = [part for part in parts if part != ".."] or ["file"]
    path = PurePosixPath(*parts)
    if any(part.startswith(".") or part.lower() in _IGNORED_FOLDERS for part in parts):
        return None
    if path.stem.lower() in IGNORED_STEMS:
        return None
    return SourceFile(
        f"{container.uri}/{path}",
        f"{container.article_id}/{path}",
        len(embedded.data),
        UNKNOWN_TIME,
        path.suffix.lower(),
        lambda _uri: io.BytesIO(embedded.data),
    )


def describe_unread(names: Collection[str]) -> str:
    """The names of files without a reader, in a few words."""
    listed = [name if len(name) <= 60 else f"…{name[-59:]}" for name in list(names)[:3]]
    rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"not read, as they are of no format that is known: {', '.join(listed)}{rest}"
