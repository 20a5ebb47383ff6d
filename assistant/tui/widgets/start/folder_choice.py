"""Choosing another folder of articles on the first-run screen: by typing its path or from a tree."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, DirectoryTree, Input, Static

from assistant.text.sanitize import sanitize_line
from assistant.tui.messages import FolderWanted


class ArticleTree(DirectoryTree):
    """Folders, and the files in them that can be read as articles. Posts what `DirectoryTree` posts."""

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "▸ ", "▾ ", "  "  # plain characters, which every terminal can draw

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out hidden names and unreadable files."""
        from assistant.articles.readers import READER_BY_SUFFIX  # not on the way to the first frame

        return [path for path in paths if not path.name.startswith(".") and _is_readable(path, READER_BY_SUFFIX)]


class FolderChoice(Vertical):
    """An input for a path, a tree to pick it from, and buttons; hidden until `open` is called.

    Posts `FolderWanted` with the chosen folder or file, or `Cancelled`. Changing the settings is left to the app.
    """

    class Cancelled(Message):
        """The user closed the choice without choosing."""

    def __init__(self) -> None:
        super().__init__(id="folder-choice")
        self.display = False

    def compose(self) -> ComposeResult:
        """Yield the parts except the tree, which would read a folder at once."""
        yield Static("Where are your articles? Type a folder, or choose one below:", id="folder-label")
        yield Input(id="folder-path", compact=True, placeholder="~/articles")
        yield Static(id="folder-problem")
        with Horizontal(id="folder-buttons"):
            yield Button("Use it from now on", id="folder-keep", variant="primary", compact=True)
            yield Button("Only this time", id="folder-once", compact=True)
            yield Button("Cancel", id="folder-cancel", compact=True)

    def open(self) -> None:
        """Show an empty input with the focus."""
        if not self.query(ArticleTree):
            self.mount(ArticleTree(Path.home(), id="folder-tree"), before="#folder-buttons")
        self.display = True
        self._enable_buttons(False)
        path = self.query_one("#folder-path", Input)
        path.value = ""
        path.focus()
        self.call_after_refresh(self.scroll_visible)

    def _enable_buttons(self, is_enabled: bool) -> None:
        for selector in ("#folder-keep", "#folder-once"):
            self.query_one(selector, Button).disabled = not is_enabled

    @on(DirectoryTree.DirectorySelected)
    @on(DirectoryTree.FileSelected)
    def _take_path(self, event: DirectoryTree.DirectorySelected | DirectoryTree.FileSelected) -> None:
        event.stop()
        self.query_one("#folder-path", Input).value = str(event.path)

    @on(Input.Changed, "#folder-path")
    def _check_path(self, event: Input.Changed) -> None:
        event.stop()
        folder = parse_folder(event.value)
        exists = folder is not None and folder.exists()
        is_problem = bool(event.value.strip()) and not exists
        problem = f"! There is no file or folder {sanitize_line(event.value)}" if is_problem else ""
        self.query_one("#folder-problem", Static).update(Content(problem))
        self._enable_buttons(exists)

    @on(Input.Submitted, "#folder-path")
    def _focus_keep(self, event: Input.Submitted) -> None:
        event.stop()
        keep = self.query_one("#folder-keep", Button)
        if not keep.disabled:
            keep.focus()

    @on(Button.Pressed, "#folder-keep")
    @on(Button.Pressed, "#folder-once")
    def _use_folder(self, event: Button.Pressed) -> None:
        event.stop()
        folder = parse_folder(self.query_one("#folder-path", Input).value)
        if folder is not None:
            self.display = False
            self.post_message(FolderWanted(folder, is_permanent=event.button.id == "folder-keep"))

    @on(Button.Pressed, "#folder-cancel")
    def _cancel(self, event: Button.Pressed) -> None:
        event.stop()
        self.display = False
        self.post_message(self.Cancelled())


def parse_folder(text: str) -> Path | None:
    """The absolute path that was typed; None for nothing and for what cannot be a path."""
    try:
        return Path(text.strip()).expanduser().absolute() if text.strip() else None
    except (RuntimeError, ValueError):
        return None


def _is_readable(path: Path, suffixes: Container[str]) -> bool:
    try:
        return path.is_dir() or path.suffix.lower() in suffixes
    except OSError:
        return False
