"""The process that reads files for another one: python -m assistant.articles.isolation.child, its socket as input.

It may take a limited time and memory for each article, writes no file, and ends when it has nothing to do for a while
or the other process has ended."""

from __future__ import annotations

import importlib
import io
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from assistant.articles.budget import read_within_budget
from assistant.articles.isolation.messages import (
    IDLE_SECONDS,
    Item,
    MessageError,
    receive_message,
    send_item,
    send_message,
)
from assistant.articles.readers import NESTED_TOO_DEEPLY, find_reader
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import AssistantError, ReadError
from assistant.records.article import Article
from assistant.system.faults import describe_error

MEMORY_BYTES = 3 << 30  # of address space, in addition to what the program takes without a file
GRACE_SECONDS = 5  # of processor time for one call in C, beyond `reading.max_article_seconds`


def serve(channel: socket.socket) -> None:
    """Read the files that are asked for, until the other process has ended."""
    while True:
        channel.settimeout(IDLE_SECONDS)
        try:
            request = receive_message(channel)
            _, (handle, *_), _, _ = socket.recv_fds(channel, 1, 1)
        except (MessageError, OSError, ValueError):
            return
        channel.settimeout(None)
        with os.fdopen(handle, "rb") as stream:
            _answer(channel, request, stream)


def _answer(channel: socket.socket, request: dict[str, Any], stream: io.BufferedReader) -> None:
    """Send what a reader yields of one file, then how it ended; or what a function makes of it."""
    end: dict[str, object] = {"end": True}
    try:
        if "call" in request:
            end = {"end": _call(request, stream)}
        else:
            for item in _read(request, stream):
                send_item(channel, item)
    except ReadError as error:
        end = {"error": [str(error), error.missing_module]}
    except AssistantError as error:
        end = {"error": [str(error), ""]}
    except MemoryError:
        end = {"error": ["reading it took too much memory; divide it", ""]}
    except RecursionError:
        end = {"error": [NESTED_TOO_DEEPLY, ""]}
    except OSError as error:
        end = {"system": [error.errno or 0, error.strerror or str(error)]}
    except Exception as error:  # whatever a reader or its library raises concerns this file only
        end = {"failed": describe_error(error)}
    send_message(channel, end)


def _call(request: dict[str, Any], stream: io.BufferedReader) -> object:
    """The value of a function of this program, which the other process names."""
    module, _, name = request["call"].partition(":")
    function = getattr(importlib.import_module(module), name)
    stream.seek(0)
    _limit_time(request["seconds"])
    return function(stream.read(), *request["arguments"])


def _read(request: dict[str, Any], stream: io.BufferedReader) -> Iterator[Item]:
    settings = ReadingSettings(**request["settings"])
    file = SourceFile(
        request["uri"], request["article_id"], request["size"], request["mtime_ns"], request["suffix"]
    ).with_stream(stream)
    items = find_reader(file.suffix, settings).read(file, settings)
    _limit_time(settings.max_article_seconds + GRACE_SECONDS)
    for item in read_within_budget(items, settings.max_article_seconds):
        if not isinstance(item, Article):  # only a reader that uses no library in C has whole articles
            yield item
        _limit_time(settings.max_article_seconds + GRACE_SECONDS)


def _limit_process() -> None:
    """Let this process take a limited memory and write no file, where the system can see to that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_BYTES, used + MEMORY_BYTES))


def _limit_time(seconds: int) -> None:
    """Have the system end this process if it computes for longer, also within a library in C."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        until = int(usage.ru_utime + usage.ru_stime) + seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the other process, which ends this one
    _limit_process()
    serve(socket.socket(fileno=os.dup(sys.stdin.fileno())))
