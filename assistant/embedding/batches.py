"""Batches of texts of nearly the same length: each is padded to the longest of its batch, which takes time too."""

from __future__ import annotations

from collections.abc import Sequence

MIN_LENGTH = 0.8  # of a text, relative to the longest of its batch


def group_by_length(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The numbers of texts of these lengths, in tokens, in batches of at most `most`, the longest text first."""
    batches: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        if batches and len(batches[-1]) < most and lengths[number] >= MIN_LENGTH * lengths[batches[-1][0]]:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches
