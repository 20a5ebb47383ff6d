"""Options, settings and JSON that all commands share."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from assistant.config.sources import load_settings
from assistant.errors import ReadError
from assistant.system.os_errors import describe_read_error
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.config.schema import Config
    from assistant.engine import Assistant


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="Settings file, or the folder that holds one. Default: $ASSISTANT_CONFIG, else ./config.yaml.",
        show_default=False,
    ),
]


IndexOption = Annotated[
    Path | None,
    typer.Option("--index", help="Folder of the index, instead of the configured one.", show_default=False),
]


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def read_lines(name: str) -> Iterator[str]:
    try:
        if name == "-":
            if isinstance(sys.stdin, io.TextIOWrapper):
                sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")
            yield from sys.stdin
        else:
            with Path(name).open(encoding="utf-8-sig") as file:
                yield from file
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: not UTF-8 text") from error
    except OSError as error:
        raise ReadError(f"{name}: {describe_read_error(error)}") from error


def resolve_options(context: typer.Context, config: Path | None, index: Path | None) -> tuple[Path | None, Path | None]:
    """The options of a command, else those before its name."""
    parent = context.find_root().obj or (None, None)
    return config or parent[0], index or parent[1]


def load_command_settings(context: typer.Context, config: Path | None, index: Path | None) -> Config:
    return load_settings(*resolve_options(context, config, index))


def open_for_asking(settings: Config) -> Assistant:
    """The library, opened while its model is being loaded."""
    from assistant import startup

    assistant = startup.open_assistant(settings)
    assistant.check_library()
    said = assistant.model.explain_backend()
    if said is not None:
        typer.echo(f"note    {sanitize_line(settings.embedding.model)}: {said}", err=True)
    return assistant


def open_assistant(context: typer.Context, config: Path | None, index: Path | None) -> Assistant:
    from assistant.engine import Assistant

    return Assistant(load_command_settings(context, config, index))


def print_json(record: dict[str, Any], flush: bool = False) -> None:
    # ASCII only: nothing in an article can then reach a terminal as a control character.
    sys.stdout.write(json.dumps(record) + "\n")
    if flush:
        sys.stdout.flush()
