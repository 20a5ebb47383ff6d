"""Counts, paths and lists of names in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath


def count_noun(number: int, thing: str) -> str:
    """A count with its noun: "1 article", "2,500 articles". The plural of the noun must end in -s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def shorten_path(path: str | PurePath) -> str:
    """A path relative to the current folder or, with "~/", to the home folder; otherwise unchanged."""
    for folder, name in ((Path.cwd(), ""), (Path.home(), "~/")):
        if folder != Path("/") and Path(path).is_relative_to(folder):
            inner = Path(path).relative_to(folder)
            return f"{name}{inner}" if inner.parts else name.rstrip("/") or "."
    return str(path)


def join_names(names: Sequence[str], conjunction: str = "and") -> str:
    """Names as a list in a sentence: "A", "A and B", "A, B and C". Raises IndexError if there are none."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
