"""Tests of guarded connections."""

from __future__ import annotations

import time

import httpcore
import pytest

from assistant.errors import WebError
from assistant.web.connection import GuardedBackend, resolve


def test_names_are_resolved() -> None:
    assert "127.0.0.1" in resolve("127.0.0.1", 80)
    assert "127.0.0.1" in resolve(
        "2130706433", 80
    )  # the system reads numbers as addresses, so they are checked as such
    with pytest.raises(OSError, match=r"."):
        resolve("a" * 300 + ".example", 80)


def test_no_other_kind_of_connection() -> None:
    with pytest.raises(WebError):
        GuardedBackend(()).connect_unix_socket("/run/docker.sock")


def test_deadline() -> None:
    backend = GuardedBackend(())
    assert backend.limit(5) == 5
    backend.deadline = time.monotonic() - 1
    with pytest.raises(httpcore.ReadTimeout):
        backend.limit(5)
