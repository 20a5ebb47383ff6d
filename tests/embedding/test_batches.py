"""Batches of texts of nearly the same length."""

from __future__ import annotations

from assistant.embedding.batches import group_by_length


def test_texts_of_nearly_the_same_length_are_together() -> None:
    """The longest come first, and no text is padded by much more than a fifth of its batch's length."""
    assert group_by_length([52, 101, 34, 60, 41, 85], most=8) == [[1, 5], [3, 0], [4, 2]]
    assert group_by_length([10, 10, 10], most=2) == [[0, 1], [2]]
    assert group_by_length([], most=2) == []
