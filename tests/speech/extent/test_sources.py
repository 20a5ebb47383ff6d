"""A source at the edge of a sentence is according to whom somebody spoke."""

from __future__ import annotations

from assistant.speech.extent.sources import link_sources
from assistant.speech.resolution import ResolvedAttribution

ADA = ResolvedAttribution("Ada Marr", None, "said", "around", 0, 13)


def test_source_behind_words() -> None:
    """ "According to" behind somebody's words goes to `via`; alone it stays a speaker."""
    outside = "Ada Marr said it leaks, according to the Post."
    source = ResolvedAttribution("Post", None, "according to", "around", 24, 45)
    (told,) = link_sources(outside, [ADA, source])
    assert (told.speaker, told.via, told.status) == ("Ada Marr", "Post", "reported")
    assert link_sources("It leaks, according to the Post.", [source]) == [source]
