"""People of a question whom no article names."""

from __future__ import annotations

import pytest

from assistant.evidence.absent_people import find_absent_people
from assistant.questions.parser import parse_question
from tests.support.memory_library import MemoryLibrary, make_article

ARTICLE = make_article("a", "Peter Quill attacked the plan of Mayor Lund in Tarn.", title="Peter Quill")


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("How was Peter Okrug attacked?", ("Peter Okrug",)),
        ("Is Peter Okrug alive?", ("Peter Okrug",)),
        ("How was Peter Quill attacked?", ()),
        ("How was Peter Quil attacked?", ()),  # may be misspelled
        ("Did Peter Okrug come to Tarn?", ()),  # the articles may tell of Tarn
        ("How was the mayor attacked?", ()),
        ("How was Okrug attacked?", ()),  # may be a thing
    ],
)
def test_people_whom_no_article_names(question: str, people: tuple[str, ...]) -> None:
    snapshot = MemoryLibrary([ARTICLE]).snapshot()
    assert find_absent_people(parse_question(question), snapshot, [ARTICLE]) == people
