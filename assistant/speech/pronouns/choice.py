"""Chooses the person of a pronoun: whom the rules name, unless that is unlikely, else somebody who is almost sure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.speech.pronouns.signs import Candidate, Place, list_signs, list_signs_of_nobody
from assistant.speech.pronouns.weights import WEIGHTS

MIN_AGREED = 0.55  # probability from which somebody is named whom the rules name too
MIN_SURE = 0.9  # and from which one where the rules name nobody

_UNNAMED = frozenset({"nobody, unnamed subject", "nobody, unnamed person", "nobody, unnamed here"})
_NEAR = "sentence before"
_FITTING = frozenset({"fit known", "fit person"})


class PronounChoice:
    """Whom a pronoun means, by what is known of the people near it."""

    def choose(self, candidates: Sequence[Candidate], place: Place) -> str | None:
        """The person, by full name; None where that is not clear."""
        names = [candidate.name for candidate in candidates]
        if not names or (place.found is not None and place.found not in names):
            return place.found
        found = None if place.found is None else names.index(place.found)
        chosen = choose_row(list_rows(candidates, place), found, WEIGHTS)
        return None if chosen is None else names[chosen]


def list_rows(candidates: Sequence[Candidate], place: Place) -> list[list[str]]:
    """The signs of each candidate, and as last those of nobody of them."""
    rows = [list(list_signs(candidate, rank, place)) for rank, candidate in enumerate(candidates)]
    return [*rows, list(list_signs_of_nobody(candidates, place))]


def choose_row(rows: Sequence[Sequence[str]], found: int | None, weights: Mapping[str, float]) -> int | None:
    """The number of the person who is meant, of the `rows` of `list_rows`; None where that is not clear.

    `found` is the number of whom the rules name, None if they name nobody. Then nobody is named either where somebody
    without a name is near, or where somebody else in the sentence before fits the pronoun.
    """
    shares = estimate_shares(rows, weights)
    if found is not None:
        return found if shares[found] >= MIN_AGREED else None
    *people, nobody = rows
    best = max(range(len(people)), key=shares.__getitem__)
    if shares[best] < MIN_SURE or not _UNNAMED.isdisjoint(nobody):
        return None
    others = (row for at, row in enumerate(people) if at != best and _NEAR in row)
    return best if all(_FITTING.isdisjoint(row) for row in others) else None


def estimate_shares(rows: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """The probability of each row of signs, which sum up to 1."""
    scores = [sum(weights.get(sign, 0.0) for sign in row) for row in rows]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
