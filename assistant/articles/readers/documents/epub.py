"""EPUB: each document of the book in the order of reading is an article; the book is where it was published."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from assistant.articles.metadata import ParsedFile
from assistant.articles.openings import find_author
from assistant.articles.readers.documents.markup import extract_tree, parse_markup
from assistant.articles.readers.documents.package import Package, find_text, get_local_name
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import Notice

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_DOCUMENTS = 5_000
MIN_WORDS = 20  # of a document: with fewer, it is a cover, a title page or an empty page
_PAGES = ("application/xhtml+xml", "text/html")
_UNREAD = ("cover", "titlepage", "copyright", "toc")


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | Notice]:
    """The articles of a book. Raises OSError, and ReadError if the file is no EPUB."""
    yield from parse_epub(load_bytes(file, settings), file.uri, settings.max_file_mb * 1_000_000)


def parse_epub(data: bytes, uri: str, max_bytes: int = 64_000_000) -> Iterator[ParsedFile | Notice]:
    """The articles in the bytes of a book. Raises ReadError."""
    package = Package(data, "EPUB", max_bytes)
    container = package.require("META-INF/container.xml")
    if package.read("META-INF/encryption.xml") and package.read("META-INF/rights.xml"):
        raise ReadError("protected against copying (DRM)")
    rootfile = next(container.iter("{*}rootfile"), None)
    path = unquote(rootfile.get("full-path") or "") if rootfile is not None else ""
    book = package.require(path)
    fields = {
        "source": find_text(book, "title"),
        "publisher": find_text(book, "publisher"),
        "author": find_text(book, "creator"),
        "published_at": find_text(book, "date"),
        "language": find_text(book, "language"),
    }
    any_article = False
    for name in _list_documents(book, path):
        content = package.read(name)
        if content is None:
            yield Notice(uri, f"the book names {name[:80]}, which it does not have", skipped=False)
            continue
        try:
            parsed = _parse_document(content, name, fields)
        except ReadError as error:
            yield Notice(f"{uri}, {name[:80]}", str(error))
            continue
        if parsed is not None:
            any_article = True
            yield parsed
    if not any_article:
        raise ReadError("an EPUB without text")


def _list_documents(book: Any, path: str) -> list[str]:
    """The names of the documents in the order of reading, each once."""
    folder = posixpath.dirname(path)
    items = {
        item.get("id"): unquote(item.get("href") or "")
        for item in book.iter("{*}item")
        if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()
    }
    order = [reference.get("idref") for reference in book.iter("{*}itemref") if reference.get("linear") != "no"]
    names = [posixpath.normpath(posixpath.join(folder, items[each])) for each in order if items.get(each)]
    return list(dict.fromkeys(names))[:MAX_DOCUMENTS]


def _parse_document(content: bytes, name: str, fields: dict[str, str]) -> ParsedFile | None:
    text, note = decode_text(content)
    root = parse_markup(text)
    words = extract_tree(root) if root is not None else ""
    is_front = any(part in posixpath.basename(name).lower() for part in _UNREAD)
    if len(words.split()) < MIN_WORDS and (is_front or len(words.split()) < 5):
        return None
    heading = next((each for each in root.iter("h1", "h2", "h3") if get_local_name(each)), None)
    title = " ".join("".join(heading.itertext()).split()) if heading is not None else find_text(root, "title")
    outlet = fields.get("source", "")
    if title and outlet.casefold() == title.casefold():
        outlet = fields.get("publisher", "")  # a page that was saved as a book of its own
    told = {**fields, "title": title, "source": outlet, "author": find_author(words) or fields["author"]}
    told.pop("publisher", None)
    return ParsedFile(words, told, reading_note=note, part=name, has_opening=True)
