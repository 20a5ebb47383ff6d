"""Values that take a while to compute, kept for as long as the library does not change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any


class GenerationValues:
    """Values of one published state of a library. Safe to use from several threads."""

    def __init__(self, generation: str) -> None:
        self.generation = generation
        self._values: dict[Hashable, Any] = {}
        self._key_locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """The value of a key. It is computed once, also if several threads ask for it at the same time."""
        if key in self._values:
            return self._values[key]
        with self._lock:
            key_lock = self._key_locks.setdefault(key, threading.Lock())
        with key_lock:
            if key not in self._values:
                self._values[key] = compute()
            return self._values[key]


class GenerationCache:
    """The values of the state that was last read. Safe to use from several threads."""

    def __init__(self) -> None:
        self._current = GenerationValues("")

    def values_for(self, generation: str) -> GenerationValues:
        """The values of this state; those of another state are dropped."""
        current = self._current
        if current.generation != generation or not generation:
            current = self._current = GenerationValues(generation)
        return current
