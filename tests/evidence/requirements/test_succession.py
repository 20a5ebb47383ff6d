"""Who came after somebody, or beat them."""

from __future__ import annotations

import pytest

from assistant.evidence.requirements.succession import names_the_other, read_succession

TEXT = "Ada Quill and Ivo Lund spoke. Karl Tarn of the Harbour Council did not."


@pytest.mark.parametrize(
    ("question", "surname"),
    [
        ("Who replaced Ada Quill?", "quill"),
        ("who succeeded ada quill", "quill"),
        ("Who took over from Quill in Port Ellery?", "quill"),
        ("Which senator defeated Ada Quill?", "quill"),
        ("Who did Lund choose to replace Quill?", "quill"),
        ("Who won the race?", None),
        ("Which law replaced the Quill Act?", None),
        ("Who replaced the pump?", None),
        ("When was Ada Quill replaced?", None),
    ],
)
def test_one_of_two_people_is_asked_for(question: str, surname: str | None) -> None:
    found = read_succession(question)
    assert (found and found.surname) == surname


@pytest.mark.parametrize(
    ("sentence", "is_named"),
    [
        ("Quill was replaced by Ivo Lund.", True),
        ("Lund became mayor after Quill resigned.", True),
        ("Lund, who replaced Quill, is ill.", True),
        ("Quill replaced Lund last year.", False),
        ("Quill beat Lund to become mayor.", False),
        ("Ada Quill beat Ivo Lund to become Tarn’s new mayor.", False),
        ("The new mayor is Lund, after ten years of Quill.", True),
        ("Quill was mayor for ten years.", False),
        ("Quill was elected by the Harbour Council.", False),
        ("Lund praised Quill.", False),
        ("Lund and Tarn are candidates to replace Quill.", False),
        ("Lund could replace Quill, and so could Tarn.", False),
        ("Karl Tarn, the favourite to become mayor after Quill, spoke.", False),
        ("Lund was chosen to replace Quill.", True),
        ("Lund will replace Quill in May.", True),
    ],
)
def test_the_other_is_named(sentence: str, is_named: bool) -> None:
    """Another person is named, in a sentence on the change, and not as the one who went before."""
    asked = read_succession("Who replaced Ada Quill?")
    assert asked is not None
    assert names_the_other(asked, sentence, TEXT) is is_named


def test_who_may_come_after_somebody_is_named_where_that_is_asked() -> None:
    asked = read_succession("Who could replace Ada Quill?")
    assert asked is not None
    assert names_the_other(asked, "Lund and Tarn are candidates to replace Quill.", TEXT)


def test_who_beat_somebody_is_not_whom_they_beat() -> None:
    asked = read_succession("Who beat Ivo Lund?")
    assert asked is not None
    assert names_the_other(asked, "Ada Quill defeated Lund by ten votes.", TEXT)
    assert not names_the_other(asked, "Lund defeated Ada Quill by ten votes.", TEXT)
    assert not names_the_other(asked, "Ada Quill was beaten by Lund.", TEXT)


@pytest.mark.parametrize(
    ("sentence", "is_named"),
    [
        ("Norway beat Denmark in the semi-final.", True),
        ("Denmark lost to Norway on Sunday.", True),
        ("Denmark beat Norway in the semi-final.", False),
        ("Denmark lost on Sunday.", False),
    ],
)
def test_a_team_is_beaten_by_a_team(sentence: str, is_named: bool) -> None:
    """Where the question names no person, the other need be none."""
    asked = read_succession("Who beat Denmark in the semi-final?")
    assert asked is not None
    assert names_the_other(asked, sentence, f"{sentence} Ada Quill was there.") is is_named
