"""The help screen: every key, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.taking import TakingScreen
from assistant.tui.widgets.prompt import Prompt
from assistant.tui.widgets.sources import SourcesPane

ABOUT = (
    "A sentence's number says which source it comes from. Click the sentence, or choose its number in the sources, "
    "and the article opens with the words marked. Escape closes this page."
)


class HelpScreen(ModalScreen[None]):
    """Keys and what they do; any of escape, enter and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q", "dismiss", "Close", show=False)]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as page:
            page.border_title = "Keys"
            for key, what in self._keys:
                with Horizontal():
                    yield Static(Content(key), classes="key")
                    yield Static(Content(what), classes="what")
            yield Static(Content(ABOUT), classes="about")


def documented(app: App[Any]) -> list[tuple[str, str]]:
    """Every key and what it does, from the bindings that have a tooltip."""
    from assistant.tui.screens.conversations import ConversationsScreen

    bindings = [
        binding
        for owner in (Prompt, type(app), AskScreen, SourcesPane, TakingScreen, ConversationsScreen)
        for binding in owner.BINDINGS
        if isinstance(binding, Binding) and binding.tooltip
    ]
    return [
        ("tab", "Move between the question, the answers and the sources"),
        *((app.get_key_display(binding), binding.tooltip) for binding in bindings),
        ("1 to 9", "In the sources: open the one with this number"),
        (app.get_key_display(Binding(app.COMMAND_PALETTE_BINDING, "command_palette")), "Find any command"),
    ]
