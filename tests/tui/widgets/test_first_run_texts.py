"""What the first-run screen says."""

from __future__ import annotations

from pathlib import Path

from assistant.records.article import Notice
from assistant.records.build import PendingChanges
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.start.first_run_texts import (
    DAMAGED_TEXT,
    MISMATCH_TEXT,
    NOTICES_SHOWN,
    OUTDATED_TEXT,
    describe_articles,
    describe_failure,
)

MISSING = LibraryState("", problem=True, fault="missing")


def describe(library: LibraryState, pending: PendingChanges | None = None, articles: tuple[Path, ...] = ()) -> str:
    return describe_articles(library, pending, articles).plain


def test_files_are_counted_by_kind(tmp_path: Path) -> None:
    """The files are counted by suffix, most first, whatever its case."""
    pending = PendingChanges(added=("a.html", "b.md", "c.MD"))
    assert describe(MISSING, pending, (tmp_path,)) == f"Articles  {tmp_path}\n3 files to read (2 .md, 1 .html)"


def test_empty_and_missing_folder_say_what_to_do(tmp_path: Path) -> None:
    """An empty folder asks for files, a missing one to be created."""
    assert "No article yet. Put files there (" in describe(MISSING, PendingChanges(), (tmp_path,))
    assert "Create it, or choose another folder." in describe(MISSING, PendingChanges(), (tmp_path / "none",))


def test_unknown_files_are_not_described() -> None:
    """Before the files were listed, only the folder is named."""
    assert describe(MISSING) == "Articles  the folder named in the settings"


def test_unusable_index_is_explained() -> None:
    """Each fault has its text; other problems repeat the line of the library."""
    assert describe(LibraryState("", fault="mismatch")).startswith(MISMATCH_TEXT)
    assert describe(LibraryState("", fault="damaged")).startswith(DAMAGED_TEXT)
    assert describe(LibraryState("", fault="outdated")) == OUTDATED_TEXT
    assert describe(LibraryState("no permission", fault="other")) == "no permission"


def test_failure_lists_first_files() -> None:
    """A failed build is explained with the first files that could not be read, and the number of the others."""
    notices = tuple(Notice(f"/news/{number}.md", "the file is empty") for number in range(NOTICES_SHOWN + 2))
    lines = describe_failure(BuildState("failed", reason="no article could be read", notices=notices)).plain.split("\n")
    assert lines[:2] == ["! no article could be read", "  0.md: the file is empty"]
    assert lines[-1] == "  … and 2 more: F4 lists them"
    assert len(lines) == NOTICES_SHOWN + 2
    assert describe_failure(BuildState("done")).plain == ""
