"""Checked quotations."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.presentation.quote_report import (
    describe_quote_place,
    describe_quote_speaker,
    describe_verdict,
    explain_marks,
    list_notes,
    mark_difference,
)
from assistant.records.checks import QuoteCheck, QuotePart, QuotePlace
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text, shorten_line

PLACES_SHOWN = 10
NEAREST_WIDTH = 300
_VERDICT_STYLES = {"verbatim": "bold green", "shortened": "bold green", "not_found": "bold yellow"}
_RUN_STYLES = {
    "removed": "red strike",
    "inserted": "green",
    "omitted": "dim",
    "interrupted": "dim",
}


def print_quote_check(check: QuoteCheck) -> None:
    """The verdict, notes, and the words of the articles with their places."""
    console = create_console()
    console.print(Text(describe_verdict(check), style=_VERDICT_STYLES.get(check.verdict, "bold red")))
    for line in list_notes(check):
        console.print(Text(line, style="yellow"))
    marks = explain_marks(check)
    if marks:
        console.print(Text(marks, style="dim"))
    for number, part in enumerate(check.parts, 1):
        console.print()
        if check.verdict == "not_found":
            console.print(Text("The nearest passage:", style="bold"))
            console.print(Text(shorten_line(part.places[0].quote, NEAREST_WIDTH)))
        else:
            _print_words(console, part, number if check.verdict == "stitched" else None)
        _print_places(console, part.places)
    if check.also_in:
        console.print()
        console.print(Text("Also in near-duplicates of these articles:", style="bold"))
        _print_places(console, check.also_in)


def _print_words(console: Console, part: QuotePart, number: int | None) -> None:
    line = Text(f"{number}. " if number else "", style="cyan")
    if not part.places:
        line.append(sanitize_line(part.given), style="default")
        console.print(line.append("  (not in the library)", style="yellow"))
        return
    for run in mark_difference(part):
        line.append(sanitize_text(run.text), style=_RUN_STYLES.get(run.kind, "default"))
    console.print(line)


def _print_places(console: Console, places: tuple[QuotePlace, ...]) -> None:
    for place in places[:PLACES_SHOWN]:
        console.print(Text(f"  {describe_quote_place(place)}"))
        where = f"{sanitize_line(place.article_id)}, characters {place.start}–{place.end}"
        console.print(Text(f"    {describe_quote_speaker(place)}  ").append(where, style="dim"))
        if place.url:
            console.print(Text(f"    {format_url(place.url)}", style="dim"))
    if len(places) > PLACES_SHOWN:
        console.print(Text(f"  … and {len(places) - PLACES_SHOWN} more places", style="dim"))
