"""Counts, lists and paths as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath


def count_noun(number: int, thing: str) -> str:
    """A number of things: "1 article", "2,500 articles"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def shorten_path(path: str | PurePath) -> str:
    """A path as people write it: from the current folder on, or from their home."""
    for folder, name in ((Path.cwd(), ""), (Path.home(), "~/")):
        if folder != Path("/") and Path(path).is_relative_to(folder):
            inner = Path(path).relative_to(folder)
            return f"{name}{inner}" if inner.parts else name.rstrip("/") or "."
    return str(path)


def join_names(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
