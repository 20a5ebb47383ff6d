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
    seen: set[str] = set()  # each part is read once, however often it is named
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    for number, name in enumerate(slides, 1):
        slide = package.parse(name) if name and name not in seen else None
        if name is None or slide is None or slide.get("show") == "0":
            continue
        seen.add(name)
        paragraphs = [*_list_paragraphs(slide), *_list_notes(package, name, seen)]
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
    furniture: dict[Any, bool] = {}  # whether a shape is that
    for body in root.iter("{*}txBody"):
        if _is_within(body, "txBody"):
            continue
        shape = body.getparent()
        if shape is not None and shape not in furniture:
            placeholder = next(shape.iter("{*}ph"), None)
            furniture[shape] = placeholder is not None and placeholder.get("type") in _FURNITURE | {"sldImg"}
        if furniture.get(shape):
            continue
        for paragraph in body.iter("{*}p"):
            if _is_within(paragraph, "p"):
                continue
            pieces = [
                "\n" if get_local_name(each) == "br" else each.text or "" for each in paragraph.iter("{*}t", "{*}br")
            ]
            if words := clean_paragraph("".join(pieces)):
                found.append(words)
    return found


def _is_within(element: Any, name: str) -> bool:
    """Whether an element is in one of this name, whose words have those of the element already."""
    return any(get_local_name(parent) == name for parent in element.iterancestors())


def _list_notes(package: Package, name: str, seen: set[str]) -> list[str]:
    for target in _read_targets(package, name).values():
        if target.startswith("ppt/notesSlides/"):
            notes = None if target in seen else package.parse(target)
            seen.add(target)
            return [] if notes is None else _list_paragraphs(notes)
    return []
