"""`assistant remove`: takes articles out of the library, and lets them in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, load_command_settings
from assistant.cli.usage.naming import find_articles
from assistant.cli.usage.output import tell_if_none
from assistant.errors import QuestionError
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.config.schema import Config

IDS_SHOWN = 5


def remove(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID|PATH|URL", help="Articles by id, part of an id or title, address; files, folders."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List what was removed and can come back.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Let what was removed into the library again.")] = False,
    no_build: Annotated[bool, typer.Option("--no-build", help="Do not bring the index up to date afterwards.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Take articles out of the library. Their files stay where they are; no build reads them until --undo.

    A folder or file that was added by `assistant add` is forgotten. Feeds: assistant feeds remove.

    Example: assistant remove mill.pdf ~/clippings/2019
    """
    from assistant.articles.supplements.changes import list_left_out, take_back

    settings = load_command_settings(context, config, index)
    if listed:
        for entry in tell_if_none(list_left_out(settings.added), "nothing was removed"):
            if as_json:
                print_json({"id": entry.id, "title": entry.title, "path": entry.path})
            else:
                typer.echo("\t".join(map(sanitize_line, (entry.id, entry.title, entry.path or ""))))
        return
    if not what:
        raise QuestionError("nothing to remove; name an id or a path: `assistant articles list` shows the ids")
    dropped: tuple[str, ...] = ()
    if undo:
        typer.echo(f"{count_noun(len(take_back(settings.added, what)), 'article')} may come back")
    else:
        dropped = _remove(settings, what)
    if not no_build:
        _build(settings, dropped)


def _remove(settings: Config, names: list[str]) -> tuple[str, ...]:
    """Remove what these names mean; returns the folders and files that were added and are not any more."""
    from assistant.articles.sources.added import forget_path
    from assistant.articles.supplements.changes import leave_out
    from assistant.engine import Assistant

    assistant = Assistant(settings)
    forgotten, named = [], []
    for name in names:
        path = forget_path(settings.added, name)
        if path is None:
            named.append(name)
        else:
            forgotten.append(path)
            typer.echo(sanitize_line(f"{path}: no longer added; its files are untouched"))
    if articles := find_articles(assistant, named):
        leave_out(settings.added, articles)
        ids = ", ".join(article.id for article in articles[:IDS_SHOWN]) + (" …" if len(articles) > IDS_SHOWN else "")
        told = f"{count_noun(len(articles), 'article')} removed: {ids}; to undo: assistant remove --undo ID"
        typer.echo(sanitize_line(told))
    return tuple(forgotten)


def _build(settings: Config, dropped: tuple[str, ...]) -> None:
    from assistant.cli.render.build import run_build
    from assistant.engine import Assistant
    from assistant.records.build import BuildOptions

    run_build(Assistant(settings).build_events(options=BuildOptions(dropped=dropped)), quiet=False, as_json=False)
