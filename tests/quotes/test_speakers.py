"""The verdict on the speaker named with a quotation."""

from __future__ import annotations

import pytest

from assistant.quotes.speakers import judge_speaker, warn_of_other_speaker, warn_of_second_hand
from assistant.records.checks import QuotePlace
from assistant.records.statement import StatementStatus

ADA, COSMO = "Ada Brandreth", "Cosmo Pellew"


def make_place(
    speaker: str | None, status: StatementStatus = "asserted", via: str | None = None, role: str | None = None
) -> QuotePlace:
    return QuotePlace("a", "Lock", None, None, None, 0, 3, "yes", speaker, role, True, "0" * 64, status, via)


@pytest.mark.parametrize(
    ("asked", "places", "verdict"),
    [
        (ADA, [make_place(ADA)], None),
        ("Brandreth", [make_place(ADA)], None),
        (ADA, [make_place(ADA, "reported", COSMO)], None),
        (ADA, [make_place(ADA, "denied"), make_place(ADA)], None),
        (ADA, [make_place(COSMO)], "somebody_else"),
        (ADA, [make_place(ADA, "denied")], "not_said"),
        (ADA, [make_place(ADA, "questioned")], "not_said"),
        (ADA, [make_place(ADA, "corrected"), make_place(COSMO)], "not_said"),
        (COSMO, [make_place(ADA, "corrected"), make_place(COSMO)], None),
        (ADA, [make_place(None)], "unattributed"),
        (ADA, [make_place(None, role="her spokesman")], "unattributed"),
        (ADA, [make_place(COSMO, "denied")], "unattributed"),
        (ADA, [make_place(None, role="Brandreth")], "unattributed"),  # one of several of this surname
        ("Njord Brandreth", [make_place(None, role="Mrs Brandreth")], "unattributed"),
        ("Brandreth", [make_place(None, role="Brandreth")], None),
        ("the keeper", [make_place(None, role="keeper")], None),
        (None, [make_place(None)], None),
        (None, [make_place(ADA, "denied")], "not_said"),
    ],
)
def test_verdict(asked: str | None, places: list[QuotePlace], verdict: str | None) -> None:
    """Words count for a speaker only where an article, or somebody in it, says that they were said."""
    assert judge_speaker(asked, places) == verdict


def test_second_hand_warning() -> None:
    """Words at second hand are those of the speaker, with a remark; not if another article reports them itself."""
    told = make_place(ADA, "reported", COSMO)
    assert warn_of_second_hand(ADA, [told]) == [f"Second-hand: {ADA} said this according to {COSMO}."]
    assert warn_of_second_hand(ADA, [make_place(ADA, "reported")]) == [
        f"Second-hand: the article itself does not say that {ADA} said this."
    ]
    assert warn_of_second_hand(ADA, [told, make_place(ADA)]) == []
    assert warn_of_second_hand(ADA, [make_place(ADA, "denied")]) == []


def test_original_words_of_another() -> None:
    """Of an altered quotation, it is told if the original words are not those of the speaker."""
    assert warn_of_other_speaker(ADA, [make_place(ADA)]) == []
    assert warn_of_other_speaker(None, [make_place(ADA)]) == []
    assert warn_of_other_speaker(ADA, [make_place(None)]) == []
    assert warn_of_other_speaker(ADA, [make_place(COSMO)]) == [
        f"The article attributes the original words to {COSMO}, not to {ADA}."
    ]
    assert warn_of_other_speaker(ADA, [make_place(ADA, "denied")]) == [
        f"The article does not say that {ADA} said the original words."
    ]
