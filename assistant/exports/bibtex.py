"""The cited articles as BibTeX in UTF-8: @article if the outlet is known, else @misc."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.exports.bibliography import AuthorName, Work, collect_works
from assistant.exports.provenance import describe_export
from assistant.records.answer import Citation

# BibTeX counts braces even after a backslash, so that each replacement has balanced braces.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: "\\" + char for char in "&%#$_"},
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")


def render_bibtex(citations: Iterable[Citation], on: date) -> str:
    """One entry per article, with `on` as the day of access; empty if nothing is cited."""
    entries = [_render_entry(work, on) for work in collect_works(citations)]
    return "\n".join([f"% {describe_export(on)}", "", *entries]) if entries else ""


def escape_bibtex(text: str) -> str:
    """Escape text for a BibTeX field, so that TeX reads it as plain text."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)


def _render_entry(work: Work, on: date) -> str:
    digits = [f"{part:02}" for part in work.day]
    fields = {
        "author": " and ".join(map(_render_name, work.authors)),
        "title": f"{{{escape_bibtex(work.title)}}}",  # a second pair of braces keeps the capital letters
        "journal": escape_bibtex(work.source),
        "year": f"{work.day[0]:04}" if work.day else "",
        "date": "-".join([f"{work.day[0]:04}", *digits[1:]]) if len(work.day) > 1 else "",  # for biblatex
        "url": work.url,
        "urldate": on.isoformat() if work.url else "",
        "howpublished": escape_bibtex(work.file),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if len(work.day) > 1:
        lines.append(f"  month = {_MONTHS[work.day[1] - 1]},")  # a macro that every style defines
    return "\n".join([f"@{'article' if work.source else 'misc'}{{{work.key},", *lines, "}", ""])


def _render_name(name: AuthorName) -> str:
    if name.literal:
        return f"{{{escape_bibtex(name.literal)}}}"  # braces keep "and" and commas inside the name
    return f"{_render_name_part(name.family)}, {_render_name_part(name.given)}"


def _render_name_part(text: str) -> str:
    escaped = escape_bibtex(text)
    return f"{{{escaped}}}" if re.search(r"\band\b", text, re.IGNORECASE) else escaped
