"""`assistant conversations …`: the saved conversations, without settings or a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ExportFormatChoice, JsonOption
from assistant.cli.usage.groups import ListingGroup
from assistant.cli.usage.output import tell_if_none, write_export
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.conversations.store import ConversationStore

app = typer.Typer(
    help="List, show, export, rename or delete saved conversations; without a command, list them.",
    cls=ListingGroup,
    rich_markup_mode=None,
)

IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The conversation's id, as `list` shows it, or its beginning, or a part of the title."
    ),
]


@app.command("list")
def list_conversations(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="Only conversations whose questions or answers contain all of these words.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the saved conversations, newest first: id, time, number of questions, title, index folder."""
    from assistant.presentation.json_schema import conversation_to_json

    found = _open_store().list_conversations(" ".join(words or []))
    for conversation in tell_if_none(found, "no conversation with these words" if words else "no saved conversation"):
        if as_json:
            print_json(conversation_to_json(conversation))
        else:
            time = f"{conversation.updated_at.astimezone():%Y-%m-%d %H:%M}"
            names = (sanitize_line(conversation.title), sanitize_line(conversation.library))
            typer.echo("\t".join((conversation.id, time, str(conversation.questions), *names)))


@app.command("show")
def show_conversation(identifier: IdArgument) -> None:
    """Show one conversation: every question with its answer and numbered sources."""
    from assistant.exports.text import render_answer_text

    store = _open_store()
    turns = store.read_turns(store.find(identifier, by_title=True).id)
    typer.echo("\n\n".join(render_answer_text(turn).rstrip() for turn in turns))


@app.command("export")
def export_conversation(
    identifier: IdArgument,
    form: Annotated[ExportFormatChoice, typer.Option("--format", help="Output format.")] = ExportFormatChoice.markdown,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this new file instead of standard output.", show_default=False),
    ] = None,
) -> None:
    """Export a conversation as Markdown, a web page, Word or JSON, or its cited articles as BibTeX, CSL-JSON or RIS.

    Example: assistant conversations export 3f2a --format html -o harbour.html
    """
    store = _open_store()
    conversation = store.find(identifier, by_title=True)
    write_export(store.read_turns(conversation.id), form.value, conversation.title, output)


@app.command("rename")
def rename_conversation(
    identifier: IdArgument,
    title: Annotated[str, typer.Argument(help="The new title; an empty one restores the default, the first question.")],
) -> None:
    """Rename a conversation."""
    store = _open_store()
    store.rename(store.find(identifier, by_title=True).id, title)


@app.command("delete")
def delete_conversation(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The conversation's id, as `list` shows it, or its beginning.")
    ],
) -> None:
    """Delete a conversation permanently."""
    store = _open_store()
    conversation = store.find(identifier)
    store.delete(conversation.id)
    typer.echo(sanitize_line(f"deleted {conversation.id}: {conversation.title}"), err=True)


def _open_store() -> ConversationStore:
    from assistant.conversations.store import ConversationStore

    return ConversationStore(notify=lambda line: typer.echo(sanitize_line(line), err=True))
