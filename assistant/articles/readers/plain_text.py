"""Plain text, with or without front matter. The text is used as it stands."""

from __future__ import annotations

from pathlib import Path

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.front_matter import split_front_matter


def read(data: bytes, _path: Path) -> ParsedFile:
    """One article. Raises ReadError where the bytes are not text or the front matter is not YAML."""
    text, remark = decode_text(data)
    fields, body = split_front_matter(text)
    return ParsedFile(body, fields, reading_note=remark)
