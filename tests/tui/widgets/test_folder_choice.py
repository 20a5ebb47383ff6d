"""Choosing a folder on the first-run screen, in a host app."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button, Input

from assistant.tui.messages import FolderWanted
from assistant.tui.widgets.start.folder_choice import ArticleTree, FolderChoice, parse_folder
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree shows an empty home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "folder"), [("", None), ("  ", None), ("~/news ", "news"), ("~nobody-at-all/x", None)]
)
def test_typed_path_is_parsed(tmp_path: Path, text: str, folder: str | None) -> None:
    """A path is made absolute; nothing, and the home of an unknown user, is no path."""
    assert parse_folder(text) == (None if folder is None else tmp_path / folder)


async def test_existing_folder_can_be_used(tmp_path: Path) -> None:
    """The buttons work only for an existing path; the message says whether to use it from now on."""
    choice = FolderChoice()
    host = WidgetHost(choice)
    async with host.run_test(size=(80, 30), message_hook=host.record) as pilot:
        assert not choice.display
        choice.open()
        await wait_until(pilot, lambda: choice.query_one("#folder-path", Input).has_focus)
        await pilot.press(*"/no/such")
        await wait_until(pilot, lambda: "! There is no file or folder /no/such" in screen_text(host))
        assert choice.query_one("#folder-keep", Button).disabled
        choice.query_one("#folder-path", Input).value = str(tmp_path)
        await wait_until(pilot, lambda: not choice.query_one("#folder-once", Button).disabled)
        choice.query_one("#folder-once", Button).press()
        await wait_until(pilot, lambda: host.posted(FolderWanted))
        message = host.posted(FolderWanted)[0]
        assert (message.folder, message.is_permanent) == (tmp_path, False)
        assert not choice.display


async def test_cancel_closes() -> None:
    """Cancelling hides the choice and says so."""
    choice = FolderChoice()
    host = WidgetHost(choice)
    async with host.run_test(size=(80, 30), message_hook=host.record) as pilot:
        choice.open()
        await pilot.pause()
        choice.query_one("#folder-cancel", Button).press()
        await wait_until(pilot, lambda: host.posted(FolderChoice.Cancelled))
        assert not choice.display
        assert host.posted(FolderWanted) == []


async def test_tree_shows_readable_files_only(tmp_path: Path) -> None:
    """Folders and files of the readable formats are shown, hidden ones are not."""
    (tmp_path / "more").mkdir()
    names = ("a.md", "b.DOC", ".c.md", "d.HTM", "more")
    tree = ArticleTree(tmp_path)
    async with WidgetHost(tree).run_test():
        shown = tree.filter_paths([tmp_path / name for name in names])
    assert [path.name for path in shown] == ["a.md", "d.HTM", "more"]
