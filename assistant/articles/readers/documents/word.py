"""Word documents: the paragraphs as they read with all changes accepted, without headers, comments and hidden text.

The XML is read directly: libraries for it leave out what stands in tracked insertions and in content controls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.articles.metadata import ParsedFile
from assistant.articles.openings import MAX_TITLE_LENGTH
from assistant.articles.readers.documents.package import Package, get_attribute, get_local_name
from assistant.articles.readers.documents.paragraphs import collect_paragraphs
from assistant.articles.readers.documents.properties import read_properties
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

_MAIN = "word/document.xml"
# Deleted and moved text, field codes, the older copy of a drawing, and what is no text of the paragraph.
_LEFT_OUT = frozenset(
    "del moveFrom instrText delText Fallback pPr rPr sectPr commentReference footnoteReference".split()
)
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
MAX_LETTERHEAD_LINES = 8  # above the title, each of them short and no sentence
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"')
_TITLE_STYLES = ("title", "titel", "titre")
_HEADING_STYLES = ("heading1", "berschrift1", "titre1", "1")


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the file is no Word document or has no text."""
    yield parse_docx(load_bytes(file, settings), settings.max_file_mb * 1_000_000)


def parse_docx(data: bytes, max_bytes: int = 64_000_000) -> ParsedFile:
    """The article in the bytes of a Word document. Raises ReadError."""
    package = Package(data, "Word document", max_bytes)
    root = package.require(_MAIN)
    blocks = [
        (_get_style(paragraph), _read_paragraph(paragraph))
        for paragraph in root.iter("{*}p")
        if not _is_left_out(paragraph)
    ]
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = package.parse(name)
        if notes is not None:
            blocks += [("", _read_paragraph(paragraph)) for paragraph in notes.iter("{*}p")]
    text = collect_paragraphs(words for _, words in blocks)
    if not text:
        raise ReadError("a Word document without text")
    title = _find_title(blocks)
    return ParsedFile(
        text,
        {"title": title} if title else {},
        reading_note=_note_changes(root),
        has_opening=True,
        is_named_by_author=True,
        fallback_fields=read_properties(package),
    )


def _is_left_out(paragraph: Any) -> bool:
    return any(get_local_name(parent) in ("Fallback", "del", "moveFrom") for parent in paragraph.iterancestors())


def _get_style(paragraph: Any) -> str:
    style = next(paragraph.iter("{*}pStyle"), None)
    return (get_attribute(style, "val") or "").lower() if style is not None else ""


def _find_title(blocks: list[tuple[str, str]]) -> str:
    """The paragraph with the style of a title, else the first heading if only lines of a letterhead stand above it."""
    written = [(style, " ".join(words.split())) for style, words in blocks if words.strip()]
    for style, words in written[:5]:
        if style.startswith(_TITLE_STYLES) and not style.startswith(_HEADING_STYLES):
            return words
    for style, words in written[:MAX_LETTERHEAD_LINES]:
        if style.endswith(_HEADING_STYLES):
            return words
        if len(words) > MAX_TITLE_LENGTH or words.endswith(_SENTENCE_ENDS):
            break
    return ""


def _read_paragraph(paragraph: Any) -> str:
    """The words of a paragraph; text boxes in it are paragraphs of their own."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = get_local_name(element)
        if name in _LEFT_OUT or name == "p" or (name == "r" and _is_hidden(element)):
            continue
        if name == "t":
            parts.append(element.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name] if get_attribute(element, "type") in (None, "textWrapping") else "\n")
        else:
            stack.extend(reversed(element))
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    properties = next((child for child in run if get_local_name(child) == "rPr"), None)
    if properties is None:
        return False
    hidden = next((child for child in properties if get_local_name(child) == "vanish"), None)
    return hidden is not None and get_attribute(hidden, "val") not in ("0", "false")


def _note_changes(root: Any) -> str | None:
    deleted = sum(1 for _ in root.iter("{*}delText"))
    return "it has tracked changes: it was read as with all of them accepted" if deleted else None
