"""The cited articles as BibTeX in UTF-8: an @article where the outlet is known, else a @misc."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.exports.bibliography import Name, Work, works
from assistant.records.answer import Citation

# A backslash does not hide a brace from BibTeX: every one of these keeps the braces in balance.
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: "\\" + char for char in "&%#$_"},
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = re.compile("[" + re.escape("".join(_WRITTEN)) + "]")


def written(citations: Iterable[Citation]) -> str:
    """An entry for each article; empty where nothing is cited."""
    return "\n".join(_entry(work) for work in works(citations))


def escaped(text: str) -> str:
    """Text as a field of BibTeX holds it: TeX sees only its letters."""
    return _SPECIAL.sub(lambda match: _WRITTEN[match[0]], text)


def _entry(work: Work) -> str:
    digits = [f"{part:02}" for part in work.day]
    fields = {
        "author": " and ".join(map(_name, work.authors)),
        "title": f"{{{escaped(work.title)}}}",  # a second pair of braces keeps the capitals
        "journal": escaped(work.outlet),
        "year": f"{work.day[0]:04}" if work.day else "",
        "date": "-".join([f"{work.day[0]:04}", *digits[1:]]) if len(work.day) > 1 else "",  # of biblatex
        "url": work.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if len(work.day) > 1:
        lines.append(f"  month = {_MONTHS[work.day[1] - 1]},")  # a name that every style knows how to write
    return "\n".join([f"@{'article' if work.outlet else 'misc'}{{{work.key},", *lines, "}", ""])


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{escaped(name.literal)}}}"  # else "and" and commas within would part it
    return f"{_part(name.family)}, {_part(name.given)}"


def _part(text: str) -> str:
    written_out = escaped(text)
    return f"{{{written_out}}}" if re.search(r"\band\b", text, re.IGNORECASE) else written_out
