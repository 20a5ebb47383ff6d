"""The line above the prompt that says what is new; it covers nothing."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from assistant.text.formatting import count_noun
from assistant.text.sanitize import shorten_line
from assistant.tui.keep.state import News

LONGEST_QUOTE = 300  # characters; the line is cut at its width
OPEN_TEXT = "Alt+N "


class NewsLine(Static):
    """Shown while there are news that the user has not seen. A click opens them, as Alt+N does.

    Follows the app's `news`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    NewsLine {
        display: none; height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis;
        &:hover { background: $boost; }
    }
    """

    def on_mount(self) -> None:
        """Follow the app."""
        if hasattr(self.app, "news"):
            self.watch(self.app, "news", self.show_news)

    def show_news(self, news: News) -> None:
        """Show the news; hide the line if there are none."""
        self.display = bool(news)
        self.update(render_news(news))

    async def on_click(self, event: Click) -> None:
        """Open the news."""
        event.stop()
        await self.run_action("app.news")


def render_news(news: News) -> Content:
    """What is new, in one line: "Alt+N 3 new, 1 names Ms Roe · 1 finding: tell me when …: “…”"."""
    parts = [(OPEN_TEXT, "bold"), (shorten_line(news.text, LONGEST_QUOTE), "")]
    if news.findings:
        first = news.findings[0]
        found = f"{count_noun(len(news.findings), 'finding')}: {first.wording}: {first.citation.quote}"
        parts.append((f"{' · ' if news.text else ''}{shorten_line(found, LONGEST_QUOTE)}", "$text-success"))
    return Content.assemble(*parts)
