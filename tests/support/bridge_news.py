"""Short articles shared by the tests of evidence and answers. The first two are near-duplicates."""

from __future__ import annotations

from tests.support.memory_library import MemoryLibrary, make_article

BRIDGE = make_article(
    "bridge",
    "The bridge at Tarn Head closed on 3 May after 40 boats hit it. Mayor Ada Quill said the bridge was unsafe. "
    "“We will not reopen the bridge this year,” she said. Tom Reed, a ferryman, denied the bridge was unsafe.",
    title="Bridge shut",
    source="Evening Bell",
    published_at="2025-05-04",
)
COPY = make_article(
    "copy",
    "The bridge at Tarn Head closed on 3 May after 40 boats hit it. Mayor Ada Quill said the bridge was unsafe.",
    title="Tarn Head bridge shut",
    source="Morning Leaf",
    published_at="2025-05-05",
)
FERRY = make_article(
    "ferry",
    "The ferry carried 55 boats past the bridge on 9 May. The police said the ferry was late.",
    title="Ferry",
    source="The Valley",
    published_at="2025-05-09",
)
CORRECTION = make_article(
    "correction",
    "The report “Bridge shut” gave a wrong number of boats. The correct number is 14 boats, not 40.",
    title="Correction: Bridge shut",
    source="Evening Bell",
    published_at="2025-05-06",
)
STORIES = {"bridge": 1, "copy": 1, "ferry": 3, "correction": 4}


def make_library() -> MemoryLibrary:
    """A library of all articles except the correction."""
    return MemoryLibrary([BRIDGE, COPY, FERRY], STORIES)


def make_corrected_library() -> MemoryLibrary:
    """A library of all four articles."""
    return MemoryLibrary([BRIDGE, COPY, FERRY, CORRECTION], STORIES)
