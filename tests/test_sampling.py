"""What a run of the tests leaves for campaigns."""

from __future__ import annotations

from tests.support.sampling import in_campaign, sampled


def test_sample_is_the_same_each_time_and_in_order() -> None:
    """One in so many, and always those that are asked for."""
    cases = [f"case {number}" for number in range(100)]
    chosen = sampled(cases, 10, always=lambda case: case.endswith("7"), whole=False)
    assert chosen == sampled(iter(cases), 10, always=lambda case: case.endswith("7"), whole=False)
    assert chosen == sorted(set(chosen), key=cases.index)
    assert len(chosen) == 10 + 9
    assert set(cases[7::10]) < set(chosen)
    assert sampled(cases[:1], 10, whole=False) == cases[:1]


def test_campaign_tries_all() -> None:
    """Nothing is left out, and the order stays."""
    assert sampled(range(10), 5, always=lambda case: case == 3, whole=True) == list(range(10))


def test_parameters_of_campaigns_are_marked() -> None:
    """A tuple has the values of several parameters."""
    one, two = in_campaign("a", ("b", 1))
    assert (one.values, two.values) == (("a",), ("b", 1))
    assert {mark.name for case in (one, two) for mark in case.marks} == {"campaign"}
