"""The articles of the conversation, in which follow-up questions are answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.config.schema import RetrievalSettings
from assistant.questions.parser import parse_question
from assistant.records.article import Passage, RetrievedPassage
from assistant.retrieval.boosts import boost_passages
from assistant.retrieval.hybrid import retrieve
from assistant.retrieval.prior import add_earlier_articles, depends_on_conversation, find_earlier_articles
from tests.questions.conversation.turns import make_citation, make_turn
from tests.support.memory_library import MemoryLibrary, embed_words, make_article

LIBRARY = MemoryLibrary(
    [
        make_article("tolls", "The bridge opened with new tolls. Thirty crew members work there each night."),
        make_article("ferry", "The ferry has a crew. The crew of the ferry is old. How many of the crew will go?"),
        make_article("zoo", "The zoo opened a house for penguins. Penguins like herring."),
    ]
)
TURN = make_turn("When did the bridge open?", make_citation(None, "The bridge opened"))


def rank(question: str, *, follows: bool = True) -> list[str]:
    query = parse_question(question)
    if follows:
        query = add_earlier_articles(query, [TURN], question, was_rewritten=False)
    settings = RetrievalSettings(dense_weight=0.3)  # vectors that count words know less than those of a model
    hits = retrieve(query, embed_words(question), LIBRARY, settings, boosts=boost_passages(query, LIBRARY))
    return [hit.passage.article_id for hit in hits]


def test_a_follow_up_prefers_the_articles_of_the_last_answer() -> None:
    assert rank("How many crew work there?", follows=False)[0] == "ferry"
    assert rank("How many crew work there?")[0] == "tolls"


def test_a_new_subject_is_not_dragged_to_them() -> None:
    assert rank("What do Penguins like at the Zoo?")[0] == "zoo"


@pytest.mark.parametrize("question", ["how many of them?", "and the cost?", "how long is a year there?", "why?"])
def test_questions_that_depend_on_the_conversation(question: str) -> None:
    assert depends_on_conversation(question)


@pytest.mark.parametrize(
    "question", ["How long is the Ellery Bridge?", "What do scientists know about herring migration routes?"]
)
def test_questions_with_a_subject_of_their_own(question: str) -> None:
    assert not depends_on_conversation(question)


def test_earlier_articles_are_those_of_the_last_turn() -> None:
    assert find_earlier_articles([]) == ()
    assert find_earlier_articles([make_turn("Why?"), TURN]) == ("tolls",)


def test_a_refusal_leaves_the_best_retrieved_articles() -> None:
    hits = tuple(RetrievedPassage(Passage(name, 0, 0, 5), 1.0) for name in ("zoo", "zoo", "ferry", "tolls"))
    turn = make_turn("Who sings?")
    assert find_earlier_articles([replace(turn, answer=replace(turn.answer, passages=hits))]) == ("zoo", "ferry")


def test_a_first_question_has_no_earlier_articles() -> None:
    query = parse_question("Why?")
    assert add_earlier_articles(query, [], "Why?", was_rewritten=False) is query
