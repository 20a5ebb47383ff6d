"""When the sources of an answer were published, as a line of days with their numbers on it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from assistant.records.answer import Citation
from assistant.records.query import Query
from assistant.tui.rendering.charts import draw_timeline
from assistant.tui.rendering.citation_text import link_numbers
from assistant.tui.rendering.relative_dates import parse_day
from assistant.tui.widgets.answer.sentence import NumberedText

MIN_DAYS, MIN_DAYS_OVER_TIME = (
    3,
    2,
)  # days of the sources, below which a list says it as well; of a question about change
MAX_WIDTH = 100  # cells


class Timeline(NumberedText):
    """Numbers over a line of days, to scale; the open one stands out."""

    def __init__(self, question_number: int, citations: Sequence[Citation]) -> None:
        super().__init__(Content("\n\n"), question_number, citations)
        self._events = [(day, f"[{cited.n}]") for cited in citations if (day := parse_day(cited.published_at))]
        self._open: Citation | None = None

    def on_resize(self) -> None:
        """Draw for the width that there is."""
        self._draw()

    def mark(self, citation: Citation | None) -> None:
        """Show which number's source is open."""
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
    """Whether a line of days says something: the question is about change, or the sources are of several days."""
    days = [day for cited in citations if (day := parse_day(cited.published_at))]
    asked = query is not None and query.over_time
    return len(set(days)) >= (MIN_DAYS_OVER_TIME if asked else MIN_DAYS)
