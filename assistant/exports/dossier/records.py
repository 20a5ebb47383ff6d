"""A dossier for programs: RIS for reference managers, and JSON that `assistant verify` reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.exports import render_json
from assistant.exports.bibliography import Work, collect_works
from assistant.exports.dossier.document import DossierDocument, VerifiedEntry
from assistant.exports.layout import describe_place
from assistant.exports.provenance import PROGRAM
from assistant.presentation.json_schema import dossier_entry_to_json
from assistant.text.sanitize import sanitize_line


def render_ris(document: DossierDocument) -> str:
    """A record of the type NEWS for each cited article; its quotations and comments are notes (N1)."""
    cited = [each.citation for each in document.entries]
    works = zip(dict.fromkeys(citation.article_id for citation in cited), collect_works(cited), strict=True)
    records = []
    for article_id, work in works:
        entries = [each for each in document.entries if each.citation.article_id == article_id]
        records.append("".join(f"{tag}  - {value}\r\n" for tag, value in _list_fields(work, entries, document.made_on)))
    return "\r\n".join(records)


def _list_fields(work: Work, entries: list[VerifiedEntry], made_on: date) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    for author in work.authors:
        yield "AU", author.literal or ", ".join(part for part in (author.family, author.given) if part)
    yield "TI", work.title
    if work.source:
        yield "T2", work.source
    if work.day:
        yield "PY", f"{work.day[0]:04}"
        yield "DA", "/".join([f"{work.day[0]:04}", *(f"{part:02}" for part in work.day[1:]), "", "", ""][:4])
    if work.url:
        yield "UR", work.url
        yield "Y2", f"{made_on:%Y/%m/%d}"
    yield "DB", PROGRAM
    for each in entries:
        parts = [each.citation.words_with_days, f"({describe_place(each.citation)})", each.warning]
        yield "N1", sanitize_line(" ".join(part for part in parts if part))
        if each.entry.comment:
            yield "N1", sanitize_line(each.entry.comment)
    yield "ER", ""


def render_dossier_json(document: DossierDocument) -> str:
    """An object with the citations as in an answer, each with its comment and its fault."""
    return render_json(
        {
            "schema": 1,
            "title": document.title,
            "citations": [
                {
                    **dossier_entry_to_json(each.entry, each.fault)["citation"],
                    "n": each.citation.n,
                    "comment": each.entry.comment,
                    "question": each.entry.question,
                    "fault": each.fault,
                }
                for each in document.entries
            ],
        }
    )
