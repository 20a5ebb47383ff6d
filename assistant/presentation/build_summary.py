"""Builds in one line: what a build did, and what the next one would find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.presentation.filtering import NO_DATE, NO_OUTLET
from assistant.records.build import BuildReport, PendingChanges
from assistant.text.formatting import count_noun


def summarize_build(report: BuildReport) -> str:
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
    reused = f" ({report.reused:,} embedded before)" if report.reused else ""
    skipped = f"; {report.skipped} skipped" if report.skipped else ""
    return (
        f"{count_noun(report.articles, 'article')} ({', '.join(changes)}){skipped}, "
        f"{count_noun(report.passages, 'passage')}, {embedded}{reused}, in {report.seconds:.1f} s"
    )


def describe_missing_fields(report: BuildReport) -> str:
    """How many articles have no date or no outlet, and how to list them; empty if all have both."""
    parts = []
    for count, field in ((report.undated, "date"), (report.without_outlet, "outlet")):
        if count:
            verb = "has" if count == 1 else "have"
            parts.append(
                f"{count:,} of {count_noun(report.articles, 'article')} {verb} no {field}: "
                f"assistant articles list --missing {field}"
            )
    return "\n".join(parts)


def describe_gaps(statistics: Mapping[str, Any]) -> str:
    """What the articles of a library lack, with the words that filter the list of articles for it; empty if nothing."""
    parts = []
    for key, what, typed in (("undated", "no date", NO_DATE), ("without_outlet", "no outlet", NO_OUTLET)):
        if count := statistics.get(key):
            parts.append(f"{count:,} of {count_noun(statistics['articles'], 'article')} with {what} (F3: {typed})")
    if count := statistics.get("partial"):
        parts.append(f"{count:,} only in part (assistant articles list --missing rest)")
    return ", ".join(parts)


def describe_pending_changes(changes: PendingChanges) -> str:
    """The changes that the next build would find: "3 files new or changed, 1 removed"; empty if there are none."""
    parts: list[str] = []
    for count, name in (
        (len(changes.added) + len(changes.changed), _name_changes(changes)),
        (len(changes.removed), "removed"),
        (len(changes.moved), "moved"),
    ):
        if count:
            parts.append(f"{count:,} {name}" if parts else f"{count_noun(count, 'file')} {name}")
    if changes.otherwise and not parts:
        parts.append("settings changed")
    return ", ".join(parts)


def _name_changes(changes: PendingChanges) -> str:
    if changes.added and changes.changed:
        return "new or changed"
    return "new" if changes.added else "changed"
