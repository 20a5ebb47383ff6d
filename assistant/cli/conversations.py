"""`assistant conversations`: the saved conversations on the command line, without settings or a library."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import AssistantError
from assistant.system.os_errors import describe_write_error
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.conversations.store import ConversationStore

app = typer.Typer(help="List, show, export, rename or delete saved conversations.", rich_markup_mode=None)

IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The conversation's id, as `list` shows it, or how it begins.")
]


class ExportFormatChoice(StrEnum):
    """What answers can be written as; `exporting.FORMATS` says what each is."""

    markdown = "markdown"
    html = "html"
    json = "json"
    bibtex = "bibtex"
    csl = "csl-json"


@app.command("list")
def list_conversations(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Only those that hold all of these words, in questions or answers.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """All saved conversations, newest first: id, when, questions, title, index folder."""
    from assistant.presentation.json_schema import conversation_to_json

    for session in _open_store().list_conversations(" ".join(words or [])):
        if as_json:
            sys.stdout.write(json.dumps(conversation_to_json(session)) + "\n")
        else:
            fields = (session.id, f"{session.updated_at.astimezone():%Y-%m-%d %H:%M}", str(session.questions))
            typer.echo("\t".join([*fields, sanitize_line(session.title), sanitize_line(session.library)]))


@app.command("show")
def show_conversation(identifier: IdArgument) -> None:
    """One conversation: every question with its answer and numbered sources."""
    from assistant.exports.text import render_answer_text

    sessions = _open_store()
    turns = sessions.read_turns(sessions.find(identifier).id)
    typer.echo("\n\n".join(render_answer_text(turn).rstrip() for turn in turns))


@app.command("export")
def export_conversation(
    identifier: IdArgument,
    form: Annotated[ExportFormatChoice, typer.Option("--format", help="What to write.")] = ExportFormatChoice.markdown,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A new file, instead of standard output.", show_default=False),
    ] = None,
) -> None:
    """Write a conversation down: Markdown, a web page, JSON, or the cited articles as BibTeX or CSL-JSON.

    Example: assistant conversations export 3f2a --format html -o harbour.html
    """
    from assistant.exports import export_turns

    sessions = _open_store()
    session = sessions.find(identifier)
    text = export_turns(sessions.read_turns(session.id), form.value, session.title)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise AssistantError(f"{output} is there already; choose another name, or delete it") from error
    except OSError as error:
        raise AssistantError(f"{output}: {describe_write_error(error)}") from error
    typer.echo(sanitize_line(f"saved {output.absolute()}"), err=True)


@app.command("rename")
def rename_conversation(
    identifier: IdArgument,
    title: Annotated[str, typer.Argument(help="The new title; an empty one gives it back its first question.")],
) -> None:
    """Give a conversation another title."""
    sessions = _open_store()
    sessions.rename(sessions.find(identifier).id, title)


@app.command("delete")
def delete_conversation(identifier: IdArgument) -> None:
    """Delete a conversation for good."""
    sessions = _open_store()
    session = sessions.find(identifier)
    sessions.delete(session.id)
    typer.echo(sanitize_line(f"deleted {session.id}: {session.title}"), err=True)


def _open_store() -> ConversationStore:
    from assistant.conversations.store import ConversationStore

    return ConversationStore(notify=lambda line: typer.echo(sanitize_line(line), err=True))
