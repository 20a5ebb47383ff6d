"""Where articles differ, side by side; and what corrects what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult
from textual.containers import ItemGrid, Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.records.answer import Citation, Conflict, Correction
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.rendering.citation_text import link_numbers, render_numbers, render_outlet_and_day
from assistant.tui.widgets.answer.sentence import CitedText, NumberedText

MIN_COLUMN_WIDTH = 24  # cells of a column
LONGEST_VALUE = 200  # characters


class ClaimView(CitedText):
    """What one side says: the words that tell it apart, who prints it when, and the way there."""

    def __init__(self, question_number: int, value: str, cited: Citation, now: date) -> None:
        lines: list[str | Content | tuple[str, str]] = [
            (shorten_line(value, LONGEST_VALUE), "bold"),
            " ",
            render_numbers((cited.n,)),
        ]
        if cited.speaker:
            lines.append(f"\n— {sanitize_line(cited.speaker)}")
        lines.append((f"\n{render_outlet_and_day(cited, now)}", "dim"))
        super().__init__(Content.assemble(*lines), question_number, (cited,))


class ConflictView(Vertical):
    """The claims of one conflict in columns of equal width; below each other where there is no room."""

    def __init__(self, question_number: int, conflict: Conflict, citations: Mapping[int, Citation], now: date) -> None:
        super().__init__()
        self._views = [
            ClaimView(question_number, claim.value, citations[claim.citation], now)
            for claim in conflict.claims
            if claim.citation in citations
        ]

    def compose(self) -> ComposeResult:
        yield Static("≠ The articles differ", classes="heading")
        yield ItemGrid(*self._views, min_column_width=MIN_COLUMN_WIDTH, regular=len(self._views) % 2 == 0)


class CorrectionView(NumberedText):
    """Which citation was corrected, when and by which."""

    def __init__(
        self, question_number: int, correction: Correction, citations: Mapping[int, Citation], now: date
    ) -> None:
        ends = [citations[n] for n in (correction.by, correction.corrected) if n in citations]
        by = citations.get(correction.by)
        where = f" · {render_outlet_and_day(by, now)}" if by else ""
        text = f"↺ [{correction.corrected}] was corrected: see [{correction.by}]{where}"
        super().__init__(link_numbers(Content(text)), question_number, ends)
