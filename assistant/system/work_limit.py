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
from typing import TypeVar

from assistant.system.threads import start_thread

POLL_SECONDS = 0.05
IDLE_SECONDS = 1.0  # without work after which the watching thread sleeps until there is some
REPEAT_SECONDS = 0.5  # until the exception is raised again, in case that a library has swallowed it


Result = TypeVar("Result")


class WorkLimitExceeded(BaseException):
    """Raised in the working thread. Not an Exception: a library must not take it for an error of its own."""


def run_within(work: Callable[[], Result], seconds: float, blocks: int) -> tuple[Result | None, str | None]:
    """What `work` gives, and None; or None, and what it exceeded, when it was ended.

    It may take `seconds` of processor time of this thread, and Python `blocks` more blocks of memory. A block is one
    small object, on average of some 100 bytes; `sys.getallocatedblocks` counts them for all threads. What libraries in
    C allocate is not counted. What `work` raises is passed on, unless it was ended: then it is dropped.
    """
    limit = WorkLimit(seconds, blocks)
    result: Result | None = None
    failure: BaseException | None = None
    # The exception can be raised at each call, also on the way out: to free what has been made can take long. So
    # nothing is called between the end of `work` and the first of the blocks below, and `is_over` leaves two at most:
    # one that waits to be raised, and one that the watching thread is about to raise.
    try:
        limit.begin()
        result = work()
    except BaseException as error:
        failure = error
    limit.is_over = True
    try:
        try:
            limit.end()
        except WorkLimitExceeded:
            limit.end()
    except WorkLimitExceeded:
        limit.end()
    try:
        if limit.problem is not None and (failure is None or isinstance(failure, Exception | WorkLimitExceeded)):
            return None, limit.problem
        if failure is not None:
            raise failure
        return result, None
    finally:
        del failure  # or its traceback would keep what the work has made


class WorkLimit:
    """What one piece of work in this thread may take; `problem` is what it exceeded, or None. See `run_within`."""

    def __init__(self, seconds: float, blocks: int) -> None:
        self.problem: str | None = None
        self.is_over = False
        self._seconds, self._blocks = seconds, blocks
        self._raised_at: float | None = None
        self._is_raising = False

    def begin(self) -> None:
        """Begin to watch. Raises MemoryError if there is no memory for the thread that does."""
        self._thread_id = threading.get_ident()
        self._clock = _make_thread_clock(self._thread_id)
        self._most_seconds = self._clock() + self._seconds
        self._most_blocks = sys.getallocatedblocks() + self._blocks
        _WATCHER.add(self)

    def end(self) -> None:
        """Stop watching. When this returns, and `is_over` was set before, nothing is raised any more."""
        _WATCHER.remove(self)
        while self._is_raising:
            time.sleep(0.0001)
        if self._raised_at is not None:
            _set_exception(self._thread_id, None)  # one that was not delivered yet

    def enforce(self, now: float) -> None:
        """Raise the exception in the working thread if it has exceeded a limit. Called by the watching thread."""
        if self._raised_at is not None and now < self._raised_at + REPEAT_SECONDS:
            return
        if self._clock() > self._most_seconds:
            problem = f"more than {self._seconds:g} seconds of processor time"
        elif sys.getallocatedblocks() > self._most_blocks:
            problem = "too much memory"
        else:
            return
        self._is_raising = True  # before the look at `is_over`, as `end` looks here after it was set
        if not self.is_over:
            self.problem, self._raised_at = problem, now
            _set_exception(self._thread_id, WorkLimitExceeded)
        self._is_raising = False


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
        """Stop watching. Takes no lock: an exception that is raised here must not leave one behind."""
        self._limits.discard(limit)

    def _watch(self) -> None:
        while True:
            time.sleep(POLL_SECONDS)
            now = time.monotonic()
            for limit in tuple(self._limits):
                limit.enforce(now)
            with self._changed:
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
