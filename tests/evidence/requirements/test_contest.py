"""Who won what is held again and again."""

from __future__ import annotations

import pytest

from assistant.evidence.requirements.contest import is_of_past_year, read_contest, states_result
from assistant.questions.parser import parse_question
from tests.support.memory_library import make_article


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who won the Tarn Cup?", "the Tarn Cup?"),
        ("which team lost the final", "the final"),
        ("who has won the election in Holm", "the election in Holm"),
        ("Who won the first Tarn Cup?", None),
        ("Who won the Tarn Cup in 1998?", None),
        ("Who won the last Tarn Cup before the war?", None),
        ("Who opened the Tarn Cup?", None),
        ("How was the Tarn Cup won?", None),
    ],
)
def test_contests(question: str, words: str | None) -> None:
    found = read_contest(parse_question(question))
    assert (found.words if found else None) == words


@pytest.mark.parametrize(
    ("sentence", "is_past"),
    [
        ("Quill won the Tarn Cup in 1992.", True),
        ("Lund won the 2017 Tarn Cup.", True),
        ("Lund won the Tarn Cup last year.", True),
        ("Lund won the Tarn Cup on Sunday, the first of her town since 1992.", False),
        ("Lund won the 2024 Tarn Cup, as in 1992.", False),
        ("Lund won the Tarn Cup.", False),
    ],
)
def test_past_years(sentence: str, is_past: bool) -> None:
    article = make_article("a", sentence, published_at="2024-05-06")
    assert is_of_past_year(sentence, article) is is_past
    assert not is_of_past_year(sentence, make_article("b", sentence, published_at=None)) or "last year" in sentence


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("Lund won the cup.", True),
        ("Lund beat Quill in the final.", True),
        ("Lund celebrates after winning the cup.", True),
        ("Lund took the title in the last minute.", True),
        ("Quill was crowned champion.", True),
        ("Lund could win the cup.", False),
        ("Lund is one step away from winning the cup.", False),
        ("Lund took the train to the final.", False),
        ("Four-time champion Lund played on Monday.", False),
        ("The film was nominated for the prize.", False),
    ],
)
def test_results(sentence: str, is_told: bool) -> None:
    assert states_result(sentence) is is_told
