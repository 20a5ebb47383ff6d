"""The help screen: every key, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class HelpScreen(ModalScreen[None]):
    """Keys and what they do; any of escape, enter and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q", "dismiss", "Close", show=False)]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        width = max(len(key) for key, _ in self._keys) + 2
        lines = [Content.assemble((key.ljust(width), "bold $accent"), text) for key, text in self._keys]
        about = Content(
            "\nA sentence's number says which source it comes from. Click it, or choose it in the sources, and the "
            "article opens with the words marked. Escape closes this page."
        )
        with VerticalScroll(id="help") as page:
            page.border_title = "Keys"
            yield Static(Content("\n").join([*lines, about]))
