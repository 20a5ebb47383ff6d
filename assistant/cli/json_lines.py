"""Text and JSON in and out: files or standard input read line by line, JSON printed one object a line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import ReadError
from assistant.system.os_errors import describe_read_error


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


def print_json(record: dict[str, Any], *, flush: bool = False) -> None:
    """Print an object on one line of standard output, in ASCII: a terminal then sees no control character."""
    sys.stdout.write(json.dumps(record) + "\n")
    if flush:
        sys.stdout.flush()
