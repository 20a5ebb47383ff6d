"""`assistant libraries`: names for libraries, by which `--library` finds them from any folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import JsonOption
from assistant.cli.usage.groups import ListingGroup
from assistant.cli.usage.output import tell_if_none
from assistant.errors import AssistantError
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

libraries_app = typer.Typer(
    help="Give libraries names, for --library NAME in any folder; without a command, list them.",
    cls=ListingGroup,
    rich_markup_mode=None,
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name of the library.")]


@libraries_app.command("list")
def list_libraries(as_json: JsonOption = False) -> None:
    """List the libraries that have a name: name, articles and last build, settings file."""
    from assistant.config.libraries import load_libraries
    from assistant.config.load import load_config
    from assistant.library_access import LibraryAccess

    named = load_libraries().items()
    for name, settings in tell_if_none(named, "no library has a name; assistant libraries add NAME gives one"):
        articles = built_at = fault = None
        try:
            with LibraryAccess(load_config(settings)).open_library() as library:
                articles, built_at = library.article_count(), library.manifest["built_at"]
        except AssistantError as error:
            fault = str(error)
        if as_json:
            print_json(
                {"name": name, "settings": str(settings), "articles": articles, "built_at": built_at, "fault": fault}
            )
        else:
            state = fault or f"{count_noun(articles or 0, 'article')}, built {(built_at or '')[:10]}"
            typer.echo("\t".join(map(sanitize_line, (name, state, str(settings)))))


@libraries_app.command("add")
def add_library(
    name: NameArgument,
    folder: Annotated[Path, typer.Argument(help="The folder of its config.yaml, or that file.")] = Path(),
) -> None:
    """Give a library a name: the one of this folder, or of FOLDER.

    Example: assistant libraries add council ~/council-papers
    """
    from assistant.config.libraries import name_library
    from assistant.config.load import find_config, load_config

    settings = find_config(folder.expanduser())
    assert settings is not None  # a folder was named
    load_config(settings)
    name_library(name, settings.absolute())
    typer.echo(
        sanitize_line(f"{name}: {settings.absolute()}; as in: assistant ask --library {json.dumps(name)} QUESTION")
    )


@libraries_app.command("remove")
def remove_library(name: NameArgument) -> None:
    """Take the name from a library. The library itself stays."""
    from assistant.config.libraries import forget_library

    forget_library(name)
