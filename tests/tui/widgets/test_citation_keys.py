"""Numbers of one and two digits, typed one digit at a time."""

from __future__ import annotations

import time

import pytest

from assistant.tui.widgets.answer.citation_keys import SECOND_DIGIT_SECONDS, NumberInput, make_number_bindings


def test_second_digit_makes_two_digit_number() -> None:
    """1 is 1 at once, and 12 when 2 follows."""
    number_input = NumberInput()
    numbers = range(1, 13)
    assert number_input.enter_digit(1, numbers) == 1
    assert number_input.enter_digit(2, numbers) == 12


def test_second_digit_alone_if_no_such_number() -> None:
    """Without a citation 15, the 5 after a 1 means 5."""
    number_input = NumberInput()
    assert number_input.enter_digit(1, range(1, 13)) == 1
    assert number_input.enter_digit(5, range(1, 13)) == 5


def test_late_digit_begins_new_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a pause the next digit stands for itself."""
    number_input = NumberInput()
    assert number_input.enter_digit(1, range(1, 13)) == 1
    later = time.monotonic() + SECOND_DIGIT_SECONDS
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert number_input.enter_digit(2, range(1, 13)) == 2


def test_unknown_number_is_none() -> None:
    """A digit without a citation means nothing."""
    assert NumberInput().enter_digit(0, (1, 2)) is None


def test_bindings_cover_all_digits() -> None:
    """There is a hidden binding for each digit."""
    bindings = make_number_bindings()
    assert [(binding.key, binding.action) for binding in bindings] == [(str(n), f"number({n})") for n in range(10)]
    assert not any(binding.show for binding in bindings)
