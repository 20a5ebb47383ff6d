"""The state of one exchange: the question and what has arrived of its answer, whether it is on the screen or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from assistant.records.answer import Answer, AnswerPart, AnswerReady, AskEvent, Citation, QuestionUnderstood, Turn
from assistant.records.proof import WritingStep
from assistant.records.query import Query

USUAL_LINES = 12  # height of an exchange whose text is not known


@dataclass(slots=True)
class ExchangeState:
    """A question and its answer. `question_number` counts the questions of this run.

    Grows with each event, and is kept when its widget is removed.
    """

    question_number: int
    question: str
    query: Query | None = None
    standalone_question: str | None = None  # the question rewritten so that it needs no context
    answer_parts: list[AnswerPart] = field(default_factory=list)
    answer: Answer | None = None
    ready: AnswerReady | None = None  # the answer without a language model, while the model is asked
    written: list[str] = field(default_factory=list)  # the sentences that it has written so far
    other_answer: Answer | None = None  # without the model if `answer` is with it, and the reverse
    failure: str | None = None
    measured_size: tuple[int, int] | None = None  # width and height when it was last drawn
    _estimated_size: tuple[int, int] | None = None  # width and estimated height

    def add_event(self, event: AskEvent) -> None:
        """Keep one more event of the answer."""
        if isinstance(event, QuestionUnderstood):
            self.query, self.standalone_question = event.query, event.standalone
        elif isinstance(event, AnswerPart):
            self.answer_parts.append(event)
        elif isinstance(event, AnswerReady):
            self.ready = event
        elif isinstance(event, WritingStep):
            self.written += [event.text] if event.text else []
        else:
            self.answer, self.other_answer = event, event.extractive

    def switch_answer(self) -> None:
        """Show the answer without the language model instead of the one with it, or the reverse."""
        if self.answer is not None and self.other_answer is not None:
            self.answer, self.other_answer = self.other_answer, self.answer
            self.measured_size = self._estimated_size = None

    @property
    def shown_answer(self) -> Answer | None:
        """The answer on the screen: while a language model is asked, the one without it."""
        return self.answer or (self.ready.answer if self.ready else None)

    @property
    def is_finished(self) -> bool:
        """Whether the answer is complete or has failed."""
        return self.answer is not None or self.failure is not None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations that have arrived; without an answer those of the sentences near to it."""
        if (answer := self.shown_answer) is not None:
            return answer.nearest if answer.abstained else answer.citations
        return tuple(cited for part in self.answer_parts for cited in part.citations)

    @property
    def turn(self) -> Turn | None:
        """The context for later questions; None while the answer is incomplete."""
        if self.answer is None or self.query is None:
            return None
        return Turn(self.answer.standalone_question or self.answer.question, self.query, self.answer)

    def height(self, width: int) -> int:
        """Height in lines at this width in cells: measured if known, else estimated from the text."""
        if self.measured_size is not None and self.measured_size[0] == width:
            return self.measured_size[1]
        if self.answer is None:
            return USUAL_LINES
        if self._estimated_size is None or self._estimated_size[0] != width:
            self._estimated_size = (width, self._estimate_height(self.answer, width))
        return self._estimated_size[1]

    def _estimate_height(self, answer: Answer, width: int) -> int:
        near = [cited.quote for cited in answer.nearest]
        texts = [self.question, *(sentence.text for sentence in answer.sentences), *near, *answer.notes]
        headings = len({cited.article_id for cited in self.citations})
        return sum(ceil((len(text) + 4) / max(10, width - 4)) for text in texts) + 2 * headings + 3
