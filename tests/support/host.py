"""A tiny app around one widget: what it shows and what it posts, without a library and without the other screens."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

import assistant.tui
from assistant.records.build import PendingChanges
from assistant.tui.state import BuildState, LibraryState

STYLES = Path(assistant.tui.__file__).parent / "styles"
Posted = TypeVar("Posted", bound=Message)


class WidgetHost(App[None]):
    """Shows one widget in the styles of the program, and has the states that widgets follow.

    To record the messages that are posted, run it with `run_test(message_hook=host.record)`.
    """

    CSS_PATH = sorted(STYLES.glob("*.tcss"))  # Textual declares it so

    library: reactive[LibraryState] = reactive(LibraryState(""))
    pending: reactive[PendingChanges | None] = reactive[PendingChanges | None](None)
    building: reactive[BuildState] = reactive(BuildState())
    articles: reactive[tuple[Path, ...]] = reactive[tuple[Path, ...]](())

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget
        self._messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self._widget

    def record(self, message: Message) -> None:
        """Record a message once, though each widget on its way reports it."""
        if not any(message is recorded for recorded in self._messages):
            self._messages.append(message)

    def posted(self, kind: type[Posted]) -> list[Posted]:
        """The messages of this type that were posted so far, in order."""
        return [message for message in self._messages if isinstance(message, kind)]
