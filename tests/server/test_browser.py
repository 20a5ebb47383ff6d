"""Opening the owner's browser: by a file that only the owner can read, that holds the link, and that is deleted."""

from __future__ import annotations

import asyncio
import stat
import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from assistant.server import browser as opening
from assistant.server.browser import find_browser, open_link

LINK = "http://127.0.0.1:8000/enter#a-key</script>"


class RecordingBrowser(webbrowser.BaseBrowser):
    """A browser that notes what it is started with, and the file of it."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__("recording")
        self.url = self.page = ""
        self.modes: list[int] = []
        self.error = error

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002
        """Read the page as a browser does."""
        path = Path(unquote(urlsplit(url).path))
        self.url, self.page = url, path.read_text(encoding="utf-8")
        self.modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)]
        if self.error:
            raise self.error
        return True


async def test_file_forwards_and_is_deleted() -> None:
    """The browser is started with a private file, not with the key; the file goes when the link is used."""
    browser = RecordingBrowser()
    await open_link(LINK, browser, lambda: bool(browser.url))
    assert "a-key" not in browser.url
    assert browser.page.count("a-key") == 2
    assert browser.page.count("</script>") == 1
    assert browser.modes == [0o600, 0o700]
    assert not Path(unquote(urlsplit(browser.url).path)).parent.exists()


async def test_file_deleted_without_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the browser does not come or the server ends, the file is deleted too; an error of the browser is no error."""
    monkeypatch.setattr(opening, "MAX_SECONDS", 0.1)
    late = RecordingBrowser()
    await open_link(LINK, late, lambda: False)
    failing = RecordingBrowser(webbrowser.Error("no display"))
    await open_link(LINK, failing, lambda: False)
    monkeypatch.setattr(opening, "MAX_SECONDS", 60)
    ended = RecordingBrowser()
    task = asyncio.create_task(open_link(LINK, ended, lambda: False))
    while not ended.modes:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for browser in (late, failing, ended):
        assert not Path(unquote(urlsplit(browser.url).path)).parent.exists()


@pytest.mark.parametrize("command", ["lynx", "unknown-program %s"])
def test_browsers_in_the_terminal_are_left_out(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that would take the terminal from the server is not opened."""
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser(command))
    assert find_browser() is None

    def fail() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", fail)
    assert find_browser() is None
