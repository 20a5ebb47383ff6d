"""The text of the article screen: a whole article, with marked places between which the reader can move."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region
from textual.widgets import Static

from assistant.records.article import Article, Span
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text
from assistant.tui.rendering import relative_dates
from assistant.tui.rendering.relative_dates import format_day_and_age

MARK_STYLE = "bold underline"
CURRENT_MARK_STYLE = "bold auto on $warning"
CURRENT_MARK_WITHOUT_COLOR = "bold reverse"
LINES_ABOVE = 3  # lines of context above the current mark


class ArticleReader(VerticalScroll, can_focus=True):
    """Head and text of an article; `show` sets the article and `show_marks` the marks.

    Posts nothing. Reading the article and the keys that move between marks are left to the screen.
    """

    def __init__(self) -> None:
        super().__init__(id="article-reader")
        self.marks: tuple[Span, ...] = ()
        self.current_mark = 0  # index of the mark in view
        self._text = ""
        self._width = 0

    def compose(self) -> ComposeResult:
        """Yield head and text."""
        yield Static(id="article-reader-head")
        yield Static(id="article-reader-text")

    def show(self, article: Article) -> None:
        """Show an article from its beginning, without marks."""
        self._text = article.text
        about = [article.source, article.author, format_day_and_age(article.published_at, relative_dates.today())]
        where = format_url(article.url) if article.url else sanitize_line(article.path or "")
        head = Content.assemble(
            (sanitize_line(article.title), "bold"),
            ("\n" + " · ".join(sanitize_line(part) for part in about if part), "$text-muted"),
            ("\n" + where if where else "", "$text-muted"),
        )
        self.query_one("#article-reader-head", Static).update(head)
        self.show_marks(())
        self.scroll_home(animate=False)

    def show_marks(self, marks: Sequence[Span], at: int = 0) -> None:
        """Mark these places, sorted by position, and go to number `at`."""
        self.marks = tuple(sorted(span for span in marks if 0 <= span[0] < span[1] <= len(self._text)))
        self.go_to_mark(at)

    def go_to_mark(self, at: int) -> None:
        """Go to the mark with this number; after the last one comes the first."""
        self.current_mark = at % len(self.marks) if self.marks else 0
        parts: list[Content | tuple[str, str]] = []
        current_style = CURRENT_MARK_WITHOUT_COLOR if self.app.no_color else CURRENT_MARK_STYLE
        end = 0
        for number, (start, stop) in enumerate(self.marks):
            if stop <= end:
                continue  # inside the previous mark
            style = current_style if number == self.current_mark else MARK_STYLE
            parts.append(Content(sanitize_text(self._text[end:start])))
            parts.append((sanitize_text(self._text[max(start, end) : stop]), style))
            end = stop
        self.query_one("#article-reader-text", Static).update(
            Content.assemble(*parts, Content(sanitize_text(self._text[end:]) if self._text else ""))
        )
        if self.marks:
            self.call_after_refresh(self._bring_into_view)

    def _find_line(self, offset: int) -> int:
        body = self.query_one("#article-reader-text", Static)
        # Words are not broken across lines, so the line of a word depends on the whole word.
        word = re.compile(r"\S*").match(self._text, offset)
        before = Content(sanitize_text(self._text[: word.end() if word else offset]))
        return body.virtual_region.y + max(0, before.get_height({}, body.content_region.width) - 1)

    def _bring_into_view(self) -> None:
        if self.marks and self.size.width:
            top = max(0, self._find_line(self.marks[self.current_mark][0]) - min(LINES_ABOVE, self.size.height // 4))
            self.scroll_to_region(Region(0, top, 1, self.size.height), animate=False, top=True, force=True)

    def on_resize(self, event: Resize) -> None:
        """Keep the mark in view when a new width breaks the lines elsewhere."""
        if event.size.width != self._width:
            self._width = event.size.width
            self.call_after_refresh(self._bring_into_view)
