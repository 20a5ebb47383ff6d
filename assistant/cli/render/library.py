"""Articles and figures of the library printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.records.article import Article
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text, shorten_line

if TYPE_CHECKING:
    pass


def print_articles(articles: Iterable[Article]) -> None:
    """One line an article: a table on a terminal, tab-separated fields when piped."""
    console = create_console()
    rows = [
        ((a.published_at or "")[:10], sanitize_line(a.source or ""), sanitize_line(a.title), sanitize_line(a.id))
        for a in articles
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
    console = create_console()
    console.print(Text(sanitize_line(article.title), style="bold"))
    about = [
        article.source,
        article.author,
        article.published_at,
        article.url and format_url(article.url),
        article.path,
    ]
    for line in about:
        if line:
            console.print(Text(sanitize_line(line), style="dim"))
    console.print()
    console.print(Text(sanitize_text(article.text)))


def print_stats(figures: dict[str, Any]) -> None:
    """Figures of the library, a line each."""
    console = create_console()
    for name, value in figures.items():
        if isinstance(value, dict):
            console.print(Text(f"{name}:", style="bold"))
            for key, count in list(value.items())[:15]:
                console.print(Text(f"  {shorten_line(str(key), 50):<50} {count:>8,}"))
            if len(value) > 15:
                console.print(Text(f"  … and {len(value) - 15} more", style="dim"))
        else:
            shown = f"{value:,}" if isinstance(value, int) else sanitize_line(str(value))
            console.print(Text(f"{name + ':':<16}", style="bold").append(shown, style="default"))
