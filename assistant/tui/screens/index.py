"""The screen of the index: how it stands to the files, what a build is doing, and what it did."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from assistant.presentation.build_summary import describe_pending_changes
from assistant.records.build import PendingChanges
from assistant.text.formatting import count_noun, shorten_path
from assistant.text.sanitize import sanitize_line
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.build.build_list import BuildList
from assistant.tui.widgets.build.build_stages import BuildStages
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status


class IndexScreen(Screen[None]):
    """Follows the app's `library`, `pending` and `building`; the app builds."""

    CSS_PATH = "../styles/index.tcss"
    AUTO_FOCUS = "#build-table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f4", "app.back_to_asking", "Back", key_display="esc", tooltip="In the index: back to asking"),
        Binding(
            "f6", "app.rebuild", "Rebuild", tooltip="In the index: make it anew; asks first, and says what it costs"
        ),
    ]

    def compose(self) -> ComposeResult:
        yield Status()
        yield Static(id="index-about")
        with Horizontal(id="index-buttons"):
            yield Button("Update", id="index-update", variant="primary", compact=True)
            yield Button("Rebuild…", id="index-rebuild", compact=True)
            yield Button("Stop", id="index-stop", variant="warning", compact=True)
            yield Static(id="index-hint")
        yield BuildStages(id="index-stages")
        yield Static(id="index-end")
        yield BuildList()
        yield KeyBar()

    def on_mount(self) -> None:
        for name in ("library", "pending"):
            self.watch(self.app, name, lambda: self._show_about())
        self.watch(self.app, "building", self._show_building)

    def on_resize(self) -> None:
        self._show_about()

    def _show_about(self) -> None:
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        lines = [("Index", _describe_index(library)), ("Files", _describe_files(library, pending))]
        if pending is not None and pending.sources:
            where = ", ".join(pending.sources)
            lines.append(("!", f"Built from {where}, which is not what the settings name; an update follows them."))
        content = Content("\n").join(
            Content.assemble((f"{label}  ", "bold"), Content(sanitize_line(text))) for label, text in lines
        )
        self.query_one("#index-about", Static).update(content)

    def _show_building(self, state: BuildState) -> None:
        running = state.is_running
        self.set_class(running, "-building")
        self.set_class(state.phase == "done", "-done")
        update, rebuild, stop = (self.query_one(f"#index-{name}", Button) for name in ("update", "rebuild", "stop"))
        had_focus = self.focused in (update, rebuild, stop)
        update.display = rebuild.display = not running
        stop.display = running
        stop.disabled = state.phase == "stopping"
        if had_focus:
            (stop if running else update).focus()
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        asking = "Questions are answered from the last complete index meanwhile."
        hint = "" if not running else asking if library.figures else "Questions can be asked when it is complete."
        self.query_one("#index-hint", Static).update("Stopping…" if state.phase == "stopping" else hint)
        end = self.query_one("#index-end", Static)
        end.set_class(state.phase == "failed", "-failed")
        end.update(_render_end(state))
        end.display = state.phase in ("done", "stopped", "failed")

    @on(Button.Pressed, "#index-update")
    async def _update(self) -> None:
        await self.run_action("app.build")

    @on(Button.Pressed, "#index-rebuild")
    async def _rebuild(self) -> None:
        await self.run_action("app.rebuild")

    @on(Button.Pressed, "#index-stop")
    async def _stop(self) -> None:
        await self.run_action("app.stop_build")


def _describe_index(library: LibraryState) -> str:
    figures = library.figures
    if figures is None:
        return "There is none to ask yet; see above." if library.problem else "… " + library.line
    built = str(figures["built_at"])[:16].replace("T", " ")
    size = figures["bytes"] / 1_000_000
    return (
        f"{count_noun(figures['passages'], 'passage')} · built {built} UTC · {size:.1f} MB · {figures['model']} · "
        f"{shorten_path(figures['index'])}"
    )


def _describe_files(library: LibraryState, pending: PendingChanges | None) -> str:
    if pending is None:
        return "… looking" if library.busy else "It is not known whether they have changed."
    if library.fault == "missing":
        count = len(pending.added)
        from assistant.articles.readers import list_suffixes  # not on the way to the first frame

        formats = list_suffixes("or")
        return f"{count:,} to read." if count else f"None to read ({formats}) where the settings look."
    if not pending:
        return "Nothing has changed since the build."
    why = " An update goes through every file: the settings for reading, or the program, have changed."
    return f"{describe_pending_changes(pending).capitalize()} since the build.{why if pending.otherwise else ''}"


def _render_end(state: BuildState) -> Content:
    if state.report is not None:
        from assistant.presentation.build_summary import summarize_build

        return Content(f"✓ {summarize_build(state.report)}")
    if state.phase == "stopped":
        return Content("✗ Stopped; the index is as it was. What was embedded is kept for the next build.")
    return Content(f"! {sanitize_line(state.reason or '')}")
