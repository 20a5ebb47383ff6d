"""A list of texts of any length, of which as many are laid out as have been scrolled to."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

BATCH = 40  # texts that are laid out at a time
NEAR = 10  # texts before the end at which the next ones are


class LongList(OptionList):
    """Options by number; `show` says how many there are and how each looks."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._count = 0
        self._content: Callable[[int], Content] = lambda _: Content("")

    def show(self, count: int, content: Callable[[int], Content]) -> None:
        """Show so many texts from the first on; `content` makes them as they are needed."""
        self._count = count
        self._content = content
        self.set_options(())
        self._lay_out()
        self.highlighted = 0 if count else None
        self.scroll_home(animate=False)

    def _lay_out(self) -> None:
        first = self.option_count
        self.add_options(Option(self._content(number)) for number in range(first, min(first + BATCH, self._count)))

    def action_last(self) -> None:
        """To the last text, which needs all before it."""
        while self.option_count < self._count:
            self._lay_out()
        super().action_last()

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is not None and self.option_count - NEAR < highlighted and self.option_count < self._count:
            self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value > self.max_scroll_y - self.size.height and self.option_count < self._count:
            self._lay_out()
