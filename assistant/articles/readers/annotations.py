"""Notes of Zotero: what somebody marked in a document, each piece with a citation that names author, year and page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>[^\n]{1,300}?)[ \t]*(?:\n|\Z)(?:[ \t]*\([^()\n]{6,40}\)[ \t]*(?:\n|\Z))?")
_GENERAL_HEADINGS = frozenset(("annotations", "extracted annotations"))
_FILE_LINK = r"\(\[[^\[\]\n]{1,40}\]\(zotero://open[^()\s]{1,300}\)\)"
_ITEM_LINK = r"\(\[(?P<cited>[^\[\]\n]{1,300})\]\(zotero://select[^()\s]{1,300}\)\)"
_WORDS = r"(?P<words>[“\"].*[”\"])\s{1,3}"
_REST = r"(?:\s.*)?"
_PATTERNS = tuple(
    re.compile(f"{_WORDS}{cited}{_REST}", re.DOTALL)
    for cited in (rf"{_ITEM_LINK}(?:\s{{1,3}}{_FILE_LINK})?", rf"{_FILE_LINK}\s{{1,3}}{_ITEM_LINK}")
)
_UNLINKED = re.compile(
    rf"{_WORDS}\((?P<cited>[^()\n]{{1,300}}\b(?:1[5-9]|20)\d\d[a-z]?\b[^()\n]{{0,60}})\){_REST}", re.DOTALL
)
_CITATION = re.compile(
    r"(?P<who>.+?),?\s{1,3}(?P<year>(?:1[5-9]|20)\d\d)[a-z]?(?:[,:]\s{0,3}(?P<page>(?:pp?\.\s{0,3})?[\w–-]{1,20}))?"
)
_QUOTED = re.compile(r"[“\"‘'](?P<title>.+?),?[”\"’'],?")


@dataclass(frozen=True, slots=True)
class Annotations:
    """The marked words of one document, each with the label of its page ("p. 3") or None, and what the citation says
    of the document."""

    marked: tuple[tuple[str, str | None], ...]
    fields: Mapping[str, str]


def split_annotations(text: str) -> Annotations | None:
    """What a note of Zotero has of a document. Comments are of the person who made it, and left out.

    None if a text is no such note: a paragraph between them is the text of somebody, and so is a note of several
    documents. Without links to Zotero, only a note with the heading that Zotero gives it is one.
    """
    heading = _HEADING.match(text.lstrip())
    is_general = bool(heading and heading["words"].strip().casefold() in _GENERAL_HEADINGS)
    body = text.lstrip()[heading.end() :] if heading else text
    paragraphs = [paragraph.strip() for paragraph in re.split(r"\n[ \t]*\n", body) if paragraph.strip()]
    marked: list[tuple[str, str | None]] = []
    documents: dict[tuple[str, str], None] = {}
    for paragraph in paragraphs:
        patterns = (*_PATTERNS, _UNLINKED) if is_general else _PATTERNS
        found = next((match for pattern in patterns if (match := pattern.fullmatch(paragraph))), None)
        citation = _CITATION.fullmatch(found["cited"].strip()) if found else None
        if found is None or citation is None:
            return None
        documents[citation["who"], citation["year"]] = None
        marked.append((" ".join(found["words"].split())[1:-1].strip(), _name_page(citation["page"])))
    if len(documents) != 1:
        return None
    ((who, year),) = documents
    fields = _name_document(who, year)
    if heading and not is_general:
        fields["title"] = heading["words"].strip()
    return Annotations(tuple(marked), fields)


def _name_page(page: str | None) -> str | None:
    return f"p. {re.sub(r'^pp?[.]', '', page).strip()}" if page else None


def _name_document(who: str, year: str) -> dict[str, str]:
    """The fields that a citation gives: its author, or its title where it has no author."""
    quoted = _QUOTED.fullmatch(who)
    named = {"title": quoted["title"]} if quoted else {"author": who, "title": f"Annotations on {who}, {year}"}
    return {**named, "published_at": year}
