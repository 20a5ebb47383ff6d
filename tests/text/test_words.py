"""Words of a text, and quotations in a question."""

from __future__ import annotations

import pytest

from assistant.text.words import content_words, find_quotations, fold, split_words


def test_words_are_lower_case_without_possessive() -> None:
    """Possessive endings are removed; hyphens, apostrophes and inner full stops are kept."""
    words = split_words("Ushakov’s well-known U.S. plan: don't ask AT&T")
    assert words == ["ushakov", "well-known", "u.s", "plan", "don't", "ask", "at&t"]


def test_content_words_without_stop_words() -> None:
    """Stop words are left out, and no word comes twice."""
    assert content_words("What did Ushakov say about the plan, the plan?") == ("ushakov", "plan")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("who said “the gate”?", ["the gate"]),
        ("who said “a ‘b’ c” and 'd e'", ["a ‘b’ c", "d e"]),
        ("who said “it’s open", ["it’s open"]),
        ("it's the keeper's gate", []),
        ("who said “one “two” three”", ["one “two” three"]),
        ('who said "one" or «two»', ["one", "two"]),
    ],
)
def test_quotations_in_question(text: str, quoted: list[str]) -> None:
    """Quotations are found with their nested marks; apostrophes are not quotation marks."""
    assert [words for _, _, words in find_quotations(text)] == quoted


def test_quotation_span_includes_marks() -> None:
    """The span of a quotation includes its marks."""
    assert find_quotations("He said “one”.") == [(8, 13, "one")]


def test_fold_removes_case_and_accents() -> None:
    """Case and accents are removed."""
    assert fold("Lindqvíst") == "lindqvist"
    assert fold("ASCII") == "ascii"


def test_divided_words_are_whole() -> None:
    """A word divided at the end of a line is one word."""
    assert split_words("the har-\nbour of\ufb01ce") == ["the", "harbour", "office"]
