"""Reads files in processes of their own, which are kept for further files. A crash is a fault of the file."""

from __future__ import annotations

import atexit
import contextlib
import errno
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from io import BufferedIOBase
from typing import Any, NamedTuple

from assistant.articles.isolation.messages import (
    IDLE_SECONDS,
    Item,
    MessageError,
    receive_item,
    receive_message,
    send_message,
)
from assistant.articles.readers import find_reader
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReaderFailed, ReadError
from assistant.records.article import Article

WAIT_FACTOR, WAIT_SECONDS = 10, 120  # of `reading.max_article_seconds`, and in addition: a busy machine takes longer
CAN_ISOLATE = hasattr(socket, "send_fds")  # Windows cannot: there, files are read in this process
MAX_WAITING = 2  # processes that are kept
_ENDS = frozenset({"end", "error", "failed", "system"})


def read_items(file: SourceFile, settings: ReadingSettings) -> Iterator[Item | Article]:
    """What the reader of a file yields, read in another process if a library in C takes part.

    Raises as readers do. If the process crashes, that is ReaderFailed; if it takes more time or memory than one article
    may, ReadError.
    """
    reader = find_reader(file.suffix, settings)
    if not (reader.uses_c_library and CAN_ISOLATE):
        yield from reader.read(file, settings)
        return
    process = _POOL.take()
    try:
        yield from process.read(file, settings)
    finally:
        _POOL.give_back(process)


def call_isolated(function: str, data: bytes, arguments: Sequence[str], seconds: int) -> Any:
    """What a function, named as "module:name", makes of some bytes and arguments in another process: a value of JSON.

    It may take some seconds of processor time, and the memory that a file may. Raises ReadError with what it raises as
    an AssistantError, or with why the process ended; OSError if no process can be started.
    """
    process = _POOL.take()
    try:
        return process.call(function, data, arguments, seconds)
    finally:
        _POOL.give_back(process)


class _Limit(NamedTuple):
    """The processor time that an answer may take, and what to do where it takes more."""

    seconds: int
    remedy: str


class _ReadingProcess:
    """One process, and the socket to it. It reads one file at a time."""

    def __init__(self) -> None:
        here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "assistant.articles.isolation.child"],  # -P: not those of this folder
                stdin=there.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._channel = here
        self.is_usable = True

    def is_alive(self) -> bool:
        """Whether it can be given a file. It ends by itself when it had none for a while."""
        return self.is_usable and self._process.poll() is None

    def read(self, file: SourceFile, settings: ReadingSettings) -> Iterator[Item]:
        """What the reader of a file yields. Raises ReadError and OSError."""
        seconds = settings.max_article_seconds
        request = {
            "uri": file.uri,
            "article_id": file.article_id,
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "suffix": file.suffix,
            "settings": settings.model_dump(),
        }
        with file.open() as stream:
            limit = _Limit(seconds, f" (reading.max_article_seconds: {seconds}); divide it, or raise that")
            yield from self._ask(request, stream, limit)

    def call(self, function: str, data: bytes, arguments: Sequence[str], seconds: int) -> Any:
        """See `call_isolated`."""
        request = {"call": function, "arguments": list(arguments), "seconds": seconds}
        answer = self._ask(request, io.BytesIO(data), _Limit(seconds, ""))
        try:
            next(answer)
        except StopIteration as ended:
            return ended.value
        raise ReadError("its reader sent something else")

    def _ask(
        self, request: Mapping[str, object], stream: BufferedIOBase, limit: _Limit
    ) -> Generator[Item, None, object]:
        """What the process sends for a request, and what it ends with. Raises ReadError and OSError."""
        is_usable, self.is_usable = self.is_usable, False  # until the last item has come
        self._channel.settimeout(WAIT_FACTOR * limit.seconds + WAIT_SECONDS)
        self._send(request, stream, limit)
        while True:
            with self._translate_end(limit):
                message = receive_message(self._channel)
                item = None if message.keys() & _ENDS else receive_item(self._channel, message)
            if item is None:
                break
            yield item
        self.is_usable = is_usable
        match message:
            case {"error": [str(reason), str(missing_module)]}:
                raise ReadError(reason, missing_module)
            case {"failed": str(reason)}:
                raise ReaderFailed(reason)
            case {"system": [int(number), str(text)]}:
                raise OSError(number, text, request.get("uri"))
        return message.get("end")

    def _send(self, request: Mapping[str, object], stream: BufferedIOBase, limit: _Limit) -> None:
        with contextlib.ExitStack() as stack:
            try:
                handle = stream.fileno()
            except io.UnsupportedOperation:  # its content is in memory
                copy = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(stream, copy)
                copy.flush()
                handle = copy.fileno()
            with self._translate_end(limit):
                send_message(self._channel, request)
                socket.send_fds(self._channel, [b"f"], [handle])

    @contextlib.contextmanager
    def _translate_end(self, limit: _Limit) -> Iterator[None]:
        """Turn the end of the process, and nonsense that it sends, into an error of the file."""
        try:
            yield
        except (MessageError, OSError) as error:
            self.is_usable = False
            waited_too_long = isinstance(error, TimeoutError)
            if not waited_too_long:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(1)  # it may just be ending
            code = self._process.poll()
            self.end()
            raise _explain_end(None if waited_too_long else code, limit) from error

    def end(self) -> None:
        """End the process."""
        self.is_usable = False
        self._channel.close()
        self._process.kill()
        self._process.wait()


def _explain_end(code: int | None, limit: _Limit) -> ReadError | OSError:
    """The error that the end of a process with this exit code is. None: it was ended here."""
    if code is None:
        return ReadError(f"reading it did not end{limit.remedy}")
    if code == -getattr(signal, "SIGXCPU", 24):
        return ReadError(f"reading it took more than {limit.seconds} seconds of processor time{limit.remedy}")
    if code == -getattr(signal, "SIGKILL", 9):
        return ReaderFailed("the system ended the process that read it, probably for want of memory")
    if code < 0:
        return ReaderFailed(f"reading it crashed ({_name_signal(-code)}): it is damaged, or made to do that")
    # Not a fault of the file: its articles are kept.
    return OSError(errno.EIO, f"could not be read: the process that reads such files ended with code {code}")


def _name_signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class _Pool:
    """The processes that wait for a file."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[float, _ReadingProcess]] = []

    def take(self) -> _ReadingProcess:
        """A process for one file. Raises OSError if none can be started."""
        with self._lock:
            while self._waiting:
                since, process = self._waiting.pop()
                if process.is_alive() and time.monotonic() < since + IDLE_SECONDS / 2:
                    return process
                process.end()
        return _ReadingProcess()

    def give_back(self, process: _ReadingProcess) -> None:
        """Keep a process for the next file, unless it was ended or there are enough."""
        with self._lock:
            if process.is_usable and len(self._waiting) < MAX_WAITING:
                self._waiting.append((time.monotonic(), process))
                return
        process.end()

    def end_all(self) -> None:
        """End the processes that wait."""
        with self._lock:
            for _, process in self._waiting:
                process.end()
            self._waiting.clear()

    def forget(self) -> None:
        """In a copy of this process: the processes belong to the original."""
        self.__init__()  # type: ignore[misc]


_POOL = _Pool()
atexit.register(_POOL.end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_POOL.forget)
