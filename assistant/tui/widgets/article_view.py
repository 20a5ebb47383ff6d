"""One article as a page to read: its head, its text, the cited words marked and in view."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region, Size
from textual.widgets import Static

from assistant.display import one_line, visible
from assistant.records import Article, Citation

MARKED = "bold auto on $warning"
LINES_ABOVE = 3  # of context over the marked words


class ArticleView(VerticalScroll):
    """Scrolls; shows nothing until an article is given to it."""

    can_focus = True

    def __init__(self) -> None:
        super().__init__(classes="-empty")
        self._to_mark = Content("")  # the text as far as the first of the marked words
        self._last_size = Size(0, 0)

    def compose(self) -> ComposeResult:
        yield Static(id="article-head")
        yield Static(id="article-text")

    def clear(self) -> None:
        """Show no article."""
        self.add_class("-empty")
        self._to_mark = Content("")
        self.query_one("#article-head", Static).update("")
        self.query_one("#article-text", Static).update("")

    def show(self, article: Article | None, citation: Citation) -> None:
        """Show `article` with the words of `citation` marked; say so where they no longer stand there."""
        self.remove_class("-empty")
        head = self.query_one("#article-head", Static)
        body = self.query_one("#article-text", Static)
        if article is None or article.sha256 != citation.article_sha256:
            head.update(Content("! The article has changed since this answer; ask again."))
            body.update(Content(visible(citation.quote)))
            self._to_mark = Content("")
            self.scroll_home(animate=False)
            return
        about = [article.source, article.author, article.published_at, article.url]
        head.update(
            Content.assemble(
                (one_line(article.title), "bold"),
                "\n",
                (" · ".join(one_line(part) for part in about if part), "dim"),
            )
        )
        before, quote, after = (
            visible(part)
            for part in (
                article.text[: citation.start],
                article.text[citation.start : citation.end],
                article.text[citation.end :],
            )
        )
        # A word is never on two lines: where the first one ends up depends on all of it.
        first_word = re.match(r"\S*", quote + after)
        self._to_mark = Content(before + (first_word[0] if first_word else ""))
        body.update(Content.assemble(Content(before), (quote, MARKED), Content(after)))
        self.call_after_refresh(self._scroll_to_mark)

    def _marked_line(self) -> int:
        body = self.query_one("#article-text", Static)
        return body.virtual_region.y + max(0, self._to_mark.get_height({}, body.content_region.width) - 1)

    def _scroll_to_mark(self) -> None:
        if self._to_mark and self.size.width:
            top = self._marked_line() - min(LINES_ABOVE, self.size.height // 4)
            self.scroll_to_region(Region(0, max(0, top), 1, self.size.height), animate=False, top=True, force=True)

    def on_resize(self, event: Resize) -> None:
        """Keep the marked words in view, unless the reader has gone elsewhere and the lines are as they were."""
        last, self._last_size = self._last_size, event.size
        if not self._to_mark or event.size == last:
            return
        if event.size.width != last.width or 0 <= self._marked_line() - self.scroll_y < last.height:
            self.call_after_refresh(self._scroll_to_mark)
