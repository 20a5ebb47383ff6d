"""Opens the owner's browser without showing the key to other users of the machine.

What a program is started with can be seen by all of them. So the browser is started with the name of a file that only
the owner can read, and that forwards to the link. It does not send the key itself: a page in a file is another site to
the server, and the browser would not give it the cookie.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import os
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

MAX_SECONDS = 30.0  # until the file is deleted if the browser has not used the link
POLL_SECONDS = 0.2
_PAGE = """<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="referrer" content="no-referrer" />
    <title>News assistant</title>
    <script>location.replace({script});</script>
    <noscript><meta http-equiv="refresh" content="0; url={address}" /></noscript>
  </head>
</html>
"""


class Browser(Protocol):
    """What of a `webbrowser` controller is used."""

    def open(self, url: str) -> bool:
        """Show a page."""


def find_browser() -> Browser | None:
    """The user's browser, if it opens windows of its own; None if there is none, or only one in the terminal."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return None
    # The controllers of lynx, w3m and unknown programs are of this class itself: they would take the terminal.
    return None if type(found) is webbrowser.GenericBrowser else found


async def open_link(link: str, browser: Browser, is_used: Callable[[], bool]) -> None:
    """Open a link in the browser by a file, which is deleted when `is_used` says so, or after MAX_SECONDS.

    Errors are ignored: the link is also printed.
    """
    with contextlib.suppress(OSError, webbrowser.Error):
        folder = tempfile.TemporaryDirectory(prefix="news-assistant-", ignore_cleanup_errors=True)  # 0700
        with folder as name:
            page = Path(name) / "open.html"
            write_page(page, link)
            await asyncio.to_thread(browser.open, page.as_uri())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(MAX_SECONDS):
                    while not is_used():
                        await asyncio.sleep(POLL_SECONDS)


def write_page(path: Path, link: str) -> None:
    """Write a page that only its user can read, and that forwards to the link. Raises OSError."""
    script = json.dumps(link).replace("<", "\\u003c")
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(_PAGE.replace("{script}", script).replace("{address}", html.escape(link)))
