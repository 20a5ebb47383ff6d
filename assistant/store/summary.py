"""What a library contains, for people: names, counts, dates and size."""

from __future__ import annotations

from typing import Any

from assistant.embedding.model_files import FLOAT_PRECISION
from assistant.records.library import LibrarySummary
from assistant.store.protocol import Library


def summarize_library(library: Library) -> LibrarySummary:
    """The speakers, outlets, titles and days of a library."""
    dates = library.date_range() or (None, None)
    named = set(library.source_names())
    return LibrarySummary(
        tuple((name, statements) for name, statements, _ in library.speakers()),
        tuple((name, articles) for name, articles in library.sources() if name in named),
        tuple(library.titles()),
        library.article_count(),
        *dates,
    )


def collect_statistics(library: Library, runs_on: str | None) -> dict[str, Any]:
    """Counts, first and last day, how the library was built, and bytes on disk; `runs_on` is the model's device."""
    first, last = library.date_range() or (None, None)
    return {
        **library.counts(),
        "first_article": first,
        "last_article": last,
        "model": library.manifest["model"],
        "precision": library.manifest.get("precision", FLOAT_PRECISION),
        **({"runs_on": runs_on} if runs_on else {}),
        "built_at": library.manifest["built_at"],
        "index": library.location,
        "bytes": library.size_in_bytes(),
        "outlets": dict(library.sources()),
    }
