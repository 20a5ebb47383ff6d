"""Spans of quotations; an apostrophe is not a quotation mark."""

from __future__ import annotations

import pytest

from assistant.text.quotation_marks import close_quotation, quotation_spans


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “one” and “two”.", ["“one”", "“two”"]),
        ('He said "one" and "two".', ['"one"', '"two"']),
        ("He said ''one'' and no more.", ["''one''"]),
        ("He said «one» and „two“.", ["«one»", "„two“"]),
        ("He said ‘one’ and 'two'.", ["‘one’", "'two'"]),
        ("“A ‘nested’ one”", ["“A ‘nested’ one”"]),
        ("“A “nested” one of the same kind”, he said.", ["“A “nested” one of the same kind”"]),
        ("‘Don’t ask the clerks’ father,’ she said.", ["‘Don’t ask the clerks’ father,’"]),
        ('“Opened one way," he said.', ['“Opened one way,"']),
        ("…and the end,” he said.", []),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, inside: list[str]) -> None:
    """Quotations are found with their marks, in all styles."""
    spans, open_at_end = quotation_spans(text, 0, len(text))
    assert [text[start:end] for start, end in spans] == inside
    assert not open_at_end


def test_unclosed_quotation_ends_at_next() -> None:
    """An unclosed quotation ends where the next one opens."""
    text = '"One. "Two." Three.'
    spans, _ = quotation_spans(text, 0, len(text))
    assert [text[start:end] for start, end in spans] == ['"One.', '"Two."']


@pytest.mark.parametrize(
    "text",
    [
        "Don’t quote O’Neil’s dog.",
        "The clerks' room and the keepers' hut.",
        "Rock 'n' roll of the '60s, 'tis said.",
        "The ‘90s were the boys’ best years.",
        "It is 6' long and 3' wide.",
    ],
)
def test_apostrophe_is_not_quotation(text: str) -> None:
    """An apostrophe does not open a quotation."""
    assert quotation_spans(text, 0, len(text)) == ([], False)


def test_open_quotation_ends_with_paragraph() -> None:
    """A quotation left open extends to the end of the paragraph."""
    assert quotation_spans("He said “one.", 0, 13) == ([(8, 13)], True)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("He said “one.", "He said “one.”"),
        ('He said "one. Two.', 'He said "one. Two."'),
        ("He said ''one.", "He said ''one.''"),
        ("He said «one.", "He said «one.»"),
        ("He said “one.”", "He said “one.”"),
        ("It isn't one.", "It isn't one."),
    ],
)
def test_a_quotation_that_goes_on_is_closed(text: str, closed: str) -> None:
    """With the mark that belongs to the opening one; a text without an open quotation stays."""
    assert close_quotation(text) == closed
