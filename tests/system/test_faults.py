"""A fault of the program in words: class, place and reason."""

from __future__ import annotations

import pytest

from assistant.system.faults import describe_error
from assistant.web.addresses import parse_address


def test_place_is_a_line_of_the_program() -> None:
    with pytest.raises(AttributeError) as raised:
        parse_address(None)  # type: ignore[arg-type]
    words = describe_error(raised.value)
    assert words.startswith("AttributeError in assistant/web/addresses.py, line ")
    assert "'NoneType' object has no attribute 'strip'" in words


def test_reason_is_short_and_shows_no_control_characters() -> None:
    words = describe_error(KeyError("\x1b[31m" + "a" * 500))
    assert words.startswith("KeyError: ")
    assert "\x1b" not in words
    assert len(words) < 120
    assert describe_error(KeyError()) == "KeyError"
