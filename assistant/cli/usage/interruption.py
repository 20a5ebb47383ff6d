"""What an interrupted command tells: only what is true of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import Interrupted


@contextlib.contextmanager
def tell_state_of_index(index: Path) -> Iterator[None]:
    """Around a build: if the user stops it, raise Interrupted with what is in the folder `index` now."""
    from assistant.store.library import read_generation  # not at the start of every command

    before = read_generation(index)
    try:
        yield
    except KeyboardInterrupt as interrupt:
        after = read_generation(index)
        if after is None:
            told = "there is no complete index yet; the same command goes on"
        elif after == before:
            told = "the index is unchanged"
        else:
            told = "the build was complete already"
        raise Interrupted(told) from interrupt


@contextlib.contextmanager
def tell(what: str) -> Iterator[None]:
    """If the user stops what runs inside, raise Interrupted with `what` remains."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise Interrupted(what) from interrupt
