"""`assistant ask`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from assistant.cli.conversations import ExportFormatChoice
from assistant.cli.options import (
    ConfigOption,
    IndexOption,
    JsonOption,
    load_command_settings,
    open_for_asking,
    print_json,
    read_lines,
)
from assistant.errors import AssistantError, QuestionError
from assistant.system.json import parse_json
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.config.schema import Config


LONG_ANSWER_SENTENCES = 20  # sentences in an answer of which more is wanted


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    as_json: JsonOption = False,
    form: Annotated[
        ExportFormatChoice | None,
        typer.Option("--format", help="Print the answer as something else than text.", show_default=False),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="Answer every line of a file of JSON objects with `id` and `question` (- for standard input); "
            "prints one JSON answer a line.",
            show_default=False,
        ),
    ] = None,
    top_k: Annotated[
        int | None, typer.Option("--top-k", min=1, max=200, help="Passages to retrieve.", show_default=False)
    ] = None,
    more: Annotated[
        bool, typer.Option("--more", help=f"A long answer: up to {LONG_ANSWER_SENTENCES} sentences.")
    ] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a question from the articles, with numbered sources, or say that they do not answer it.

    Example: assistant ask "what did Ushakov say about Europe?"
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE")
    if form is not None and (as_json or batch is not None):
        raise typer.BadParameter("--format goes with neither --json nor --batch")
    settings = load_command_settings(context, config, index)
    if top_k is not None:
        retrieval = settings.retrieval.model_copy(update={"top_k": top_k})
        settings = settings.model_copy(update={"retrieval": retrieval})
    if more:
        answers = settings.answers.model_copy(
            update={"max_sentences": LONG_ANSWER_SENTENCES, "max_facts": LONG_ANSWER_SENTENCES, "keep_share": 0.0}
        )
        settings = settings.model_copy(update={"answers": answers})
    if batch is not None:
        _ask_batch(settings, batch)
        return
    from assistant.questions.parser import parse_question

    asked = question or ""
    parse_question(asked)  # nothing needs loading to see that there is nothing to ask
    assistant = open_for_asking(settings)
    from assistant.answers.events import final_turn
    from assistant.cli.render.answers import print_answer
    from assistant.presentation.json_schema import answer_to_json

    if form is not None:
        from assistant.exports import export_turns

        sys.stdout.write(export_turns([final_turn(assistant.stream(asked))], form.value))
        return
    answer = assistant.ask(asked)
    if as_json:
        print_json(answer_to_json(answer))
    else:
        print_answer(answer)


def _ask_batch(settings: Config, name: str) -> None:
    from assistant.answers.events import final_answer
    from assistant.answers.refusal import refuse_question
    from assistant.presentation.json_schema import answer_to_json
    from assistant.questions.batch import parse_batch_line

    assistant = open_for_asking(settings)
    broken = 0
    for number, line in enumerate(read_lines(name), 1):
        if not line.strip():
            continue
        try:
            one = parse_batch_line(parse_json(line))
        except ValueError as error:
            broken += 1
            typer.echo(sanitize_line(f"{name}, line {number}: {error}"), err=True)
            continue
        try:
            events = assistant.stream(one.question, scope=one.scope, as_of=one.as_of, asked_at=one.asked_at)
            answer = final_answer(events)
        except QuestionError as error:
            answer = refuse_question(one.question, str(error))
        print_json(answer_to_json(answer, one.id), flush=True)
    if broken:
        raise AssistantError(f"{name}: {broken} line{'s' if broken > 1 else ''} could not be asked; see above")
