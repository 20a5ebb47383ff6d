"""Options that all commands share, and the settings and the library that they choose."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.config.sources import load_settings
from assistant.errors import ConfigError
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.config.schema import Config
    from assistant.engine import Assistant

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "--library",
        help="Settings file, the folder that contains config.yaml, or the name of a library (`assistant libraries`). "
        "Default: $ASSISTANT_CONFIG, else ./config.yaml.",
        show_default=False,
    ),
]
IndexOption = Annotated[
    Path | None,
    typer.Option("--index", help="Folder of the index, instead of the configured one.", show_default=False),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON instead of text; of a list, one object a line (JSON Lines).")
]


class ExportFormatChoice(StrEnum):
    """The formats of an export; `exports.FORMATS` describes them."""

    markdown = "markdown"
    html = "html"
    json = "json"
    docx = "docx"
    bibtex = "bibtex"
    csl = "csl-json"
    ris = "ris"


def resolve_options(context: typer.Context, config: Path | None, index: Path | None) -> tuple[Path | None, Path | None]:
    """The options `--config` and `--index` of a command; if it has none, those before its name."""
    parent = context.find_root().obj or (None, None)
    return config or parent[0], index or parent[1]


def load_command_settings(
    context: typer.Context,
    config: Path | None,
    index: Path | None,
    *,
    builds: bool = False,
    makes_library: bool = False,
) -> Config:
    """The settings that a command's options choose. Raises ConfigError if they are not valid.

    Also if the command is run where there is no library, unless it `makes_library`; one that `builds` may name a new
    folder for the index.
    """
    config, index = resolve_options(context, config, index)
    settings = load_settings(config, index)
    if makes_library:
        return settings
    if index is not None and not builds and not index.exists():
        raise ConfigError(f"{index}: no such folder (named by --index); assistant build --index {index} makes one")
    if index is None or builds:
        _require_library(settings, config)
    return settings


def _require_library(settings: Config, config: Path | None) -> None:
    """Raise ConfigError if there are no settings, and neither an index nor articles where they are without settings."""
    from assistant.config.load import CONFIG_NAME, find_config

    has_files = any(path.exists() for path in (settings.index, settings.added, *settings.articles))
    if not has_files and find_config(config) is None:
        raise ConfigError(
            f"{Path.cwd()}: no {CONFIG_NAME} here; change to the folder of your library, or make one: "
            "assistant init FOLDER"
        )


def open_for_asking(settings: Config) -> Assistant:
    """The library, opened while its model is loading. Raises LibraryError if it cannot be used."""
    from assistant import startup

    assistant = startup.open_assistant(settings)
    assistant.check_library()
    explanation = assistant.model.explain_backend()
    if explanation is not None:
        typer.echo(f"note: {sanitize_line(settings.embedding.model)}: {explanation}", err=True)
    return assistant


def open_assistant(context: typer.Context, config: Path | None, index: Path | None) -> Assistant:
    """The library that a command's options choose, not checked, for commands that need no model."""
    from assistant.engine import Assistant

    return Assistant(load_command_settings(context, config, index))
