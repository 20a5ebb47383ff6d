"""Loading a file in one piece, for the formats that cannot be read line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings


def load_bytes(file: SourceFile, settings: ReadingSettings) -> bytes:
    """The content of a file. Raises OSError, and ReadError if the file is over `reading.max_file_mb`."""
    most = settings.max_file_mb * 1_000_000
    data = b""
    if file.size <= most:
        with file.open() as stream:
            data = stream.read(most + 1)  # it can have grown
    if max(file.size, len(data)) > most:
        size = max(file.size, len(data)) / 1_000_000
        raise ReadError(f"{size:.1f} MB is over reading.max_file_mb ({settings.max_file_mb})")
    return data
