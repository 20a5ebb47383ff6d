"""The words directly before a quotation that deny it."""

from __future__ import annotations

import pytest

from assistant.quotes.context import find_negation_before
from assistant.quotes.transit import is_negation


@pytest.mark.parametrize(
    ("text", "quotation", "words"),
    [
        ("The tenant is not permitted to sublet.", "permitted", "is not"),
        ("The tenant is not legally permitted to sublet.", "permitted", "is not legally"),
        ("They had never been asked.", "asked", "had never been"),
        ("It isn’t a question of money.", "a question", "isn’t"),
        ("Nobody wants the mill.", "wants", "Nobody"),
        ("He cannot be trusted.", "trusted", "cannot be"),
        ("The tenant is not only permitted to sublet.", "permitted", None),
        ("The tenant is not only permitted to sublet.", "only permitted", None),
        ("He said no. The tenant is permitted to sublet.", "The tenant", None),
        ("If not, the mill will close.", "the mill", None),
        ("He did not say “the mill will close”.", "the mill", None),
        ("We cannot rule out that fares will rise.", "fares will", "cannot rule out that"),
        ("He did not find whether the mill had ever in all these years closed.", "closed", None),
        ("I refuse to say the mill closed.", "the mill", None),
        ("Only if we do nothing will fares rise.", "fares", "nothing will"),
        ("Not a soul in the village sleeps.", "sleeps", None),
        ("The tenant is permitted to sublet.", "The tenant", None),
    ],
)
def test_negation_before(text: str, quotation: str, words: str | None) -> None:
    """Only words of the same clause, right before the quotation, deny it."""
    first_word = quotation.split()[0]
    assert find_negation_before(text, text.index(quotation), first_word) == words


def test_negation() -> None:
    """Negations are words and endings."""
    assert [is_negation(form) for form in ("not", "isn't", "knot")] == [True, True, False]
