"""What the events of one question amount to: its answer, or its turn of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.answers.refusal import refuse_question
from assistant.errors import QuestionError
from assistant.questions.batch import BatchQuestion
from assistant.questions.parser import parse_question
from assistant.records.answer import Answer, AskEvent, QuestionUnderstood, Turn


def final_answer(events: Iterable[AskEvent]) -> Answer:
    """The Answer that ends the events. Raises RuntimeError if they end without one."""
    for event in events:
        if isinstance(event, Answer):
            return event
    raise RuntimeError("the question was cancelled before there was an answer")


def final_turn(events: Iterable[AskEvent]) -> Turn:
    """The question as it was understood and the Answer that ends the events; raises as `final_answer` does."""
    query = None
    for event in events:
        if isinstance(event, QuestionUnderstood):
            query = event.query
        elif isinstance(event, Answer) and query is not None:
            return Turn(event.standalone_question or event.question, query, event)
    raise RuntimeError("the question was cancelled before there was an answer")


def make_turn(answer: Answer) -> Turn:
    """An answer as a turn of a conversation; its question is parsed again, because an answer does not carry it."""
    question = answer.standalone_question or answer.question
    return Turn(question, parse_question(question), answer)


def answer_batch_question(ask: Callable[..., Answer], question: BatchQuestion) -> Answer:
    """What `ask`, of an assistant, says to a question of a batch; one that cannot be asked gets a refusal."""
    try:
        return ask(
            question.question,
            history=question.history,
            scope=question.scope,
            as_of=question.as_of,
            asked_at=question.asked_at,
        )
    except QuestionError as error:
        return refuse_question(question.question, str(error))
