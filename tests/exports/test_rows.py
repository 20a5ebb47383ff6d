"""Rows of a table: questions, names, and lines that cannot be asked."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.exports.rows import COLUMNS, TableRow, is_question, make_row, row_to_dict
from assistant.records.answer import Answer


def _make(seeds: Assistant, line: str) -> TableRow:
    return make_row(7, line, seeds.ask, seeds.answer_collection)


def test_name(seeds: Assistant) -> None:
    """A name: mentions, statements, days, and what the articles call them, with its place."""
    row = _make(seeds, "Maud Lindqvist")
    assert (row.number, row.status, row.articles, row.statements) == (7, "answer", 7, 14)
    assert (row.first_day, row.last_day) == ("2025-03-06", "2025-11-13")
    assert "chair of the Fishermen’s Co-operative" in row.answer
    article = seeds.article(row.article_id)
    assert article is not None
    assert article.text[row.start : row.end] == row.quote


def test_question(seeds: Assistant) -> None:
    """A question of any kind."""
    assert _make(seeds, "How many articles mention Crimea?").total == 2
    said = _make(seeds, "What did Valcourt say about the piles?")
    assert said.status == "answer"
    assert said.speaker == "Idris Valcourt"
    assert _make(seeds, "Zebulon Quux").status == "nothing"


@pytest.mark.parametrize(
    ("line", "reason"),
    [("", "empty"), ("???", "no word"), ("a" * 5_000, "characters"), ("Jos\ufffd", "UTF-8")],
)
def test_faulty_line_explains_itself(seeds: Assistant, line: str, reason: str) -> None:
    """A line that cannot be asked is a row that says why."""
    row = _make(seeds, line)
    assert row.status == "error"
    assert reason in row.answer


def test_failure_is_a_row() -> None:
    """A question that fails ends nothing."""

    def fail(_question: str) -> Answer:
        raise QuestionError("no such question")

    row = make_row(1, "why?", fail, lambda _asked, line: fail(line))
    assert (row.status, row.answer) == ("error", "no such question")
    assert tuple(row_to_dict(row)) == COLUMNS


@pytest.mark.parametrize(
    ("line", "asks"),
    [("Maud Lindqvist", False), ("who is Maud Lindqvist", True), ("Lindqvist?", True), ("Will Smith", False),
     ("the Who", False), ("Will Smith win?", True)],
)  # fmt: skip
def test_questions_are_told_from_names(line: str, asks: bool) -> None:
    """A question begins like one, with more than a name after it, or ends like one."""
    assert is_question(line) is asks
