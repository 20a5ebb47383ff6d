"""The progress and the report of a build printed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.presentation.build_progress import STAGE_LABELS, ProgressTracker
from assistant.presentation.build_summary import summarize_build
from assistant.presentation.json_schema import build_report_to_json
from assistant.records.article import Notice
from assistant.records.build import BuildEvent, BuildReport
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    pass


NOTICES_SHOWN = 20


def run_build(events: Iterator[BuildEvent], *, quiet: bool, as_json: bool, verbose: bool = False) -> None:
    """Consume a build: progress on a terminal's stderr, notices on stderr, the summary on stdout.

    `verbose` names every notice and every article that was added, changed or removed.
    """
    diagnostics = create_console(stderr=True)
    notices: list[Notice] = []
    report: BuildReport | None = None
    most = sys.maxsize if verbose else NOTICES_SHOWN
    pace = ProgressTracker()
    show = diagnostics.is_terminal and not quiet
    progress = _make_progress_bar(diagnostics) if show else None
    try:
        task = progress.add_task("Starting", total=None, pace="") if progress else None
        if progress:
            progress.start()
        for event in events:
            if isinstance(event, Notice):
                notices.append(event)
                if len(notices) <= most:
                    line = Text("skipped " if event.skipped else "note    ", style="yellow")
                    diagnostics.print(line.append(sanitize_line(str(event)), style="default"))
            elif isinstance(event, BuildReport):
                report = event
            elif progress is not None and task is not None:
                now = pace.update(event, time.monotonic())
                share = None if now.share is None else 100
                progress.update(
                    task,
                    description=STAGE_LABELS[now.stage],
                    completed=100 * (now.share or 0),
                    total=share,
                    pace=now.describe_progress(),
                )
    finally:
        if progress:
            progress.stop()
        if len(notices) > most:
            diagnostics.print(Text(f"… and {len(notices) - most} more like these", style="yellow"))
    if report is not None and as_json:
        sys.stdout.write(json.dumps(build_report_to_json(report)) + "\n")
    elif report is not None and not quiet:
        if verbose:
            _print_changes(report)
        create_console().print(Text(summarize_build(report)))


def _print_changes(report: BuildReport) -> None:
    console = create_console()
    for what, articles in report.articles_by_change():
        for article in articles:
            line = Text(f"{what:<8} {sanitize_line(article.id)}")
            console.print(line.append(f"  {sanitize_line(article.title)}", style="dim"))


def _make_progress_bar(console: Console) -> Any:
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        console=console,
        transient=True,
    )
