"""The lists of the index screen: what the last build did to each article and file, and what waits for the next."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static, Tab, Tabs

from assistant.records.build import PendingChanges
from assistant.text.sanitize import sanitize_line
from assistant.tui.messages import ArticleWanted
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_entries import BuildListEntry, BuildListGroup, collect_entries
from assistant.tui.widgets.common.columns import Column
from assistant.tui.widgets.common.filter_box import FilterBox, type_into
from assistant.tui.widgets.common.table import Table

GROUP_LABELS: dict[BuildListGroup, str] = {
    "all": "All",
    "waiting": "Waiting",
    "added": "Added",
    "changed": "Changed",
    "removed": "Removed",
    "skipped": "Skipped",
    "noted": "Notes",
}
COLUMNS = (
    Column("status", "", 9),
    Column("name", "Name"),
    Column("detail", "Location or reason", 34, at_least=80, most=70),
)
NO_BUILD_TEXT = (
    "No changed files. What a build does is listed here until the program ends; the lines above tell of the last one. "
    "Update reads what has changed, Rebuild reads all again."
)
UNCHANGED_TEXT = "The last build found no changes and skipped no files."
RUNNING_TEXT = "The articles are listed here when the build has finished."
NO_MATCH_TEXT = "No entry matches. Escape clears the filter."


class BuildList(Vertical):
    """Tabs for the groups, a filter, a table, and the selected entry in full.

    Follows the app's `building` and `pending`. Posts `ArticleWanted` for an added or changed article that is opened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", tooltip="In the lists of a build: filter by words"),
        Binding("left", "group(-1)", "Group", show=False, tooltip="In the lists of a build: the previous group"),
        Binding("right", "group(1)", "Group", show=False, tooltip="In the lists of a build: the next group"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[BuildListEntry] = []
        self._state: tuple[BuildState, PendingChanges | None] | None = None

    def compose(self) -> ComposeResult:
        """Yield tabs, filter, table and details."""
        yield Tabs(*(Tab(name, id=group) for group, name in GROUP_LABELS.items()), id="build-groups")
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by name, path or reason", id="build-filter")
            yield Static(id="build-count", classes="count")
        yield Table[BuildListEntry](
            COLUMNS,
            lambda entry: (entry.status, entry.name, entry.detail),
            lambda entry: (entry.group, entry.name, entry.full_detail),
            empty_text=NO_BUILD_TEXT,
            id="build-table",
        )
        yield Static(id="build-entry")

    def on_mount(self) -> None:
        """Follow the state of the app."""
        self.query_one(Tabs).can_focus = False  # the arrow keys of the table change the tab
        self.watch(self.app, "building", lambda: self._follow_app())
        self.watch(self.app, "pending", lambda: self._follow_app())

    def _follow_app(self) -> None:
        state: BuildState = getattr(self.app, "building", BuildState())
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        # While a build runs, only its progress changes, which is not shown here.
        shown = (BuildState("running") if state.is_running else state, pending)
        if shown == self._state:
            return
        is_same_build = self._state is not None and self._state[0] == shown[0]
        self._state = shown
        self._entries = collect_entries(*shown)
        self._label_tabs()
        self._show_entries(follow=is_same_build)

    def _label_tabs(self) -> None:
        """Show the number of entries of each group, and hide empty groups."""
        tabs = self.query_one(Tabs)
        for group, name in GROUP_LABELS.items():
            count = sum(group in ("all", entry.group) for entry in self._entries)
            tabs.query_one(f"#{group}", Tab).label = Content(f"{name} {count:,}")
            if count or group == "all":
                tabs.show(group)
            else:
                tabs.hide(group)

    @property
    def _active_group(self) -> str:
        active = self.query_one(Tabs).active_tab
        return active.id if active is not None and active.id else "all"

    @on(Tabs.TabActivated)
    def _show_group(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self._show_entries()

    @on(Input.Changed, "#build-filter")
    def _apply_filter(self, event: Input.Changed) -> None:
        event.stop()
        self._show_entries()

    def _show_entries(self, *, follow: bool = False) -> None:
        """Show the entries of the chosen group that match the filter."""
        group, words = self._active_group, self.query_one(FilterBox).value.casefold().split()
        in_group = [entry for entry in self._entries if group in ("all", entry.group)]
        shown = [entry for entry in in_group if entry.contains(words)] if words else in_group
        table = self.query_one(Table)
        table.empty_text = NO_MATCH_TEXT if words and in_group else self._describe_no_entries()
        table.show(shown, follow=follow)
        count = f"{len(shown):,}" if len(shown) == len(in_group) else f"{len(shown):,} of {len(in_group):,}"
        self.query_one("#build-count", Static).update(count if in_group else "")
        if not shown:
            self.query_one("#build-entry", Static).update("")

    def _describe_no_entries(self) -> str:
        state = self._state[0] if self._state else BuildState()
        if state.is_running:
            return RUNNING_TEXT
        return UNCHANGED_TEXT if state.report else NO_BUILD_TEXT

    @on(Table.RowHighlighted)
    def _show_entry(self, event: Table.RowHighlighted) -> None:
        event.stop()
        entry: BuildListEntry = event.row
        name, detail = sanitize_line(entry.name), sanitize_line(entry.full_detail)
        content = Content.assemble((f"{entry.status}  ", "bold"), Content(name), "\n", detail)
        self.query_one("#build-entry", Static).update(content)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the key that leads to the filter while the filter has the focus."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
        """Type characters pressed in the table into the filter."""
        type_into(self.query_one(FilterBox), event)

    @on(Table.RowSelected)
    def _open_article(self, event: Table.RowSelected) -> None:
        event.stop()
        entry: BuildListEntry = event.row
        if entry.group in ("added", "changed"):
            self.post_message(ArticleWanted(entry.full_detail))

    @on(FilterBox.FilterExited)
    def _focus_table(self) -> None:
        self.query_one(Table).focus()

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one(FilterBox).focus()

    def action_group(self, by: int) -> None:
        """Show the next or previous group."""
        tabs = self.query_one(Tabs)
        if by > 0:
            tabs.action_next_tab()
        else:
            tabs.action_previous_tab()
