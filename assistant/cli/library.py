"""`assistant init`, `build`, `stats`, `doctor`."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, load_command_settings, open_assistant
from assistant.cli.usage.interruption import tell_state_of_index
from assistant.cli.usage.output import write_new_file
from assistant.text.sanitize import sanitize_line


def init(folder: Annotated[Path, typer.Argument(help="Folder of the new library; created if missing.")]) -> None:
    """Create a new library: config.yaml, seeds/ for your articles, and index/.

    Then put articles into seeds/, change to the folder, and run: assistant build
    """
    from assistant.articles.readers import READER_BY_SUFFIX, describe_formats
    from assistant.articles.readers.containers.embedded import IGNORED_STEMS
    from assistant.config.scaffold import create_library
    from assistant.text.formatting import count_noun

    for path in create_library(folder, describe_formats("or")):
        typer.echo(sanitize_line(f"created {path}"))
    files = [path for path in folder.iterdir() if path.is_file() and path.stem.lower() not in IGNORED_STEMS]
    beside = sum(path.suffix.lower() in READER_BY_SUFFIX for path in files)
    if beside:
        them = "it" if beside == 1 else "them"
        described = f"{count_noun(beside, 'file')} beside seeds/ can be read"
        typer.echo(f"{described}: move {them} into seeds/, or name {them} at `articles:` in config.yaml")
    enter = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    typer.echo(sanitize_line(f"Put articles into {folder / 'seeds'}, then: {enter}assistant build && assistant"))


def build(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders and files of articles, instead of the configured ones.", show_default=False),
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Rebuild everything, including the embeddings.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare the content of every file, also where size and time are the same.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help="Drop the articles of folders that are not named any more, and with --rebuild those that fail now.",
        ),
    ] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            help="Read and embed on the Ray cluster at this address; `local` starts one on this machine (extra ray).",
            metavar="ADDRESS",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print notices and errors only.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List every article that was added, changed or removed.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Bring the index up to date with the articles: add new ones, update changed ones, remove deleted ones.

    PATHS are read instead of the folders of the settings, and what `assistant add` added is read too. Articles of
    folders that are not named any more stay until --prune; without it, a rebuild that would drop these, or an article
    of the index that fails now, is refused. Only new and changed articles are read and embedded; a
    file of the same size and time counts as unchanged, except with --check.
    If the build is stopped before it is complete, the index stays as it was. Files that cannot be read are reported
    and skipped.

    Example: assistant build ~/articles archive.jsonl
    """
    from assistant.cli.render.build import run_build
    from assistant.engine import Assistant
    from assistant.records.build import BuildOptions

    settings = load_command_settings(context, config, index, builds=True, makes_library=bool(paths))
    if paths:
        settings = settings.model_copy(update={"articles": tuple(path.absolute() for path in paths)})
    with tell_state_of_index(settings.index):
        run_build(
            Assistant(settings).build_events(rebuild=rebuild, options=BuildOptions(check, prune, ray=ray)),
            quiet=quiet,
            as_json=as_json,
            verbose=verbose,
        )


def stats(
    context: typer.Context,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", help="Also write a picture: articles by outlet and month, people quoted together."),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Show what the library contains, how it was built, and how large it is."""
    from assistant.cli.render.library import print_skipped, print_stats
    from assistant.presentation.build_summary import describe_pending_changes
    from assistant.presentation.json_schema import library_statistics_to_json
    from assistant.web.health import list_health, list_silent_outlets, summarize_health

    assistant = open_assistant(context, config, index)
    if svg is not None:
        from assistant.pictures.svg import draw_library

        write_new_file(svg, draw_library(assistant.catalog()).encode())
    figures, pending = assistant.stats(), assistant.pending()
    silent = list_silent_outlets(assistant.config.added, datetime.now(UTC))
    if as_json:
        feeds_as_json = [item.to_json() for item in list_health(assistant.config.added, datetime.now(UTC))]
        print_json({**library_statistics_to_json(figures, pending), "feeds": feeds_as_json, "silent_outlets": silent})
    else:
        feeds = summarize_health(assistant.config.added, datetime.now(UTC))
        if feeds is not None:
            figures = {**figures, "feeds": feeds, **({"days_without_news": silent} if silent else {})}
        print_stats({**figures, "pending": describe_pending_changes(pending) or "nothing"})
        print_skipped(pending.notices)


def doctor(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Repair what is damaged; intact data is kept.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check the whole index: its files, every article, passage, vector and statement, the model, the disk space.

    Everything is computed again and compared. Damaged parts are rebuilt from intact ones: the FAISS file from the
    stored vectors, vectors from the FAISS file, statements from the text, articles from their files. A database that
    cannot be read is renamed, not deleted. The exit code is 0 if there are no problems, else 3.

    Example: assistant doctor --fix
    """
    from assistant.cli.render.doctor import run_doctor

    if not run_doctor(load_command_settings(context, config, index), fix=fix, as_json=as_json):
        raise typer.Exit(3)
