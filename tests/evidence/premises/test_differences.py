"""In what an article differs from a question."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.differences import find_difference, is_told_of_asked_year
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


@pytest.mark.parametrize(
    ("title", "day", "is_told"),
    [
        ("Anna Tarn wins the 2016 regatta", "2017-01-02", True),
        ("Anna Tarn wins regatta", "2016-07-02", True),
        ("Anna Tarn wins regatta", "2018-07-02", False),
        ("Anna Tarn wins the 2016 vote", "2016-07-02", False),
    ],
)
def test_event_of_the_asked_year(title: str, day: str, is_told: bool) -> None:
    """Another year speaks against nothing if a title tells the same event of the year that is asked for."""
    query, text = parse_question("Who won the 2016 regatta?"), "Bo Lee won the 2020 regatta."
    article = make_article("a", text, title="Harbour", published_at="2021-05-04")
    found = find_difference(query, (article, (0, len(text))), [(article, sentence_spans(text))])
    assert found is not None
    other = make_article("b", "It rained.", title=title, published_at=day)
    assert is_told_of_asked_year(query, found, [article, other]) == is_told
    assert not is_told_of_asked_year(query, found, [article])
