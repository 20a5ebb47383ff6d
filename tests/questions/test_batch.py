"""Questions in the lines of a batch file."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.questions.batch import BatchQuestion, parse_batch_line


def test_batch_line_with_all_fields() -> None:
    """A line can restrict the articles and set the dates of the question."""
    record = {"id": 7, "question": "Who won?", "scope_article_ids": ["a", "b"], "as_of": "2024-05-05T08:00:00Z"}
    assert parse_batch_line(record) == BatchQuestion(7, "Who won?", ("a", "b"), date(2024, 5, 5))


def test_batch_line_with_earlier_questions() -> None:
    """The history is a list of questions, or of objects that have one, such as answers."""
    record = {"question": "And why?", "history": ["Who won?", {"question": "Who lost?", "answer": "Nobody"}]}
    assert parse_batch_line(record).history == ("Who won?", "Who lost?")
    assert parse_batch_line({"question": "Who won?", "history": None}).history == ()


def test_batch_line_with_question_only() -> None:
    """All fields except the question are optional; an empty scope is kept."""
    assert parse_batch_line({"question": "Who won?"}) == BatchQuestion(None, "Who won?")
    assert parse_batch_line({"question": "Who won?", "scope_article_ids": []}).scope == ()


@pytest.mark.parametrize(
    ("record", "error"),
    [
        (["Who won?"], "not an object with a `question`"),
        ({"question": 7}, "not an object with a `question`"),
        ({"question": "Who won?", "id": float("nan")}, "`id` contains"),
        ({"question": "Who won?", "scope_article_ids": "a"}, "`scope_article_ids` is not a list"),
        ({"question": "Who won?", "scope_article_ids": [1]}, "`scope_article_ids` is not a list"),
        ({"question": "Who won?", "as_of": "yesterday"}, "`as_of` is not a date"),
        ({"question": "Who won?", "asked_at": 2024}, "`asked_at` is not a date"),
        ({"question": "Who won?", "history": "Who lost?"}, "`history` is not a list"),
        ({"question": "Who won?", "history": [7]}, "`history` is not a list of questions, or"),
        ({"question": "Who won?", "history": [{"answer": "?"}]}, "`history` is not a list of questions, or"),
        ({"question": "Who won?", "history": [" "]}, "`history` is not a list of questions, or"),
    ],
)
def test_batch_line_refused(record: object, error: str) -> None:
    """A line that is not a question is refused with the field that is wrong."""
    with pytest.raises(ValueError, match=error):
        parse_batch_line(record)
