"""How the interface is drawn in a web page: Textual's driver for that, which also ends when the server has gone."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class ServedDriver(WebDriver):
    """Without this, an interface whose server was killed would stay for ever, waiting for keys."""

    def run_input_thread(self) -> None:
        """Read what the server sends until it sends no more."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())
