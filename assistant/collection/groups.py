"""The stories of some articles, who is quoted in them, and groups with their numbers in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.records.library import SpeakerRow
from assistant.store.catalog import make_name_key
from assistant.store.protocol import Library

MAX_SAID = 12  # groups that a note lists


def count_stories(article_ids: Sequence[str], library: Library) -> int:
    """How many different stories some articles tell: near-copies count once."""
    numbers = library.load_story_numbers(article_ids)
    return len({numbers.get(article_id, article_id) for article_id in article_ids})


def find_quoted(
    library: Library, article_ids: Sequence[str] | None, passages: Collection[int] | None = None
) -> list[SpeakerRow]:
    """Who is quoted in these articles and passages, most statements first; None: in all.

    Spellings of one name are one speaker.
    """
    return [SpeakerRow(*row) for row in library.count_quoted(article_ids, passages, make_name_key)]


def list_spellings(names: Sequence[str], library: Library) -> list[list[str]]:
    """For each of some names, the names in the library that are spellings of it."""
    spellings: dict[tuple[str, ...], list[str]] = {make_name_key(name): [] for name in names}
    for other, _, _ in library.speakers():
        if (key := make_name_key(other)) in spellings:
            spellings[key].append(other)
    return [spellings[make_name_key(name)] or [name] for name in names]


def say_groups(groups: Sequence[tuple[str, int]]) -> str:
    """Groups with their numbers: "Harbour Post 5 · The Ellery Courier 8 · 3 more"."""
    said = [f"{name} {count:,}" for name, count in groups[:MAX_SAID]]
    more = [f"{len(groups) - MAX_SAID:,} more"] if len(groups) > MAX_SAID else []
    return " · ".join([*said, *more])
