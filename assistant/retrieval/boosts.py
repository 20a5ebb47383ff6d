"""Passages that fit what a question says of its answer: speaker, outlet, days."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from assistant.records.query import Query
from assistant.retrieval.hybrid import Group
from assistant.retrieval.speakers import speakers_meant
from assistant.store.library import Library

if TYPE_CHECKING:
    pass


# Weights of the lanes of passages that fit the question, beside the lane of words with 1: an article of other days
# may still tell of the days that are asked about.
SPEAKER_WEIGHT, OUTLET_WEIGHT, DAYS_WEIGHT = 4.0, 2.0, 0.8


LISTED = 20_000  # passages of an outlet, or of some days, that are listed rather than told by their article


def favoured(query: Query, library: Library) -> list[Group]:
    """The passages that fit what a question says of its answer, in groups: by speaker, by outlet, by day."""
    groups: list[Group] = []
    if query.kind == "said":
        meant = (speakers_meant(speaker, library) for speaker in query.speakers)
        groups += [Group(SPEAKER_WEIGHT, library.passages_of_speakers(names)) for names in meant]
    for outlet in query.outlets:
        holds = functools.partial(library.passages_fitting, outlet=outlet)
        groups.append(Group(OUTLET_WEIGHT, library.passages_of_outlet(outlet, LISTED), holds))
    if query.period and (query.period.first or query.period.last):
        days = query.period.first, query.period.last
        holds = functools.partial(library.passages_fitting, days=days)
        groups.append(Group(DAYS_WEIGHT, library.passages_between(*days, LISTED), holds))
    return groups
