"""Articles and statistics of the library."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.presentation.article_fields import describe_fields
from assistant.records.article import Article, Notice
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text, shorten_line

OUTLETS_SHOWN = 15
SKIPPED_SHOWN = 20


def print_articles(articles: Iterable[Article]) -> None:
    """One line per article: a table on a terminal, tab-separated fields if piped."""
    console = create_console()
    rows = [
        (
            (article.published_at or "")[:10],
            sanitize_line(article.source or ""),
            sanitize_line(article.title),
            sanitize_line(article.id),
        )
        for article in articles
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


def print_article(article: Article, last_seen: str | None = None) -> None:
    """What is known about an article and where it came from, and its text."""
    console = create_console()
    title, told = Text(sanitize_line(article.title), style="bold"), article.get_origin("title")
    console.print(title.append(f"  ({sanitize_line(told)})" if told else "", style="not bold dim"))
    for label, name, value in describe_fields(article, last_seen):
        origin = article.get_origin(name)
        line = Text(f"{label}: {format_url(value) if name == 'url' else sanitize_line(value)}")
        console.print(line.append(f"  ({sanitize_line(origin)})" if origin else "", style="dim"))
    if article.partial:
        console.print(Text(f"! Only a part of the article: {sanitize_line(article.partial)}", style="yellow"))
    console.print()
    console.print(Text(sanitize_text(article.text)))


def print_skipped(notices: Iterable[Notice]) -> None:
    """The files that are not in the library, each with the reason; the first of them if there are many."""
    console = create_console()
    skipped = [notice for notice in notices if notice.skipped]
    if skipped:
        console.print(Text(f"skipped ({len(skipped):,}):", style="bold"))
    for notice in skipped[:SKIPPED_SHOWN]:
        console.print(Text(f"  {sanitize_line(str(notice))}"), soft_wrap=True)
    if len(skipped) > SKIPPED_SHOWN:
        console.print(Text(f"  … and {len(skipped) - SKIPPED_SHOWN:,} more: stats --json lists them", style="dim"))


def print_stats(statistics: dict[str, Any]) -> None:
    """Statistics of the library, one per line."""
    console = create_console()
    for name, value in statistics.items():
        if isinstance(value, dict):
            console.print(Text(f"{name}:", style="bold"))
            for key, count in list(value.items())[:OUTLETS_SHOWN]:
                console.print(Text(f"  {shorten_line(str(key), 50):<50} {count:>8,}"))
            if len(value) > OUTLETS_SHOWN:
                console.print(Text(f"  … and {len(value) - OUTLETS_SHOWN} more", style="dim"))
        else:
            shown = f"{value:,}" if isinstance(value, int) else sanitize_line(str(value))
            console.print(Text(f"{name + ':':<16}", style="bold").append(shown, style="default"))
