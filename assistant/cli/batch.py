"""`assistant ask --batch`: each line of a file of questions becomes one JSON answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from assistant.cli.json_lines import print_json, read_lines
from assistant.errors import AssistantError, QuestionError
from assistant.system.json import parse_json
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.questions.batch import BatchQuestion


def ask_batch(assistant: Assistant, name: str) -> None:
    """Answer every line of the file `name` ("-": standard input) and print the answers as they are ready.

    A line that is not a question is reported and skipped. Raises AssistantError at the end if there was one.
    """
    from assistant.questions.batch import parse_batch_line  # imports the parser of questions

    invalid = 0
    for number, line in enumerate(read_lines(name), 1):
        if not line.strip():
            continue
        try:
            question = parse_batch_line(parse_json(line))
        except ValueError as error:
            invalid += 1
            typer.echo(sanitize_line(f"{name}, line {number}: {error}"), err=True)
            continue
        print_json(_answer(assistant, question), flush=True)
    if invalid:
        raise AssistantError(f"{name}: {invalid} line{'s' if invalid > 1 else ''} could not be asked; see above")


def _answer(assistant: Assistant, question: BatchQuestion) -> dict[str, Any]:
    """The answer to a question as JSON; a question that cannot be asked gets a refusal."""
    from assistant.answers.refusal import refuse_question
    from assistant.presentation.json_schema import answer_to_json

    try:
        answer = assistant.ask(
            question.question,
            history=question.history,
            scope=question.scope,
            as_of=question.as_of,
            asked_at=question.asked_at,
        )
    except QuestionError as error:
        answer = refuse_question(question.question, str(error))
    return answer_to_json(answer, question.id)
