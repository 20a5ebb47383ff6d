"""Records to JSON and back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.conversations.record_json import decode_record, encode_record


@dataclass(frozen=True)
class Part:
    text: str
    span: tuple[int, int]


@dataclass(frozen=True)
class Whole:
    name: str
    parts: tuple[Part, ...] = ()
    score: float | None = None


def test_record_round_trip() -> None:
    """A record with records in it is the same after decoding, also with half surrogates; the JSON is ASCII."""
    record = Whole("é\ud800", (Part("a", (0, 1)), Part("b", (2, 3))), 0.5)
    text = encode_record(record)
    assert text.isascii()
    assert decode_record(Whole, text) == record


def test_missing_and_unknown_fields() -> None:
    """A missing field has its default, and an unknown field is ignored."""
    assert decode_record(Whole, '{"name": "a", "later": 1}') == Whole("a")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "a Whole without name"),
        ('{"name": 1}', "'1' is not of type str"),
        ('{"name": "a", "score": true}', "'True' is not of type float"),
        ('{"name": "a", "parts": [{"text": "a", "span": [1]}]}', "is not of type tuple"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_other_json_refused(text: str, reason: str) -> None:
    """JSON that is not such a record is refused with the reason."""
    with pytest.raises(ValueError, match=reason):
        decode_record(Whole, text)
