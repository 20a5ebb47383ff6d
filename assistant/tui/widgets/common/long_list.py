"""A list of texts of any length, of which a stretch around what is read is laid out."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

BATCH = 40  # texts that are laid out at a time
NEAR_END = 10  # texts before either end of them at which the next ones are


class LongList(OptionList):
    """Options by number; `show` says how many there are and how each looks.

    Textual lays out every option of a list at once, which for the thousands of sentences of one person takes longer
    than a key may wait.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._count = 0
        self._first = 0  # number of the first text that is laid out
        self._content: Callable[[int], Content] = lambda _: Content("")
        self._moving = False

    def show(self, count: int, content: Callable[[int], Content]) -> None:
        """Show so many texts from the first on; `content` makes them as they are needed."""
        self._count = count
        self._content = content
        self._lay_out(0, min(BATCH, count))
        self.highlighted = 0 if count else None
        self.scroll_home(animate=False)

    def text_number(self, option_index: int) -> int:
        """Which text an option is."""
        return self._first + option_index

    @property
    def _last(self) -> int:
        return self._first + self.option_count

    def _lay_out(self, first: int, last: int) -> None:
        """Lay out the texts from `first` up to `last` and no others."""
        self._first = first
        self.set_options(Option(self._content(number)) for number in range(first, last))

    def _append_batch(self) -> None:
        """Lay out the next texts behind those that are."""
        self.add_options(
            Option(self._content(number)) for number in range(self._last, min(self._last + BATCH, self._count))
        )

    def _prepend_batch(self) -> None:
        """Lay out the texts before those that are, which stay where they are in the view."""
        highlighted, lines, at = self.highlighted, self.virtual_size.height, self.scroll_offset.y
        first = max(0, self._first - BATCH)
        before = self._first - first
        self._moving = True
        self._lay_out(first, self._last)
        self._update_lines()
        self.highlighted = None if highlighted is None else highlighted + before
        self.scroll_to(y=at + self.virtual_size.height - lines, animate=False, immediate=True, force=True)
        self._moving = False

    def action_first(self) -> None:
        """To the first text."""
        if self._first:
            self._lay_out(0, min(BATCH, self._count))
        super().action_first()

    def action_last(self) -> None:
        """To the last text."""
        if self._last < self._count:
            self._lay_out(max(0, self._count - BATCH), self._count)
        super().action_last()

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is None or self._moving:
            return
        if self.option_count - NEAR_END < highlighted and self._last < self._count:
            self._append_batch()
        elif highlighted < NEAR_END and self._first:
            self._prepend_batch()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self._moving:
            return
        if new_value > self.max_scroll_y - self.size.height and self._last < self._count:
            self._append_batch()
        elif new_value < self.size.height and self._first and new_value < old_value:
            self._prepend_batch()
