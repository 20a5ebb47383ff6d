"""Which attribution the next paragraph may go on with."""

from __future__ import annotations

from assistant.speech.layouts.speaker_state import SpeakerState
from assistant.speech.paragraphs import parse_paragraph
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.sentences import sentence_spans

ADA = ResolvedAttribution("Ada Brandreth", None, "said", "around", 3, 9)


def enter(state: SpeakerState, text: str) -> ResolvedAttribution | None:
    state.enter(parse_paragraph(text, 0, len(text), sentence_spans(text)))
    return state.current


def test_only_quotations_go_on() -> None:
    """Without an open quotation, only a paragraph that is all quotation goes on; with one, any with a quotation."""
    state = SpeakerState()
    state.carry_over(ADA, is_quote_open=False)
    assert state.carried is not None
    assert state.carried.side == "quoted"
    assert enter(state, "The lock is “old” and the gate is late.") is None
    state.carry_over(ADA, is_quote_open=False)
    current = enter(state, "“The lock is old.”")
    assert current is not None
    assert current.speaker == "Ada Brandreth"
    state.carry_over(ADA, is_quote_open=True)
    assert enter(state, "The lock is “old” and the gate is late.") is not None
    assert enter(state, "“The lock is old.”") is None
