"""Articles that say of somebody else what a question says of one."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.subjects import find_other_subject
from assistant.text.sentences import sentence_spans
from tests.support.memory_library import make_article

QUESTION = "When did Peter Lund win the regatta?"


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (QUESTION, "Peter Lund rowed. Anna Tarn won the regatta on Sunday.", "Anna Tarn"),
        (QUESTION, "Anna Tarn won the regatta; Peter Lund won it in May.", None),
        (QUESTION, "Anna Tarn won the lottery.", None),
        (QUESTION, "Peter Lund rowed. He won the regatta.", None),
        ("When did Peter Lund win his regatta?", "Anna Tarn won the regatta.", None),
        ("Which race did Peter Lund win gold in?", "Anna Tarn won gold in the race.", None),
        ("Who won the regatta?", "Anna Tarn won the regatta.", None),
    ],
)
def test_other_subject(question: str, text: str, said: str | None) -> None:
    """One other person before the same verb, if the person of the question is not its subject too."""
    found = find_other_subject(question, [(make_article("a", text, title="Harbour"), sentence_spans(text))])
    assert (found.said if found else None) == said
