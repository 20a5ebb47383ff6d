"""Where words go on behind the attribution that interrupts them."""

from __future__ import annotations

import pytest

from assistant.speech.extent.continuation import find_continuation
from assistant.speech.resolution import ResolvedAttribution


@pytest.mark.parametrize(
    ("before", "after", "is_pronoun", "expected"),
    [
        ("In May, ", ", the gate was shut for good.", True, 0),
        ("For decades, ", ", the gate was shut for good.", False, 0),
        ("The gate was old, ", ", the keeper of the lock.", False, None),
        ("The trouble, ", ", is that it leaks.", False, 0),
        ("It leaks, ", ", adding that it is old.", False, None),
    ],
)
def test_continuation(before: str, after: str, is_pronoun: bool, expected: int | None) -> None:
    """Behind a setting a clause goes on; behind a name a description does not."""
    attribution = ResolvedAttribution("Ada", None, "said", "around", len(before), len(before) + 8)
    assert find_continuation(attribution, before, after, is_pronoun) == expected
