"""The process of the program: its streams, one line for each error, its exit code. Imports nothing slow."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from assistant.errors import AssistantError, Interrupted
from assistant.system.os_errors import describe_os_error, describe_write_error
from assistant.text.sanitize import sanitize_line, shorten_line

INTERRUPTED_EXIT_CODE = 130


MAX_SHOWN_NAME = 200  # characters of the name of a file
WIDEST_UMASK = 0o022  # of the files that a command writes: others may read them, if the user's own umask lets them


def run_command(command: Callable[[], None]) -> None:
    """Run a command. An error is one line on stderr and exit code 1; with ASSISTANT_DEBUG it is a traceback.

    Files are written with the user's umask, and never so that others could change them.
    """
    os.umask(os.umask(WIDEST_UMASK) | WIDEST_UMASK)
    debug = bool(os.environ.get("ASSISTANT_DEBUG"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # terminals that are not UTF-8 have no “ and …
    try:
        try:
            command()
        finally:
            flush_output()  # when Python exits, it would report an error with a traceback
    except SystemExit as ended:
        if ended.code == INTERRUPTED_EXIT_CODE:
            _print_error("interrupted")
        raise
    except BrokenPipeError:
        _discard_output()  # the reader of the output has ended; this is not an error
        sys.exit(1)
    except (KeyboardInterrupt, Exception) as error:
        if debug and not isinstance(error, KeyboardInterrupt | Interrupted):
            raise
        _print_error(sanitize_line(_describe_failure(error)))
        sys.exit(INTERRUPTED_EXIT_CODE if isinstance(error, KeyboardInterrupt | Interrupted) else 1)


def _describe_failure(error: BaseException) -> str:
    match error:
        case KeyboardInterrupt():
            return "interrupted"
        case Interrupted():
            return f"interrupted; {error}"
        case MemoryError():
            return "error: not enough memory; close other programs"
        case AssistantError():
            return f"error: {error}"
        case OSError(filename=str(name)) if name:  # what the system cannot do with what was named
            return f"error: {shorten_line(name, MAX_SHOWN_NAME)}: {describe_os_error(error)}"
        case _:
            return f"internal error: {type(error).__name__}: {error} (set ASSISTANT_DEBUG=1 to see where)"


def flush_output() -> None:
    """Write the buffered output. Raises AssistantError if it cannot be written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _discard_output()
        raise AssistantError(f"the output {describe_write_error(error)}") from error


def _print_error(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _discard_output() -> None:
    """Discard the buffered output: otherwise Python fails again when it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class AwaitedThread(threading.Thread):
    """A thread that the process waits for before it ends, because its work must not be lost."""


def exit_process(code: int | str | None) -> NoReturn:
    """End the process with this exit code, as soon as every AwaitedThread has ended.

    Before a normal exit, Python frees all modules and objects one by one. `os._exit` leaves that to the system: an
    `assistant ask` takes 0.5 to 0.7 seconds less (median and minimum of 20 runs on a busy machine: 4.5 instead of
    5.1 seconds, 3.2 instead of 3.9). Functions registered with `atexit` are not called; the program has none.
    """
    for thread in threading.enumerate():
        if isinstance(thread, AwaitedThread):
            thread.join()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # the stream is closed, or its reader has ended
            stream.flush()
    os._exit(_to_exit_code(code))


def _to_exit_code(code: int | str | None) -> int:
    if code is None:
        return 0
    return code if isinstance(code, int) else 1
