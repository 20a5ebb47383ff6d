"""Below an answer: the claims of articles that differ, side by side; and which article corrects which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult
from textual.containers import ItemGrid, Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.records.answer import Citation, Conflict, Correction
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.rendering.citation_text import link_numbers, render_numbers, render_source_and_day
from assistant.tui.widgets.answer.sentence import CitedText, NumberedText

MIN_COLUMN_WIDTH = 24  # cells
LONGEST_VALUE = 200  # characters


class ClaimView(CitedText):
    """One claim: the words that differ, the outlet and day. A click opens its source (`CitationChosen`)."""

    def __init__(self, question_number: int, value: str, cited: Citation, now: date) -> None:
        lines: list[str | Content | tuple[str, str]] = [
            (shorten_line(value, LONGEST_VALUE), "bold"),
            " ",
            render_numbers((cited.n,)),
        ]
        if cited.speaker:
            lines.append(f"\n— {sanitize_line(cited.speaker)}")
        lines.append((f"\n{render_source_and_day(cited, now)}", "dim"))
        super().__init__(Content.assemble(*lines), question_number, (cited,))


class ConflictView(Vertical):
    """The claims of one conflict in columns of equal width, or below each other where the view is narrow."""

    def __init__(self, question_number: int, conflict: Conflict, citations: Mapping[int, Citation], now: date) -> None:
        super().__init__()
        self._views = [
            ClaimView(question_number, claim.value, citations[claim.citation], now)
            for claim in conflict.claims
            if claim.citation in citations
        ]

    def compose(self) -> ComposeResult:
        """Yield the heading and the claims."""
        yield Static("≠ The articles differ", classes="heading")
        yield ItemGrid(*self._views, min_column_width=MIN_COLUMN_WIDTH, regular=len(self._views) % 2 == 0)


class CorrectionView(NumberedText):
    """Which citation was corrected, by which other one and when. A click on a number posts `CitationChosen`."""

    def __init__(
        self, question_number: int, correction: Correction, citations: Mapping[int, Citation], now: date
    ) -> None:
        numbered = [citations[n] for n in (correction.by, correction.corrected) if n in citations]
        by = citations.get(correction.by)
        where = f" · {render_source_and_day(by, now)}" if by else ""
        text = f"↺ [{correction.corrected}] was corrected: see [{correction.by}]{where}"
        super().__init__(link_numbers(Content(text)), question_number, numbered)
