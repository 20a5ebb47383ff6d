"""`assistant ask` and `assistant writers`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
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
from assistant.cli.usage.continuing import AskedConversation
from assistant.cli.usage.output import write_export
from assistant.cli.usage.questions import collect_questions
from assistant.errors import NO_MODEL, ConfigError

if TYPE_CHECKING:
    from assistant.config.schema import Config
    from assistant.records.answer import Turn

LONG_ANSWER_SENTENCES = 20  # sentences of an answer with --more


def ask(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUESTION",
            help="The question, with or without quotation marks; - reads questions from standard input, one a line.",
            show_default=False,
        ),
    ] = None,
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
    goes_on: Annotated[
        bool,
        typer.Option(
            "--continue", "-c", help="Go on with this library's last conversation: the question may refer to it."
        ),
    ] = False,
    conversation: Annotated[
        str | None,
        typer.Option(
            "--conversation",
            metavar="ID",
            help="Go on with this conversation, named by its id or a part of its title; see `assistant conversations`.",
            show_default=False,
        ),
    ] = None,
    writer: Annotated[
        bool | None,
        typer.Option(
            "--writer/--no-writer",
            help="Ask the language model of the settings too, or not. Default: as `writer.use` says.",
            show_default=False,
        ),
    ] = None,
    config: Annotated[
        list[Path] | None,
        typer.Option(
            "--config",
            "--library",
            help="As for all commands. Given several times: each library is asked, the likeliest answer comes first.",
            show_default=False,
        ),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Answer a question from the articles, with numbered sources, or say that they do not answer it.

    What is asked in a terminal is saved as a conversation, as in the interface, and --continue goes on with it. With
    --json or --format, or into a file or pipe, an answer is saved only if it continues a conversation.

    Example: assistant ask what did Ushakov say about Europe?
    """
    questions = [] if batch is not None else collect_questions(words or [])
    if batch is None and not questions:
        raise typer.BadParameter("give a question, or --batch FILE")
    if batch is not None and (words or goes_on or conversation or tag):
        raise typer.BadParameter("--batch cannot be combined with a question, --tag, --continue or --conversation")
    if form is not None and (as_json or batch is not None):
        raise typer.BadParameter("--format cannot be combined with --json or --batch")
    named, adjust = config or [], partial(adjust_settings, top_k=top_k, more=more, writer=writer)
    if len(named) > 1:
        if batch is not None or form is not None or goes_on or conversation or index is not None:
            raise typer.BadParameter(
                "several libraries take a question, --tag, --top-k, --more, --writer and --json only"
            )
        from assistant.cli.usage.together import ask_together

        ask_together(named, questions, adjust, tag, as_json=as_json)
        return
    settings = adjust(load_command_settings(context, next(iter(named), None), index))
    if batch is not None:
        ask_batch(open_for_asking(settings), batch)
    else:
        _ask_each(settings, questions, form, tag, as_json=as_json, goes_on=goes_on, conversation=conversation)


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


def _ask_each(
    settings: Config,
    questions: list[str],
    form: ExportFormatChoice | None,
    tag: str | None,
    *,
    as_json: bool,
    goes_on: bool,
    conversation: str | None,
) -> None:
    """Ask the questions one by one and print the answers.

    With `goes_on` or an id, a conversation is their history and they are saved in it; in a terminal in a new one.
    """
    from assistant.answers.events import final_turn
    from assistant.questions.parser import normalize_question

    for question in questions:
        normalize_question(question)  # an empty question is an error before anything is loaded
    continues = goes_on or conversation is not None
    assistant = open_for_asking(settings)
    asked = None
    if continues or (form is None and not as_json and sys.stdout.isatty()):
        asked = AskedConversation(assistant.key(), goes_on=goes_on, identifier=conversation)
    scope = assistant.find_tagged(tag) if tag is not None else None
    turns: list[Turn] = []
    for question in questions:
        history = tuple(asked.turns) if asked is not None and continues else ()
        turn = final_turn(assistant.stream(question, history=history, scope=scope))
        if asked is not None:
            asked.add(turn)
        turns.append(turn)
        if as_json:
            from assistant.presentation.json_schema import answer_to_json

            print_json(answer_to_json(turn.answer), flush=True)
        elif form is None:
            from assistant.cli.render.answers import print_answer, print_question  # imports rich

            if len(questions) > 1:
                print_question(question, is_first=len(turns) == 1)
            print_answer(turn.answer)
    if form is not None:
        write_export(turns, form.value, None, None)


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

    settings = load_command_settings(context, config, index, makes_library=True).writer
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
