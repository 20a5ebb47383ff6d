"""Passages that fit what a question says of its answer: speaker, outlet, days."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from assistant.records.query import Query
from assistant.retrieval.hybrid import BoostGroup
from assistant.retrieval.speakers import link_speakers
from assistant.store.library import Library

if TYPE_CHECKING:
    pass


# Weights of the lanes of passages that fit the question, beside the lane of words with 1: an article of other days
# may still tell of the days that are asked about.
SPEAKER_WEIGHT, OUTLET_WEIGHT, DAYS_WEIGHT = 4.0, 2.0, 0.8


MAX_LISTED = 20_000  # passages of an outlet, or of some days, that are listed rather than told by their article


def boost_passages(query: Query, library: Library) -> list[BoostGroup]:
    """The passages that fit what a question says of its answer, in groups: by speaker, by outlet, by day."""
    groups: list[BoostGroup] = []
    if query.traits.names_speaker:
        meant = (link_speakers(speaker, library) for speaker in query.speakers)
        groups += [BoostGroup(SPEAKER_WEIGHT, library.passages_of_speakers(names)) for names in meant]
    for outlet in query.outlets:
        holds = functools.partial(library.filter_passages, outlet=outlet)
        groups.append(BoostGroup(OUTLET_WEIGHT, library.passages_of_source(outlet, MAX_LISTED), holds))
    if query.period and (query.period.first or query.period.last):
        days = query.period.first, query.period.last
        holds = functools.partial(library.filter_passages, days=days)
        groups.append(BoostGroup(DAYS_WEIGHT, library.passages_between(*days, MAX_LISTED), holds))
    return groups
