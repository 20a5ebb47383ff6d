"""`assistant standing …`: questions that every build asks of new articles."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import (
    ConfigOption,
    IndexOption,
    JsonOption,
    load_command_settings,
    open_assistant,
    open_for_asking,
)
from assistant.cli.usage.groups import ListingGroup
from assistant.cli.usage.output import tell_if_none
from assistant.text.sanitize import sanitize_line

app = typer.Typer(
    help="Keep questions that each build asks of new articles; without a command, list them.",
    cls=ListingGroup,
    rich_markup_mode=None,
)


@app.command("add")
def add_question(
    context: typer.Context,
    wording: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to be told.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Keep a question. Each build, `feeds update` and `watch` asks it of the articles that are new then.

    "tell me when X says something on Y" is asked as "What did X say about Y?", and a question as it is; of anything
    else, sentences with all of its words are told. What the library says already is no news; nothing is told twice.

    Example: assistant standing add "tell me when Valcourt says something new on the piles"
    """
    from assistant.standing.wording import read_asked

    assistant = open_for_asking(load_command_settings(context, config, index))
    kept = assistant.add_standing_question(wording)
    typer.echo(kept.number)
    typer.echo(sanitize_line(read_asked(kept.asked, kept.wording).describe()), err=True)


@app.command("list")
def list_questions(
    context: typer.Context, as_json: JsonOption = False, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """List the questions: number, wording, what is asked, how often it was found."""
    from assistant.presentation.json_schema import standing_question_to_json

    questions = open_assistant(context, config, index).marks.standing.list_questions()
    for question in tell_if_none(questions, "no standing question; assistant standing add QUESTION keeps one"):
        if as_json:
            print_json(standing_question_to_json(question))
        else:
            fields = (question.wording, question.asked, f"{question.findings} found")
            typer.echo("\t".join([str(question.number), *map(sanitize_line, fields)]))


@app.command("findings")
def list_findings(
    context: typer.Context,
    as_json: JsonOption = False,
    as_atom: Annotated[
        bool, typer.Option("--atom", help="Print an Atom feed; it is also kept in the folder INDEX-kept.")
    ] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List what the questions found, newest first: the question, the words, where they are."""
    from assistant.presentation.json_schema import standing_finding_to_json
    from assistant.presentation.mark_signs import describe_finding

    findings = open_assistant(context, config, index).marks.standing.list_findings()
    if as_atom:
        from assistant.standing.atom import render_atom

        sys.stdout.write(render_atom(findings))
        return
    for finding in tell_if_none(findings, "nothing found yet; each build asks the standing questions of new articles"):
        if as_json:
            print_json(standing_finding_to_json(finding))
        else:
            typer.echo(describe_finding(finding))


@app.command("remove")
def remove_question(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The number of the question, as `list` shows it.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Remove a question with what it found."""
    open_assistant(context, config, index).marks.standing.remove(number)
