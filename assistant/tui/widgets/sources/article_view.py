"""The article in the sources pane: head and text, with the cited words marked and in view."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.style import Style
from textual.widgets import Static

from assistant.records.answer import Citation
from assistant.records.article import Article, CitedArticle, Span
from assistant.text.formatting import join_names
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text
from assistant.tui.rendering.citation_text import find_other_sources
from assistant.tui.rendering.relative_dates import format_day_of

MARK_STYLE, MARK_WITHOUT_COLOR = "bold auto on $warning", "bold reverse"
ALSO_CITED_STYLE = "underline"  # for other words that the same answer cites
LINES_ABOVE = 3  # lines of context above the marked words


class ArticleView(VerticalScroll):
    """A scrolling article; hidden until `show` is called. Posts nothing; reading the article is left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "zoom", "Larger", show=False)]
    can_focus = True
    FOCUS_ON_CLICK = False  # so that the user can go on typing after a click on the text

    def __init__(self) -> None:
        super().__init__(classes="-empty")
        self._head, self._text = Static(id="article-head"), Static(id="article-text")
        self._text_before_mark = Content("")  # up to the end of the first marked word
        self._last_size = Size(0, 0)

    def compose(self) -> ComposeResult:
        """Yield head and text."""
        yield self._head
        yield self._text

    async def action_zoom(self) -> None:
        """Give the pane the full width of the screen, or divide the screen again."""
        await self.run_action("parent.parent.zoom")

    def clear(self) -> None:
        """Show no article."""
        self.add_class("-empty")
        self._text_before_mark = Content("")
        self._head.update("")
        self._text.update("")

    def show(self, cited: CitedArticle | None, citation: Citation, others: Sequence[Citation] = ()) -> None:
        """Show the article with the words of `citation` marked, and what became of them if it has changed since.

        `others` are the other citations of the answer; those from this article are underlined.
        """
        self.remove_class("-empty")
        head = self._head
        body = self._text
        if cited is None or cited.article.sha256 != citation.article_sha256:
            head.update(Content("! The article has changed since this answer. Ask the question again."))
            body.update(Content(sanitize_text(citation.quote)))
            self._text_before_mark = Content("")
            self.scroll_home(animate=False)
            return
        article = cited.article
        head.update(_render_head(article, citation, cited.change))
        start, end = citation.start, citation.end
        # Words are not broken across lines, so the line of the first word depends on the whole word.
        first_word = re.match(r"\S*", sanitize_text(article.text[start:]))
        self._text_before_mark = Content(sanitize_text(article.text[:start]) + (first_word[0] if first_word else ""))
        also_cited = [(other.start, other.end) for other in others if other.article_id == article.id]
        spans = [span for span in also_cited if span != (start, end)]
        body.update(
            _render_text(article.text, (start, end), spans, MARK_WITHOUT_COLOR if self.app.no_color else MARK_STYLE)
        )
        self.call_after_refresh(self._scroll_to_mark)

    def _find_marked_line(self) -> int:
        body = self._text
        return body.virtual_region.y + max(0, self._text_before_mark.get_height({}, body.content_region.width) - 1)

    def _scroll_to_mark(self) -> None:
        if self._text_before_mark and self.size.width:
            head = self._head  # is docked, and covers the text
            covered = head.outer_size.height if head.display else 0
            top = self._find_marked_line() - covered - min(LINES_ABOVE, (self.size.height - covered) // 4)
            self.scroll_to(y=max(0, top), animate=False, force=True, immediate=True)

    def on_resize(self, event: Resize) -> None:
        """Keep the marked words in view, unless the reader has scrolled away and the lines are unchanged."""
        last, self._last_size = self._last_size, event.size
        if not self._text_before_mark or event.size == last:
            return
        if event.size.width != last.width or 0 <= self._find_marked_line() - self.scroll_y < last.height:
            self.call_after_refresh(self._scroll_to_mark)


def _render_head(article: Article, citation: Citation, change: str | None = None) -> Content:
    about = [article.source, article.author, format_day_of(article.published_at)]
    lines: list[Content] = [
        Content.styled(sanitize_line(article.title), "bold"),
        Content.styled(" · ".join(sanitize_line(part) for part in about if part), "dim"),
    ]
    if article.partial:
        lines.append(Content.styled(f"! only a part of the article: {sanitize_line(article.partial)}", "$text-warning"))
    if change:
        lines.append(Content.styled(f"! {sanitize_line(change[:1].upper() + change[1:])}", "$text-warning"))
    others = find_other_sources(citation)
    if others:
        lines.append(Content.styled(f"also printed by {join_names(others)}", "dim"))
    if article.url:
        lines.append(_render_link(article.url))
    return Content("\n").join(line for line in lines if line)


def _render_link(url: str) -> Content:
    """The address, as a link if it is a plain web address."""
    shown = format_url(url)
    safe = shown == url and url.lower().startswith(("http://", "https://"))
    return Content.styled(shown, Style(link=url, underline=True) if safe else "dim")


def _render_text(text: str, marked: Span, others: Sequence[Span], mark_style: str) -> Content:
    """The text with its cited words styled; pieces are sanitized one by one, because that changes their lengths."""
    edges = sorted({0, len(text), *marked, *(edge for span in others for edge in span)})
    pieces: list[tuple[str, str]] = []
    for start, end in pairwise(edges):
        styles = [mark_style] if marked[0] <= start < marked[1] else []
        if any(first <= start < last for first, last in others):
            styles.append(ALSO_CITED_STYLE)
        pieces.append((sanitize_text(text[start:end]), " ".join(styles)))
    return Content.assemble(*pieces)
