"""What `make test` tries of long lists of cases; `make campaign` sets $CAMPAIGN and tries all of them."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

WHOLE = bool(os.environ.get("CAMPAIGN"))

Case = TypeVar("Case")


def sampled(
    cases: Iterable[Case], one_in: int, *, always: Callable[[Case], bool] = lambda _: False, whole: bool = WHOLE
) -> list[Case]:
    """The cases that `always` takes, and one in so many of the others; in their order. In a campaign, all.

    They are chosen at random, but are the same in every run.
    """
    listed = list(cases)
    others = [number for number, case in enumerate(listed) if not always(case)]
    left_out = set(others) - set(random.Random(0).sample(others, math.ceil(len(others) / one_in)))
    return [case for number, case in enumerate(listed) if whole or number not in left_out]


def in_campaign(*cases: object) -> list[ParameterSet]:
    """Parameters that only campaigns try, for the list of a parametrised test."""
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.campaign) for case in cases]
