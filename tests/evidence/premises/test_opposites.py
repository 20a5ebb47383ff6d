"""Words with opposite meanings."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.opposites import are_opposite, is_mutual, reduce_verb


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("imposed", "lifting", True),
        ("won", "loses", True),
        ("rose", "fell", True),
        ("died", "survive", True),
        ("Lawful", "unlawful", True),
        ("dishonest", "honest", True),
        ("impose", "introduced", False),
        ("read", "unread", True),
        ("do", "undo", False),
        ("bridge", "ferry", False),
    ],
)
def test_opposites(word: str, other: str, expected: bool) -> None:
    """In all forms, in both directions."""
    assert are_opposite(word, other) is expected
    assert are_opposite(other, word) is expected


def test_first_forms() -> None:
    """Irregular forms are those of one verb."""
    assert len({reduce_verb(word) for word in ("win", "won", "winning", "Wins")}) == 1


def test_mutual() -> None:
    """One wins where another loses; one who approves has nobody who rejects."""
    assert is_mutual("won")
    assert not is_mutual("approved")
