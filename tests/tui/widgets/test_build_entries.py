"""The entries of the build list, from the states of the app."""

from __future__ import annotations

from assistant.records.article import Notice
from assistant.records.build import ArticleName, BuildReport, PendingChanges
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_entries import BuildListEntry, collect_entries

REPORT = BuildReport(
    added=1,
    changed=0,
    removed=1,
    unchanged=3,
    passages=9,
    embedded=2,
    reused=7,
    seconds=1.0,
    notices=(Notice("/news/scan.txt", "not text"), Notice("/news/a.md", "no date", skipped=False)),
    added_articles=(ArticleName("b.md", "Bridge closed"),),
    removed_articles=(ArticleName("c.md", "Harbour"),),
)


def test_entries_in_order_of_urgency() -> None:
    """Changed files that wait come first, then notices, then the articles of the last build."""
    entries = collect_entries(BuildState("done", report=REPORT), PendingChanges(added=("/news/new.md",)))
    assert [(entry.group, entry.status, entry.name) for entry in entries] == [
        ("waiting", "+ new", "new.md"),
        ("skipped", "! skipped", "scan.txt"),
        ("noted", "· note", "a.md"),
        ("removed", "− removed", "Harbour"),
        ("added", "+ added", "Bridge closed"),
    ]
    assert entries[0].detail == "/news"
    assert entries[1].detail == "not text"


def test_running_build_hides_waiting_files() -> None:
    """While a build runs, the files that it is reading do not wait."""
    assert collect_entries(BuildState("running"), PendingChanges(added=("/news/new.md",))) == []


def test_failed_build_keeps_notices() -> None:
    """Without a report the notices of the state are listed."""
    state = BuildState("failed", notices=(Notice("/news/scan.txt", "not text"),))
    assert [entry.name for entry in collect_entries(state, None)] == ["scan.txt"]


def test_entry_contains_all_words() -> None:
    """A filter needs all of its words, in any part of the entry and any case."""
    entry = BuildListEntry("added", "+ added", "Bridge closed", "b.md", "news/b.md")
    assert entry.contains(["bridge", "news/"])
    assert not entry.contains(["bridge", "harbour"])
