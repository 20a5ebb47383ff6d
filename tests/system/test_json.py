"""Parsing of JSON."""

from __future__ import annotations

import pytest

from assistant.system.json import NestingError, parse_json


def test_values_parsed() -> None:
    """JSON in text or bytes gives its value."""
    assert parse_json('{"a": [1, null]}') == {"a": [1, None]}
    assert parse_json(b'"\\u2014"') == "—"


@pytest.mark.parametrize("text", ["", "{", "nul", '{"a": 1}x'])
def test_other_text_refused(text: str) -> None:
    """Text that is not JSON raises ValueError."""
    with pytest.raises(ValueError, match="line 1 column"):
        parse_json(text)


def test_deep_nesting_refused() -> None:
    """JSON that is nested too deeply raises a ValueError too."""
    with pytest.raises(NestingError, match="nested too deeply"):
        parse_json("[" * 100_000)
