"""Plain text, with or without front matter. The text is used unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.front_matter import join_notes, split_front_matter
from assistant.articles.readers.whole_file import load_bytes

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the content is not text."""
    yield parse_text(load_bytes(file, settings))


def parse_text(data: bytes) -> ParsedFile:
    """The article in the bytes of a text file. Raises ReadError."""
    text, reading_note = decode_text(data)
    head = split_front_matter(text)
    return ParsedFile(
        head.text,
        head.fields,
        reading_note=join_notes(reading_note, head.note),
        has_opening=True,
        is_named_by_author=True,
    )
