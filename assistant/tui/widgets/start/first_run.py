"""The first-run screen: it takes the place of answers and sources while there is no usable index."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from assistant.records.build import PendingChanges
from assistant.tui.messages import BuildWanted, FirstStepReady
from assistant.tui.state import BuildState, LibraryFault, LibraryState
from assistant.tui.widgets.build.build_stages import BuildStages
from assistant.tui.widgets.start.first_run_texts import INTRODUCTION, describe_articles, describe_failure
from assistant.tui.widgets.start.folder_choice import FolderChoice

BUILD_LABEL = "Build the index"
BUILD_LABELS: dict[LibraryFault | None, str] = {
    "mismatch": "Rebuild the index…",
    "damaged": "Rebuild the index…",
    "outdated": "Update the index",
}


class FirstRun(VerticalScroll, can_focus=False):
    """What the program does, where the articles are, and buttons that lead to the first question.

    Follows the app's `library`, `pending`, `articles` and `building`. Posts `BuildWanted`, and `FirstStepReady` once a
    build is possible; `FolderChoice` posts `FolderWanted`. The app builds and changes the settings; the screen decides
    whether this widget is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self._fault: LibraryFault | None = None
        self._was_ready = False  # the first step is reported once

    def compose(self) -> ComposeResult:
        """Yield texts, buttons, the choice of a folder and the stages of a build."""
        yield Static(Content(INTRODUCTION), id="first-run-introduction")
        yield Static(id="first-run-articles")
        yield Static(id="first-run-failure")
        with Horizontal(id="first-run-buttons"):
            yield Button(BUILD_LABEL, id="first-run-build", variant="primary", compact=True)
            yield Button("Another folder…", id="first-run-folder", compact=True)
            yield Button("Settings", id="first-run-settings", compact=True)
        yield FolderChoice()
        yield BuildStages(id="first-run-stages")

    def on_mount(self) -> None:
        """Follow the state of the app."""
        self.watch(self.app, "library", self._follow_library)
        for name in ("pending", "articles", "building"):
            self.watch(self.app, name, lambda: self._show_state())

    def _follow_library(self, state: LibraryState) -> None:
        self._fault = state.fault
        self._show_state()

    def _show_state(self) -> None:
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        building: BuildState = getattr(self.app, "building", BuildState())
        articles: tuple[Path, ...] = getattr(self.app, "articles", ())
        if not library.problem:
            return
        self.query_one("#first-run-articles", Static).update(describe_articles(library, pending, articles))
        failure = self.query_one("#first-run-failure", Static)
        failure.update(describe_failure(building))
        failure.display = building.phase == "failed"
        self._update_buttons(pending, building)

    def _update_buttons(self, pending: PendingChanges | None, building: BuildState) -> None:
        build = self.query_one("#first-run-build", Button)
        build.label = Content(BUILD_LABELS.get(self._fault, BUILD_LABEL))
        has_no_articles = self._fault == "missing" and pending is not None and not pending.added
        build.disabled = building.is_running or has_no_articles
        build.display = self._fault != "other"
        if self._fault == "missing" and not build.disabled and not self._was_ready:
            self._was_ready = True
            self.post_message(FirstStepReady())
        for selector in ("#first-run-folder", "#first-run-settings"):
            self.query_one(selector, Button).disabled = building.is_running

    @on(FolderChoice.Cancelled)
    def focus_next_step(self) -> None:
        """Focus the first button that can be pressed, so that Enter leads on."""
        buttons = self.query("#first-run-buttons Button").results(Button)
        usable = next((button for button in buttons if button.display and not button.disabled), None)
        if usable is not None:
            usable.focus()

    @on(Button.Pressed, "#first-run-build")
    def _request_build(self) -> None:
        self.post_message(BuildWanted(rebuild=self._fault in ("mismatch", "damaged")))

    @on(Button.Pressed, "#first-run-settings")
    async def _open_settings(self) -> None:
        await self.run_action("app.settings")

    @on(Button.Pressed, "#first-run-folder")
    def _open_folder_choice(self) -> None:
        self.query_one(FolderChoice).open()
