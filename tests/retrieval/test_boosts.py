"""Groups of passages that fit what a question says of its answer."""

from __future__ import annotations

from assistant.records.query import Period, Query
from assistant.retrieval.boosts import BOOST_WEIGHTS, MAX_LISTED, boost_passages
from assistant.retrieval.hybrid import BoostGroup
from assistant.store.protocol import PassageFilter
from tests.support.bridge_news import make_library

MAY = Period("in May", "2025-05-01", "2025-05-31")


def test_requested_speakers() -> None:
    """The passages of each requested speaker are a group."""
    groups = boost_passages(Query("?", "said", (), ("Quill", "Reed")), make_library())
    assert groups == [
        BoostGroup(BOOST_WEIGHTS.speaker, PassageFilter(speakers=(("Ada Quill", True),))),
        BoostGroup(BOOST_WEIGHTS.speaker, PassageFilter(speakers=(("Tom Reed", True),))),
    ]


def test_sources_and_days() -> None:
    """Each requested source and the requested days are groups."""
    groups = boost_passages(Query("?", "other", (), outlets=("The Valley",), period=MAY), make_library())
    assert groups == [
        BoostGroup(BOOST_WEIGHTS.source, PassageFilter(source="The Valley"), MAX_LISTED),
        BoostGroup(BOOST_WEIGHTS.days, PassageFilter(days=("2025-05-01", "2025-05-31")), MAX_LISTED),
    ]


def test_nothing_to_boost() -> None:
    """A question without speaker, source and resolved days has no groups."""
    unresolved = Period("since the closure", anchor="the closure", relation="since")
    assert boost_passages(Query("?", "who_said", (), ("Quill",), period=unresolved), make_library()) == []
