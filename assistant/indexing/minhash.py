"""Near-duplicates by MinHash, as when several papers print the same wire report.

Computes and compares signatures; `enrichment` stores them and groups the articles."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 128  # values in a signature
BAND_ROWS = 4  # values in a band; 32 bands of 4 find nine of ten pairs with similarity 0.5, and all above 0.6
SHINGLE_WORDS = 4
DUPLICATE_SIMILARITY = 0.5  # estimated share of common shingles from which two articles are near-duplicates
SAME_ADDRESS_SIMILARITY = 0.1  # the same for two articles of one address: a page before and after it was changed
MIN_WORDS = 30  # shorter texts can be similar by chance

Signature = npt.NDArray[np.uint32]
"""Shape (PERMUTATIONS,)."""

_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
_MOBILE_PATH = re.compile(r"/amp$|\.amp(?=\.html$)")
_TRACKING = re.compile(r"(?:utm_|at_|mc_)\w+|fbclid|gclid|cmpid|ref|ref_src|smid|amp|outputType|CMP", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_BLOCK = 4096  # shingles permuted at a time


def compute_signature(text: str) -> Signature | None:
    """The MinHash signature of a text, from its runs of SHINGLE_WORDS words; None for a text under MIN_WORDS words."""
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return None
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]).encode() for at in range(len(words) - SHINGLE_WORDS + 1)}
    hashes = np.frombuffer(b"".join(hashlib.sha1(shingle).digest()[:4] for shingle in shingles), dtype="<u4")
    hashes = _mix_bits(hashes.astype(np.uint32))
    factors, summands = _make_permutations()
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    for first in range(0, len(hashes), _BLOCK):
        permuted = hashes[first : first + _BLOCK, None] * factors + summands  # modulo 2 to the 32nd
        np.minimum(lowest, permuted.min(axis=0), out=lowest)
    return lowest.astype("<u4")


@functools.lru_cache
def _make_permutations() -> tuple[Signature, Signature]:
    """The factor and the summand of each permutation. They must never change: signatures are stored."""
    random = np.random.RandomState(1)
    factors = random.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, random.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


def _mix_bits(hashes: Signature) -> Signature:
    """Spread every bit over the whole hash, in place (the finalizer of MurmurHash3)."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


def hash_bands(signature: Signature) -> Iterator[int]:
    """A number for each band of a signature. Near-duplicates have at least one in common."""
    for band in range(PERMUTATIONS // BAND_ROWS):
        values = signature[band * BAND_ROWS : (band + 1) * BAND_ROWS].astype(np.uint64)
        mixed = band + 1
        for value in values.tolist():
            mixed = (mixed * 0x9E3779B97F4A7C15 + value + 1) & 0x7FFFFFFFFFFFFFFF
        yield mixed


def estimate_similarity(left: Signature, right: Signature) -> float:
    """The estimated share of common shingles of two texts, from 0 to 1."""
    return float(np.mean(left == right))


def hash_address(url: str) -> int:
    """A negative number for a web address, the same for the forms of it in which one page is shared."""
    try:
        parts = urlsplit(url.strip())
        host = _HOST_PREFIX.sub("", (parts.hostname or "").lower())
        kept = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    except ValueError:  # it is no address: only the same characters are the same
        form = url
    else:
        form = f"{host}{_MOBILE_PATH.sub('', parts.path.rstrip('/'))}?{urlencode(sorted(kept))}"
    return -1 - (int.from_bytes(hashlib.sha1(form.encode("utf-8", "replace")).digest()[:8]) >> 1)
