"""One article as a page to read: its head, its text, the cited words marked and in view."""

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
from assistant.records.article import Article, Span
from assistant.text.formatting import join_names
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text
from assistant.tui.rendering import relative_dates
from assistant.tui.rendering.citation_text import find_other_outlets
from assistant.tui.rendering.relative_dates import format_day_and_age

MARK_STYLE, MARK_WITHOUT_COLOR = "bold auto on $warning", "bold reverse"
ALSO_CITED_STYLE = "underline"  # other words of the article that the same answer cites
LINES_ABOVE = 3  # of context over the marked words


class ArticleView(VerticalScroll):
    """Scrolls; shows nothing until an article is given to it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "zoom", "Larger", show=False)]
    can_focus = True

    def __init__(self) -> None:
        super().__init__(classes="-empty")
        self._head, self._text = Static(id="article-head"), Static(id="article-text")
        self._text_before_mark = Content("")  # the text as far as the first of the marked words
        self._last_size = Size(0, 0)

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._text

    async def action_zoom(self) -> None:
        """Make this larger or smaller, where it stands beside something else."""
        await self.run_action("parent.parent.zoom")

    def clear(self) -> None:
        """Show no article."""
        self.add_class("-empty")
        self._text_before_mark = Content("")
        self._head.update("")
        self._text.update("")

    def show(self, article: Article | None, citation: Citation, others: Sequence[Citation] = ()) -> None:
        """Show `article` with the words of `citation` marked; say so where they no longer stand there.

        `others` are further citations, of which those from this article are underlined.
        """
        self.remove_class("-empty")
        head = self._head
        body = self._text
        if article is None or article.sha256 != citation.article_sha256:
            head.update(Content("! The article has changed since this answer; ask again."))
            body.update(Content(sanitize_text(citation.quote)))
            self._text_before_mark = Content("")
            self.scroll_home(animate=False)
            return
        head.update(_render_head(article, citation))
        start, end = citation.start, citation.end
        # A word is never on two lines: where the first one ends up depends on all of it.
        first_word = re.match(r"\S*", sanitize_text(article.text[start:]))
        self._text_before_mark = Content(sanitize_text(article.text[:start]) + (first_word[0] if first_word else ""))
        spans = [(o.start, o.end) for o in others if o.article_id == article.id and (o.start, o.end) != (start, end)]
        body.update(
            _render_text(article.text, (start, end), spans, MARK_WITHOUT_COLOR if self.app.no_color else MARK_STYLE)
        )
        self.call_after_refresh(self._scroll_to_mark)

    def _find_marked_line(self) -> int:
        body = self._text
        return body.virtual_region.y + max(0, self._text_before_mark.get_height({}, body.content_region.width) - 1)

    def _scroll_to_mark(self) -> None:
        if self._text_before_mark and self.size.width:
            head = self._head  # stays in view, over the text
            covered = head.outer_size.height if head.display else 0
            top = self._find_marked_line() - covered - min(LINES_ABOVE, (self.size.height - covered) // 4)
            self.scroll_to(y=max(0, top), animate=False, force=True, immediate=True)

    def on_resize(self, event: Resize) -> None:
        """Keep the marked words in view, unless the reader has gone elsewhere and the lines are as they were."""
        last, self._last_size = self._last_size, event.size
        if not self._text_before_mark or event.size == last:
            return
        if event.size.width != last.width or 0 <= self._find_marked_line() - self.scroll_y < last.height:
            self.call_after_refresh(self._scroll_to_mark)


def _render_head(article: Article, citation: Citation) -> Content:
    about = [article.source, article.author, format_day_and_age(article.published_at, relative_dates.today())]
    lines: list[Content] = [
        Content.styled(sanitize_line(article.title), "bold"),
        Content.styled(" · ".join(sanitize_line(part) for part in about if part), "dim"),
    ]
    others = find_other_outlets(citation)
    if others:
        lines.append(Content.styled(f"also printed by {join_names(others)}", "dim"))
    if article.url:
        lines.append(_render_link(article.url))
    return Content("\n").join(line for line in lines if line)


def _render_link(url: str) -> Content:
    """The address, for a terminal to open where it is one of the web and nothing but one."""
    shown = format_url(url)
    safe = shown == url and url.lower().startswith(("http://", "https://"))
    return Content.styled(shown, Style(link=url, underline=True) if safe else "dim")


def _render_text(text: str, marked: Span, others: Sequence[Span], look: str) -> Content:
    """The text with its cited words; pieces are made safe one by one, because that changes their lengths."""
    edges = sorted({0, len(text), *marked, *(edge for span in others for edge in span)})
    pieces: list[tuple[str, str]] = []
    for start, end in pairwise(edges):
        inside = [look] if marked[0] <= start < marked[1] else []
        inside += [ALSO_CITED_STYLE] if any(a <= start < b for a, b in others) else []
        pieces.append((sanitize_text(text[start:end]), " ".join(inside)))
    return Content.assemble(*pieces)
