"""Texts without line wraps, divided words and ligatures, with offsets into the original."""

from __future__ import annotations

import pytest

from assistant.text.layout.joining import join_divided_words, join_divisions, join_text, list_divided_words

WRAPPED = "The board could not af-\nford the crane, and the\nhar\u00adbour of\ufb01ce knew it.\n\nThat was all."


def test_joined_text() -> None:
    """Lines become one, divided words and ligatures whole, paragraphs stay apart."""
    joined = join_text(WRAPPED)
    assert joined.text == "The board could not afford the crane, and the harbour office knew it.\n\nThat was all."
    assert [joined.text[a:b] for a, b in joined.paragraphs] == [*joined.text.split("\n\n")]
    assert joined.has_divisions


@pytest.mark.parametrize(
    ("words", "original"),
    [
        ("afford the", "af-\nford the"),
        ("the harbour", "the\nhar\u00adbour"),
        ("office", "of\ufb01ce"),
        ("crane", "crane"),
        ("That was all.", "That was all."),
    ],
)
def test_offsets(words: str, original: str) -> None:
    """A span of the joined text is a span of the original, and the reverse."""
    joined = join_text(WRAPPED)
    start = joined.text.index(words)
    first, last = joined.to_original(start, start + len(words))
    assert WRAPPED[first:last] == original
    assert joined.from_original(first, last) == (start, start + len(words))
    assert joined.to_original(start, start) == (first, first)


def test_nothing_to_join() -> None:
    """A text of one paragraph a line is its own joined form."""
    text = "The crane is old.\nThe café is closed."
    joined = join_text(text)
    assert joined.text is text
    assert (joined.offsets, joined.has_divisions) == (None, False)
    assert joined.to_original(2, 5) == joined.from_original(2, 5) == (2, 5)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a tun-\nnel", "a tunnel"),
        ("a tun- \n  nel", "a tunnel"),
        ("a tun\u00ad\nnel", "a tunnel"),
        ("a well-\nknown man", "a well-known man"),
        ("the high-\nest pier", "the highest pier"),
        ("a light-\nhouse; the light-house fell", "a light-house; the light-house fell"),
        ("a first-\nclass berth, firstclass", "a firstclass berth, firstclass"),
        ("Anglo-\nNorse", "Anglo-Norse"),
        ("THE HAR-\nBOUR", "THE HARBOUR"),
        ("short-\nand long-term", "short- and long-term"),
        ("the board -\nall of it", "the board -\nall of it"),
        ("of\ufb01ce, \ufb02at, e\ufb00ort", "office, flat, effort"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_divided_words(text: str, whole: str) -> None:
    """A hyphen at the end of a line stays if the word has it elsewhere, or is of a kind that has it."""
    assert join_divided_words(text) == whole


def test_only_divisions() -> None:
    """Ligatures and invisible marks stay."""
    assert join_divisions("of\ufb01-\ncer har\u00adbour") == "of\ufb01cer har\u00adbour"


def test_both_forms_of_a_divided_word() -> None:
    """Each divided word without and with a hyphen."""
    assert list(list_divided_words("a well-\nknown tun-\nnel")) == ["wellknown", "well-known", "tunnel", "tun-nel"]
    assert list(list_divided_words("a well-known man")) == []
