"""`assistant ask`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from assistant.cli.conversations import ExportFormat
from assistant.cli.options import (
    ConfigOption,
    IndexOption,
    JsonOption,
    _decoded,
    _lines,
    _print_json,
    _ready_to_ask,
    _settings,
)
from assistant.errors import AssistantError, QuestionError
from assistant.text.sanitize import one_line

if TYPE_CHECKING:
    from assistant.config.schema import Config


MORE = 20  # sentences in an answer of which more is wanted


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    as_json: JsonOption = False,
    form: Annotated[
        ExportFormat | None,
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
    more: Annotated[bool, typer.Option("--more", help=f"A long answer: up to {MORE} sentences.")] = False,
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
    settings = _settings(context, config, index)
    if top_k is not None:
        retrieval = settings.retrieval.model_copy(update={"top_k": top_k})
        settings = settings.model_copy(update={"retrieval": retrieval})
    if more:
        answers = settings.answers.model_copy(update={"max_sentences": MORE, "max_facts": MORE, "keep_share": 0.0})
        settings = settings.model_copy(update={"answers": answers})
    if batch is not None:
        _ask_batch(settings, batch)
        return
    from assistant.questions.parser import parse_question

    asked = question or ""
    parse_question(asked)  # nothing needs loading to see that there is nothing to ask
    assistant = _ready_to_ask(settings)
    from assistant.answers.serialization import to_json
    from assistant.cli.render.answers import print_answer
    from assistant.engine import final_answer, final_turn

    if form is not None:
        from assistant.exports import exported

        sys.stdout.write(exported([final_turn(assistant.ask(asked))], form.value))
        return
    answer = final_answer(assistant.ask(asked))
    if as_json:
        _print_json(to_json(answer))
    else:
        print_answer(answer)


def _ask_batch(settings: Config, name: str) -> None:
    from assistant.answers.serialization import to_json, unasked
    from assistant.engine import final_answer
    from assistant.questions.batch import asked

    assistant = _ready_to_ask(settings)
    broken = 0
    for number, line in enumerate(_lines(name), 1):
        if not line.strip():
            continue
        try:
            one = asked(_decoded(line))
        except ValueError as error:
            broken += 1
            typer.echo(one_line(f"{name}, line {number}: {error}"), err=True)
            continue
        try:
            events = assistant.ask(one.question, scope=one.scope, as_of=one.as_of, asked_at=one.asked_at)
            answer = final_answer(events)
        except QuestionError as error:
            answer = unasked(one.question, str(error))
        _print_json(to_json(answer, one.id), flush=True)
    if broken:
        raise AssistantError(f"{name}: {broken} line{'s' if broken > 1 else ''} could not be asked; see above")
