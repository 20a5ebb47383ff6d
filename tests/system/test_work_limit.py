"""Work that takes too long or too much memory is ended in its thread, and nothing afterwards."""

from __future__ import annotations

import contextlib
import threading
import time

import pytest

from assistant.system.work_limit import WorkLimit

FAR = 1_000_000_000


def spin(seconds: float = 60) -> None:
    """Use processor time in Python."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_long_work_is_ended() -> None:
    """The thread is interrupted after its processor time."""
    with WorkLimit(0.2, FAR) as limit:
        spin()
    assert limit.problem == "more than 0.2 seconds of processor time"


def test_time_of_waiting_is_not_counted() -> None:
    """A thread that waits, as on a busy machine, takes no processor time."""
    with WorkLimit(0.2, FAR) as limit:
        threading.Event().wait(0.5)
    assert limit.problem is None


def test_large_work_is_ended() -> None:
    """So is one that allocates too much."""
    kept: list[object] = []
    with WorkLimit(60, 200_000) as limit:
        while True:
            kept.append(bytes(len(kept) % 50 + 50))  # nothing for the collector: its callbacks must not be interrupted
    assert limit.problem == "too much memory"


def test_exception_that_is_swallowed_is_raised_again() -> None:
    """A library that catches everything is interrupted again."""
    with WorkLimit(0.2, FAR) as limit:
        for _ in range(3):
            with contextlib.suppress(BaseException):
                spin(5)
    assert limit.problem is not None


def test_work_within_the_limit_keeps_its_errors() -> None:
    """What the work raises is passed on."""
    with pytest.raises(ValueError, match="own"), WorkLimit(60, FAR):
        raise ValueError("own")


def test_nothing_is_raised_afterwards() -> None:
    """Many pieces of work that end close to their limit: nothing hits what follows."""
    problems = []
    for _ in range(20):
        with WorkLimit(0.05, FAR) as limit:
            spin(0.05)
        spin(0.005)
        problems.append(limit.problem)
    assert len(problems) == 20


def test_other_threads_are_not_touched() -> None:
    """Each thread has its own limit."""
    ended: list[str | None] = []

    def work(most: float, seconds: float) -> None:
        with WorkLimit(most, FAR) as limit:
            spin(seconds)
        ended.append(limit.problem)

    threads = [threading.Thread(target=work, args=each) for each in ((0.1, 60.0), (50.0, 0.3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, ended)) == [False, True]
