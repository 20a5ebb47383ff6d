"""Plain text, with or without front matter. The text is used unchanged, but for character references of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from assistant.articles.metadata import FROM_FRONT_MATTER, ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.front_matter import join_notes, split_front_matter
from assistant.articles.readers.whole_file import load_bytes

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MIN_REFERENCES = 2  # in a text that was copied from the source of a page
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the content is not text."""
    yield parse_text(load_bytes(file, settings))


def parse_text(data: bytes) -> ParsedFile:
    """The article in the bytes of a text file. Raises ReadError."""
    text, reading_note = decode_text(data)
    head = split_front_matter(text)
    body, references_note = _read_references(head.text)
    return ParsedFile(
        body,
        head.fields,
        reading_note=join_notes(reading_note, head.note, references_note),
        has_opening=True,
        is_named_by_author=True,
        origin=FROM_FRONT_MATTER,
    )


def _read_references(text: str) -> tuple[str, str | None]:
    """The text with its character references as characters ("&#8220;", "&amp;"), and a note if it has such."""
    found = [each for each in _REFERENCE.findall(text) if unescape(each) != each]
    if len(found) < MIN_REFERENCES:
        return text, None
    return _REFERENCE.sub(lambda match: unescape(match[0]), text), f"character references such as {found[0]} were read"
