"""The bar above the prompt of the main screen: the progress of a build, and its result when it has ended."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, ProgressBar, Static

from assistant.text.sanitize import sanitize_line
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_stages import describe_build


class BuildBar(Horizontal):
    """The stage, progress and speed of a build, with a button that stops it; hidden while no build runs.

    Follows the app's `building`. Posts `StopWanted`; the app stops the build.
    """

    class StopWanted(Message):
        """The build should stop."""

    result_seconds: ClassVar[float] = 20.0  # seconds for which the result of a build is shown

    def __init__(self) -> None:
        super().__init__()
        self._stage = Static(id="build-stage")
        self._progress = ProgressBar(id="build-progress", show_eta=False)
        self._hide_timer: Timer | None = None

    def on_mount(self) -> None:
        """Follow the state of the app."""
        self.watch(self.app, "building", self._show_build)

    def _show_build(self, state: BuildState) -> None:
        if self._hide_timer is not None:
            self._hide_timer.stop()
        if state.phase in ("done", "stopped"):  # the index screen shows the details
            self._hide_timer = self.set_timer(self.result_seconds, lambda: self.set_classes(""))
        if state.phase != "idle" and not self._stage.is_attached:  # so the first frame is drawn without them
            self.mount(self._stage, self._progress, Button("Stop", id="build-stop", compact=True))
        match state.phase:
            case "idle":
                self.set_classes("")
            case "running":
                self._show_progress(state)
            case "stopping":
                self._show_text("Stopping…")
            case "done" if state.report is not None:
                # Imports numpy, which would delay the first frame.
                from assistant.presentation.build_summary import summarize_build

                self.set_classes("-done")
                self._show_text(f"Index up to date: {summarize_build(state.report)}")
            case "stopped":
                self.set_classes("-done")
                self._show_text("Build stopped. The index is unchanged.")
            case _:
                self.set_classes("-failed")
                self._show_text(f"! {state.reason}")

    def _show_progress(self, state: BuildState) -> None:
        self.set_classes("-running")
        self._show_text(describe_build(state))
        share = state.stages[-1].share if state.stages else None
        self._progress.update(total=None if share is None else 100, progress=100 * (share or 0))

    @on(Button.Pressed)
    def _request_stop(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.StopWanted())

    def _show_text(self, text: str) -> None:
        self._stage.update(Content(sanitize_line(text)))
