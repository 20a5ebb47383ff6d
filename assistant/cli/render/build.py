"""A build on the command line: progress, notices, and the report."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from assistant.cli.json_lines import print_json
from assistant.cli.render.console import create_console
from assistant.cli.render.progress import ProgressBar
from assistant.presentation.build_progress import STAGE_LABELS, ProgressTracker
from assistant.presentation.build_summary import describe_missing_fields, summarize_build
from assistant.presentation.json_schema import build_report_to_json
from assistant.presentation.mark_signs import describe_finding
from assistant.records.article import Notice
from assistant.records.build import BuildEvent, BuildReport, ProgressUpdate, finish_build
from assistant.text.sanitize import sanitize_line

NOTICES_SHOWN = 20
KINDS_SHOWN = 40  # of which one is named even after those
KIND_LENGTH = 60  # characters of a reason that tell kinds apart
_VALUE = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")


def run_build(events: Iterator[BuildEvent], *, quiet: bool, as_json: bool, verbose: bool = False) -> None:
    """Run a build: progress and notices go to stderr (progress only to a terminal), the summary to stdout.

    `verbose` lists every notice and every article that was added, changed or removed.
    """
    diagnostics = create_console(stderr=True)
    notices = _NoticePrinter(diagnostics, sys.maxsize if verbose else NOTICES_SHOWN)
    tracker = ProgressTracker()
    try:
        with ProgressBar(diagnostics, "Starting", is_shown=diagnostics.is_terminal and not quiet) as bar:

            def show(event: BuildEvent) -> None:
                if isinstance(event, Notice):
                    notices.add(event)
                elif isinstance(event, ProgressUpdate):
                    progress = tracker.update(event, time.monotonic())
                    bar.update(STAGE_LABELS[progress.stage], progress.share, progress.describe_progress())

            report = finish_build(events, show)
    finally:
        notices.finish()
    if as_json:
        print_json(build_report_to_json(report))
    elif not quiet:
        if verbose:
            _print_changes(report)
        create_console().print(Text(summarize_build(report)))
        if report.news:
            create_console().print(Text(sanitize_line(report.news)), soft_wrap=True)
        for finding in report.findings:
            create_console().print(Text(describe_finding(finding)), soft_wrap=True)
        if missing := describe_missing_fields(report):
            create_console().print(Text(missing), soft_wrap=True)


class _NoticePrinter:
    """Prints the first notices, and later ones of a kind that was not seen yet; at the end how many more there were."""

    def __init__(self, console: Console, limit: int) -> None:
        self._console = console
        self._limit = limit
        self._printed = self._left_out = 0
        self._kinds: set[str] = set()

    def add(self, notice: Notice) -> None:
        kind = _VALUE.sub("#", notice.reason)[:KIND_LENGTH]
        is_new = kind not in self._kinds and len(self._kinds) < KINDS_SHOWN
        self._kinds |= {kind} if is_new else set()
        if self._printed >= self._limit and not is_new:
            self._left_out += 1
        else:
            self._printed += 1
            line = Text("skipped " if notice.skipped else "note: ", style="yellow")
            self._console.print(line.append(sanitize_line(str(notice)), style="default"))

    def finish(self) -> None:
        if self._left_out:
            more = f"… and {self._left_out} more like these; `assistant build --verbose` names them"
            self._console.print(Text(more, style="yellow"))


def _print_changes(report: BuildReport) -> None:
    console = create_console()
    for change, articles in report.articles_by_change():
        for article in articles:
            line = Text(f"{change:<8} {sanitize_line(article.id)}")
            console.print(line.append(f"  {sanitize_line(article.title)}", style="dim"))
