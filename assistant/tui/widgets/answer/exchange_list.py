"""A scrolling list of exchanges. Only those near the view have widgets, so its cost does not grow with its length."""

from __future__ import annotations

from textual import on
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widget import AwaitMount, Widget

from assistant.records.answer import Citation
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.answer.exchange_state import ExchangeState

NEAR_HEIGHTS = 0.25  # exchanges this near to the view, in heights of the view, must have widgets
AROUND_HEIGHTS = 0.75  # when widgets are created, all exchanges this near get them
MAX_SPARE_WIDGETS = 2  # widgets beyond that distance before they are removed
GAP = 1  # lines between exchanges


class Spacer(Widget):
    """Takes the room of the exchanges above or below those that have widgets."""

    def set_height(self, lines: int) -> None:
        """Take this many lines."""
        self.styles.height = lines
        self.display = lines > 0


class ExchangeList(VerticalScroll):
    """Exchanges from the oldest to the newest; `entries` are all of them, on the screen or not.

    What the reader sees stays in place when the lines above it become more or fewer: `_anchor` is the first entry in
    view, with the line of the view in which it begins. `_goal` is the anchor to which the list itself has scrolled, or
    will: parts of an answer get their room one after the other, so the place may not exist yet. It holds until the
    reader scrolls. Posts nothing itself; its sentences post `CitationChosen`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[ExchangeState] = []
        self._first = 0  # index of the first entry that has a widget
        self._shown: list[Exchange] = []  # the widgets, in order
        self._open: tuple[int, Citation | None] = (0, None)  # question number and citation of the open source
        self._anchor: tuple[ExchangeState, int] | None = None
        self._goal: tuple[ExchangeState, int] | None = None
        self._is_scrolling_itself = False
        self._is_fit_scheduled = False
        self._is_returning = False  # to the anchor, which must not change until then
        self._last_width = 0
        self._before, self._after = Spacer(id="before"), Spacer(id="after")

    def mark(self, question_number: int, citation: Citation | None) -> None:
        """Show which source is open."""
        before, self._open = self._open[0], (question_number, citation)
        for exchange in self._shown:
            if exchange.question_number in (before, question_number):
                exchange.mark(citation if exchange.question_number == question_number else None)

    # ---------------------------------------------------------------------------- entries and widgets

    async def _append_entry(self, entry: ExchangeState) -> None:
        """Add an entry below the others and give it a widget, which has its parts when this returns."""
        self.entries.append(entry)
        last = len(self.entries) - 1
        is_adjacent = self._first + len(self._shown) == last
        mounted = self._mount_exchanges(self._first if is_adjacent else last, last + 1)
        self._anchor = self._goal = None
        if mounted is not None:
            await mounted  # else the first events of the answer would be shown twice

    async def _remove_newest_entry(self) -> ExchangeState:
        entry = self.entries.pop()
        widget = self._find_widget(entry)
        if widget is not None:
            self._shown.remove(widget)
            await widget.remove()
        self._first = min(self._first, len(self.entries))
        self._anchor = self._goal = None
        return entry

    def _replace_entries(self, entries: list[ExchangeState]) -> None:
        """Show these entries instead of the present ones, the last one with a widget."""
        self.entries = []
        self._mount_exchanges(0, 0)
        self._open, self._anchor, self._goal = (0, None), None, None
        self.entries = list(entries)
        if entries:
            self._mount_exchanges(len(entries) - 1, len(entries))

    def _find_widget(self, entry: ExchangeState) -> Exchange | None:
        return next((exchange for exchange in reversed(self._shown) if exchange.entry is entry), None)

    def _mount_exchanges(self, first: int, last: int) -> AwaitMount | None:
        """Give widgets to the entries from `first` up to `last`, and to no others.

        Returns what to await for the parts of the last one; None if it had a widget.
        """
        old = {id(exchange.entry): exchange for exchange in self._shown}
        shown: list[Exchange] = []
        for entry in self.entries[first:last]:
            exchange = old.pop(id(entry), None)
            shown.append(self._make_exchange(entry) if exchange is None else exchange)
        for exchange in old.values():
            exchange.display = False
            exchange.remove()
        present = set(self._shown)
        following: Widget = self._after
        last_mounted: AwaitMount | None = None
        for exchange in reversed(shown):
            if exchange not in present:
                mounted = self.mount(exchange, before=following)
                last_mounted = mounted if exchange is shown[-1] else last_mounted
            following = exchange
        self._first, self._shown = first, shown
        self._size_spacers()
        return last_mounted

    def _make_exchange(self, entry: ExchangeState) -> Exchange:
        number, citation = self._open
        exchange = Exchange(entry, citation if number == entry.question_number else None)
        exchange.styles.min_height = entry.height(self._width) if entry.is_finished else 1
        return exchange

    def _size_spacers(self) -> None:
        width, last = self._width, self._first + len(self._shown)
        self._before.set_height(sum(entry.height(width) + GAP for entry in self.entries[: self._first]))
        self._after.set_height(sum(entry.height(width) + GAP for entry in self.entries[last:]))

    # ---------------------------------------------------------------------------------- where they are

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _entry_tops(self) -> list[int]:
        """The line in which each entry begins, and the line after the last entry."""
        width = self._width
        for exchange in self._shown:
            lines = exchange.outer_size.height
            if lines and exchange.styles.min_height is None and exchange.entry.is_finished:
                exchange.entry.measured_size = (width, lines)
        tops = [0]
        for place, entry in enumerate(self.entries):
            shown_place = place - self._first
            is_shown = 0 <= shown_place < len(self._shown)
            lines = self._shown[shown_place].outer_size.height if is_shown else 0
            tops.append(tops[-1] + (lines or entry.height(width)) + GAP)
        return tops

    def _find_first_in_view(self, tops: list[int]) -> int:
        return find_entries_between(tops, self.scroll_offset.y, self.scroll_offset.y + 1)[0]

    def _fit(self) -> None:
        """Create the widgets that are needed near the view and remove those far from it."""
        self._is_fit_scheduled = False
        view = self.size.height
        if not self.entries or not view or not self.is_attached:
            return
        tops, top = self._entry_tops(), self.scroll_offset.y
        if not self._is_returning and self.size.width == self._last_width:
            place = self._find_first_in_view(tops)
            self._anchor = self._goal or (self.entries[place], tops[place] - top)
        near, around = (
            find_entries_between(tops, top - heights * view, top + (1 + heights) * view)
            for heights in (NEAR_HEIGHTS, AROUND_HEIGHTS)
        )
        spare = len(self._shown) - (around[1] - around[0])
        is_missing = near[0] < self._first or near[1] > self._first + len(self._shown)
        if is_missing or spare > MAX_SPARE_WIDGETS:
            self._mount_exchanges(*around)
        else:
            self._size_spacers()

    def _schedule_fit(self) -> None:
        if not self._is_fit_scheduled:
            self._is_fit_scheduled = True
            self.call_after_refresh(self._fit)

    # --------------------------------------------------------------------------------------- scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Give widgets to what comes near the view. Where the reader scrolls is where the list stays."""
        super().watch_scroll_y(old_value, new_value)
        is_cut_off = old_value > self.max_scroll_y  # the lines there are gone: nobody has scrolled
        if not (self._is_scrolling_itself or is_cut_off):
            self._goal = self._anchor = None  # until `_fit` has seen what is in view now
        if round(old_value) != round(new_value):
            self._schedule_fit()

    def _scroll_to_newest(self) -> None:
        """Scroll to the beginning of the newest entry, now and whenever its parts get more room."""
        if self.entries:
            self._scroll_to_entry(len(self.entries) - 1)

    def _follow_newest(self) -> None:
        """Scroll to the end while an answer grows, unless the list has a goal by then."""
        self.call_after_refresh(self._scroll_to_end)

    def _scroll_to_end(self) -> None:
        if self._goal is None:
            self.scroll_end(animate=False, immediate=True)

    def _scroll_to_entry(self, place: int, line: int = 0) -> None:
        """Scroll so that an entry begins in this line of the view."""
        tops = self._entry_tops()
        self._anchor = self._goal = (self.entries[place], line)
        self._is_scrolling_itself = True
        try:
            self.scroll_to(y=tops[place] - line, animate=False, force=True, immediate=True)
        finally:
            self._is_scrolling_itself = False
        self._schedule_fit()

    def action_question(self, by: int) -> None:
        """Go to the question after or before the one at the top of the view."""
        if not self.entries:
            return
        tops = self._entry_tops()
        place = self._find_first_in_view(tops)
        is_inside = tops[place] != self.scroll_offset.y
        if by > 0 or not is_inside:  # from inside an answer, the previous question is the answer's own
            place += by
        self._scroll_to_entry(max(0, min(len(self.entries) - 1, place)))

    @on(Exchange.Resized)
    def _keep_anchor(self, event: Exchange.Resized) -> None:
        """Stay at the anchor when a finished exchange above it changes its height, at the goal also when its own does.

        The size of the exchange is part of a new layout of the whole list here.
        """
        event.stop()
        if self._goal is not None:
            self._return_to_anchor()
            return
        if self._anchor is None or not event.exchange.entry.is_finished:
            return
        anchored = self._find_widget(self._anchor[0])
        if anchored is not None and event.exchange in self._shown[: self._shown.index(anchored)]:
            self._return_to_anchor()

    def on_resize(self, event: Resize) -> None:
        """Keep the reader's place when a new width breaks all lines elsewhere."""
        if event.size.width != self._last_width:
            self._last_width = event.size.width
            if self.entries:
                self._is_returning = True
                self._size_spacers()
                self.call_after_refresh(self._return_to_anchor)
        self._schedule_fit()

    def _return_to_anchor(self) -> None:
        self._is_returning = False
        if self._anchor is not None and self._anchor[0] in self.entries:
            entry, line = self._anchor
            self._scroll_to_entry(self.entries.index(entry), line)


def find_entries_between(tops: list[int], low: float, high: float) -> tuple[int, int]:
    """The range of entries that have lines in [low, high), at least one; `tops` has one line more than entries.

    If `low` is past the end, the range is the last entry.
    """
    count = len(tops) - 1
    first = next((place for place in range(count) if tops[place + 1] > low), count - 1)
    last = next((place for place in range(first + 1, count) if tops[place] >= high), count)
    return first, last
