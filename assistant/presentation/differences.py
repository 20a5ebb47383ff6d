"""What changed between two texts, sentence by sentence."""

from __future__ import annotations

from difflib import SequenceMatcher

from assistant.text.sentences import sentence_spans
from assistant.text.spans import Span

MAX_COMPARED = 3_000  # sentences on either side, between the first and the last change; more are one change

Replaced = tuple[Span, Span]
"""A run of sentences of the old text, and what stands there in the new one; one of the spans may be empty."""


def find_replaced(old: str, new: str) -> list[Replaced]:
    """The runs of sentences that differ, in order."""
    old_spans, new_spans = sentence_spans(old), sentence_spans(new)
    before = [_fold(old, span) for span in old_spans]
    after = [_fold(new, span) for span in new_spans]
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old_rest, new_rest = before[first : len(before) - last], after[first : len(after) - last]
    if max(len(old_rest), len(new_rest)) > MAX_COMPARED:
        blocks = [(0, len(old_rest), 0, len(new_rest))]
    else:
        codes = SequenceMatcher(None, old_rest, new_rest, autojunk=False).get_opcodes()
        blocks = [block for code in codes if code[0] != "equal" for block in _pair_sentences(*code[1:])]
    return [
        (
            _join(old_spans[first + old_start : first + old_end], old_spans, first + old_start),
            _join(new_spans[first + new_start : first + new_end], new_spans, first + new_start),
        )
        for old_start, old_end, new_start, new_end in blocks
        if old_end > old_start or new_end > new_start
    ]


def _pair_sentences(old_start: int, old_end: int, new_start: int, new_end: int) -> list[tuple[int, int, int, int]]:
    """A run as one pair for each sentence, if as many sentences came as went."""
    if old_end - old_start != new_end - new_start:
        return [(old_start, old_end, new_start, new_end)]
    size = old_end - old_start
    return [(old_start + at, old_start + at + 1, new_start + at, new_start + at + 1) for at in range(size)]


def find_replacement(old: str, new: str, span: Span) -> tuple[str, str] | None:
    """The sentences of the old text that a span of it touches and what replaced them; None if they are unchanged.

    Both are as they stand in their texts; the second is empty if the words were left out.
    """
    touched = [pair for pair in find_replaced(old, new) if pair[0][0] < span[1] and span[0] < pair[0][1]]
    if not touched:
        return None
    before = (touched[0][0][0], touched[-1][0][1])
    after = (touched[0][1][0], touched[-1][1][1])
    return old[slice(*before)].strip(), new[slice(*after)].strip()


def _fold(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _join(run: list[Span], spans: list[Span], at: int) -> Span:
    """The span of a run of sentences; an empty one at its place if there are none."""
    if run:
        return run[0][0], run[-1][1]
    place = spans[at][0] if at < len(spans) else spans[-1][1] if spans else 0
    return place, place
