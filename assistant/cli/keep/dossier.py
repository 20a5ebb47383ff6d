"""`assistant dossier …`: quotations that the user keeps, with comments, exported as one cited document."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant
from assistant.cli.usage.groups import ListingGroup
from assistant.cli.usage.output import tell_if_none, write_new_file
from assistant.errors import AssistantError, ReadError
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.records.answer import Citation

app = typer.Typer(
    help="Keep quotations with comments, and export them as one document; without a command, list them.",
    cls=ListingGroup,
    rich_markup_mode=None,
)

NumberArgument = Annotated[int, typer.Argument(help="The number of the entry, as `list` shows it.")]


class DossierFormatChoice(StrEnum):
    """The formats of an export; `exports.dossier.DOSSIER_FORMATS` describes them."""

    markdown = "markdown"
    html = "html"
    docx = "docx"
    ris = "ris"
    csv = "csv"
    xlsx = "xlsx"
    json = "json"


@app.command("list")
def list_entries(
    context: typer.Context, as_json: JsonOption = False, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """List the entries in their order: number, source, quotation, comment; what is no longer verbatim is marked."""
    from assistant.exports.dossier.document import make_document
    from assistant.presentation.json_schema import dossier_entry_to_json

    assistant = open_assistant(context, config, index)
    with assistant.open_library() as library:
        document = make_document(assistant.marks.dossier.list_entries(), library, "")
    for each in tell_if_none(document.entries, "the dossier is empty; assistant dossier add WORDS keeps a quotation"):
        if as_json:
            print_json(dossier_entry_to_json(each.entry, each.fault))
        else:
            fields = (each.citation.source_line, each.citation.quote, each.entry.comment, each.warning)
            typer.echo("\t".join([str(each.entry.number), *map(sanitize_line, fields)]).rstrip("\t"))


@app.command("add")
def add_entries(
    context: typer.Context,
    words: Annotated[
        str | None, typer.Argument(help="Words of an article, exactly as it has them.", show_default=False)
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Add every citation of saved answers (`ask --json`; - for standard input).",
            show_default=False,
        ),
    ] = None,
    comment: Annotated[str, typer.Option("--comment", help="A comment on it.", show_default=False)] = "",
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Who said it, where several did.", show_default=False)
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Add a quotation, or those of saved answers. Only what an article has verbatim is added; prints the numbers.

    Example: assistant ask "what did Valcourt say about the piles?" --json | assistant dossier add --from -
    """
    if (words is None) == (answers is None):
        raise typer.BadParameter("give words, or --from FILE")
    assistant = open_assistant(context, config, index)
    for citation, question in (
        _find_quotation(assistant, words, speaker) if words is not None else _read_citations(assistant, answers or "-")
    ):
        number, is_new = assistant.marks.dossier.add(citation, question, comment)
        typer.echo(number)
        if not is_new:
            typer.echo(f"note: entry {number} has it already", err=True)


@app.command("comment")
def change_comment(
    context: typer.Context,
    number: NumberArgument,
    text: Annotated[str, typer.Argument(help="The comment; an empty one removes it.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Write a comment on an entry."""
    open_assistant(context, config, index).marks.dossier.comment(number, text)


@app.command("move", context_settings={"ignore_unknown_options": True})
def move_entry(
    context: typer.Context,
    number: NumberArgument,
    by: Annotated[int, typer.Argument(help="How many places down; -1 is one up.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Move an entry down or up in the order."""
    open_assistant(context, config, index).marks.dossier.move(number, by)


@app.command("remove")
def remove_entry(
    context: typer.Context, number: NumberArgument, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """Remove an entry."""
    entry = open_assistant(context, config, index).marks.dossier.remove(number)
    typer.echo(sanitize_line(f"removed {number}: {entry.citation.quote}"), err=True)


@app.command("export")
def export_entries(
    context: typer.Context,
    form: Annotated[
        DossierFormatChoice, typer.Option("--format", help="Output format.")
    ] = DossierFormatChoice.markdown,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this new file instead of standard output.", show_default=False),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="The title of the document.")] = "Dossier",
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Export the dossier as one document. Each quotation is compared with its article; what differs is marked.

    Markdown, a web page, Word (docx), RIS, CSV, Excel (xlsx) or JSON, which `assistant verify` reads. The exit code is
    3 if a quotation is no longer verbatim.

    Example: assistant dossier export --format docx -o ferry.docx --title "The ferry terminal"
    """
    from assistant.exports.dossier import export_dossier, find_dossier_format
    from assistant.exports.dossier.document import make_document

    assistant = open_assistant(context, config, index)
    with assistant.open_library() as library:
        document = make_document(assistant.marks.dossier.list_entries(), library, title)
    data = export_dossier(document, form.value)
    if output is not None:
        write_new_file(output, data)
    elif find_dossier_format(form.value).is_text or not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        raise AssistantError(f"{form.value} is no text; name a file: --output FILE")
    if document.faults:
        typer.echo(f"{document.faults} of {len(document.entries)} quotations are not verified", err=True)
        raise typer.Exit(3)


def _find_quotation(assistant: Assistant, words: str, speaker: str | None) -> list[tuple[Citation, str]]:
    """The place of words in the articles. Raises AssistantError if no article has them so, or another one said them."""
    from assistant.presentation.quote_report import cite_place, describe_verdict

    check = assistant.check_quote(words, speaker)
    if not check.is_accurate or len(check.parts) != 1:
        verdict = describe_verdict(check).removesuffix(".")
        raise AssistantError(f"not added: {verdict}; `assistant quote` shows what the articles have")
    citation = cite_place(1, check.parts[0].places[0])
    article = assistant.article(citation.article_id)
    return [(replace(citation, author=article.author if article else None), "")]


def _read_citations(assistant: Assistant, name: str) -> list[tuple[Citation, str]]:
    """The citations of saved answers. Raises AssistantError if one is not verbatim in the library."""
    from assistant.answers.verification import read_saved_answers, verify_answer
    from assistant.cli.json_lines import read_lines
    from assistant.conversations.record_json import decode_record
    from assistant.records.answer import Citation

    text = "".join(read_lines(name))
    found = []
    try:
        with assistant.open_library() as library:
            for answer in read_saved_answers(text):
                faults = [check for check in verify_answer({**answer, "nearest": ()}, library) if check.fault]
                if faults:
                    raise AssistantError(
                        f"{name}: citation [{faults[0].n}] is not verbatim: {faults[0].fault}; nothing is added"
                    )
                question = str(answer.get("question") or "")
                found += [(decode_record(Citation, json.dumps(each)), question) for each in answer["citations"]]
    except (ReadError, ValueError) as error:
        raise ReadError(f"{name}: {error}") from error
    return found
