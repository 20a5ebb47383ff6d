"""A whole article to read, with places in it marked, from one of which one can go to the next."""

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

MARK_STYLE, CURRENT_MARK_STYLE = (
    "bold underline",
    "bold auto on $warning",
)  # a marked place, and the one that the reader has gone to
CURRENT_MARK_WITHOUT_COLOR = "bold reverse"
LINES_ABOVE = 3  # of context over the place gone to


class ArticleReader(VerticalScroll, can_focus=True):
    """Head and text; `show` gives it the article, `mark` the places."""

    def __init__(self) -> None:
        super().__init__(id="article-reader")
        self.marks: tuple[Span, ...] = ()
        self.current_mark = 0  # number of the mark that the reader has gone to
        self._text = ""
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Static(id="article-reader-head")
        yield Static(id="article-reader-text")

    def show(self, article: Article) -> None:
        """Show an article from its beginning, nothing marked."""
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
        """Mark these places, in order, and go to one of them."""
        self.marks = tuple(sorted(span for span in marks if 0 <= span[0] < span[1] <= len(self._text)))
        self.go_to_mark(at)

    def go_to_mark(self, at: int) -> None:
        """Go to the mark with this number; after the last comes the first."""
        self.current_mark = at % len(self.marks) if self.marks else 0
        parts: list[Content | tuple[str, str]] = []
        here, end = CURRENT_MARK_WITHOUT_COLOR if self.app.no_color else CURRENT_MARK_STYLE, 0
        for number, (start, stop) in enumerate(self.marks):
            if stop <= end:
                continue  # within the one before
            parts += [Content(sanitize_text(self._text[end:start]))]
            parts += [
                (sanitize_text(self._text[max(start, end) : stop]), here if number == self.current_mark else MARK_STYLE)
            ]
            end = stop
        self.query_one("#article-reader-text", Static).update(
            Content.assemble(*parts, Content(sanitize_text(self._text[end:]) if self._text else ""))
        )
        if self.marks:
            self.call_after_refresh(self._bring_into_view)

    def _find_line(self, offset: int) -> int:
        body = self.query_one("#article-reader-text", Static)
        # A word is never on two lines: where it ends up depends on all of it.
        word = re.compile(r"\S*").match(self._text, offset)
        before = Content(sanitize_text(self._text[: word.end() if word else offset]))
        return body.virtual_region.y + max(0, before.get_height({}, body.content_region.width) - 1)

    def _bring_into_view(self) -> None:
        if self.marks and self.size.width:
            top = max(0, self._find_line(self.marks[self.current_mark][0]) - min(LINES_ABOVE, self.size.height // 4))
            self.scroll_to_region(Region(0, top, 1, self.size.height), animate=False, top=True, force=True)

    def on_resize(self, event: Resize) -> None:
        """Keep the place in view when lines break elsewhere."""
        if event.size.width != self._width:
            self._width = event.size.width
            self.call_after_refresh(self._bring_into_view)
