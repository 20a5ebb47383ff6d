"""Text and JSON in and out: files or standard input read line by line, JSON printed one object a line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import ReadError
from assistant.system.os_errors import describe_read_error
from assistant.text.sanitize import sanitize_line

Row = TypeVar("Row")


def read_lines(name: str) -> Iterator[str]:
    """The lines of a UTF-8 file, or of standard input for "-". Raises ReadError if they cannot be read."""
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


def tell_if_none(rows: Iterable[Row], told: str) -> Iterator[Row]:
    """The rows of a list. Where there is none a note on standard error says so: an empty list prints nothing else."""
    row = None
    for row in rows:
        yield row
    if row is None:
        sys.stderr.write(f"note: {sanitize_line(told)}\n")


def print_json(record: dict[str, Any], *, flush: bool = False) -> None:
    """Print an object on one line of standard output, in ASCII: a terminal then sees no control character."""
    sys.stdout.write(json.dumps(record) + "\n")
    if flush:
        sys.stdout.flush()
