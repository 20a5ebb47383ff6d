"""Which articles are one story: near-duplicates by MinHash, as when several papers print the same wire report.

Signatures and their comparison only; `indexing` keeps them and groups the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 128  # values in a signature
ROWS = 4  # values in a band; 32 bands of 4 bring nine in ten pairs of similarity 0.5 together, and all above 0.6
SHINGLE = 4  # words
SAME_STORY = 0.5  # estimated share of shingles in common from which two articles are one story
MIN_WORDS = 30  # shorter texts are alike by chance

Signature = npt.NDArray[np.uint32]
"""Shape (PERMUTATIONS,)."""

_WORD = re.compile(r"\w+")


def signature(text: str) -> Signature | None:
    """The MinHash signature of a text's runs of four words; None for a text that is too short to compare."""
    from datasketch.minhash import MinHash

    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return None
    shingles = {" ".join(words[at : at + SHINGLE]).encode() for at in range(len(words) - SHINGLE + 1)}
    made = MinHash(num_perm=PERMUTATIONS)
    made.update_batch(shingles)
    values: Signature = made.hashvalues.astype("<u4")
    return values


def bands(of: Signature) -> Iterator[int]:
    """A number for each band of a signature; near-duplicates have one in common."""
    for band in range(PERMUTATIONS // ROWS):
        values = of[band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        mixed = band + 1
        for value in values.tolist():
            mixed = (mixed * 0x9E3779B97F4A7C15 + value + 1) & 0x7FFFFFFFFFFFFFFF
        yield mixed


def similarity(left: Signature, right: Signature) -> float:
    """The estimated share, in 0..1, of shingles that two texts have in common."""
    return float(np.mean(left == right))
