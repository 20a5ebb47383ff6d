"""The driver for the interface in a web page: Textual's own, which also exits when the server has ended."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class ServedDriver(WebDriver):
    """Exits the app when the server closes its end. Otherwise the process would wait for keys forever."""

    def run_input_thread(self) -> None:
        """Read input until the server closes the connection."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())
