"""What a question of fact requires."""

from __future__ import annotations

from assistant.evidence.facts.question import read_question
from tests.evidence.facts.requests import make_request


def test_question_is_read() -> None:
    """Years, counted nouns, the source and the pairs of words are found."""
    read = read_question(make_request("How many boats hit the bridge in 1987, according to Ada Quill?"))
    assert list(read.years) == ["1987"]
    assert read.counted_nouns >= {"boat"}
    assert read.source == "Ada Quill"
    assert ("boat", "hit") in read.term_pairs
    assert not read.asks_how


def test_how_asks_for_a_manner() -> None:
    """How something is done is another question than how many."""
    assert read_question(make_request("How did the town pay for the ferry?")).asks_how
    assert not read_question(make_request("How much did the ferry cost?")).asks_how


def test_relation() -> None:
    """A property of a thing is kept together."""
    relation = read_question(make_request("What is the capital of France?")).relation
    assert relation is not None
    assert (relation.head, relation.whole) == (("capit",), ("franc",))
