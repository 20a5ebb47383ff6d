"""Which articles are about one event: near-duplicates, and texts like them in meaning that follow within days.

What the first passages say is compared, in the order of the days. An event is over when nothing was added for MAX_GAP.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.store.faiss_index import PassageNumbers
from assistant.store.queries.base import SnapshotQueries

MIN_COSINE = 0.64  # of a text with the mean of the texts of an event
MAX_GAP = 7  # days
MAX_TEXTS = 20_000  # the newest, near-duplicates counted once; of older ones only the near-duplicates are grouped


@dataclass(slots=True)
class _Text:
    """Near-duplicates: a first passage of them, the first day that one of them gives, and their ids, oldest first."""

    passage: int
    day: int | None
    ids: list[str] = field(default_factory=list)


class EventQueries(SnapshotQueries):
    """Articles by event. Comes behind a class that loads vectors."""

    @abstractmethod
    def load_vectors(self, numbers: Sequence[int]) -> tuple[PassageNumbers, Vectors]:
        """See `VectorQueries.load_vectors`."""

    def event_groups(self) -> list[list[str]]:
        """The ids of two or more articles about one event, oldest first; the event with the latest article first.

        Articles without a day are only with their near-duplicates.
        """
        groups: list[list[str]] = self.compute_once("events", self._group_events)
        return groups

    def _group_events(self) -> list[list[str]]:
        texts: dict[int, _Text] = {}
        order: dict[str, int] = {}
        for at, (article_id, story, day, passage) in enumerate(
            self.select(
                "SELECT id, story.story AS story, substr(published_at, 1, 10) AS day, passage.number AS passage"
                " FROM article JOIN story ON story.article = article.number"
                " JOIN passage ON passage.article = article.number AND ordinal = 0"
                " ORDER BY published_at IS NOT NULL, published_at, id"
            )
        ):
            order[article_id] = at
            text = texts.setdefault(story, _Text(passage, None))
            text.ids.append(article_id)
            text.day = _to_number(day) if text.day is None else text.day
        days = {story: text.day for story, text in texts.items() if text.day is not None}
        dated = [texts[story] for story in sorted(days, key=days.__getitem__)][-MAX_TEXTS:]
        numbers, vectors = self.load_vectors([text.passage for text in dated])
        rows = {number: row for row, number in enumerate(numbers.tolist())}
        matrix = vectors[[rows[text.passage] for text in dated]] if dated else vectors
        events: dict[int, list[str]] = {}
        for text, event in zip(dated, link_texts([text.day or 0 for text in dated], matrix), strict=True):
            events.setdefault(event, []).extend(text.ids)
        linked = {id(text) for text in dated}
        found = [*events.values(), *(text.ids for text in texts.values() if id(text) not in linked)]
        groups = [sorted(ids, key=order.__getitem__) for ids in found if len(ids) > 1]
        return sorted(groups, key=lambda ids: -order[ids[-1]])


def link_texts(days: Sequence[int], vectors: Vectors) -> list[int]:
    """The number of the event of each text; `days` ascend, `vectors` are of length 1, shape (n, dimension)."""
    sums = np.empty_like(vectors)  # of the vectors of each event
    last = np.empty(len(days), dtype=np.int64)
    count = over = 0  # events, and how many of the first ones are over
    events: list[int] = []
    for day, vector in zip(days, vectors, strict=True):
        while over < count and last[over] < day - MAX_GAP:
            over += 1
        going_on = over + np.flatnonzero(last[over:count] >= day - MAX_GAP)
        cosines = sums[going_on] @ vector / np.linalg.norm(sums[going_on], axis=1)
        if len(going_on) and cosines.max() >= MIN_COSINE:
            event = int(going_on[cosines.argmax()])
            sums[event] += vector
        else:
            event = count
            sums[event] = vector
            count += 1
        last[event] = day
        events.append(event)
    return events


def _to_number(day: str | None) -> int | None:
    """A whole day as a number; None for a month or year."""
    return date.fromisoformat(day).toordinal() if day is not None and len(day) == len("2019-01-31") else None
