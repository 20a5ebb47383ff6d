"""What commands write: lists that say when they are empty; exports, on standard output or into a new file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from assistant.errors import AssistantError
from assistant.system.os_errors import describe_write_error
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.exports import FormatName
    from assistant.records.answer import Turn

Row = TypeVar("Row")


def tell_if_none(rows: Iterable[Row], told: str) -> Iterator[Row]:
    """The rows of a list. Where there is none a note on standard error says so: an empty list prints nothing else."""
    row = None
    for row in rows:
        yield row
    if row is None:
        sys.stderr.write(f"note: {sanitize_line(told)}\n")


def write_export(turns: Sequence[Turn], name: FormatName, title: str | None, output: Path | None) -> None:
    """Write turns in a format to a new file, or to standard output.

    Raises AssistantError if the file exists or cannot be written, and if a format that is not text meets a terminal.
    """
    from assistant.exports import export_bytes, get_format

    if output is None:
        if get_format(name).is_text:
            sys.stdout.write(export_bytes(turns, name, title).decode("utf-8"))
            return
        if sys.stdout.isatty():
            raise AssistantError(f"{name} is not text: write it to a file, for example with > answer.{name}")
        sys.stdout.flush()
        sys.stdout.buffer.write(export_bytes(turns, name, title))
        return
    write_new_file(output, export_bytes(turns, name, title))


def write_new_file(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, and say where it is. Raises AssistantError."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise AssistantError(f"{path} already exists; choose another name, or delete the file") from error
    except OSError as error:
        raise AssistantError(f"{path}: {describe_write_error(error)}") from error
    typer.echo(sanitize_line(f"saved {path.absolute()}"), err=True)
