"""The entries of the build list: what the last build did to each article and file, and what waits for the next one.

Makes records from the states of the app; showing them is left to `BuildList`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from assistant.records.article import Notice
from assistant.records.build import ArticleName, PendingChanges
from assistant.text.formatting import shorten_path
from assistant.tui.state import BuildState

BuildListGroup = Literal["all", "waiting", "added", "changed", "removed", "skipped", "noted"]


@dataclass(frozen=True, slots=True)
class BuildListEntry:
    """One article or file: its status with a sign, its name, and its location or a reason, short and in full."""

    group: BuildListGroup
    status: str
    name: str
    detail: str
    full_detail: str

    def contains(self, words: Iterable[str]) -> bool:
        """Whether all of these case-folded words occur in the entry."""
        text = f"{self.status} {self.name} {self.full_detail}".casefold()
        return all(word in text for word in words)


def collect_entries(state: BuildState, pending: PendingChanges | None) -> list[BuildListEntry]:
    """All entries in order: changed files that wait, then notices of the last build, then the articles it changed."""
    waiting = [] if pending is None or state.is_running else list(_list_waiting(pending))
    report = state.report
    notices = report.notices if report else state.notices
    if not notices and report is None and pending is not None and not state.is_running:
        notices = pending.notices  # of an earlier build, before the program was started
    skipped = [_make_notice_entry("skipped", "! skipped", notice) for notice in notices if notice.skipped]
    noted = [_make_notice_entry("noted", "· note", notice) for notice in notices if not notice.skipped]
    if report is None:
        return [*waiting, *skipped, *noted]
    return [
        *waiting,
        *skipped,
        *noted,
        *_list_articles("removed", "− removed", report.removed_articles),
        *_list_articles("changed", "~ changed", report.changed_articles),
        *_list_articles("added", "+ added", report.added_articles),
    ]


def _list_waiting(pending: PendingChanges) -> Iterable[BuildListEntry]:
    for status, paths in (
        ("+ new", pending.added),
        ("~ changed", pending.changed),
        ("− removed", pending.removed),
        ("→ moved", pending.moved),
    ):
        for path in paths:
            folder = shorten_path(PurePath(path).parent)
            yield BuildListEntry("waiting", status, PurePath(path).name, folder, shorten_path(path))


def _list_articles(group: BuildListGroup, status: str, articles: Sequence[ArticleName]) -> list[BuildListEntry]:
    return [BuildListEntry(group, status, article.title, article.id, article.id) for article in articles]


def _make_notice_entry(group: BuildListGroup, status: str, notice: Notice) -> BuildListEntry:
    return BuildListEntry(group, status, PurePath(notice.place).name, notice.reason, str(notice))
