"""Starts threads. Imports nothing slow."""

from __future__ import annotations

import threading


def start_thread(thread: threading.Thread) -> None:
    """Start a thread. Raises MemoryError where the system has no room for its stack, for which Python has no class."""
    try:
        thread.start()
    except RuntimeError as error:
        raise MemoryError("can't start new thread") from error
