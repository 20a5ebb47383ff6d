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

from assistant.display import one_line, short_path
from assistant.records import ArticleName, Changes, Notice
from assistant.tui.messages import ArticleWanted
from assistant.tui.state import BuildState
from assistant.tui.widgets.filter_box import FilterBox, typed_into
from assistant.tui.widgets.table import Column, Table

Group = Literal["all", "waiting", "added", "changed", "removed", "skipped", "noted"]
GROUPS: dict[Group, str] = {
    "all": "All",
    "waiting": "Waiting",
    "added": "Added",
    "changed": "Changed",
    "removed": "Removed",
    "skipped": "Skipped",
    "noted": "Notes",
}
NOTHING = "No build since the program was started, and no file waits."
UNCHANGED = "The last build found nothing new, changed or gone, and skipped nothing."
RUNNING = "What the build does is listed here when it is over."
NOT_FOUND = "Nothing here holds all of these words."


@dataclass(frozen=True, slots=True)
class Entry:
    """One article or file: what became of it, with a sign; its name; why, or where it is; and that in full."""

    group: Group
    what: str
    name: str
    about: str
    full: str


def entries(state: BuildState, pending: Changes | None) -> list[Entry]:
    """What waits for the next build first, then what the last one skipped, then what it did."""
    found: list[Entry] = []
    if pending is not None and not state.running:
        for what, paths in (("+ new", pending.added), ("~ changed", pending.changed), ("− gone", pending.removed)):
            found += [Entry("waiting", what, PurePath(path).name, _folder(path), short_path(path)) for path in paths]
    report = state.report
    notices = report.notices if report else state.notices
    found += [_noticed("skipped", "! skipped", one) for one in notices if one.skipped]
    found += [_noticed("noted", "· note", one) for one in notices if not one.skipped]
    if report:
        done: tuple[tuple[Group, str, tuple[ArticleName, ...]], ...] = (
            ("removed", "− removed", report.removed_articles),
            ("changed", "~ changed", report.changed_articles),
            ("added", "+ added", report.added_articles),
        )
        for group, what, articles in done:
            found += [Entry(group, what, article.title, article.id, article.id) for article in articles]
    return found


def _folder(path: str) -> str:
    return short_path(PurePath(path).parent)


def _noticed(group: Group, what: str, notice: Notice) -> Entry:
    return Entry(group, what, PurePath(notice.place).name, notice.reason, str(notice))


class BuildList(Vertical):
    """Groups to choose from, a filter, a table of any length, and the chosen row in full."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", tooltip="In the lists of a build: look for words"),
        Binding("left", "group(-1)", "Group", show=False, tooltip="In the lists of a build: the group before"),
        Binding("right", "group(1)", "Group", show=False, tooltip="In the lists of a build: the next group"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._state: tuple[BuildState, Changes | None] | None = None

    def compose(self) -> ComposeResult:
        yield Tabs(*(Tab(name, id=group) for group, name in GROUPS.items()), id="build-groups")
        with Horizontal(classes="filter"):
            yield FilterBox("Type to filter by name, path or reason", id="build-filter")
            yield Static(id="build-count", classes="count")
        yield Table[Entry](
            (Column("what", "", 9), Column("name", "Name"), Column("about", "Where, or why", 34, at_least=80, most=70)),
            lambda entry: (entry.what, entry.name, entry.about),
            lambda entry: (entry.group, entry.name, entry.full),
            empty=NOTHING,
            id="build-table",
        )
        yield Static(id="build-entry")

    def on_mount(self) -> None:
        self.query_one(Tabs).can_focus = False  # the arrows of the table do
        self.watch(self.app, "building", lambda: self._changed())
        self.watch(self.app, "pending", lambda: self._changed())

    def _changed(self) -> None:
        state: BuildState = getattr(self.app, "building", BuildState())
        pending: Changes | None = getattr(self.app, "pending", None)
        # While a build runs, only its pace changes, which is not told here.
        kept = (BuildState("running") if state.running else state, pending)
        if kept == self._state:
            return
        again = self._state is not None and self._state[0] == kept[0]  # and only what waits has changed
        self._state = kept
        self._entries = entries(*kept)
        tabs = self.query_one(Tabs)
        for group, name in GROUPS.items():
            count = sum(group in ("all", entry.group) for entry in self._entries)
            tabs.query_one(f"#{group}", Tab).label = Content(f"{name} {count:,}")
            if count or group == "all":
                tabs.show(group)
            else:
                tabs.hide(group)
        self._show(follow=again)

    @property
    def _group(self) -> str:
        active = self.query_one(Tabs).active_tab
        return active.id if active is not None and active.id else "all"

    @on(Tabs.TabActivated)
    def _activated(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self._show()

    @on(Input.Changed, "#build-filter")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def _show(self, *, follow: bool = False) -> None:
        """Show what is of the chosen group and holds the words of the filter."""
        group, words = self._group, self.query_one(FilterBox).value.casefold().split()
        mine = [entry for entry in self._entries if group in ("all", entry.group)]
        shown = list(_holding(mine, words)) if words else mine
        table = self.query_one(Table)
        state = self._state[0] if self._state else BuildState()
        table.empty = RUNNING if state.running else UNCHANGED if state.report else NOTHING
        if words and mine:
            table.empty = NOT_FOUND
        table.show(shown, follow=follow)
        count = f"{len(shown):,}" if len(shown) == len(mine) else f"{len(shown):,} of {len(mine):,}"
        self.query_one("#build-count", Static).update(count if mine else "")
        if not shown:
            self.query_one("#build-entry", Static).update("")

    @on(Table.Pointed)
    def _pointed(self, event: Table.Pointed) -> None:
        event.stop()
        entry: Entry = event.row
        told = Content.assemble((f"{entry.what}  ", "bold"), Content(one_line(entry.name)), "\n", one_line(entry.full))
        self.query_one("#build-entry", Static).update(told)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Who is in the box need not be told how to come there."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
        typed_into(self.query_one(FilterBox), event)

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        event.stop()
        entry: Entry = event.row
        if entry.group in ("added", "changed"):
            self.post_message(ArticleWanted(entry.full))

    @on(FilterBox.Left)
    def _filter_left(self) -> None:
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


def _holding(found: Iterable[Entry], words: Sequence[str]) -> Iterable[Entry]:
    for entry in found:
        text = f"{entry.what} {entry.name} {entry.full}".casefold()
        if all(word in text for word in words):
            yield entry
