"""Limits of the web page: how many pages, and how often."""

from __future__ import annotations

import pytest

from assistant.server.access import OWNER, Visitor
from assistant.server.limits import PageSlots, RateLimit

ANNA, BEN = Visitor("reader", "anna"), Visitor("reader", "ben")


def test_rate_is_limited() -> None:
    """A burst passes; after that, events are due at the rate, and refused ones do not count."""
    now = [0.0]
    rate = RateLimit(per_second=2, burst=3, clock=lambda: now[0])
    assert [rate.allows() for _ in range(5)] == [True, True, True, False, False]
    now[0] = 0.5
    assert [rate.allows(), rate.allows()] == [True, False]
    assert rate.take() == pytest.approx(0.5)
    assert rate.take(weight=4) == pytest.approx(2.5)
    now[0] = 100.0
    assert [rate.allows() for _ in range(4)] == [True, True, True, False]


def test_pages_are_limited() -> None:
    """A reader has two pages at most, readers together never the last one, which is kept for the owner."""
    slots = PageSlots(4)
    assert [slots.take(ANNA) for _ in range(3)] == [True, True, False]
    assert "close one" in (slots.find_obstacle(ANNA) or "")
    assert [slots.take(BEN), slots.take(BEN)] == [True, False]
    assert slots.take(OWNER)
    assert not slots.take(OWNER)
    assert "--pages" in (slots.find_obstacle(OWNER) or "")
    slots.give_back(ANNA)
    assert slots.find_obstacle(BEN) is not None  # three are open, the fourth is the owner's
    assert slots.take(OWNER)
    assert slots.count == 4
