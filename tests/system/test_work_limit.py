"""Work that takes too long or too much memory is ended in its thread, and nothing afterwards."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time

import pytest

from assistant.system import work_limit
from assistant.system.work_limit import REPEAT_SECONDS, run_within

FAR = 1_000_000_000


def spin(seconds: float = 60) -> None:
    """Use processor time in Python."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_long_work_is_ended() -> None:
    """The thread is interrupted after its processor time."""
    assert run_within(spin, 0.2, FAR) == (None, "more than 0.2 seconds of processor time")


def test_time_of_waiting_is_not_counted() -> None:
    """A thread that waits, as on a busy machine, takes no processor time."""
    assert run_within(lambda: threading.Event().wait(0.5), 0.2, FAR) == (False, None)


def fill() -> None:
    """Allocate memory without an end."""
    kept: list[object] = []
    while True:
        kept.append(bytes(len(kept) % 50 + 50))  # nothing for the collector: its callbacks must not be interrupted


def test_large_work_is_ended() -> None:
    """So is one that allocates too much."""
    assert run_within(fill, 60, 200_000) == (None, "too much memory")


def test_exception_that_is_swallowed_is_raised_again() -> None:
    """A library that catches everything is interrupted again."""

    def swallow() -> None:
        for _ in range(3):
            with contextlib.suppress(BaseException):
                spin(5)

    assert run_within(swallow, 0.2, FAR)[1] is not None


class SlowToFree:
    """What takes longer to free than until the exception is raised again, in one step of the interpreter."""

    def __del__(self) -> None:
        """Compute in C, where nothing can be raised, until the exception waits."""
        began = time.thread_time()
        while time.thread_time() < began + 1.5 * REPEAT_SECONDS:
            with contextlib.suppress(work_limit.WorkLimitExceeded):
                sum(itertools.repeat(1, 10_000_000))


# What is raised between two steps of `__del__` is dropped by the interpreter, with a warning.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_that_is_freed_slowly_is_ended() -> None:
    """The exception is raised again while what the work has made is freed, and hits nothing that follows."""
    for _ in range(2):
        assert run_within(lambda: [SlowToFree(), *iter(spin, 0)], 0.2, FAR)[1] is not None
        spin(2 * REPEAT_SECONDS)  # long enough for a limit that is still watched


@pytest.mark.parametrize("late", [0, 1, 2])
def test_what_is_over_is_not_interrupted(late: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exceptions that come on the way out, two at most, are dropped there."""
    calls = itertools.count()
    real = work_limit.WorkLimit.end

    def end(limit: work_limit.WorkLimit) -> None:
        if next(calls) < late:
            raise work_limit.WorkLimitExceeded
        real(limit)

    monkeypatch.setattr(work_limit.WorkLimit, "end", end)
    assert run_within(lambda: 7, 60, FAR) == (7, None)


def test_work_within_the_limit_keeps_its_errors() -> None:
    """What the work raises is passed on."""

    def fail() -> None:
        raise ValueError("own")

    with pytest.raises(ValueError, match="own"):
        run_within(fail, 60, FAR)


def test_nothing_is_raised_afterwards() -> None:
    """Many pieces of work that end close to their limit: nothing hits what follows."""
    problems = []
    for _ in range(20):
        problems.append(run_within(lambda: spin(0.05), 0.05, FAR)[1])
        spin(0.005)
    assert len(problems) == 20


def test_other_threads_are_not_touched() -> None:
    """Each thread has its own limit."""
    ended: list[str | None] = []

    def work(most: float, seconds: float) -> None:
        ended.append(run_within(lambda: spin(seconds), most, FAR)[1])

    threads = [threading.Thread(target=work, args=each) for each in ((0.1, 60.0), (50.0, 0.3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, ended)) == [False, True]
