"""How well utterances fit a topic, by words and by meaning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence.statements.meaning import Meaning
from assistant.evidence.statements.topics import Fit, Topic, measure_fit, read_topic, score_clear, score_near
from assistant.records.article import Article
from assistant.records.query import Query
from tests.support.memory_library import MemoryLibrary, make_article

QUAY = make_article(
    "quay",
    "The council of Port Ellery shut the quay in May. Ada Quill called the move “a gift to the smugglers”.",
    title="Council shuts the quay",
)
CLOSE = Meaning(topic_alone=0.5, topic=0.6, question=0.6)


def measure(topic: str, *, cue: str = "say", article: Article = QUAY) -> tuple[Fit, Topic]:
    """The only utterance of an article, and the topic with which it was compared by words."""
    snapshot = MemoryLibrary([article]).snapshot()
    terms = tuple(word.lower() for word in topic.split() if word not in ("the", "of"))
    read = read_topic(Query("?", "said", terms, ("Quill",), topic, cue=cue), snapshot)
    (utterance,) = snapshot.utterances(article)
    return measure_fit(utterance, None, read), read


@pytest.mark.parametrize(
    ("topic", "is_name"),
    [
        ("Port Ellery", True),
        ("the Ministry of Health", True),
        ("the closing of the quay", False),
        ("Ellery port", False),
    ],
)
def test_name_as_topic(topic: str, is_name: bool) -> None:
    """Of a topic that is only a name, the words decide."""
    assert measure(topic)[1].is_name == is_name


def test_clear_by_meaning() -> None:
    """Words that share none with the topic are clearly on it if they are close in meaning, alone and with the title."""
    fit, topic = measure("the closing of the pier")
    assert score_clear(fit, topic) is None
    assert score_clear(replace(fit, rank=0, meaning=CLOSE), topic) is not None
    assert score_clear(replace(fit, rank=0, meaning=Meaning(topic_alone=0.1, topic=0.6, question=0.6)), topic) is None
    assert score_clear(replace(fit, rank=9, meaning=CLOSE), topic) is None
    regrets = replace(topic, query=replace(topic.query, cue="sorry", expects="yes_no"))
    assert score_clear(replace(fit, rank=0, meaning=CLOSE), regrets) is None


@pytest.mark.parametrize("topic", ["Lima", "the closing of the pier in Lima"])
def test_meaning_is_no_proof_of_a_name(topic: str) -> None:
    """Words in an article that lacks a name of the topic are never clearly on it by their meaning."""
    fit, read = measure(topic)
    assert score_clear(replace(fit, rank=0, meaning=CLOSE), read) is None


def test_near_by_the_article() -> None:
    """Words are near to a topic that the article has the words of, or that they are close to in meaning."""
    fit, topic = measure("the quay")
    assert fit.coverage == 0
    assert score_near(fit, topic) is not None
    fit, topic = measure("the orchard")
    assert score_near(fit, topic) is None
    assert score_near(replace(fit, meaning=CLOSE), topic) is not None


@pytest.mark.parametrize(("topic", "is_near"), [("the orchard", True), ("the orchard of Lima", False)])
def test_near_by_the_best_passages(topic: str, is_near: bool) -> None:
    """Words in one of the best passages are near, unless their article lacks a name of the topic."""
    fit, read = measure(topic)
    assert (score_near(replace(fit, rank=0), read) is not None) == is_near
    assert score_near(replace(fit, rank=5), read) is None


def test_verb_of_the_question_counts() -> None:
    """Among words that are only near, those with the verb of the question come first."""
    said, topic = measure("the quay")
    called, _ = measure("the quay", cue="call")
    assert (said.has_stance, called.has_stance) == (False, True)
    assert (score_near(called, topic) or 0) > (score_near(said, topic) or 0)
