"""The conversation: all that was asked, of which only what is near the view has widgets, however long it gets."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget

from assistant.records.answer import Answer, AskEvent, Citation, Turn
from assistant.tui.messages import CitationChosen
from assistant.tui.widgets.answer.citation_keys import NumberInput, make_number_bindings
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.answer.sentence import Sentence, SourceHeading
from assistant.tui.widgets.start.welcome import Welcome

__all__ = ["ConversationView", "Exchange", "Sentence", "SourceHeading"]

NEAR_HEIGHTS, AROUND_HEIGHTS = (
    0.25,
    0.75,
)  # heights of the view above and below it that must have widgets, and that get them
GAP = 1  # lines between exchanges


class Spacer(Widget):
    """Stands for the exchanges above or below those that have widgets."""

    def set_height(self, lines: int) -> None:
        """Take so many lines."""
        self.styles.height = lines
        self.display = lines > 0


class ConversationView(VerticalScroll):
    """All exchanges, the newest last and in view.

    What is in view stays where it is when lines above it become more or fewer: `_anchor` is the first entry in
    view, with the line of the view that it begins in.
    """

    BORDER_TITLE = "Answers"
    FOCUS_ON_CLICK = False  # after a click on a sentence one can go on typing
    BINDINGS: ClassVar[list[BindingType]] = [
        *make_number_bindings(),
        Binding("n", "screen.step(1)", "Next", show=False),
        Binding("p", "screen.step(-1)", "Previous", show=False),
        Binding("j", "question(1)", "Next question", show=False, tooltip="In the answers: go to the next question"),
        Binding("k", "question(-1)", "Last question", show=False, tooltip="In the answers: go to the question before"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[ExchangeState] = []
        self._first = 0  # of the entries that have widgets
        self._shown: list[Exchange] = []  # their widgets
        self._open: tuple[int, Citation | None] = (0, None)
        self._anchor: tuple[ExchangeState, int] | None = None
        self._fitting = False
        self._returning = False  # to the anchor, which stays what it is until then
        self._last_width = 0
        self._number_input = NumberInput()
        self.welcome = Welcome(id="welcome")
        self._before, self._after = Spacer(id="before"), Spacer(id="after")

    def compose(self) -> ComposeResult:
        yield self.welcome
        yield self._before
        yield self._after

    # ------------------------------------------------------------------------------------ what is asked

    async def begin_exchange(self, question_number: int, question: str) -> None:
        """Start a new exchange, which can take events when this returns."""
        self.welcome.display = False
        self.entries.append(ExchangeState(question_number, question))
        last = len(self.entries) - 1
        self._mount_exchanges(self._first if self._first + len(self._shown) == last else last, last + 1)
        self._anchor = None
        self.scroll_end(animate=False)

    def restore(self, entries: list[ExchangeState]) -> None:
        """Show these exchanges in place of what is there, the last one in view."""
        self._clear()
        self.entries = list(entries)
        self.welcome.display = not entries
        if entries:
            self._mount_exchanges(len(entries) - 1, len(entries))
            self.call_after_refresh(self._scroll_to_newest)

    def show_event(self, event: AskEvent) -> None:
        """Show one more event of the newest answer, keeping its beginning in view."""
        newest = self.entries[-1]
        newest.add_event(event)
        widget = self._find_widget(newest)
        if widget is not None:
            widget.show_event(event)
        if isinstance(event, Answer):
            self.mark(newest.question_number, None)
            self.call_after_refresh(self._scroll_to_newest)
        else:
            self.scroll_end(animate=False)

    def show_failure(self, reason: str) -> str:
        """End the newest exchange with what went wrong; returns its question."""
        newest = self.entries[-1]
        newest.failure = reason
        widget = self._find_widget(newest)
        if widget is not None:
            widget.show_failure(reason)
        self.scroll_end(animate=False)
        return newest.question

    async def withdraw_newest(self) -> str:
        """Take the newest exchange away, as if it had not been asked; returns its question."""
        newest = self.entries.pop()
        widget = self._find_widget(newest)
        if widget is not None:
            self._shown.remove(widget)
            await widget.remove()
        self._first = min(self._first, len(self.entries))
        self._anchor = None
        self.welcome.display = not self.entries
        self._fit()
        return newest.question

    async def clear(self) -> None:
        """Take all exchanges away."""
        self._clear()
        await self.query(Exchange).remove()
        self.welcome.display = True

    def _clear(self) -> None:
        self.entries = []
        self._mount_exchanges(0, 0)
        self._open, self._anchor = (0, None), None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered so far; neither what failed nor what is still being answered."""
        return tuple(turn for entry in self.entries if (turn := entry.turn) is not None)

    # -------------------------------------------------------------------------------------- the sources

    def citations(self, question_number: int) -> tuple[Citation, ...]:
        """The citations of the answer to question number `ask`, as far as there are any."""
        return next(
            (entry.citations for entry in reversed(self.entries) if entry.question_number == question_number), ()
        )

    def has_answer(self, question_number: int) -> bool:
        """Whether question number `ask` has an answer, rather than a refusal."""
        answer = next(
            (entry.answer for entry in reversed(self.entries) if entry.question_number == question_number), None
        )
        return answer is None or not answer.abstained

    def mark(self, question_number: int, citation: Citation | None) -> None:
        """Show which source is open."""
        before, self._open = self._open[0], (question_number, citation)
        for exchange in self._shown:
            if exchange.question_number in (before, question_number):
                exchange.mark(citation if exchange.question_number == question_number else None)

    def action_number(self, digit: int) -> None:
        """Open the citation with this number, of the answer whose sources are shown."""
        ask = self._open[0]
        citations = self.citations(ask)
        number = self._number_input.enter_digit(digit, [cited.n for cited in citations])
        for cited in citations:
            if cited.n == number:
                self.post_message(CitationChosen(ask, cited))

    # ---------------------------------------------------------------------------- what is on the screen

    def _find_widget(self, entry: ExchangeState) -> Exchange | None:
        return next((exchange for exchange in reversed(self._shown) if exchange.entry is entry), None)

    def _mount_exchanges(self, first: int, last: int) -> None:
        """Give the entries from `first` up to `last` widgets, and no others."""
        kept = {id(exchange.entry): exchange for exchange in self._shown}
        shown: list[Exchange] = []
        for entry in self.entries[first:last]:
            exchange = kept.pop(id(entry), None)
            if exchange is None:
                exchange = Exchange(entry, self._open[1] if self._open[0] == entry.question_number else None)
                exchange.styles.min_height = entry.height(self._width) if entry.is_finished else 1
            shown.append(exchange)
        for exchange in kept.values():
            exchange.display = False
            exchange.remove()
        old = set(self._shown)
        following: Widget = self._after
        for exchange in reversed(shown):
            if exchange not in old:
                self.mount(exchange, before=following)
            following = exchange
        self._first, self._shown = first, shown
        self._size_spacers()

    def _size_spacers(self) -> None:
        width, last = self._width, self._first + len(self._shown)
        self._before.set_height(sum(one.height(width) + GAP for one in self.entries[: self._first]))
        self._after.set_height(sum(one.height(width) + GAP for one in self.entries[last:]))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _entry_tops(self) -> list[int]:
        """The line that each entry begins in, and the one after the last."""
        width = self._width
        for exchange in self._shown:
            lines = exchange.outer_size.height
            if lines and exchange.styles.min_height is None and exchange.entry.is_finished:
                exchange.entry.measured_size = (width, lines)
        tops = [0]
        for place, entry in enumerate(self.entries):
            here = place - self._first
            lines = self._shown[here].outer_size.height if 0 <= here < len(self._shown) else 0
            tops.append(tops[-1] + (lines or entry.height(width)) + GAP)
        return tops

    def _fit(self) -> None:
        """Give widgets to what is near the view and take them from what is far off, if it is time to."""
        self._fitting = False
        view = self.size.height
        if not self.entries or not view or not self.is_attached:
            return
        tops, at = self._entry_tops(), self.scroll_offset.y
        if not self._returning and self.size.width == self._last_width:
            self._anchor = self._find_first_in_view(tops, at)
        last = self._first + len(self._shown)
        first_near, last_near = _find_entries_between(tops, at - NEAR_HEIGHTS * view, at + (1 + NEAR_HEIGHTS) * view)
        first_around, last_around = _find_entries_between(
            tops, at - AROUND_HEIGHTS * view, at + (1 + AROUND_HEIGHTS) * view
        )
        spare = len(self._shown) - (last_around - first_around)
        if first_near < self._first or last_near > last or spare > 2:
            self._mount_exchanges(first_around, last_around)
        else:
            self._size_spacers()

    def _find_first_in_view(self, tops: list[int], at: int) -> tuple[ExchangeState, int]:
        place = _find_entries_between(tops, at, at + 1)[0]
        return self.entries[place], tops[place] - at

    def _fit_soon(self) -> None:
        if not self._fitting:
            self._fitting = True
            self.call_after_refresh(self._fit)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep up with a reader who goes elsewhere."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._fit_soon()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw the border anew; nothing inside looks otherwise, and it is many widgets to go through."""
        self.border_title = Content.styled(self.BORDER_TITLE, "bold" if has_focus else "")
        self.app.stylesheet.update_nodes([self])

    def _scroll_to_newest(self) -> None:
        if self.entries:
            self._scroll_to_entry(len(self.entries) - 1)

    def _scroll_to_entry(self, place: int, line: int = 0) -> None:
        """Scroll so that an entry begins in this line of the view."""
        tops = self._entry_tops()
        self._anchor = (self.entries[place], line)
        self.scroll_to(y=tops[place] - line, animate=False, force=True, immediate=True)
        self._fit_soon()

    def action_question(self, by: int) -> None:
        """Go to the question after or before the one at the top of the view."""
        if self.entries:
            tops, at = self._entry_tops(), self.scroll_offset.y
            place = _find_entries_between(tops, at, at + 1)[0]
            self._scroll_to_entry(
                max(0, min(len(self.entries) - 1, place + (by if by > 0 or tops[place] == at else 0)))
            )

    @on(Exchange.Resized)
    def _keep_anchor(self, event: Exchange.Resized) -> None:
        event.stop()
        if self._anchor is not None and event.exchange.entry.is_finished:
            above = next((one for one in self._shown if one.entry is self._anchor[0]), None)
            if above in self._shown and event.exchange in self._shown[: self._shown.index(above)]:
                self._return_to_anchor()

    def on_resize(self, event: Resize) -> None:
        """Stay where the reader is, though the lines are no longer what they were."""
        if event.size.width != self._last_width:
            self._last_width = event.size.width
            if self.entries:
                self._returning = True
                self._size_spacers()
                self.call_after_refresh(self._return_to_anchor)
        self._fit_soon()

    def _return_to_anchor(self) -> None:
        self._returning = False
        if self._anchor is not None and self._anchor[0] in self.entries:
            entry, line = self._anchor
            self._scroll_to_entry(self.entries.index(entry), line)


def _find_entries_between(tops: list[int], low: float, high: float) -> tuple[int, int]:
    """The range of entries that have lines in [low, high); the last one where that is past the end."""
    count = len(tops) - 1
    first = next((place for place in range(count) if tops[place + 1] > low), count - 1)
    last = next((place for place in range(first + 1, count) if tops[place] >= high), count)
    return first, last
