"""In what an article differs from a question."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.differences import find_difference
from assistant.questions.parser import parse_question
from assistant.text.sentences import sentence_spans
from tests.support.memory_library import make_article


@pytest.mark.parametrize(
    ("question", "text", "difference"),
    [
        ("Who won the 2016 regatta?", "Anna Tarn won the 2020 regatta.", ("2020", "2016")),
        ("Who won the 2020 regatta?", "Anna Tarn won the 2020 regatta.", None),
        ("Who won the 2021 regatta?", "Anna Tarn won the regatta.", None),  # the year of the article
        ("Who has won since the 2016 regatta?", "Anna Tarn won the 2020 regatta.", None),
        ("Who won the 2016 regatta?", "Anna Tarn won the mayor's 2020 vote.", None),
        ("How many drowned in the fire in Delft?", "Two drowned in the fire in Utrecht.", None),
        ("Why did the mayor veto the lock?", "The mayor approved the lock.", ("approved", "veto")),
        ("Why did the mayor close the lock?", "The mayor opened the lock.", None),  # and closed it later
    ],
)
def test_differences(question: str, text: str, difference: tuple[str, str] | None) -> None:
    """Another year, the opposite; what stands after a preposition need not be another place."""
    article = make_article("a", text, title="Harbour", published_at="2021-05-04")
    found = find_difference(parse_question(question), (article, (0, len(text))), [(article, sentence_spans(text))])
    assert ((found.said, found.asked) if found else None) == difference
