"""OpenDocument texts and presentations: paragraphs and headings, without comments and deleted text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.documents.package import (
    Package,
    find_text,
    get_attribute,
    get_local_name,
    parse_xml,
)
from assistant.articles.readers.documents.paragraphs import clean_paragraph, collect_paragraphs
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_BLANKS = 200  # that one element may stand for
_KIND = "OpenDocument text"
_LEFT_OUT = frozenset("annotation annotation-end tracked-changes note-citation ruby-text bookmark".split())


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the file is no OpenDocument or has no text."""
    yield parse_odt(load_bytes(file, settings), settings.max_file_mb * 1_000_000)


def parse_odt(data: bytes, max_bytes: int = 64_000_000) -> ParsedFile:
    """The article in the bytes of an OpenDocument text, also one that is a single XML file. Raises ReadError."""
    if data.lstrip()[:5] == b"<?xml":
        content = meta = parse_xml(data, f"{_KIND}: it")
    else:
        package = Package(data, _KIND, max_bytes)
        manifest = package.read("META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            raise ReadError("encrypted with a password; save a copy without it")
        content, meta = package.require("content.xml"), package.parse("meta.xml")
    body = next(content.iter("{*}body"), content)
    blocks: list[tuple[bool, str]] = []
    notes: list[str] = []
    for element in body.iter("{*}p", "{*}h"):
        if any(get_local_name(parent) in _LEFT_OUT for parent in element.iterancestors()):
            continue
        is_note = any(get_local_name(parent) == "note-body" for parent in element.iterancestors())
        words = _read_paragraph(element)
        if is_note:
            notes.append(words)
        else:
            blocks.append((get_local_name(element) == "h", words))
    text = collect_paragraphs([*(words for _, words in blocks), *notes])
    if not text:
        raise ReadError("an OpenDocument without text")
    first = next(((is_heading, words) for is_heading, words in blocks if clean_paragraph(words)), (False, ""))
    title = clean_paragraph(first[1]) if first[0] else ""
    return ParsedFile(
        text,
        {"title": title} if title else {},
        has_opening=True,
        is_named_by_author=True,
        fallback_fields={
            "title": find_text(meta, "title"),
            "author": find_text(meta, "initial-creator", "creator"),
            "published_at": find_text(meta, "creation-date"),
        },
    )


def _read_paragraph(paragraph: Any) -> str:
    """The words of a paragraph; notes and frames in it are paragraphs of their own."""
    parts = [paragraph.text or ""]
    stack = [(child, False) for child in reversed(paragraph)]
    while stack:
        element, is_done = stack.pop()
        if is_done:
            parts.append(element.tail or "")
            continue
        name = get_local_name(element)
        stack.append((element, True))
        if name == "s":
            parts.append(" " * min(MAX_BLANKS, _read_count(element)))
        elif name == "tab":
            parts.append(" ")
        elif name == "line-break":
            parts.append("\n")
        elif name and name not in _LEFT_OUT and name not in ("p", "h", "note", "frame"):
            parts.append(element.text or "")
            stack += [(child, False) for child in reversed(element)]
    return "".join(parts)


def _read_count(element: Any) -> int:
    count = get_attribute(element, "c") or "1"
    return int(count) if count.isdecimal() and len(count) < 6 else 1
