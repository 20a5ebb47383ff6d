"""What a build did to each article and file, and what the next one would do: lists to look through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static, Tab, Tabs

from assistant.records.article import Notice
from assistant.records.build import ArticleName, PendingChanges
from assistant.text.formatting import shorten_path
from assistant.text.sanitize import sanitize_line
from assistant.tui.messages import ArticleWanted
from assistant.tui.state import BuildState
from assistant.tui.widgets.common.filter_box import FilterBox, type_into
from assistant.tui.widgets.common.table import Column, Table

BuildListGroup = Literal["all", "waiting", "added", "changed", "removed", "skipped", "noted"]
GROUP_LABELS: dict[BuildListGroup, str] = {
    "all": "All",
    "waiting": "Waiting",
    "added": "Added",
    "changed": "Changed",
    "removed": "Removed",
    "skipped": "Skipped",
    "noted": "Notes",
}
NO_BUILD_TEXT = "No build since the program was started, and no file waits."
UNCHANGED_TEXT = "The last build found nothing new, changed or gone, and skipped nothing."
RUNNING_TEXT = "What the build does is listed here when it is over."
NOT_FOUND_TEXT = "Nothing here holds all of these words."


@dataclass(frozen=True, slots=True)
class BuildListEntry:
    """One article or file: what became of it, with a sign; its name; why, or where it is; and that in full."""

    group: BuildListGroup
    status: str
    name: str
    detail: str
    full_detail: str


def collect_entries(state: BuildState, pending: PendingChanges | None) -> list[BuildListEntry]:
    """What waits for the next build first, then what the last one skipped, then what it did."""
    found: list[BuildListEntry] = []
    if pending is not None and not state.is_running:
        for what, paths in (("+ new", pending.added), ("~ changed", pending.changed), ("− gone", pending.removed)):
            found += [
                BuildListEntry("waiting", what, PurePath(path).name, _shorten_folder(path), shorten_path(path))
                for path in paths
            ]
    report = state.report
    notices = report.notices if report else state.notices
    found += [_make_notice_entry("skipped", "! skipped", one) for one in notices if one.skipped]
    found += [_make_notice_entry("noted", "· note", one) for one in notices if not one.skipped]
    if report:
        done: tuple[tuple[BuildListGroup, str, tuple[ArticleName, ...]], ...] = (
            ("removed", "− removed", report.removed_articles),
            ("changed", "~ changed", report.changed_articles),
            ("added", "+ added", report.added_articles),
        )
        for group, what, articles in done:
            found += [BuildListEntry(group, what, article.title, article.id, article.id) for article in articles]
    return found


def _shorten_folder(path: str) -> str:
    return shorten_path(PurePath(path).parent)


def _make_notice_entry(group: BuildListGroup, what: str, notice: Notice) -> BuildListEntry:
    return BuildListEntry(group, what, PurePath(notice.place).name, notice.reason, str(notice))


class BuildList(Vertical):
    """Groups to choose from, a filter, a table of any length, and the chosen row in full."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", tooltip="In the lists of a build: look for words"),
        Binding("left", "group(-1)", "Group", show=False, tooltip="In the lists of a build: the group before"),
        Binding("right", "group(1)", "Group", show=False, tooltip="In the lists of a build: the next group"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[BuildListEntry] = []
        self._state: tuple[BuildState, PendingChanges | None] | None = None

    def compose(self) -> ComposeResult:
        yield Tabs(*(Tab(name, id=group) for group, name in GROUP_LABELS.items()), id="build-groups")
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by name, path or reason", id="build-filter")
            yield Static(id="build-count", classes="count")
        yield Table[BuildListEntry](
            (Column("what", "", 9), Column("name", "Name"), Column("about", "Where, or why", 34, at_least=80, most=70)),
            lambda entry: (entry.status, entry.name, entry.detail),
            lambda entry: (entry.group, entry.name, entry.full_detail),
            empty_text=NO_BUILD_TEXT,
            id="build-table",
        )
        yield Static(id="build-entry")

    def on_mount(self) -> None:
        self.query_one(Tabs).can_focus = False  # the arrows of the table do
        self.watch(self.app, "building", lambda: self._follow_app())
        self.watch(self.app, "pending", lambda: self._follow_app())

    def _follow_app(self) -> None:
        state: BuildState = getattr(self.app, "building", BuildState())
        pending: PendingChanges | None = getattr(self.app, "pending", None)
        # While a build runs, only its pace changes, which is not told here.
        kept = (BuildState("running") if state.is_running else state, pending)
        if kept == self._state:
            return
        again = self._state is not None and self._state[0] == kept[0]  # and only what waits has changed
        self._state = kept
        self._entries = collect_entries(*kept)
        tabs = self.query_one(Tabs)
        for group, name in GROUP_LABELS.items():
            count = sum(group in ("all", entry.group) for entry in self._entries)
            tabs.query_one(f"#{group}", Tab).label = Content(f"{name} {count:,}")
            if count or group == "all":
                tabs.show(group)
            else:
                tabs.hide(group)
        self._show_entries(follow=again)

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
        """Show what is of the chosen group and holds the words of the filter."""
        group, words = self._active_group, self.query_one(FilterBox).value.casefold().split()
        mine = [entry for entry in self._entries if group in ("all", entry.group)]
        shown = list(_filter_entries(mine, words)) if words else mine
        table = self.query_one(Table)
        state = self._state[0] if self._state else BuildState()
        table.empty_text = RUNNING_TEXT if state.is_running else UNCHANGED_TEXT if state.report else NO_BUILD_TEXT
        if words and mine:
            table.empty_text = NOT_FOUND_TEXT
        table.show(shown, follow=follow)
        count = f"{len(shown):,}" if len(shown) == len(mine) else f"{len(shown):,} of {len(mine):,}"
        self.query_one("#build-count", Static).update(count if mine else "")
        if not shown:
            self.query_one("#build-entry", Static).update("")

    @on(Table.RowHighlighted)
    def _show_entry(self, event: Table.RowHighlighted) -> None:
        event.stop()
        entry: BuildListEntry = event.row
        told = Content.assemble(
            (f"{entry.status}  ", "bold"), Content(sanitize_line(entry.name)), "\n", sanitize_line(entry.full_detail)
        )
        self.query_one("#build-entry", Static).update(told)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Who is in the box need not be told how to come there."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
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
        """Type what the list is to hold."""
        self.query_one(FilterBox).focus()

    def action_group(self, by: int) -> None:
        """To the next group, or the one before."""
        tabs = self.query_one(Tabs)
        if by > 0:
            tabs.action_next_tab()
        else:
            tabs.action_previous_tab()


def _filter_entries(found: Iterable[BuildListEntry], words: Sequence[str]) -> Iterable[BuildListEntry]:
    for entry in found:
        text = f"{entry.status} {entry.name} {entry.full_detail}".casefold()
        if all(word in text for word in words):
            yield entry
