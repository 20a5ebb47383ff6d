"""What standing questions mean."""

from __future__ import annotations

import pytest

from assistant.errors import QuestionError
from assistant.standing.wording import read_asked, understand_wish

QUESTIONS = {
    "tell me when Roe says something new on the lock gates": "What did Roe say about the lock gates?",
    "Let me know if Ms Anna Roe speaks about dredging.": "What did Ms Anna Roe say about dredging?",
    "notify me whenever the harbour board comments on fees": "What did the harbour board say about fees?",
    "alert me as soon as Roe says anything": "What did Roe say?",
    "let me know what Roe says about the gates": "What did Roe say about the gates?",
    "keep me posted on anything new Anna Roe says on fees": "What did Anna Roe say about fees?",
    "please tell me when Roe says that the gates are safe": "What did Roe say about the gates are safe?",
    "new statements by Anna Roe on the gates": "What did Anna Roe say about the gates?",
    "alert me about remarks from the harbour board": "What did the harbour board say?",
    "Roe talks about the canal": "What did Roe say about the canal?",
    "When does the canal reopen?": "When does the canal reopen?",
    "how many boats were moored": "how many boats were moored?",
    "tell me: who runs the canal?": "tell me: who runs the canal?",
}
WORDS = {
    "tell me when there is news about the lock gates": ("lock", "gates"),
    "tell me about the lock gates": ("lock", "gates"),
    "anything new on dredging": ("dredging",),
    "let me know when Anna Roe is mentioned": ("anna", "roe"),
    "tell me when somebody says something about dredging": ("dredging",),
    "tell me when the canal reopens": ("canal", "reopens"),
    "could you please tell me if anyone is elected mayor": ("elected", "mayor"),
    "I’d like to know once the tunnel opens": ("tunnel", "opens"),
    "keep me updated on dredging": ("dredging",),
    "follow the lock gates": ("lock", "gates"),
    "dredging fees": ("dredging", "fees"),
}


@pytest.mark.parametrize("wording", QUESTIONS)
def test_questions(wording: str) -> None:
    """Words of somebody, and what is a question already, are asked of new articles."""
    wanted = understand_wish(wording)
    assert wanted.question == QUESTIONS[wording]
    assert wanted.question in wanted.describe()
    assert read_asked(wanted.asked, wording) == wanted


@pytest.mark.parametrize("wording", WORDS)
def test_words(wording: str) -> None:
    """Anything else is looked for by its words."""
    wanted = understand_wish(wording)
    assert (wanted.question, wanted.words) == (None, WORDS[wording])
    assert ", ".join(WORDS[wording]) in wanted.describe()
    assert read_asked(wanted.asked, wording) == wanted


@pytest.mark.parametrize("wording", ["tell me when it is", "tell me about it", "?", ""])
def test_nothing_to_look_for(wording: str) -> None:
    with pytest.raises(QuestionError):
        understand_wish(wording)
