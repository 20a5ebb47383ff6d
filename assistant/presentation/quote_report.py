"""A checked quotation in words for people: the verdict, the places, the difference. What it looks like is the front
ends'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records.quote import ChangeKind, QuoteCheck, QuotePart, QuotePlace
from assistant.text.sanitize import one_line

_VERDICTS = {
    "verbatim": "Verbatim: the words stand in the collection as quoted.",
    "shortened": "Verbatim, shortened: words are left out where the quotation says so.",
    "altered": "Altered: the collection holds something near this, in other words.",
    "not_found": "Not in the collection: no article holds these words.",
}


@dataclass(frozen=True, slots=True)
class Run:
    """Text in a difference, readable without colour: `-removed-`, `+inserted+`, `[left out: …]`."""

    text: str
    kind: ChangeKind


def verdict_line(check: QuoteCheck) -> str:
    """The verdict as a sentence."""
    if check.verdict == "stitched":
        found = sum(bool(part.places) for part in check.parts)
        return f"Stitched together: {found} parts are verbatim, but come from different places."
    if check.verdict == "somebody_else":
        named = {place.speaker: None for part in check.parts for place in part.places if place.speaker}
        whom = " and ".join(named) or "somebody else"
        return one_line(
            f"Said by somebody else: the words are found, but given to {whom}, not to {check.speaker_asked}."
        )
    return _VERDICTS[check.verdict]


def legend(check: QuoteCheck) -> str | None:
    """What the marks in a difference mean, where there are any."""
    kinds = {change.kind for part in check.parts for change in part.changes}
    if check.verdict != "altered" or not kinds & {"removed", "inserted", "replaced"}:
        return None
    return "-words- are the article's and not in the quotation, +words+ are in the quotation only."


def note_lines(check: QuoteCheck) -> list[str]:
    """What else there is to know, a sentence each."""
    lines = list(check.warnings)
    if check.typography:
        lines.append(f"Besides the words, there are differences in {_listed(check.typography)}.")
    return [one_line(line) for line in lines]


def place_line(place: QuotePlace) -> str:
    """The article of a place, in a line."""
    about = (place.title, place.source, (place.published_at or "")[:10])
    return " · ".join(one_line(part) for part in about if part)


def speaker_line(place: QuotePlace) -> str:
    """Who says the words there, and whether they are quoted or reported."""
    who = place.speaker or (f"{place.role} (not named)" if place.role else None)
    if place.direct:
        return one_line(f"{who}, in quotation marks" if who else "in quotation marks, given to nobody by name")
    return one_line(
        f"{who}, in the article's own words, without quotation marks"
        if who
        else "in the article's own words, given to nobody"
    )


def difference(part: QuotePart) -> list[Run]:
    """The real words of the first place, with what the quotation does to them marked."""
    if not part.places:
        return [Run(one_line(part.given), "same")]
    place = part.places[0]
    runs: list[Run] = []
    at = place.start
    for change in part.changes:
        between = place.quote[max(0, at - place.start) : max(0, change.start - place.start)]
        if between:
            runs.append(Run(between, "same"))
        runs += _marked(change.kind, change.real, change.given, bool(runs) and not runs[-1].text[-1:].isspace())
        at = change.end
    runs = runs or [Run(place.quote, "same")]
    if place.direct:
        runs = [Run("“", "same"), *runs, Run("”", "same")]
    return [Run(" ".join(run.text.split("\n")), run.kind) for run in runs]


def _marked(kind: ChangeKind, real: str, given: str, close: bool) -> Iterator[Run]:
    """A change with its marks; an insertion brings the space that it needs, before it where text stands `close`."""
    if kind in ("same", "interrupted"):
        yield Run(real, kind)
    elif kind == "omitted":
        yield Run(f"[left out: {real}]", kind)
    elif kind == "removed":
        yield Run(f"-{real}-", kind)
    elif kind == "inserted":
        yield Run(f" +{given}+" if close else f"+{given}+ ", kind)
    else:
        yield Run(f"-{real}-", "removed")
        yield Run(" ", "same")
        yield Run(f"+{given}+", "inserted")


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
