"""Loading a file in one piece, for the formats that cannot be read line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings


def load_bytes(file: SourceFile, settings: ReadingSettings) -> bytes:
    """The content of a file. Raises OSError, and ReadError if the file is over `reading.max_file_mb`."""
    if file.size > settings.max_file_mb * 1_000_000:
        size = file.size / 1_000_000
        raise ReadError(f"{size:.1f} MB is over reading.max_file_mb ({settings.max_file_mb})")
    with file.open() as stream:
        return stream.read()
