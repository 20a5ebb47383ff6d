"""Chooses the person of a pronoun: whom the rules name, unless that is unlikely, or else somebody who is almost sure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.speech.pronouns.signs import Candidate, Place, list_signs, list_signs_of_nobody
from assistant.speech.pronouns.weights import WEIGHTS

MIN_AGREED = 0.65  # probability from which somebody is named whom the rules name too
MIN_SURE = 0.9  # and from which one where the rules name nobody


class PronounChoice:
    """Whom a pronoun means, by what is known of the people near it."""

    def choose(self, candidates: Sequence[Candidate], place: Place) -> str | None:
        """The person, by full name; None where that is not clear."""
        if not candidates or (place.found is not None and all(each.name != place.found for each in candidates)):
            return place.found
        shares = estimate_shares(list_rows(candidates, place), WEIGHTS)
        if place.found is not None:
            found = next(share for share, each in zip(shares, candidates, strict=False) if each.name == place.found)
            return place.found if found >= MIN_AGREED else None
        best = max(range(len(candidates)), key=shares.__getitem__)
        return candidates[best].name if shares[best] >= MIN_SURE else None


def list_rows(candidates: Sequence[Candidate], place: Place) -> list[list[str]]:
    """The signs of each candidate, and as last those of nobody of them."""
    rows = [list(list_signs(candidate, rank, place)) for rank, candidate in enumerate(candidates)]
    return [*rows, list(list_signs_of_nobody(candidates, place))]


def estimate_shares(rows: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """The probability of each row of signs, which sum up to 1."""
    scores = [sum(weights.get(sign, 0.0) for sign in row) for row in rows]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]
