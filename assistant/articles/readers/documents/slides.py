"""PowerPoint presentations: the text of the slides in their order, and the notes of the speaker."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.documents.package import Package, get_local_name
from assistant.articles.readers.documents.paragraphs import clean_paragraph
from assistant.articles.readers.documents.properties import read_properties
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import Place

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

_MAIN = "ppt/presentation.xml"
_FURNITURE = frozenset({"ftr", "sldNum", "dt", "hdr"})  # placeholders for what stands on every slide


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the file is no presentation or has no text."""
    yield parse_pptx(load_bytes(file, settings), settings.max_file_mb * 1_000_000)


def parse_pptx(data: bytes, max_bytes: int = 64_000_000) -> ParsedFile:
    """The article in the bytes of a presentation. Raises ReadError."""
    package = Package(data, "PowerPoint presentation", max_bytes)
    main = package.require(_MAIN)
    targets = _read_targets(package, _MAIN)
    slides = [targets.get(each) for each in _list_slide_ids(main)]
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    for number, name in enumerate(slides, 1):
        slide = package.parse(name) if name else None
        if name is None or slide is None or slide.get("show") == "0":
            continue
        paragraphs = [*_list_paragraphs(slide), *_list_notes(package, name)]
        if paragraphs:
            places.append(Place(length, f"slide {number}"))
            parts += paragraphs
            length += sum(len(paragraph) + 2 for paragraph in paragraphs)
    if not parts:
        raise ReadError("a presentation without text")
    return ParsedFile(
        "\n\n".join(parts),
        has_opening=True,
        is_named_by_author=True,
        places=tuple(places),
        fallback_fields=read_properties(package),
    )


def _list_slide_ids(main: Any) -> list[str]:
    """The ids of the relations to the slides; each element also has an `id` of its own, without a namespace."""
    return [value for element in main.iter("{*}sldId") for key, value in element.attrib.items() if key.endswith("}id")]


def _read_targets(package: Package, name: str) -> dict[str, str]:
    """The parts that a part refers to, by the id of the relation."""
    folder, base = posixpath.split(name)
    relations = package.parse(f"{folder}/_rels/{base}.rels")
    if relations is None:
        return {}
    return {
        each.get("Id") or "": posixpath.normpath(posixpath.join(folder, (each.get("Target") or "").lstrip("/")))
        if not (each.get("Target") or "").startswith("/")
        else (each.get("Target") or "")[1:]
        for each in relations
        if get_local_name(each) == "Relationship" and each.get("TargetMode") != "External"
    }


def _list_paragraphs(root: Any) -> list[str]:
    found = []
    for shape in root.iter("{*}txBody"):
        parent = shape.getparent()
        placeholder = next(parent.iter("{*}ph"), None) if parent is not None else None
        if placeholder is not None and placeholder.get("type") in _FURNITURE | {"sldImg"}:
            continue
        for paragraph in shape.iter("{*}p"):
            pieces = [
                "\n" if get_local_name(each) == "br" else each.text or "" for each in paragraph.iter("{*}t", "{*}br")
            ]
            if words := clean_paragraph("".join(pieces)):
                found.append(words)
    return found


def _list_notes(package: Package, name: str) -> list[str]:
    for target in _read_targets(package, name).values():
        if target.startswith("ppt/notesSlides/"):
            notes = package.parse(target)
            return [] if notes is None else _list_paragraphs(notes)
    return []
