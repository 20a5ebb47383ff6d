"""`assistant ask`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.batch import ask_batch
from assistant.cli.json_lines import print_json
from assistant.cli.options import (
    ConfigOption,
    ExportFormatChoice,
    IndexOption,
    JsonOption,
    load_command_settings,
    open_for_asking,
)

if TYPE_CHECKING:
    from assistant.config.schema import Config

LONG_ANSWER_SENTENCES = 20  # sentences of an answer with --more


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    as_json: JsonOption = False,
    form: Annotated[
        ExportFormatChoice | None, typer.Option("--format", help="Output format.", show_default=False)
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="Answer every line of a file of JSON objects with `id` and `question` (- for standard input), and "
            "print one JSON answer per line. A line may have `history` (the earlier questions of its conversation), "
            "`scope_article_ids`, `as_of` and `asked_at`.",
            show_default=False,
        ),
    ] = None,
    top_k: Annotated[
        int | None, typer.Option("--top-k", min=1, max=200, help="Number of passages to retrieve.", show_default=False)
    ] = None,
    more: Annotated[
        bool, typer.Option("--more", help=f"Give a longer answer, of up to {LONG_ANSWER_SENTENCES} sentences.")
    ] = False,
    tag: Annotated[
        str | None, typer.Option("--tag", help="Answer from the articles with this tag only.", show_default=False)
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a question from the articles, with numbered sources, or say that they do not answer it.

    Example: assistant ask "what did Ushakov say about Europe?"
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE")
    if tag is not None and batch is not None:
        raise typer.BadParameter("--tag cannot be combined with --batch; a line may have `scope_article_ids`")
    if form is not None and (as_json or batch is not None):
        raise typer.BadParameter("--format cannot be combined with --json or --batch")
    settings = adjust_settings(load_command_settings(context, config, index), top_k, more=more)
    if batch is not None:
        ask_batch(open_for_asking(settings), batch)
    elif question is not None:
        _ask_once(settings, question, form, as_json, tag)


def adjust_settings(settings: Config, top_k: int | None, *, more: bool) -> Config:
    """The settings with what the options of this command change."""
    if top_k is not None:
        retrieval = settings.retrieval.model_copy(update={"top_k": top_k})
        settings = settings.model_copy(update={"retrieval": retrieval})
    if more:
        long_answer = {"max_sentences": LONG_ANSWER_SENTENCES, "max_facts": LONG_ANSWER_SENTENCES, "keep_share": 0.0}
        settings = settings.model_copy(update={"answers": settings.answers.model_copy(update=long_answer)})
    return settings


def _ask_once(settings: Config, question: str, form: ExportFormatChoice | None, as_json: bool, tag: str | None) -> None:
    from assistant.questions.parser import normalize_question

    normalize_question(question)  # an empty question is an error before anything is loaded
    assistant = open_for_asking(settings)
    scope = None
    if tag is not None:
        from assistant.cli.keep.marks import find_tagged_ids

        scope = find_tagged_ids(assistant, tag)
    if form is not None:
        from assistant.answers.events import final_turn
        from assistant.exports import export_turns  # only with --format

        sys.stdout.write(export_turns([final_turn(assistant.stream(question, scope=scope))], form.value))
        return
    answer = assistant.ask(question, scope=scope)
    if as_json:
        from assistant.presentation.json_schema import answer_to_json

        print_json(answer_to_json(answer))
    else:
        from assistant.cli.render.answers import print_answer  # imports rich

        print_answer(answer)
