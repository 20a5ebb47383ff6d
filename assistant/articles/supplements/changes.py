"""Changes to what the user says of articles: fields set and reset, articles left out and taken back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.articles.supplements.fields import FieldValue, check_value, format_value
from assistant.articles.supplements.own_values import OwnEntry, change_entry, load_entries, save_entries
from assistant.errors import QuestionError
from assistant.records.article import Article


def set_values(
    folder: Path, articles: Sequence[Article], texts: Mapping[str, str], reset: Iterable[str] = ()
) -> list[str]:
    """Set fields of these articles to what somebody wrote, and withdraw those of `reset`; says what was done.

    `folder` is that of what was added. Raises QuestionError for a value that no article can have, before anything is
    changed, and LibraryError.
    """
    values: dict[str, FieldValue] = {}
    for name, text in texts.items():
        try:
            values[name] = check_value(name, text) if text.strip() or name == "title" else _get_empty(name)
        except ValueError as error:
            raise QuestionError(f"{name} {text[:60]!r}: {error}") from error
    entries, withdrawn = list(load_entries(folder)), tuple(reset)
    for article in articles:
        entries = change_entry(entries, article, values=values, cleared=withdrawn)
    save_entries(folder, entries)
    parts = [f"{name} {format_value(value) or 'none'}" for name, value in values.items()]
    done = ", ".join([*parts, *(f"{name} as read" for name in withdrawn)])
    return [f"{article.id}: {done}" for article in articles]


def _get_empty(name: str) -> FieldValue:
    return () if name == "tags" else None


def leave_out(folder: Path, articles: Sequence[Article]) -> None:
    """Keep these articles out of the library from the next build on. Raises LibraryError."""
    entries = list(load_entries(folder))
    for article in articles:
        entries = change_entry(entries, article, is_left_out=True)
    save_entries(folder, entries)


def list_left_out(folder: Path) -> list[OwnEntry]:
    """The articles that were left out and can come back. Raises LibraryError."""
    return [entry for entry in load_entries(folder) if entry.is_left_out]


def take_back(folder: Path, names: Sequence[str]) -> list[str]:
    """Let articles that were left out into the library again, all if none is named.

    A name is an id, a unique part of one, or a path. Returns their ids. Raises QuestionError if a name is none of
    theirs, and LibraryError.
    """
    entries = list(load_entries(folder))
    left_out = [entry for entry in entries if entry.is_left_out]
    chosen = set()
    for name in names:
        path = os.path.abspath(name)  # noqa: PTH100 - as the sources name files
        found = [entry for entry in left_out if entry.id == name or entry.path == path]
        if not found and len(partly := [entry for entry in left_out if name in entry.id]) == 1:
            found = partly
        if not found:
            raise QuestionError(f"{name}: not among the articles that were removed; see: assistant remove --list")
        chosen |= {entry.id for entry in found}
    chosen = chosen or {entry.id for entry in left_out}
    save_entries(folder, [replace(entry, is_left_out=False) if entry.id in chosen else entry for entry in entries])
    return sorted(chosen)
