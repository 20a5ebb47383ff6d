"""The first line of an answer: the words that answer, alone, with their citation numbers, and how old they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records.answer import Answer
from assistant.text.months import format_days
from assistant.text.spans import Span


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The words that answer and the citations that contain them.

    `remark` is what a reader must know at once: that the articles differ, that the sentence was corrected, how old the
    answer is.
    """

    words: str
    numbers: tuple[int, ...]
    remark: str = ""

    @property
    def line(self) -> str:
        """The whole line: "22 minutes [1] (the articles differ)"."""
        numbers = "".join(f"[{n}]" for n in self.numbers)
        return " ".join(part for part in (self.words, numbers, f"({self.remark})" if self.remark else "") if part)


def find_short_answer(answer: Answer) -> ShortAnswer | None:
    """The first line of this answer; None if it has none."""
    if answer.summary:
        return ShortAnswer(answer.summary, ())
    if answer.abstained or not answer.citations or not answer.short_answer:
        return None
    numbers = _find_numbers(answer, answer.short_answer)
    return ShortAnswer(answer.short_answer, numbers, _remark_on(answer, numbers))


def _find_numbers(answer: Answer, words: str) -> tuple[int, ...]:
    """The first citation that contains the words, first those where they are marked as the words that answer.

    Of words gathered from several sentences, all citations with marked words among them.
    """
    contain = {cited.n: spans for cited in answer.citations if (spans := _find_spans(words, cited.quote))}
    for cited in answer.citations:
        marks = [(start - cited.start, end - cited.start) for start, end in cited.marks]
        if any(a < end and start < b for a, b in contain.get(cited.n, ()) for start, end in marks):
            return (cited.n,)
    if contain:
        return (min(contain),)
    parts = [
        cited.n
        for cited in answer.citations
        if any(_find_spans(cited.quote[start - cited.start : end - cited.start], words) for start, end in cited.marks)
    ]
    return tuple(parts) or (answer.citations[0].n,)


def _find_spans(words: str, text: str) -> list[Span]:
    """Where a text has these whole words, whatever their case and the spaces between them."""
    parts = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(rf"(?<!\w){parts}(?!\w)", text, re.IGNORECASE)] if parts else []


def _remark_on(answer: Answer, numbers: tuple[int, ...]) -> str:
    remarks = [f"corrected: see [{each.by}]" for each in answer.corrections if each.corrected in numbers]
    remarks += ["the articles differ"] if answer.conflicts else []
    remarks += [f"as of {format_days(answer.as_of, answer.as_of)}"] if answer.as_of else []
    return "; ".join(remarks)
