"""Passages that fit what a question says of its answer: its speaker, its source, its days."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.query import Query
from assistant.retrieval.hybrid import BoostGroup
from assistant.retrieval.prior import boost_earlier_articles
from assistant.retrieval.speakers import SpeakerNameReader, link_speakers
from assistant.store.protocol import PassageFilter


@dataclass(frozen=True, slots=True)
class BoostWeights:
    """The weights of the rankings of fitting passages; the BM25 ranking of all passages has 1 by default.

    The days have the least weight, because an article of other days may report on the requested ones too.
    """

    speaker: float = 4.0
    source: float = 2.0
    days: float = 0.8


BOOST_WEIGHTS = BoostWeights()
MAX_LISTED = 20_000  # passages of a source, or of some days, up to which they are searched by themselves


def boost_passages(query: Query, library: SpeakerNameReader) -> list[BoostGroup]:
    """The passages that fit what a question says of its answer, in groups: by speaker, source, day, conversation."""
    groups = boost_earlier_articles(query)
    if query.traits.names_speaker:
        for speaker in query.speakers:
            names = tuple(link_speakers(speaker, library))
            groups.append(BoostGroup(BOOST_WEIGHTS.speaker, PassageFilter(speakers=names)))
    groups += [BoostGroup(BOOST_WEIGHTS.source, PassageFilter(source=outlet), MAX_LISTED) for outlet in query.outlets]
    if query.period and query.period.is_resolved:
        groups += [
            BoostGroup(BOOST_WEIGHTS.days, PassageFilter(days=days), MAX_LISTED) for days in query.period.readings
        ]
    return groups
