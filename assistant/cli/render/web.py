"""What is added from the web: progress, and one line for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.cli.render.progress import ProgressBar
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.web.intake import Added, Event, Failed

SHOWN = 20  # lines of each kind


@dataclass(slots=True)
class Outcome:
    """How many things were added, how many of them are articles, and how many failed."""

    added: int = 0
    articles: int = 0
    failed: int = 0


def show_events(events: Iterator[Event]) -> Outcome:
    """Show events while they happen: progress and failures on stderr, what was added on stdout."""
    diagnostics, console = create_console(stderr=True), create_console()
    outcome = Outcome()
    try:
        with ProgressBar(diagnostics, "Fetching", is_shown=diagnostics.is_terminal) as bar:
            for event in events:
                if isinstance(event, Added):
                    outcome.added += 1
                    outcome.articles += event.is_article
                    if not event.is_article or outcome.articles <= SHOWN:
                        console.print(Text(sanitize_line(event.text)), soft_wrap=True)
                elif isinstance(event, Failed):
                    outcome.failed += 1
                    if outcome.failed <= SHOWN:
                        line = Text("failed ", style="yellow").append(sanitize_line(event.text), style="default")
                        diagnostics.print(line, soft_wrap=True)
                else:
                    label = shorten_line(sanitize_line(event.address), 60)
                    bar.update(label, (event.number - 1) / event.total, f"{event.number} of {event.total}")
    finally:
        for kind, count in (("fetched", outcome.articles), ("failed", outcome.failed)):
            if count > SHOWN:
                diagnostics.print(Text(f"… and {count - SHOWN} more {kind}", style="yellow"))
        if outcome.articles or outcome.failed:
            told = f"{count_noun(outcome.articles, 'article')} fetched, {outcome.failed} failed"
            diagnostics.print(Text(told, style="dim"))
    if not (outcome.added or outcome.failed):
        console.print(Text("nothing new"))  # not where the update was refused or stopped
    return outcome
