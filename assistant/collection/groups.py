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
    merged: dict[tuple[str, ...], list[tuple[str, int, int]]] = {}
    for row in library.count_quoted(article_ids, passages):
        merged.setdefault(make_name_key(row[0]), []).append(row)
    rows = []
    for group in merged.values():
        name, statements, articles = group[0]
        if len(group) > 1:
            places = list(library.place_statements([other for other, _, _ in group], article_ids, passages))
            statements, articles = len(places), len({place.article_id for place in places})
        rows.append(SpeakerRow(name, statements, articles))
    return sorted(rows, key=lambda row: (-row.statements, -row.articles, row.name))


def list_spellings(name: str, library: Library) -> list[str]:
    """The names in the library that are spellings of one."""
    return [other for other, _, _ in library.speakers() if make_name_key(other) == make_name_key(name)] or [name]


def say_groups(groups: Sequence[tuple[str, int]]) -> str:
    """Groups with their numbers: "Harbour Post 5 · The Ellery Courier 8 · 3 more"."""
    said = [f"{name} {count:,}" for name, count in groups[:MAX_SAID]]
    more = [f"{len(groups) - MAX_SAID:,} more"] if len(groups) > MAX_SAID else []
    return " · ".join([*said, *more])
