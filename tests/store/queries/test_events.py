"""Articles by event."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.store.queries import events
from assistant.store.queries.events import EventQueries, link_texts
from assistant.store.queries.vectors import VectorQueries
from tests.support.memory_library import make_article
from tests.support.tiny_library import build_tiny_library, open_queries

FLOOD = "The river flooded the harbour of Weirton and the mayor closed all bridges of the town. {}"
OVEN = "A bakery on Mill Street sells rye loaves from a brick oven that two brothers built."


class _Queries(VectorQueries, EventQueries):
    """Events, by the vectors in the database."""


def test_texts_of_an_event() -> None:
    """What is like an event joins it within days of its latest text; what is not, or comes late, begins another."""
    flood, oven = np.eye(2, dtype=np.float32)
    days = [1, 2, 8, 14, 14 + events.MAX_GAP + 1]
    assert link_texts(days, np.array([flood, oven, flood, flood, flood])) == [0, 1, 0, 0, 2]
    between = np.array([0.8, 0.6], dtype=np.float32)
    assert link_texts([1, 1, 1], np.array([flood, oven, between])) == [0, 1, 0]
    assert link_texts([], np.empty((0, 2), dtype=np.float32)) == []


def test_groups(tmp_path: Path) -> None:
    """Reports of some days are one event, with copies; months later it is another, and other subjects are none."""
    flood = FLOOD.format("Forty homes were evacuated, and the trains to the coast stopped. " * 3)
    fields = {
        "first": (flood, "2025-03-01"),
        "oven": (OVEN, "2025-03-01"),
        "copy": (flood, None),
        "second": (FLOOD.format("The bridges of Weirton are to open on Friday, the mayor said."), "2025-03-05"),
        "later": (FLOOD.format("It rained for a week before."), "2025-09-05"),
    }
    articles = [make_article(name, text, published_at=day) for name, (text, day) in fields.items()]
    config = build_tiny_library(tmp_path, articles)
    with open_queries(config.index, _Queries) as queries:
        assert queries.event_groups() == [["copy", "first", "second"]]
