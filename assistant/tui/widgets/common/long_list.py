"""A list of any number of texts, of which only a part around the cursor is laid out."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

BATCH = 40  # texts laid out at a time
NEAR_END = 10  # texts before either end of the part at which the next batch is laid out


class LongList(OptionList):
    """Texts with numbers, one of them highlighted. `show` sets how many there are and how each looks.

    Textual lays out all options of a list at once. For the thousands of sentences of one speaker that takes longer
    than the response to a key may take. Posts what `OptionList` posts; `text_number` turns the option of an event into
    the number of the text. What the texts say is left to the owner.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._count = 0
        self._first = 0  # number of the first text laid out
        self._content: Callable[[int], Content] = lambda _: Content("")
        self._is_prepending = False  # positions change, but the reader has not moved

    def show(self, count: int, content: Callable[[int], Content]) -> None:
        """Show `count` texts from the first one; `content` renders a text by its number when it is needed."""
        self._count = count
        self._content = content
        self._lay_out(0, min(BATCH, count))
        self.highlighted = 0 if count else None
        self.scroll_home(animate=False)

    def text_number(self, option_index: int) -> int:
        """The number of the text that this option shows."""
        return self._first + option_index

    @property
    def _last(self) -> int:
        return self._first + self.option_count

    def _lay_out(self, first: int, last: int) -> None:
        """Lay out the texts from `first` up to `last` only."""
        self._first = first
        self.set_options(Option(self._content(number)) for number in range(first, last))

    def _append_batch(self) -> None:
        """Lay out the next texts."""
        self.add_options(
            Option(self._content(number)) for number in range(self._last, min(self._last + BATCH, self._count))
        )

    def _prepend_batch(self) -> None:
        """Lay out the previous texts; those in view stay in place."""
        highlighted, height, top = self.highlighted, self.virtual_size.height, self.scroll_offset.y
        first = max(0, self._first - BATCH)
        added = self._first - first
        self._is_prepending = True
        self._lay_out(first, self._last)
        self._update_lines()
        self.highlighted = None if highlighted is None else highlighted + added
        self.scroll_to(y=top + self.virtual_size.height - height, animate=False, immediate=True, force=True)
        self._is_prepending = False

    def action_first(self) -> None:
        """Go to the first text."""
        if self._first:
            self._lay_out(0, min(BATCH, self._count))
        super().action_first()

    def action_last(self) -> None:
        """Go to the last text."""
        if self._last < self._count:
            self._lay_out(max(0, self._count - BATCH), self._count)
        super().action_last()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Lay out the next batch when the cursor comes near an end."""
        super().watch_highlighted(highlighted)
        if highlighted is None or self._is_prepending:
            return
        if self.option_count - NEAR_END < highlighted and self._last < self._count:
            self._append_batch()
        elif highlighted < NEAR_END and self._first:
            self._prepend_batch()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out the next batch when the view comes near an end."""
        super().watch_scroll_y(old_value, new_value)
        if self._is_prepending:
            return
        if new_value > self.max_scroll_y - self.size.height and self._last < self._count:
            self._append_batch()
        elif new_value < self.size.height and self._first and new_value < old_value:
            self._prepend_batch()
