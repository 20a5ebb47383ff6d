"""Limits on what visitors of `assistant serve` use: pages at the same time, and how often something may happen."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field

from assistant.server.access import Visitor

PAGE_MEGABYTES = 400  # of its own, of the process behind one page after some dozens of questions
DEFAULT_PAGES = 4
MAX_READER_PAGES = 2  # of one reader


@dataclass
class RateLimit:
    """Lets events of a total weight of `burst` pass at once, and then `per_second` more each second."""

    per_second: float
    burst: float
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._last = self.burst, self.clock()

    def take(self, weight: float = 1) -> float:
        """Count an event; returns after how many seconds it is due, 0 if at once."""
        now = self.clock()
        self._left = min(self.burst, self._left + (now - self._last) * self.per_second) - weight
        self._last = now
        return max(0.0, -self._left / self.per_second)

    def allows(self) -> bool:
        """Count an event if it is due now; otherwise it is refused and not counted."""
        if self.take() == 0:
            return True
        self._left += 1
        return False

    async def wait(self, weight: float = 1) -> None:
        """Count an event and wait until it is due."""
        if due := self.take(weight):
            await asyncio.sleep(due)


@dataclass
class PageSlots:
    """Counts the open pages of each visitor. One page is kept for the owner; a reader has at most MAX_READER_PAGES."""

    most: int = DEFAULT_PAGES
    _open: Counter[Visitor] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """The pages that are open now."""
        return self._open.total()

    def find_obstacle(self, visitor: Visitor) -> str | None:
        """Why this visitor cannot open another page now, and the remedy; None if there is room."""
        if not visitor.is_owner and self._open[visitor] >= MAX_READER_PAGES:
            return f"You have {MAX_READER_PAGES} pages open; close one of them and try again."
        if self.count >= (self.most if visitor.is_owner else self.most - 1):
            return (
                f"All {self.most} pages of this server are in use; try again when somebody has closed one. The owner "
                f"can start it with a larger --pages; each takes some {PAGE_MEGABYTES} MB of memory."
            )
        return None

    def take(self, visitor: Visitor) -> bool:
        """Count a page that opens; returns False if there is no room for it."""
        if self.find_obstacle(visitor) is not None:
            return False
        self._open[visitor] += 1
        return True

    def give_back(self, visitor: Visitor) -> None:
        """A page has closed and its process has ended."""
        self._open[visitor] -= 1


def limit_kernels(environment: MutableMapping[str, str]) -> None:
    """Let the models keep less of each new shape of question: 40 questions then add some 140 MB, and not 240.

    What runs them reads the variable when it is loaded (`embedding.openvino_backend.create_core`). One that is set
    stays. A question then takes some 5 % more processor time; its answer is the same.
    """
    environment.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "32")
