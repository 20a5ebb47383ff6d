"""What is known of one exchange, on the screen or not: the question and what came of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from assistant.records.answer import Answer, AnswerPart, AskEvent, Citation, QuestionUnderstood, Turn
from assistant.records.query import Query

USUAL_LINES = 12  # of an exchange whose text is not known


@dataclass(slots=True)
class ExchangeState:
    """Question number `ask` of this run with its answer; grows as events come, and outlives its widget."""

    question_number: int
    question: str
    query: Query | None = None
    standalone_question: str | None = None  # the question as it was rewritten to stand alone
    answer_parts: list[AnswerPart] = field(default_factory=list)
    answer: Answer | None = None
    failure: str | None = None
    measured_size: tuple[int, int] | None = None  # width and height when it was last on the screen
    _estimated_size: tuple[int, int] | None = None  # width and height that its text should need

    def add_event(self, event: AskEvent) -> None:
        """Keep one more event of the answer."""
        if isinstance(event, QuestionUnderstood):
            self.query, self.standalone_question = event.query, event.standalone
        elif isinstance(event, AnswerPart):
            self.answer_parts.append(event)
        else:
            self.answer = event

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is to come."""
        return self.answer is not None or self.failure is not None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the answer rests on so far; of a refusal the nearest passages, which answer nothing."""
        if self.answer is not None:
            return self.answer.nearest if self.answer.abstained else self.answer.citations
        return tuple(cited for one in self.answer_parts for cited in one.citations)

    @property
    def turn(self) -> Turn | None:
        """What a later question may lean on; nothing while it is unanswered."""
        if self.answer is None or self.query is None:
            return None
        return Turn(self.answer.standalone_question or self.answer.question, self.query, self.answer)

    def height(self, width: int) -> int:
        """Lines that it takes at this width: as measured, or else about as many as its text needs."""
        if self.measured_size is not None and self.measured_size[0] == width:
            return self.measured_size[1]
        if self.answer is None:
            return USUAL_LINES
        if self._estimated_size is None or self._estimated_size[0] != width:
            self._estimated_size = (width, self._estimate_height(self.answer, width))
        return self._estimated_size[1]

    def _estimate_height(self, answer: Answer, width: int) -> int:
        texts = [self.question, *(sentence.text for sentence in answer.sentences), *answer.notes]
        headings = len({cited.article_id for cited in self.citations})
        return sum(ceil((len(text) + 4) / max(10, width - 4)) for text in texts) + 2 * headings + 3
