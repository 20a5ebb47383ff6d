"""Ends a piece of work in this process when it takes more processor time or memory than it may.

A thread watches the one that works, and raises an exception in it. That needs no other process, and ends whatever runs
in Python; a single call of a library in C is ended when it returns.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from assistant.system.threads import start_thread

POLL_SECONDS = 0.05
IDLE_SECONDS = 1.0  # without work after which the watching thread sleeps until there is some
REPEAT_SECONDS = 0.5  # until the exception is raised again, in case that a library has swallowed it


class WorkLimitExceeded(BaseException):
    """Raised in the working thread. Not an Exception: a library must not take it for an error of its own."""


class WorkLimit:
    """A context in which this thread may take `seconds` of processor time, and Python `blocks` more blocks of memory.

    A block is one small object, on average of some 100 bytes; `sys.getallocatedblocks` counts them for all threads.
    What libraries in C allocate is not counted. After the context, `problem` is what was exceeded, or None; the
    exception that ended the work has been dropped then.
    """

    def __init__(self, seconds: float, blocks: int) -> None:
        self.problem: str | None = None
        self._seconds, self._blocks = seconds, blocks

    def __enter__(self) -> Self:
        self._thread_id = threading.get_ident()
        self._clock = _make_thread_clock(self._thread_id)
        self._most_seconds = self._clock() + self._seconds
        self._most_blocks = sys.getallocatedblocks() + self._blocks
        self._raised_at: float | None = None
        _WATCHER.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        while True:
            try:
                _WATCHER.remove(self)  # from here on, nothing is raised
                if self._raised_at is not None:
                    _set_exception(self._thread_id, None)  # one that was not delivered yet
                break
            except WorkLimitExceeded:
                continue
        return self.problem is not None and (kind is None or issubclass(kind, Exception | WorkLimitExceeded))

    def enforce(self, now: float) -> None:
        """Raise the exception in the working thread if it has exceeded a limit. Called by the watching thread."""
        if self._raised_at is not None and now < self._raised_at + REPEAT_SECONDS:
            return
        if self._clock() > self._most_seconds:
            self.problem = f"more than {self._seconds:g} seconds of processor time"
        elif sys.getallocatedblocks() > self._most_blocks:
            self.problem = "too much memory"
        if self.problem is not None:
            self._raised_at = now
            _set_exception(self._thread_id, WorkLimitExceeded)


class _Watcher:
    """A thread that looks at all limits again and again while there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._limits: set[WorkLimit] = set()
        self._last_use = 0.0
        self._is_started = self._is_asleep = False

    def add(self, limit: WorkLimit) -> None:
        """Begin to watch. Raises MemoryError if there is no memory for the thread."""
        with self._changed:
            if not self._is_started:
                start_thread(threading.Thread(target=self._watch, name="watch the limits of work", daemon=True))
                self._is_started = True
            self._limits.add(limit)
            self._last_use = time.monotonic()
            if self._is_asleep:
                self._changed.notify()

    def remove(self, limit: WorkLimit) -> None:
        """Stop watching."""
        with self._changed:
            self._limits.discard(limit)

    def _watch(self) -> None:
        while True:
            time.sleep(POLL_SECONDS)
            now = time.monotonic()
            with self._changed:
                for limit in self._limits:
                    limit.enforce(now)
                while not self._limits and time.monotonic() > self._last_use + IDLE_SECONDS:
                    self._is_asleep = True
                    self._changed.wait()
                    self._is_asleep = False


_WATCHER = _Watcher()


def _make_thread_clock(thread_id: int) -> Callable[[], float]:
    """The processor time of a thread in seconds; of the whole process where the system does not tell threads apart."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread_id)
        return lambda: time.clock_gettime(clock)
    return time.process_time


def _set_exception(thread_id: int, kind: type[BaseException] | None) -> None:
    """Have the interpreter raise an exception in a thread at its next step; None takes one back that waits."""
    value = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), value)
