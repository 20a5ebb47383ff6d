"""Below an answer: the publication days of its sources on a time axis, with their citation numbers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from assistant.records.answer import Citation
from assistant.records.query import Query
from assistant.tui.rendering.charts import draw_timeline
from assistant.tui.rendering.citation_text import link_numbers
from assistant.tui.rendering.relative_dates import parse_day
from assistant.tui.widgets.answer.sentence import NumberedText

MIN_DAYS = 3  # different days from which on a timeline says more than a list
MIN_DAYS_OVER_TIME = 2  # the same for a question about change
MAX_WIDTH = 100  # cells


class Timeline(NumberedText):
    """Citation numbers on a time axis, to scale; the open one is reversed. A click on one posts `CitationChosen`."""

    def __init__(self, question_number: int, citations: Sequence[Citation]) -> None:
        super().__init__(Content("\n\n"), question_number, citations)
        self._events = [(day, f"[{cited.n}]") for cited in citations if (day := parse_day(cited.published_at))]
        self._open: Citation | None = None

    def on_resize(self) -> None:
        """Redraw for the new width."""
        self._draw()

    def mark(self, citation: Citation | None) -> None:
        """Show the number of the open source reversed."""
        if citation != self._open:
            self._open = citation
            self._draw()

    def _draw(self) -> None:
        width = min(self.content_size.width, MAX_WIDTH)
        if not width:
            return
        labels, line, days = draw_timeline(self._events, width)
        numbers = link_numbers(Content(labels))
        if self._open in self.citations:
            assert self._open is not None
            numbers = numbers.highlight_regex(rf"\[{self._open.n}\]", style="reverse")
        self.update(Content.assemble(numbers, "\n", (f"{line}\n{days}", "dim")), layout=False)


def is_worth_drawing(query: Query | None, citations: Sequence[Citation]) -> bool:
    """Whether the sources are of enough different days for a timeline; fewer if the question is about change."""
    days = [day for cited in citations if (day := parse_day(cited.published_at))]
    is_about_change = query is not None and query.over_time
    return len(set(days)) >= (MIN_DAYS_OVER_TIME if is_about_change else MIN_DAYS)
