"""Who speaks where a quotation has no attribution of its own: the speaker of its paragraph, or of the one before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.speech.paragraphs import Paragraph
from assistant.speech.resolution import ResolvedAttribution


@dataclass(slots=True)
class SpeakerState:
    """The attributions that a quotation without one of its own can belong to."""

    current: ResolvedAttribution | None = None  # of the paragraph so far
    carried: ResolvedAttribution | None = None  # for the next paragraph

    def enter(self, paragraph: Paragraph) -> None:
        """Start a paragraph: what the last one carried over is current if the paragraph continues its quotation."""
        carried, self.carried = self.carried, None
        needs_quotation = carried is not None and carried.side == "quoted"
        self.current = carried if paragraph.quotes and (paragraph.is_quotation or not needs_quotation) else None

    def carry_over(self, attribution: ResolvedAttribution, is_quote_open: bool) -> None:
        """Offer an attribution to the next paragraph; if no quotation is open, only to one that is all quotation."""
        self.carried = replace(attribution, side="" if is_quote_open else "quoted", start=0, end=0)
