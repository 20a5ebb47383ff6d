"""Where articles differ, side by side; and what corrects what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult
from textual.containers import ItemGrid, Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.records.answer import Citation, Conflict, Correction
from assistant.text.sanitize import one_line, shortened
from assistant.tui.citation_text import numbers, outlet_and_day, with_numbers
from assistant.tui.widgets.answer.sentence import Cited, Leading

NARROWEST = 24  # cells of a column
LONGEST_VALUE = 200  # characters


class ClaimView(Cited):
    """What one side says: the words that tell it apart, who prints it when, and the way there."""

    def __init__(self, ask: int, value: str, cited: Citation, now: date) -> None:
        lines: list[str | Content | tuple[str, str]] = [
            (shortened(value, LONGEST_VALUE), "bold"),
            " ",
            numbers((cited.n,)),
        ]
        if cited.speaker:
            lines.append(f"\n— {one_line(cited.speaker)}")
        lines.append((f"\n{outlet_and_day(cited, now)}", "dim"))
        super().__init__(Content.assemble(*lines), ask, (cited,))


class ConflictView(Vertical):
    """The claims of one conflict in columns of equal width; below each other where there is no room."""

    def __init__(self, ask: int, conflict: Conflict, citations: Mapping[int, Citation], now: date) -> None:
        super().__init__()
        self._views = [
            ClaimView(ask, claim.value, citations[claim.citation], now)
            for claim in conflict.claims
            if claim.citation in citations
        ]

    def compose(self) -> ComposeResult:
        yield Static("≠ The articles differ", classes="heading")
        yield ItemGrid(*self._views, min_column_width=NARROWEST, regular=len(self._views) % 2 == 0)


class CorrectionView(Leading):
    """Which citation was corrected, when and by which."""

    def __init__(self, ask: int, correction: Correction, citations: Mapping[int, Citation], now: date) -> None:
        ends = [citations[n] for n in (correction.by, correction.corrected) if n in citations]
        by = citations.get(correction.by)
        where = f" · {outlet_and_day(by, now)}" if by else ""
        text = f"↺ [{correction.corrected}] was corrected: see [{correction.by}]{where}"
        super().__init__(with_numbers(Content(text)), ask, ends)
