"""The bar that is there while a build runs and tells how it ended."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, ProgressBar, Static

from assistant.display import one_line
from assistant.records import BuildEvent, BuildReport, Notice, Progress


class BuildBar(Horizontal):
    """What the build is doing, how far it is, and a way to stop it."""

    class StopWanted(Message):
        """The user wants the build stopped."""

    def compose(self) -> ComposeResult:
        yield Static(id="build-stage")
        yield ProgressBar(id="build-progress", show_eta=True)
        yield Button("Stop", id="build-stop", compact=True)

    def begin(self) -> None:
        """A build has been started."""
        self.set_classes("-running")
        self._say("Starting the build…")
        self.query_one(ProgressBar).update(total=None, progress=0)

    def take(self, event: BuildEvent) -> None:
        """Show how the build is doing, or what came of it."""
        from assistant.console import STAGES, summary  # brings numpy: not on the way to the first frame

        if isinstance(event, Progress):
            self._say(STAGES[event.stage])
            self.query_one(ProgressBar).update(total=event.total or None, progress=event.done)
        elif isinstance(event, BuildReport):
            self.set_classes("-done")
            self._say(f"Index up to date: {summary(event)}")
            for notice in [notice for notice in event.notices if notice.skipped][:5]:
                self._tell(notice)

    def _tell(self, notice: Notice) -> None:
        self.notify(one_line(str(notice)), title="Skipped", severity="warning", markup=False)

    def stopping(self) -> None:
        """The build has been asked to stop."""
        self._say("Stopping…")

    def end(self, reason: str | None) -> None:
        """The build was stopped (no reason) or failed."""
        self.set_classes("-done" if reason is None else "-failed")
        self._say("Build stopped; the index is as it was." if reason is None else f"! {reason}")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.StopWanted())

    def _say(self, text: str) -> None:
        self.query_one("#build-stage", Static).update(Content(one_line(text)))
