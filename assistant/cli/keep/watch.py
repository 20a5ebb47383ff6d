"""`assistant watch`."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, load_command_settings, open_for_asking
from assistant.errors import LibraryMissing
from assistant.text.sanitize import sanitize_line


def watch(
    context: typer.Context,
    no_feeds: Annotated[bool, typer.Option("--no-feeds", help="Watch the files only; fetch nothing.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Keep the index up to date until Ctrl+C: changed files within seconds, feeds at their interval.

    Prints what is new once ("3 new, 1 names Carrie Lam"), and what the standing questions found. Questions are answered
    meanwhile, also in other terminals. `watch.update: automatic` does the same in the interface.
    """
    from assistant.engine import Assistant
    from assistant.presentation.build_summary import summarize_build
    from assistant.presentation.json_schema import build_report_to_json
    from assistant.presentation.mark_signs import describe_finding
    from assistant.records.article import Notice
    from assistant.records.build import BuildReport
    from assistant.upkeep.sync import keep_up
    from assistant.upkeep.watching import FeedsUpdated, WatchFailed, watch_library

    settings = load_command_settings(context, config, index, builds=True)
    try:
        assistant = open_for_asking(settings)
    except LibraryMissing:
        assistant = Assistant(settings)
    stop = threading.Event()
    folders = ", ".join(map(str, settings.articles))
    typer.echo(sanitize_line(f"watching {folders}{'' if no_feeds else ' and the feeds'}; Ctrl+C stops"), err=True)
    told: set[str] = set()
    try:
        for event in keep_up(assistant, watch_library(lambda: settings, stop, update_feeds=not no_feeds), stop):
            if isinstance(event, BuildReport):
                if as_json:
                    print_json(build_report_to_json(event), flush=True)
                else:
                    typer.echo(sanitize_line(event.news or summarize_build(event)))
                    for finding in event.findings:
                        typer.echo(describe_finding(finding))
            elif isinstance(event, Notice | WatchFailed):
                line = sanitize_line(str(event) if isinstance(event, Notice) else event.reason)
                if line not in told:
                    typer.echo(line, err=True)
                    told.add(line)
            elif isinstance(event, FeedsUpdated):
                for failure in event.failures:
                    typer.echo(sanitize_line(f"failed {failure}"), err=True)
    finally:
        stop.set()
