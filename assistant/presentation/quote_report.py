"""A checked quotation in words for people: the verdict, the places, the difference. What it looks like is the front
ends'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records.quote import ChangeKind, QuoteCheck, QuotePart, QuotePlace
from assistant.text.formatting import join_names
from assistant.text.sanitize import sanitize_line

_VERDICTS = {
    "verbatim": "Verbatim: the words stand in the collection as quoted.",
    "shortened": "Verbatim, shortened: words are left out where the quotation says so.",
    "altered": "Altered: the collection holds something near this, in other words.",
    "not_found": "Not in the collection: no article holds these words.",
}


@dataclass(frozen=True, slots=True)
class DifferenceRun:
    """Text in a difference, readable without colour: `-removed-`, `+inserted+`, `[left out: …]`."""

    text: str
    kind: ChangeKind


def describe_verdict(check: QuoteCheck) -> str:
    """The verdict as a sentence."""
    if check.verdict == "stitched":
        found = sum(bool(part.places) for part in check.parts)
        return f"Stitched together: {found} parts are verbatim, but come from different places."
    if check.verdict == "somebody_else":
        named = {place.speaker: None for part in check.parts for place in part.places if place.speaker}
        whom = " and ".join(named) or "somebody else"
        return sanitize_line(
            f"Said by somebody else: the words are found, but given to {whom}, not to {check.speaker_asked}."
        )
    return _VERDICTS[check.verdict]


def explain_marks(check: QuoteCheck) -> str | None:
    """What the marks in a difference mean, where there are any."""
    kinds = {change.kind for part in check.parts for change in part.changes}
    if check.verdict != "altered" or not kinds & {"removed", "inserted", "replaced"}:
        return None
    return "-words- are the article's and not in the quotation, +words+ are in the quotation only."


def list_notes(check: QuoteCheck) -> list[str]:
    """What else there is to know, a sentence each."""
    lines = list(check.warnings)
    if check.typography:
        lines.append(f"Besides the words, there are differences in {join_names(check.typography)}.")
    return [sanitize_line(line) for line in lines]


def describe_quote_place(place: QuotePlace) -> str:
    """The article of a place, in a line."""
    about = (place.title, place.source, (place.published_at or "")[:10])
    return " · ".join(sanitize_line(part) for part in about if part)


def describe_quote_speaker(place: QuotePlace) -> str:
    """Who says the words there, and whether they are quoted or reported."""
    who = place.speaker or (f"{place.role} (not named)" if place.role else None)
    if place.direct:
        return sanitize_line(f"{who}, in quotation marks" if who else "in quotation marks, given to nobody by name")
    return sanitize_line(
        f"{who}, in the article's own words, without quotation marks"
        if who
        else "in the article's own words, given to nobody"
    )


def mark_difference(part: QuotePart) -> list[DifferenceRun]:
    """The real words of the first place, with what the quotation does to them marked."""
    if not part.places:
        return [DifferenceRun(sanitize_line(part.given), "same")]
    place = part.places[0]
    runs: list[DifferenceRun] = []
    at = place.start
    for change in part.changes:
        between = place.quote[max(0, at - place.start) : max(0, change.start - place.start)]
        if between:
            runs.append(DifferenceRun(between, "same"))
        runs += _mark_change(change.kind, change.real, change.given, bool(runs) and not runs[-1].text[-1:].isspace())
        at = change.end
    runs = runs or [DifferenceRun(place.quote, "same")]
    if place.direct:
        runs = [DifferenceRun("“", "same"), *runs, DifferenceRun("”", "same")]
    return [DifferenceRun(" ".join(run.text.split("\n")), run.kind) for run in runs]


def _mark_change(kind: ChangeKind, real: str, given: str, close: bool) -> Iterator[DifferenceRun]:
    """A change with its marks; an insertion brings the space that it needs, before it where text stands `close`."""
    if kind in ("same", "interrupted"):
        yield DifferenceRun(real, kind)
    elif kind == "omitted":
        yield DifferenceRun(f"[left out: {real}]", kind)
    elif kind == "removed":
        yield DifferenceRun(f"-{real}-", kind)
    elif kind == "inserted":
        yield DifferenceRun(f" +{given}+" if close else f"+{given}+ ", kind)
    else:
        yield DifferenceRun(f"-{real}-", "removed")
        yield DifferenceRun(" ", "same")
        yield DifferenceRun(f"+{given}+", "inserted")
