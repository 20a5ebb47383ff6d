"""The revisions of an article on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.records.article import ArticleRevision
from assistant.text.sanitize import sanitize_line

HASH_SHOWN = 12


def print_revisions(revisions: Sequence[ArticleRevision]) -> None:
    """Each change with its day, the hash of the text before it, and the sentences that went and came."""
    console = create_console()
    if not revisions:
        console.print(Text("Its text has not changed since it came into the library."))
    for revision in revisions:
        console.print(Text(_describe(revision), style="bold"), soft_wrap=True)
        if revision.before_title != revision.after_title:
            _print_pair(revision.before_title, revision.after_title)
        for change in revision.changes:
            _print_pair(change.before, change.after)


def print_changed_articles(changed: Iterable[tuple[str, int, str]]) -> None:
    """The articles that have earlier texts: day of the last change, number of earlier texts, id."""
    console = create_console()
    for name, count, when in changed:
        console.print(Text(f"{when[:10]}\t{count}\t{sanitize_line(name)}"), soft_wrap=True)


def _describe(revision: ArticleRevision) -> str:
    if revision.cause == "reading":
        what = "read in another way by a newer version of the program; the file is the same"
    elif revision.is_silent:
        what = "changed silently: no new date, and no word in it that says so"
    else:
        what = "changed"
    return f"{revision.found_at[:10]} {what} (before: {revision.before_sha256[:HASH_SHOWN]})"


def _print_pair(before: str, after: str) -> None:
    console = create_console()
    for sign, words, style in (("-", before, "red"), ("+", after, "green")):
        if words:
            console.print(Text(f"  {sign} {sanitize_line(words)}", style=style), soft_wrap=True)
