"""Signatures of texts: they measure how much two texts have in common."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.indexing.minhash import PERMUTATIONS, compute_signature, estimate_similarity, hash_address, hash_bands
from tests.indexing.test_enrichment import OTHER, WIRE


def test_signature_measures_overlap() -> None:
    """A signature measures how much two texts have in common."""
    one, near, far = (
        compute_signature(WIRE),
        compute_signature(WIRE.replace("Friday", "Sunday")),
        compute_signature(OTHER),
    )
    assert one is not None
    assert near is not None
    assert far is not None
    assert one.shape == (PERMUTATIONS,)
    assert estimate_similarity(one, one) == 1
    assert estimate_similarity(one, near) > 0.7
    assert estimate_similarity(one, far) < 0.1
    assert set(hash_bands(one)) & set(hash_bands(near))
    assert not set(hash_bands(one)) & set(hash_bands(far))


def test_short_text_has_no_signature() -> None:
    """A text of a few words has no signature."""
    assert compute_signature("Too short to be told from another.") is None


def test_signature_value_unchanged() -> None:
    """The signature of a fixed text equals the one stored in existing libraries."""
    # If this fails, raise DERIVATION_VERSION: otherwise old signatures are compared with new ones.
    made = compute_signature(WIRE)
    assert made is not None
    assert int(np.bitwise_xor.reduce(made)) == 360524669


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("http://m.weir.example/news/dam/", True),
        ("https://weir.example/news/dam/amp?utm_source=x&fbclid=1", True),
        ("https://weir.example/news/dam#comments", True),
        ("https://weir.example/news/dam?id=2", False),
        ("https://weir.example/news/lock", False),
        ("http://[weir", False),
    ],
)
def test_forms_of_an_address(other: str, is_same: bool) -> None:
    """The addresses under which one page is shared are one; what is no address is only itself."""
    assert (hash_address("https://www.weir.example/news/dam") == hash_address(other)) is is_same
    assert -(2**63) <= hash_address(other) < 0
