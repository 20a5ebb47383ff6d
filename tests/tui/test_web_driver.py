"""The driver for a web page ends the app when the server has ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.message import Message
from textual.messages import ExitApp

from assistant.tui.web_driver import ServedDriver


class RecordingApp(App[None]):
    """Records the messages that are posted to it, instead of handling them."""

    def __init__(self) -> None:
        super().__init__()
        self.recorded: list[Message] = []

    def post_message(self, message: Message) -> bool:
        """Record a message."""
        self.recorded.append(message)
        return True


@pytest.fixture
def _ended_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The standard input is a pipe whose other end is closed."""
    read_end, write_end = os.pipe()
    os.close(write_end)
    with os.fdopen(read_end) as stdin:
        monkeypatch.setattr(sys, "__stdin__", stdin)
        yield


@pytest.mark.usefixtures("_ended_server")
async def test_app_exits_when_server_ends() -> None:
    """When the input ends, the app is told to exit, unless it already exits."""
    app = RecordingApp()
    driver = ServedDriver(app)
    driver.run_input_thread()
    assert [type(message) for message in app.recorded] == [ExitApp]
    app.recorded.clear()
    exiting = ServedDriver(app)
    exiting.exit_event.set()
    exiting.run_input_thread()
    assert app.recorded == []
