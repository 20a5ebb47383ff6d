"""The sources pane: the citations of the newest answer, and the open one's article with its words marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.answering import source_line
from assistant.display import one_line, shortened
from assistant.records import Article, Citation
from assistant.tui.article_view import ArticleView
from assistant.tui.messages import CitationChosen


class SourcesPane(Vertical):
    """Numbered citations above the article in which the open one stands."""

    BORDER_TITLE = "Sources"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "app.step(1)", "Next", show=False, tooltip="In the sources: open the next one"),
        Binding("p", "app.step(-1)", "Previous", show=False, tooltip="In the sources: open the previous one"),
        *(Binding(str(n), f"number({n})", "Open", show=False) for n in range(1, 10)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._citations: tuple[Citation, ...] = ()
        self._open: Citation | None = None

    def compose(self) -> ComposeResult:
        yield OptionList(id="citations", compact=True, markup=False)
        yield ArticleView()

    def list_citations(self, citations: Sequence[Citation]) -> None:
        """Show the citations of an answer, none open."""
        self._citations = tuple(citations)
        self._open = None
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(
                Content.assemble(
                    (f"[{cited.n}] ", "bold $accent"),
                    Content(shortened(source_line(cited), 200)),
                )
            )
            for cited in citations
        )
        if not citations:
            self.query_one(ArticleView).clear()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(CitationChosen(self._citations[event.option_index]))

    def action_number(self, digit: int) -> None:
        """Open the citation with this number."""
        for cited in self._citations:
            if cited.n == digit:
                self.post_message(CitationChosen(cited))

    def mark(self, citation: Citation) -> None:
        """Show which citation is open."""
        self._open = citation
        if citation in self._citations:
            self.query_one(OptionList).highlighted = self._citations.index(citation)

    def open(self, citation: Citation, article: Article | None) -> None:
        """Show the article of a citation, scrolled to the words and with them marked."""
        if citation != self._open:
            return  # another one was chosen meanwhile
        self.border_subtitle = one_line(f"[{citation.n}] {citation.speaker or ''}")
        self.query_one(ArticleView).show(article, citation)

    def neighbour(self, by: int) -> Citation | None:
        """The citation `by` places after the open one, if there is one."""
        if not self._citations:
            return None
        if self._open not in self._citations:
            return self._citations[0]
        place = self._citations.index(self._open) + by
        return self._citations[place] if 0 <= place < len(self._citations) else None
