"""What the writer tells of somebody, and what they say."""

from __future__ import annotations

import pytest

from assistant.speech.content_spans import ContentSpan
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.statements import find_statements
from assistant.speech.status.narration import has_finite_verb, is_clause, is_narrated
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article


def find_statuses(text: str) -> list[str]:
    """The status of every statement in a text."""
    return [each.status for each in find_statements(make_article(text), sentence_spans(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth criticised the plan for the lock.",
        "Ada Brandreth promised to mend the lock by June.",
        "Ada Brandreth announced the closing of the ferry.",
        "Ada Brandreth called for a new ferry.",
        "Ada Brandreth opposes the plan.",
        "Ada Brandreth believed that the lock would hold.",
        "Ada Brandreth claimed the second prize, with Ivo Tarn winning the first.",
        "Ada Brandreth urged the keepers to stay at home.",
        "Ada Brandreth argued against a bridge.",
        "Ada Brandreth discussed the lock, her “longest work”, with the Post.",
        "Ada Brandreth called Ivo Tarn a coward and a thief.",
        "Ada Brandreth recommends two boats that carry more people.",
    ],
)
def test_acts_judgements_and_thoughts_are_narrated(text: str) -> None:
    """Things, acts and thoughts are told in the writer's words."""
    assert find_statuses(text) == ["narrated"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth said the lock leaks.",
        "Ada Brandreth announced that the ferry will close.",
        "Ada Brandreth announced on Friday she would leave.",
        "Ada Brandreth claimed the council moved the gate.",
        "Ada Brandreth warned the council that the lock leaks.",
        "Ada Brandreth promised it would hold.",
        "Ada Brandreth called the plan “a folly”.",
        "Ada Brandreth thinks the ferry is late.",
        "The lock leaks, Ada Brandreth said.",
        "According to Ada Brandreth, the lock leaks.",
        "As Ada Brandreth explained, the guide lists old boats.",
    ],
)
def test_clauses_and_quotations_are_said(text: str) -> None:
    """A clause is plainly reported speech, and quoted words are the speaker's."""
    assert find_statuses(text) == ["asserted"]


def test_finite_verbs() -> None:
    """A verb in a clause that only belongs to a noun does not make a clause."""
    assert is_clause("the gate was late")
    assert is_clause("keepers mended the gate")
    assert not is_clause("the gate that was late")
    assert not is_clause("two gates in the north")
    assert has_finite_verb("Now, the gate is late")


def test_a_noun_of_saying_needs_a_conjunction() -> None:
    """ "Her claim that it leaks" reports words; "her claim to the lock" does not."""
    claim = ResolvedAttribution("Ada Brandreth", None, "claim", "after", 0, 21)
    outside = "Ada Brandreth’s claim that it leaks"
    assert not is_narrated(ContentSpan(claim, 22, 35), outside, "that it leaks")
    assert is_narrated(ContentSpan(claim, 22, 33), "Ada Brandreth’s claim to the lock", "to the lock")
