"""What the command line prints: answers, articles, figures, and the progress of a build."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from assistant.display import counted, one_line, shortened, shown_address, visible
from assistant.pace import STAGES, Pace
from assistant.records import Answer, Article, ArticleName, BuildEvent, BuildReport, Notice

if TYPE_CHECKING:
    from assistant.verifying import Check

NOTICES_SHOWN = 20


def _console(stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    # Piped output is for programs and files: no wrapping there.
    console.soft_wrap = not console.is_terminal
    return console


# --------------------------------------------------------------------------------------------- answers


def print_answer(answer: Answer) -> None:
    """The answer with numbered sources below it; a refusal with its reason."""
    from assistant.answering import source_line  # not on the way of a build

    console = _console()
    if answer.abstained:
        console.print(Text("The articles do not answer this.", style="bold yellow"))
        console.print(Text(one_line(answer.reason or "")))
        return
    for line in answer.answer.split("\n"):
        console.print(_answer_line(line, answer))
    console.print()
    console.print(Text("Sources", style="bold"))
    for cited in answer.citations:
        text = Text(f"[{cited.n}] ", style="cyan")
        text.append(one_line(source_line(cited)), style="default")
        text.append(f"  {one_line(cited.article_id)}, characters {cited.start}–{cited.end}", style="dim")
        console.print(text)
        if cited.url:
            console.print(Text(f"    {shown_address(cited.url)}", style="dim"))


def _answer_line(line: str, answer: Answer) -> Text:
    """A heading in bold, a remark plain, a sentence with the words that answer in bold."""
    if not line.startswith("- "):
        return Text(visible(line), style="" if not line or line in answer.notes else "bold")
    text = Text(visible(line))
    for cited in answer.citations:
        if f"[{cited.n}]" in line:
            for start, end in cited.marks:
                words = one_line(cited.quote[start - cited.start : end - cited.start])
                at = text.plain.find(words)
                if words and at >= 0:
                    text.stylize("bold", at, at + len(words))
    return text


# -------------------------------------------------------------------------------------------- building


def run_build(events: Iterator[BuildEvent], *, quiet: bool, as_json: bool, verbose: bool = False) -> None:
    """Consume a build: progress on a terminal's stderr, notices on stderr, the summary on stdout.

    `verbose` names every notice and every article that was added, changed or removed.
    """
    diagnostics = _console(stderr=True)
    notices: list[Notice] = []
    report: BuildReport | None = None
    most = sys.maxsize if verbose else NOTICES_SHOWN
    pace = Pace()
    show = diagnostics.is_terminal and not quiet
    progress = _progress_bar(diagnostics) if show else None
    try:
        task = progress.add_task("Starting", total=None, pace="") if progress else None
        if progress:
            progress.start()
        for event in events:
            if isinstance(event, Notice):
                notices.append(event)
                if len(notices) <= most:
                    line = Text("skipped " if event.skipped else "note    ", style="yellow")
                    diagnostics.print(line.append(one_line(str(event)), style="default"))
            elif isinstance(event, BuildReport):
                report = event
            elif progress is not None and task is not None:
                now = pace.take(event, time.monotonic())
                share = None if now.share is None else 100
                progress.update(
                    task,
                    description=STAGES[now.stage],
                    completed=100 * (now.share or 0),
                    total=share,
                    pace=now.told(),
                )
    finally:
        if progress:
            progress.stop()
        if len(notices) > most:
            diagnostics.print(Text(f"… and {len(notices) - most} more like these", style="yellow"))
    if report is not None and as_json:
        sys.stdout.write(json.dumps(_report_json(report)) + "\n")
    elif report is not None and not quiet:
        if verbose:
            _print_changes(report)
        _console().print(Text(summary(report)))


def _named(report: BuildReport) -> tuple[tuple[str, tuple[ArticleName, ...]], ...]:
    return (
        ("added", report.added_articles),
        ("changed", report.changed_articles),
        ("removed", report.removed_articles),
    )


def _print_changes(report: BuildReport) -> None:
    console = _console()
    for what, articles in _named(report):
        for article in articles:
            line = Text(f"{what:<8} {one_line(article.id)}")
            console.print(line.append(f"  {one_line(article.title)}", style="dim"))


def _progress_bar(console: Console) -> Any:
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        console=console,
        transient=True,
    )


def summary(report: BuildReport) -> str:
    """A build in one line: "18 articles (18 added), 33 passages, 33 embedded, in 1.9 s"."""
    changes = [
        f"{count} {what}"
        for count, what in (
            (report.added, "added"),
            (report.changed, "changed"),
            (report.removed, "removed"),
            (report.unchanged, "unchanged"),
        )
        if count
    ]
    embedded = f"{report.embedded:,} embedded" if report.embedded else "nothing embedded"
    kept = f" ({report.reused:,} embedded before)" if report.reused else ""
    skipped = f"; {report.skipped} skipped" if report.skipped else ""
    return (
        f"{counted(report.articles, 'article')} ({', '.join(changes)}){skipped}, "
        f"{counted(report.passages, 'passage')}, {embedded}{kept}, in {report.seconds:.1f} s"
    )


def _report_json(report: BuildReport) -> dict[str, Any]:
    return {
        **{name: getattr(report, name) for name in ("articles", "added", "changed", "removed", "unchanged")},
        **{name: getattr(report, name) for name in ("passages", "embedded", "reused", "skipped")},
        "seconds": round(report.seconds, 3),
        **{
            f"{what}_articles": [{"id": article.id, "title": article.title} for article in articles]
            for what, articles in _named(report)
        },
        "notices": [{"place": n.place, "reason": n.reason, "skipped": n.skipped} for n in report.notices],
    }


# -------------------------------------------------------------------------------------------- articles


def print_articles(articles: Iterable[Article]) -> None:
    """One line an article: a table on a terminal, tab-separated fields when piped."""
    console = _console()
    rows = [
        ((a.published_at or "")[:10], one_line(a.source or ""), one_line(a.title), one_line(a.id)) for a in articles
    ]
    if not console.is_terminal:
        for row in rows:
            sys.stdout.write("\t".join(row) + "\n")
        return
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("Day", no_wrap=True)
    table.add_column("Outlet", max_width=24, overflow="ellipsis", no_wrap=True)
    table.add_column("Title", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("Id", overflow="fold", style="dim")
    for row in rows:
        table.add_row(*(Text(field) for field in row))
    console.print(table)


def print_article(article: Article) -> None:
    """Head and text of one article."""
    console = _console()
    console.print(Text(one_line(article.title), style="bold"))
    about = [
        article.source,
        article.author,
        article.published_at,
        article.url and shown_address(article.url),
        article.path,
    ]
    for line in about:
        if line:
            console.print(Text(one_line(line), style="dim"))
    console.print()
    console.print(Text(visible(article.text)))


def print_stats(figures: dict[str, Any]) -> None:
    """Figures of the library, a line each."""
    console = _console()
    for name, value in figures.items():
        if isinstance(value, dict):
            console.print(Text(f"{name}:", style="bold"))
            for key, count in list(value.items())[:15]:
                console.print(Text(f"  {shortened(str(key), 50):<50} {count:>8,}"))
            if len(value) > 15:
                console.print(Text(f"  … and {len(value) - 15} more", style="dim"))
        else:
            shown = f"{value:,}" if isinstance(value, int) else one_line(str(value))
            console.print(Text(f"{name + ':':<16}", style="bold").append(shown, style="default"))


def print_checks(checks: Sequence[Check]) -> None:
    """One line for each citation that does not hold, and the count."""
    console = _console()
    for check in checks:
        if check.fault:
            line = Text("✗ ", style="bold red")
            line.append(f"[{check.n}] {one_line(check.article_id)}: {check.fault}", style="default")
            console.print(line)
            console.print(Text(f"    {shortened(check.quote, 100)}", style="dim"))
    good = sum(check.fault is None for check in checks)
    verdict = f"{good} of {len(checks)} citations hold to the letter"
    console.print(Text(verdict if checks else "no citations to check", style="green" if good == len(checks) else "red"))
