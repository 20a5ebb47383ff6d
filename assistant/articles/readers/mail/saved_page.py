"""Web pages that a browser saved as one file: MHTML, and the web archives of Safari."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.html import parse_page
from assistant.articles.readers.mail.message import decode_part, get_header, load_message
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_PARTS = 5_000


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if there is no page in the file."""
    yield parse_mhtml(load_bytes(file, settings))


def read_webarchive(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if there is no page in the file."""
    yield parse_webarchive(load_bytes(file, settings))


def parse_mhtml(data: bytes) -> ParsedFile:
    """The article in the first page of an MHTML file. Raises ReadError."""
    message = load_message(data, "saved page")
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            words, note = decode_part(part)
            url = get_header(message, "Snapshot-Content-Location") or get_header(part, "Content-Location")
            return _read_page(words, url, note)
    raise ReadError("no web page in this file")


def parse_webarchive(data: bytes) -> ParsedFile:
    """The article in the main page of a web archive. Raises ReadError."""
    try:
        archive = plistlib.loads(data)
        main = archive["WebMainResource"]
        content, url = main["WebResourceData"], str(main.get("WebResourceURL", ""))
        encoding = str(main.get("WebResourceTextEncodingName") or "utf-8")
        return _read_page(content.decode(encoding, "replace"), url, None)
    except (plistlib.InvalidFileException, ExpatError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise ReadError("not a web archive, or a damaged one") from error


def _read_page(html: str, url: str, note: str | None) -> ParsedFile:
    address = url if url.lower().startswith(("http://", "https://")) else None
    parsed = parse_page(html.encode("utf-8", "replace"), address)
    notes = [each for each in (note, parsed.reading_note) if each]
    return replace(parsed, reading_note="; ".join(notes) or None)
