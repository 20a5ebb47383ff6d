"""`assistant ask` and `assistant writers`."""

from __future__ import annotations

import sys
from dataclasses import asdict
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
from assistant.errors import NO_MODEL, ConfigError

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
    writer: Annotated[
        bool | None,
        typer.Option(
            "--writer/--no-writer",
            help="Ask the language model of the settings too, or not. Default: as `writer.use` says.",
            show_default=False,
        ),
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a question from the articles, with numbered sources, or say that they do not answer it.

    Example: assistant ask "what did Ushakov say about Europe?"
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE")
    if form is not None and (as_json or batch is not None):
        raise typer.BadParameter("--format cannot be combined with --json or --batch")
    settings = adjust_settings(load_command_settings(context, config, index), top_k, more=more, writer=writer)
    if batch is not None:
        ask_batch(open_for_asking(settings), batch)
    elif question is not None:
        _ask_once(settings, question, form, as_json)


def adjust_settings(settings: Config, top_k: int | None, *, more: bool, writer: bool | None = None) -> Config:
    """The settings with what the options of this command change.

    Raises ConfigError if a language model is wanted and the settings name none.
    """
    if writer is not None:
        if writer and not settings.writer.model:
            raise ConfigError(NO_MODEL)
        changed = {"use": "always"} if writer else {"model": ""}
        settings = settings.model_copy(update={"writer": settings.writer.model_copy(update=changed)})
    if top_k is not None:
        retrieval = settings.retrieval.model_copy(update={"top_k": top_k})
        settings = settings.model_copy(update={"retrieval": retrieval})
    if more:
        long_answer = {"max_sentences": LONG_ANSWER_SENTENCES, "max_facts": LONG_ANSWER_SENTENCES, "keep_share": 0.0}
        settings = settings.model_copy(update={"answers": settings.answers.model_copy(update=long_answer)})
    return settings


def _ask_once(settings: Config, question: str, form: ExportFormatChoice | None, as_json: bool) -> None:
    from assistant.questions.parser import normalize_question

    normalize_question(question)  # an empty question is an error before anything is loaded
    assistant = open_for_asking(settings)
    if form is not None:
        from assistant.answers.events import final_turn
        from assistant.exports import export_turns  # only with --format

        sys.stdout.write(export_turns([final_turn(assistant.stream(question))], form.value))
        return
    answer = assistant.ask(question)
    if as_json:
        from assistant.presentation.json_schema import answer_to_json

        print_json(answer_to_json(answer))
    else:
        from assistant.cli.render.answers import print_answer  # imports rich

        print_answer(answer)


def writers(
    context: typer.Context, as_json: JsonOption = False, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """List the language models of the servers that run on this machine: Ollama, llama.cpp, LM Studio, vLLM.

    Only the usual ports of this machine are asked, and the server of the settings if it is on this machine. The exit
    code is 0 if a model would do, else 1.
    """
    from assistant.cli.render.writers import print_writers
    from assistant.writing.client import is_local
    from assistant.writing.context import KNOWN_SERVERS, find_models

    settings = load_command_settings(context, config, index).writer
    servers = list(KNOWN_SERVERS)
    own = settings.base_url.rstrip("/")
    if is_local(own) and own not in (address for _, address in servers):
        servers.insert(0, ("settings", own))
    found = find_models(servers)
    if as_json:
        for model in found:
            print_json(asdict(model))
    else:
        print_writers(found, settings)
    if not any(not model.fault for model in found):
        raise typer.Exit(1)
