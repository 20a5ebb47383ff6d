"""`assistant ask --batch`: each line of a file of questions becomes one JSON answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assistant.cli.json_lines import print_json, read_lines
from assistant.errors import AssistantError
from assistant.system.json import parse_json
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.engine import Assistant


def ask_batch(assistant: Assistant, name: str) -> None:
    """Answer every line of the file `name` ("-": standard input) and print the answers as they are ready.

    A line that is not a question is reported and skipped. Raises AssistantError at the end if there was one.
    """
    from assistant.answers.events import answer_batch_question
    from assistant.presentation.json_schema import answer_to_json
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
        print_json(answer_to_json(answer_batch_question(assistant.ask, question), question.id), flush=True)
    if invalid:
        raise AssistantError(f"{name}: {invalid} line{'s' if invalid > 1 else ''} could not be asked; see above")
