"""The screen of the index: whether it is up to date, what a build is doing, and what it did."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from assistant.presentation.build_summary import describe_gaps, describe_pending_changes
from assistant.records.build import PendingChanges
from assistant.text.formatting import count_noun, shorten_path
from assistant.text.sanitize import sanitize_line
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.build.build_list import BuildList
from assistant.tui.widgets.build.build_stages import BuildStages
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status


class IndexScreen(Screen[None]):
    """Shows the app's `library`, `pending` and `building`. The app runs the builds."""

    CSS_PATH = "../styles/index.tcss"
    AUTO_FOCUS = "#build-table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f4", "app.back_to_asking", "Back", key_display="esc", tooltip="In the index: return to asking"),
        Binding("f6", "app.rebuild", "Rebuild", tooltip="In the index: rebuild it; first shows the cost and asks"),
    ]

    def compose(self) -> ComposeResult:
        """The state of the index and its buttons, the stages of the build, the lists of what it did."""
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
        """Follow the app."""
        for name in ("library", "pending"):
            self.watch(self.app, name, lambda: self._show_about())
        self.watch(self.app, "building", self._show_building)

    def on_resize(self) -> None:
        """Render the paths again, which are shortened."""
        self._show_about()

    def _show_about(self) -> None:
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        lines = [("Index", _describe_index(library)), ("Files", _describe_files(library, pending))]
        changes, building = (library.figures or {}).get("last_build"), getattr(self.app, "building", BuildState())
        if changes and building.report is None:  # else the end of the build tells more
            lines.insert(1, ("Build", f"The last one: {changes}."))
        if gaps := describe_gaps(library.figures or {}):
            lines.append(("Gaps", gaps))
        if pending is not None and pending.sources:
            sources = ", ".join(pending.sources)
            told = "but the settings name other folders; an update adds those and drops nothing."
            lines.append(("!", f"Built from {sources}, {told}"))
        content = Content("\n").join(
            Content.assemble((f"{label}  ", "bold"), Content(sanitize_line(text))) for label, text in lines
        )
        self.query_one("#index-about", Static).update(content)

    def _show_building(self, state: BuildState) -> None:
        is_running = state.is_running
        self.set_class(is_running, "-building")
        self.set_class(state.phase == "done", "-done")
        update, rebuild, stop = (self.query_one(f"#index-{name}", Button) for name in ("update", "rebuild", "stop"))
        had_focus = self.focused in (update, rebuild, stop)
        update.display = rebuild.display = not is_running
        stop.display = is_running
        stop.disabled = state.phase == "stopping"
        if had_focus:
            (stop if is_running else update).focus()
        self.query_one("#index-hint", Static).update(self._describe_waiting(state))
        end = self.query_one("#index-end", Static)
        end.set_class(state.phase == "failed", "-failed")
        end.update(_render_end(state))
        end.display = state.phase in ("done", "stopped", "failed")

    def _describe_waiting(self, state: BuildState) -> str:
        """What the user can do during a build."""
        library: LibraryState = getattr(self.app, "library", LibraryState(""))
        if state.phase == "stopping":
            return "Stopping…"
        if not state.is_running:
            return ""
        if library.figures:
            return "Meanwhile, questions are answered from the last complete index."
        return "You can ask questions when the index is complete."

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
        return "Not available; see above." if library.problem else "… " + library.line
    built = f"{datetime.fromisoformat(figures['built_at']).astimezone():%Y-%m-%d %H:%M}"  # as the clock here says
    size = figures["bytes"] / 1_000_000
    return (
        f"{count_noun(figures['passages'], 'passage')} · built {built} · {size:.1f} MB · {figures['model']} · "
        f"{shorten_path(figures['index'])}"
    )


def _describe_files(library: LibraryState, pending: PendingChanges | None) -> str:
    if pending is None:
        return "… Checking" if library.busy else "Not checked for changes."
    if library.fault == "missing":
        count = len(pending.added)
        if count:
            return f"{count:,} to read."
        from assistant.articles.readers import list_suffixes  # would delay the first frame

        return f"None to read ({list_suffixes('or')}) in the configured folders."
    if not pending:
        return "No changes since the last build."
    why = " An update reads every file again, because the settings for reading or the program have changed."
    return f"{describe_pending_changes(pending).capitalize()} since the last build.{why if pending.otherwise else ''}"


def _render_end(state: BuildState) -> Content:
    if state.report is not None:
        from assistant.presentation.build_summary import summarize_build

        return Content(f"✓ {summarize_build(state.report)}")
    if state.phase == "stopped":
        return Content("✗ Stopped; the index has not changed. The next build reuses the embeddings that are done.")
    return Content(f"! {sanitize_line(state.reason or '')}")
