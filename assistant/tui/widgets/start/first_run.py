"""What stands in place of the conversation while there is no index to ask: what this is, and the way to an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from pathlib import Path, PurePath

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, DirectoryTree, Input, Static

from assistant.records.build import PendingChanges
from assistant.text.sanitize import sanitize_line
from assistant.tui.messages import BuildWanted, FirstStepReady, FolderWanted
from assistant.tui.state import BuildState, LibraryFault, LibraryState
from assistant.tui.widgets.build.build_stages import BuildStages

INTRODUCTION = (
    "Ask your own news articles a question: the answer is made of their words, and every quotation opens the article "
    "at the place where it stands. All of it stays on this machine, and needs no network."
)
NOTICES_SHOWN = 6
MISMATCH_TEXT = "The index was built by another version or with another model or other settings, so it cannot be asked."
STEP_LABELS = {"mismatch": "Rebuild the index…", "damaged": "Rebuild the index…", "outdated": "Update the index"}
OUTDATED_TEXT = (
    "An older version of this program made the index. An update brings it up to date and embeds nothing anew."
)
DAMAGED_TEXT = "The index on disk does not hold together any more. The articles are not touched by that."
REBUILD_TEXT = "It can be made anew from the articles; until that is complete, nothing of it is lost."


class ArticleTree(DirectoryTree):
    """Folders, and the files in them that can be read as articles."""

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "▸ ", "▾ ", "  "  # every terminal has them

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out hidden names and other files."""
        from assistant.articles.readers import READER_BY_SUFFIX  # not on the way to the first frame

        return [path for path in paths if not path.name.startswith(".") and _is_readable(path, READER_BY_SUFFIX)]


def _is_readable(path: Path, suffixes: Container[str]) -> bool:
    try:
        return path.is_dir() or path.suffix.lower() in suffixes
    except OSError:
        return False


class FirstRun(VerticalScroll, can_focus=False):
    """Leads from no index to the first question. Follows the app's `library`, `pending` and `building`."""

    def __init__(self) -> None:
        super().__init__()
        self._fault: LibraryFault | None = None
        self._has_led = False  # to the button that builds, which is done once

    def compose(self) -> ComposeResult:
        yield Static(Content(INTRODUCTION), id="first-run-introduction")
        yield Static(id="first-run-articles")
        yield Static(id="first-run-failure")
        with Horizontal(id="first-run-buttons"):
            yield Button("Build the index", id="first-run-build", variant="primary", compact=True)
            yield Button("Another folder…", id="first-run-folder", compact=True)
            yield Button("Settings", id="first-run-settings", compact=True)
        with Vertical(id="folder-choice"):
            yield Static("Where your articles are: type a folder, or choose one below", id="folder-label")
            yield Input(id="folder-path", compact=True, placeholder="~/articles")
            yield Static(id="folder-problem")
            with Horizontal(id="folder-buttons"):
                yield Button("Use it from now on", id="folder-keep", variant="primary", compact=True)
                yield Button("Only this time", id="folder-once", compact=True)
                yield Button("Cancel", id="folder-cancel", compact=True)
        yield BuildStages(id="first-run-stages")

    def on_mount(self) -> None:
        self.query_one("#folder-choice").display = False
        self.watch(self.app, "library", self._follow_library)
        for name in ("pending", "articles"):
            self.watch(self.app, name, lambda: self._show_state())
        self.watch(self.app, "building", lambda: self._show_state())

    def _follow_library(self, state: LibraryState) -> None:
        self._fault = state.fault
        self._show_state()

    def _show_state(self) -> None:
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        building: BuildState = getattr(self.app, "building", BuildState())
        if not library.problem:
            return
        articles: tuple[Path, ...] = getattr(self.app, "articles", ())
        self.query_one("#first-run-articles", Static).update(_describe_place(library, pending, articles))
        why = self.query_one("#first-run-failure", Static)
        why.update(_describe_failure(building))
        why.display = building.phase == "failed"
        build = self.query_one("#first-run-build", Button)
        build.label = Content(STEP_LABELS.get(self._fault or "", "Build the index"))
        nothing = self._fault == "missing" and pending is not None and not pending.added
        build.disabled = building.is_running or nothing
        build.display = self._fault != "other"
        if self._fault == "missing" and not build.disabled and not self._has_led:
            self._has_led = True
            self.post_message(FirstStepReady())
        for name in ("folder", "settings"):
            self.query_one(f"#first-run-{name}", Button).disabled = building.is_running

    def focus_next_step(self) -> None:
        """Lead to the next step by Enter, for whoever has just come and typed nothing yet."""
        buttons = self.query("#first-run-buttons Button").results(Button)
        usable = next((button for button in buttons if button.display and not button.disabled), None)
        if usable is not None:
            usable.focus()

    # ------------------------------------------------------------------------------------- the steps

    @on(Button.Pressed, "#first-run-build")
    def _request_build(self) -> None:
        self.post_message(BuildWanted(rebuild=self._fault in ("mismatch", "damaged")))

    @on(Button.Pressed, "#first-run-settings")
    async def _open_settings(self) -> None:
        await self.run_action("app.settings")

    @on(Button.Pressed, "#first-run-folder")
    def _open_folder_choice(self) -> None:
        if not self.query(ArticleTree):  # which reads the folder at once
            self.query_one("#folder-choice").mount(ArticleTree(Path.home(), id="folder-tree"), before="#folder-buttons")
        self.query_one("#folder-choice").display = True
        for name in ("keep", "once"):
            self.query_one(f"#folder-{name}", Button).disabled = True
        path = self.query_one("#folder-path", Input)
        path.value = ""
        path.focus()
        self.call_after_refresh(self.query_one("#folder-choice").scroll_visible)

    @on(DirectoryTree.DirectorySelected)
    @on(DirectoryTree.FileSelected)
    def _take_path(self, event: DirectoryTree.DirectorySelected | DirectoryTree.FileSelected) -> None:
        event.stop()
        self.query_one("#folder-path", Input).value = str(event.path)

    @on(Input.Changed, "#folder-path")
    def _check_path(self, event: Input.Changed) -> None:
        event.stop()
        folder = _parse_folder(event.value)
        there = folder is not None and folder.exists()
        told = "" if there or not event.value.strip() else f"! There is no {sanitize_line(event.value)}"
        self.query_one("#folder-problem", Static).update(Content(told))
        for name in ("keep", "once"):
            self.query_one(f"#folder-{name}", Button).disabled = not there

    @on(Input.Submitted, "#folder-path")
    def _focus_keep(self, event: Input.Submitted) -> None:
        event.stop()
        keep = self.query_one("#folder-keep", Button)
        if not keep.disabled:
            keep.focus()

    @on(Button.Pressed, "#folder-keep")
    @on(Button.Pressed, "#folder-once")
    def _use_folder(self, event: Button.Pressed) -> None:
        folder = _parse_folder(self.query_one("#folder-path", Input).value)
        if folder is not None:
            self.query_one("#folder-choice").display = False
            self.post_message(FolderWanted(folder, is_permanent=event.button.id == "folder-keep"))

    @on(Button.Pressed, "#folder-cancel")
    def _close_folder_choice(self) -> None:
        self.query_one("#folder-choice").display = False
        self.focus_next_step()


def _parse_folder(text: str) -> Path | None:
    try:
        return Path(text.strip()).expanduser().absolute() if text.strip() else None
    except (RuntimeError, ValueError):
        return None


def _describe_place(library: LibraryState, pending: PendingChanges | None, articles: tuple[Path, ...]) -> Content:
    """Where articles are looked for, and what is there; or what is the matter with the index."""
    if library.fault in ("mismatch", "damaged"):
        return Content.assemble(
            (MISMATCH_TEXT if library.fault == "mismatch" else DAMAGED_TEXT, "bold"), "\n", REBUILD_TEXT
        )
    if library.fault == "outdated":
        return Content.styled(OUTDATED_TEXT, "bold")
    if library.fault == "other":
        return Content(sanitize_line(library.line))
    named = ", ".join(map(str, articles)) or "the folder that the settings name"
    if pending is None:
        return Content.assemble(("Articles  ", "bold"), sanitize_line(named))
    count = len(pending.added)
    if not count:
        there = any(path.exists() for path in articles)
        told = f"No article yet: put files there ({_list_formats()})" if there else "There is no such folder: make it"
        return Content.assemble(("Articles  ", "bold"), sanitize_line(named), f"\n{told}, or point at another folder.")
    kinds = Counter(PurePath(path).suffix.lower() for path in pending.added).most_common()
    listed = ", ".join(f"{number:,} {kind}" for kind, number in kinds)
    files = f"{count:,} file{'' if count == 1 else 's'} to read ({listed})"
    return Content.assemble(("Articles  ", "bold"), sanitize_line(named), f"\n{files}")


def _list_formats() -> str:
    from assistant.articles.readers import list_suffixes  # not on the way to the first frame

    return list_suffixes("or")


def _describe_failure(building: BuildState) -> Content:
    """Why the last build came to nothing, with each file that could not be read."""
    if building.phase != "failed":
        return Content("")
    lines = [f"! {sanitize_line(building.reason or '')}"]
    lines += [
        f"  {sanitize_line(PurePath(one.place).name)}: {sanitize_line(one.reason)}"
        for one in building.notices[:NOTICES_SHOWN]
    ]
    if len(building.notices) > NOTICES_SHOWN:
        lines.append(f"  … and {len(building.notices) - NOTICES_SHOWN:,} more: F4 lists them")
    return Content("\n".join(lines))
