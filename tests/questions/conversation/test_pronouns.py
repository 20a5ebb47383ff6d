"""Pronouns of follow-up questions."""

from __future__ import annotations

import pytest

from assistant.questions.conversation.dialogue import DialogueState
from assistant.questions.conversation.pronouns import Draft, has_unresolved_person, resolve_pronouns
from tests.questions.conversation.turns import make_turn

SPEAKERS = ("Maud Lindqvist", "Ivo Brandt")


def make_dialogue(question: str) -> DialogueState:
    """The state of a conversation after one question."""
    return DialogueState((make_turn(question),), SPEAKERS)


@pytest.mark.parametrize(
    ("last", "question", "resolved"),
    [
        # things
        ("What did Brandt say about tolls?", "Who opposes it", "Who opposes tolls"),
        ("What did Brandt say about tolls?", "Who spoke about this plan", "Who spoke about this plan"),
        ("What did Brandt say about tolls?", "Who spoke before that", "Who spoke before that"),
        ("What did Brandt say about tolls?", "Is it true", "Is it true"),
        ("Which country banned ferries?", "Who likes them", "Who likes them"),
        ("What did Brandt say?", "Who opposes it", "Who opposes it"),
        # places
        ("What did Brandt say about Geneva?", "What happened there", "What happened in Geneva"),
        ("When did the bridge close?", "Who died there", "Who died at the bridge"),
        ("When did the bridge close?", "Is there a ferry", "Is there a ferry"),
        ("Which Greek port closed?", "What did the country’s president say", "What did Greece’s president say"),
        ("Which Greek port closed?", "Who rules that country", "Who rules Greece"),
        ("When did the bridge close?", "Who leads the country", "Who leads the country"),
        # people
        ("What did Brandt say about tolls?", "What did he say about wages", "What did Brandt say about wages"),
        ("What did Victor Hale say about tolls?", "What did she say on Monday", "What did she say on Monday"),
        ("What did Brandt say about tolls?", "What is his plan", "What is Brandt’s plan"),
        ("What did Lindqvist say about tolls?", "Who read her letter", "Who read Lindqvist’s letter"),
        ("What did Lindqvist say about tolls?", "Who met her in March", "Who met Lindqvist in March"),
        ("What did Lindqvist say about Brandt?", "What did he say about her", "What did Brandt say about Lindqvist"),
        ("What did Lindqvist say about Brandt?", "How did he respond", "How did Brandt respond"),
        ("What do Brandt and Lindqvist say about tolls?", "What do they want", "What do Brandt and Lindqvist want"),
        ("What did Brandt say about tolls?", "Did Victor Hale sell his boat", "Did Victor Hale sell his boat"),
    ],
)
def test_pronoun_resolved(last: str, question: str, resolved: str) -> None:
    """A pronoun is replaced by the topic or a person of the last question, unless the question explains it itself."""
    assert resolve_pronouns(question, make_dialogue(last)).text == resolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How old is she", True),
        ("How old are they", False),
        ("How old is Alice Fairbrook, and where does she live", False),
        ("What did she say", True),
        ("What did Brandt say about her", False),
        ("", False),
    ],
)
def test_unresolved_person_found(text: str, expected: bool) -> None:
    """A "he" or "she" is unresolved if no name comes before it."""
    assert has_unresolved_person(Draft(text)) is expected


def test_draft_query() -> None:
    """A draft is parsed once, and has no query if there is nothing to parse."""
    draft = Draft("What did Brandt say?")
    assert draft.query is not None
    assert draft.query is draft.query
    assert draft.names_speaker
    assert Draft("?").query is None
    assert not Draft("?").names_speaker
