"""The program as a process: its streams, its failures as one line each, its exit code. Imports nothing slow."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from assistant.errors import AssistantError
from assistant.text.sanitize import sanitize_line

INTERRUPTED_EXIT_CODE = 130


def run_command(command: Callable[[], None]) -> None:
    """Run a command to its end; every failure is one line on stderr, and exit code 1."""
    debug = bool(os.environ.get("ASSISTANT_DEBUG"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # terminals that are not UTF-8 lack “ and …
    try:
        try:
            command()
        finally:
            flush_output()  # at its own exit, Python would report a failure in its own way
    except SystemExit as ended:
        if ended.code == INTERRUPTED_EXIT_CODE:
            _print_error("interrupted; the index is as it was")
        raise
    except KeyboardInterrupt:
        _print_error("interrupted; the index is as it was")
        sys.exit(INTERRUPTED_EXIT_CODE)
    except BrokenPipeError:
        _discard_output()  # its reader has gone: nothing is wrong, and nobody to tell
        sys.exit(1)
    except MemoryError:
        if debug:
            raise
        _print_error("error: there is not enough memory for this; close other programs, or give this one more")
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        about = f"error: {error}"
        if not isinstance(error, AssistantError):
            about = f"internal error: {type(error).__name__}: {error} (set ASSISTANT_DEBUG=1 to see where)"
        _print_error(sanitize_line(about))
        sys.exit(1)


def flush_output() -> None:
    """Send what is printed so far; raises AssistantError where it cannot be written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _discard_output()
        raise AssistantError(f"the output cannot be written: {error.strerror}") from error


def _print_error(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _discard_output() -> None:
    """Send what is still to be written nowhere, or Python fails on it once more when it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_process(code: int | str | None) -> NoReturn:
    """End the process with this exit code at once: what Python takes a tenth of a second to take apart, module by
    module, the system takes back as a whole. Threads are waited for and what was to be done at the end is done.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # closed, or nobody reads it any more
            stream.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)
