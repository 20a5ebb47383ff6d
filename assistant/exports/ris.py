"""The cited articles as RIS, which Zotero, EndNote, Mendeley and most libraries read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.exports.bibliography import AuthorName, Work, collect_works
from assistant.exports.provenance import PROGRAM
from assistant.records.answer import Citation


def render_ris(citations: Iterable[Citation], on: date) -> str:
    """One record per article: NEWS if the outlet is known, else a web page (ELEC) or GEN; `on` is the day of access."""
    return "\n".join("\n".join([*_list_lines(work, on), "ER  - ", ""]) for work in collect_works(citations))


def _list_lines(work: Work, on: date) -> Iterator[str]:
    yield f"TY  - {_choose_type(work)}"
    yield f"ID  - {work.key}"
    yield f"TI  - {work.title}"
    for author in work.authors:
        yield f"AU  - {_render_name(author)}"
    if work.source:
        yield f"T2  - {work.source}"
    if work.day:
        yield f"PY  - {work.day[0]:04}"
        # Year, month and day between slashes; what is not known is left out.
        yield "DA  - " + "/".join([f"{work.day[0]:04}", *(f"{part:02}" for part in work.day[1:])])
    if work.url:
        yield f"UR  - {work.url}"
        yield f"Y2  - {on:%Y/%m/%d}"
    if work.file:
        yield f"N1  - {work.file}"
    yield f"DB  - {PROGRAM}"


def _choose_type(work: Work) -> str:
    if work.source:
        return "NEWS"
    return "ELEC" if work.url else "GEN"


def _render_name(name: AuthorName) -> str:
    return name.literal or f"{name.family}, {name.given}"
