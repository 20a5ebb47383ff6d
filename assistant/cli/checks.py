"""`assistant verify` and `assistant quote`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant, print_json, read_lines
from assistant.errors import ReadError

if TYPE_CHECKING:
    pass


def verify(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A saved answer, or several, as `ask --json` prints them; - for stdin.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check every citation of a saved answer against the library: same article, same place, same words."""
    from assistant.answers.verification import read_saved_answers, verify_answer
    from assistant.cli.render.answers import print_checks
    from assistant.presentation.json_schema import citation_check_to_json

    text = "".join(read_lines(file))
    with open_assistant(context, config, index).open_library() as library:
        try:
            checks = [check for answer in read_saved_answers(text) for check in verify_answer(answer, library)]
        except ReadError as error:
            raise ReadError(f"{file}: {error}") from error
    if as_json:
        for check in checks:
            print_json(citation_check_to_json(check))
    else:
        print_checks(checks)
    if any(check.fault for check in checks):
        raise typer.Exit(3)


def quote(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The quotation, or a sentence that quotes somebody.")],
    speaker: Annotated[
        str | None,
        typer.Option("--speaker", metavar="NAME", help="Who is meant to have said it.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check a quotation: which article it is from, and whether its words stand there as quoted.

    Says verbatim, altered (with the difference), stitched from several places, said by somebody else, or not in the
    collection. “…” and [brackets] mark omissions and insertions. Exit code 0 where it is verbatim, else 3.

    Example: assistant quote 'Valcourt said: "the piles are rotten"'
    """
    from assistant.cli.render.quotes import print_quote_check
    from assistant.presentation.json_schema import quote_check_to_json

    check = open_assistant(context, config, index).check_quote(text, speaker)
    if as_json:
        print_json(quote_check_to_json(check))
    else:
        print_quote_check(check)
    if not check.is_accurate:
        raise typer.Exit(3)
