"""Passages that fit what a question says of its answer: speaker, outlet, days."""

from __future__ import annotations

from assistant.records.query import Query
from assistant.retrieval.hybrid import BoostGroup
from assistant.retrieval.speakers import link_speakers
from assistant.store.protocol import Library, PassageFilter

# Weights of the lanes of passages that fit the question, beside the lane of words with 1: an article of other days
# may still tell of the days that are asked about.
SPEAKER_WEIGHT, OUTLET_WEIGHT, DAYS_WEIGHT = 4.0, 2.0, 0.8


MAX_LISTED = 20_000  # passages of a source, or of some days, up to which they are searched by themselves


def boost_passages(query: Query, library: Library) -> list[BoostGroup]:
    """The passages that fit what a question says of its answer, in groups: by speaker, by source, by day."""
    groups: list[BoostGroup] = []
    if query.traits.names_speaker:
        meant = (link_speakers(speaker, library) for speaker in query.speakers)
        groups += [BoostGroup(SPEAKER_WEIGHT, PassageFilter(speakers=tuple(names))) for names in meant]
    groups += [BoostGroup(OUTLET_WEIGHT, PassageFilter(source=outlet), MAX_LISTED) for outlet in query.outlets]
    if query.period and (query.period.first or query.period.last):
        days = query.period.first, query.period.last
        groups.append(BoostGroup(DAYS_WEIGHT, PassageFilter(days=days), MAX_LISTED))
    return groups
