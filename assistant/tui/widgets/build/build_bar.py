"""The bar that is there while a build runs and tells how it ended."""

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
    """What the build is doing, how far and how fast, and a way to stop it. Follows the app's `building`."""

    class StopWanted(Message):
        """The user wants the build stopped."""

    said_for: ClassVar[float] = 20.0  # seconds that the end of a build is told

    def __init__(self) -> None:
        super().__init__()
        self._stage = Static(id="build-stage")
        self._progress = ProgressBar(id="build-progress", show_eta=False)
        self._hide_timer: Timer | None = None

    def on_mount(self) -> None:
        self.watch(self.app, "building", self._show_build)

    def _show_build(self, state: BuildState) -> None:
        if self._hide_timer is not None:
            self._hide_timer.stop()
        if state.phase in ("done", "stopped"):  # what it did is told at length on the screen of the index
            self._hide_timer = self.set_timer(self.said_for, lambda: self.set_classes(""))
        if state.phase != "idle" and not self._stage.is_attached:  # an empty screen is there sooner without them
            self.mount(self._stage, self._progress, Button("Stop", id="build-stop", compact=True))
        match state.phase:
            case "idle":
                self.set_classes("")
            case "running":
                self._show_progress(state)
            case "stopping":
                self._show_text("Stopping…")
            case "done" if state.report is not None:
                from assistant.presentation.build_summary import (
                    summarize_build,  # brings numpy: not on the way to the first frame
                )

                self.set_classes("-done")
                self._show_text(f"Index up to date: {summarize_build(state.report)}")
            case "stopped":
                self.set_classes("-done")
                self._show_text("Build stopped; the index is as it was.")
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
