"""The table of short questions."""

from __future__ import annotations

import pytest

from assistant.questions.conversation.dialogue import DialogueState
from assistant.questions.conversation.short_questions import SHORT_QUESTIONS, ShortQuestion, find_short_question
from tests.questions.conversation.turns import make_citation, make_turn

DIALOGUE = DialogueState(
    (make_turn("What did Brandt say about Alice Moor?", make_citation("Ivo Brandt", "She is wrong.")),), ()
)
REWRITTEN = {
    "who else?": "Who besides Brandt spoke about Alice Moor",
    "who disagreed?": "Who disagreed with Brandt about Alice Moor",
    "what else?": "What else did Brandt say about Alice Moor",
    "and vice versa?": "What did Alice Moor say about Brandt",
    "why?": "Why did Brandt say “She is wrong”",
    "when was that?": "When did Brandt say “She is wrong”",
    "where was that?": "Where did Brandt say “She is wrong”",
    "which article?": "Which article is “She is wrong” from",
    "who said that?": "Who said “She is wrong”",
}


@pytest.mark.parametrize("kind", SHORT_QUESTIONS, ids=lambda kind: kind.example)
def test_short_question_example_rewritten(kind: ShortQuestion) -> None:
    """The example of each kind is found as this kind and rewritten."""
    assert find_short_question(kind.example.rstrip("?")) is kind
    assert kind.rewrite(DIALOGUE) == REWRITTEN[kind.example]


@pytest.mark.parametrize("kind", SHORT_QUESTIONS, ids=lambda kind: kind.example)
def test_short_question_without_subject(kind: ShortQuestion) -> None:
    """Without a speaker, a topic and an answer, there is nothing to ask about."""
    assert kind.rewrite(DialogueState((make_turn("How old is she?"),), ())) is None


@pytest.mark.parametrize("question", ["who won", "why did Brandt resign", "more ferries", ""])
def test_full_question_not_short(question: str) -> None:
    """A question with a subject is not a short question."""
    assert find_short_question(question) is None
