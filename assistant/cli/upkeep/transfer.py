"""`assistant library export` and `assistant library import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import ConfigOption, IndexOption, load_command_settings
from assistant.cli.usage.groups import HelpfulGroup
from assistant.errors import LibraryError
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

library_app = typer.Typer(
    help="Export a whole library into one file, or import one.", cls=HelpfulGroup, rich_markup_mode=None
)


@library_app.command("export")
def export_to_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The new file.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Write the whole library into a ZIP file: articles, earlier texts, what you set, added and noted.

    The file has articles.jsonl and versions.jsonl, one JSON object a line. The index itself is not in it: an import
    builds it again.

    Example: assistant library export clippings.zip
    """
    from assistant.engine import Assistant
    from assistant.indexing.history.transfer import export_library

    if file.exists():
        raise LibraryError(f"{file}: exists already; name a new file")
    settings = load_command_settings(context, config, index)
    with Assistant(settings).open_library() as library:
        done = export_library(settings, library, file)
    typer.echo(
        sanitize_line(
            f"{file}: {count_noun(done.articles, 'article')}, {count_noun(done.versions, 'earlier text')}, "
            f"{count_noun(done.files, 'other file')}"
        )
    )


@library_app.command("import")
def import_from_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="An exported library.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Add the articles of an exported library to this one, and build the index.

    Articles keep their ids, texts, dates and earlier texts; citations of them stay valid. Where this library has an
    article of the same id, its own is kept.
    """
    from assistant.cli.render.build import run_build
    from assistant.engine import Assistant
    from assistant.indexing.history.transfer import import_versions, unpack_library
    from assistant.marks import database as marks
    from assistant.web import subscriptions

    schemas = {f"-kept/{marks.FILE_NAME}": marks.SCHEMA, f"-added/{subscriptions.FILE_NAME}": subscriptions.SCHEMA}
    settings = load_command_settings(context, config, index, makes_library=True)
    done, versions = unpack_library(settings, file, schemas)
    for name in done.left:
        typer.echo(sanitize_line(f"note: {name} is here already and stays as it is"), err=True)
    run_build(Assistant(settings).build_events(), quiet=False, as_json=False)
    added = import_versions(settings, versions)
    typer.echo(f"{count_noun(done.articles, 'article')} and {count_noun(added, 'earlier text')} imported")
