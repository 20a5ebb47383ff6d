"""Builds and pending changes in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.presentation.build_summary import describe_missing_fields, describe_pending_changes
from assistant.records.build import BuildReport, PendingChanges


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (PendingChanges(), ""),
        (PendingChanges(added=("a",)), "1 file new"),
        (PendingChanges(changed=("a", "b")), "2 files changed"),
        (PendingChanges(added=("a", "b"), changed=("c",), removed=("d",)), "3 files new or changed, 1 removed"),
        (PendingChanges(removed=("a", "b")), "2 files removed"),
        (PendingChanges(moved=("a", "b")), "2 files moved"),
        (PendingChanges(added=("a",), moved=("b",)), "1 file new, 1 moved"),
        (PendingChanges(otherwise=True), "settings changed"),
        (PendingChanges(added=("a",), otherwise=True), "1 file new"),
    ],
)
def test_pending_changes_in_words(changes: PendingChanges, text: str) -> None:
    """Files are counted; changed settings count only if no file is new, changed or removed."""
    assert describe_pending_changes(changes) == text


def test_missing_fields_in_words() -> None:
    """Only what is missing is counted, with the command that lists it."""
    report = BuildReport(added=1, changed=0, removed=0, unchanged=2, passages=3, embedded=1, reused=2, seconds=1.0)
    assert describe_missing_fields(report) == ""
    assert describe_missing_fields(replace(report, undated=1, without_outlet=0)) == (
        "1 of 3 articles has no date: assistant articles list --missing date"
    )
