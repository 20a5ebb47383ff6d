"""One article as a page to read: its head, its text, the cited words marked and in view."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from assistant.display import one_line, visible
from assistant.records import Article, Citation

MARKED = "bold $background on $warning"
LINES_ABOVE = 3  # of context over the marked words


class ArticleView(VerticalScroll):
    """Scrolls; shows nothing until an article is given to it."""

    can_focus = True

    def __init__(self) -> None:
        super().__init__()
        self._before = Content("")

    def compose(self) -> ComposeResult:
        yield Static(id="article-head")
        yield Static(id="article-text")

    def clear(self) -> None:
        """Show no article."""
        self.query_one("#article-head", Static).update("")
        self.query_one("#article-text", Static).update("")

    def show(self, article: Article | None, citation: Citation) -> None:
        """Show `article` with the words of `citation` marked; say so where they no longer stand there."""
        head = self.query_one("#article-head", Static)
        body = self.query_one("#article-text", Static)
        if article is None or article.sha256 != citation.article_sha256:
            head.update(Content("! The article has changed since this answer; ask again."))
            body.update(Content(visible(citation.quote)))
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
        self._before = Content(before)
        body.update(Content.assemble(Content(before), (quote, MARKED), Content(after)))
        self.call_after_refresh(self._scroll_to_mark)

    def _scroll_to_mark(self) -> None:
        body = self.query_one("#article-text", Static)
        width = body.content_region.width
        if not width:
            return
        line = max(0, self._before.get_height({}, width) - 1) if self._before.plain else 0
        top = body.virtual_region.y + body.gutter.top + line - min(LINES_ABOVE, self.size.height // 4)
        self.scroll_to_region(Region(0, max(0, top), 1, self.size.height), animate=False, top=True, force=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_mark)
