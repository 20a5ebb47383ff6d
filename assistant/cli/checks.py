"""`assistant verify`, `assistant quote` and `assistant check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.json_lines import print_json, read_lines
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant
from assistant.errors import ReadError

PROBLEM_EXIT_CODE = 3


def verify(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="One or more saved answers, as `ask --json` prints them; - for standard input.")
    ],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check every citation of a saved answer against the library: same article, same place, same words.

    The sentences that are only near to an answer are checked too. The exit code is 0 if all are correct, else 3.
    """
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
        raise typer.Exit(PROBLEM_EXIT_CODE)


def quote(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The quotation, or a sentence that quotes someone.")],
    speaker: Annotated[
        str | None,
        typer.Option("--speaker", metavar="NAME", help="Who is said to have said it.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check a quotation: which article it is from, and whether the article contains its words as quoted.

    The result is verbatim, altered (with the difference), stitched from several places, misattributed, not said (the
    article denies, questions or corrects it), not attributed, or not found. “…” and [brackets] mark omissions and
    insertions. The exit code is 0 if the quotation is verbatim, and with --speaker only if an article, or somebody
    in it, says that this person said it; else 3.

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
        raise typer.Exit(PROBLEM_EXIT_CODE)


def check(
    context: typer.Context,
    draft: Annotated[str, typer.Argument(help="Your text: Markdown, Word (.docx), plain text; - for standard input.")],
    as_json: JsonOption = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print a page with the sources beside the text.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check a text of your own against the library: every quotation, name, number, day and attributed claim.

    Each sentence is compared with the nearest sentences of the articles. The exit code is 3 if they say something else
    or a sentence is in no article, else 0. What they are only not seen to say is "not proved", with the reason.

    Example: assistant check draft.docx
    """
    from assistant.drafts.reading import STANDARD_INPUT, read_draft

    if as_json and as_html:
        raise typer.BadParameter("--json cannot be combined with --html")
    assistant = open_assistant(context, config, index)
    typed = "".join(read_lines(draft)) if draft == STANDARD_INPUT else ""
    sentences = list(assistant.check_draft(read_draft(draft, assistant.config.reading, typed)))
    if all(sentence.status == "unchecked" for sentence in sentences):
        typer.echo(
            "note: nothing was checked: no quotation, name, number, day or claim was found in the text", err=True
        )
    if as_json:
        from assistant.presentation.json_schema import draft_sentence_to_json

        for sentence in sentences:
            print_json(draft_sentence_to_json(sentence))
    elif as_html:
        from assistant.drafts.html import render_draft

        sys.stdout.write(render_draft(sentences, Path(draft).name))
    else:
        from assistant.cli.render.drafts import print_draft

        print_draft(sentences)
    if any(sentence.is_wrong for sentence in sentences):
        raise typer.Exit(PROBLEM_EXIT_CODE)
