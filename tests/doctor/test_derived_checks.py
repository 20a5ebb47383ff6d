"""Near-duplicates are grouped again, over chains of them, to compare with what is stored."""

from __future__ import annotations

import numpy as np

from assistant.doctor.derived_checks import group_stories
from assistant.indexing.minhash import PERMUTATIONS, Signature


def make_signature(*parts: int) -> Signature:
    """A signature in four quarters: two signatures are as similar as the share of equal quarters."""
    return np.repeat(np.array(parts, dtype=np.uint32), PERMUTATIONS // 4)


def test_chain_is_one_story() -> None:
    """An article that is similar to two others joins them; the lowest number names the group."""
    signatures = {
        2: make_signature(1, 1, 1, 1),
        5: make_signature(1, 1, 2, 2),
        9: make_signature(3, 3, 2, 2),
        11: make_signature(7, 7, 7, 7),
        12: None,
    }
    bands = {2: {10}, 5: {10, 20}, 9: {20}, 11: {10, 20}, 12: set[int]()}
    assert group_stories(signatures, bands) == {2: 2, 5: 2, 9: 2, 11: 11, 12: 12}


def test_similar_articles_need_a_common_band() -> None:
    """Articles are compared only if they share a band."""
    signatures = {1: make_signature(1, 1, 1, 1), 2: make_signature(1, 1, 1, 1)}
    assert group_stories(signatures, {1: {10}, 2: {20}}) == {1: 1, 2: 2}
    assert group_stories(signatures, {1: {10}, 2: {10}}) == {1: 1, 2: 1}
