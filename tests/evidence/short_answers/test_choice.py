"""The words that answer, chosen by what a ranker reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.evidence.facts.question import FactQuestion, read_question
from assistant.evidence.facts.ranking import RankedSentence, rank_sentences
from assistant.evidence.selection import Reader
from assistant.evidence.short_answers.choice import MIN_PROBABILITY, choose_short_answer
from assistant.ranking.ranker import Reading
from assistant.ranking.words import WordOdds
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article


def rank(question: str, text: str, answer: str, title: str = "News") -> tuple[FactQuestion, Sequence[RankedSentence]]:
    """The sentences of a text, read by a ranker that is sure of one word where it finds it."""

    def read(texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return [read_sentence(sentence) for _, sentence in texts]

    def read_sentence(sentence: str) -> Reading:
        spans, start = [], 0
        for word in sentence.split(" "):
            spans.append((start, start + len(word)))
            start += len(word) + 1
        ends = np.zeros((len(spans), 2), dtype=np.float32)
        at = next((place for place, span in enumerate(spans) if answer in sentence[slice(*span)]), None)
        if at is not None:
            ends[at] = 20.0
        return Reading(-8.0 if at is None else 8.0, WordOdds(spans, ends))

    library = MemoryLibrary([make_article("a", text, title=title)])
    request = replace(make_request(question, library, similarity=lambda texts: [0.5] * len(texts)), reader=Reader(read))
    read_as = read_question(request)
    return read_as, rank_sentences(read_as, request)


@pytest.mark.parametrize(
    ("question", "text", "answer", "words"),
    [
        ("Where is the old crane?", "The old crane is in Utrecht.", "Utrecht", "Utrecht"),
        ("Where is the old crane?", "The old\n  crane of  Leiden is in Utrecht.", "Utrecht", "Utrecht"),
        ("Which club bought the old crane?", "The old crane was bought by Vantor.", "Vantor", "Vantor"),
        ("How many boats hit the pier?", "The pier was hit by 40 boats in 3 years.", "40", "40 boats"),
    ],
)
def test_choice(question: str, text: str, answer: str, words: str) -> None:
    """The words that the ranker is sure of, where they are in the article, whatever its white space."""
    read, ranked = rank(question, text, answer, title=f"The crane of {answer}")
    chosen = choose_short_answer(read, ranked, 0, 0.9)
    assert chosen is not None
    assert text[slice(*chosen.span)] == words
    assert chosen.probability >= MIN_PROBABILITY


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did the crane fall?", "The crane fell on Monday."),  # days are not shown alone
        ("Why did the crane fall?", "The crane fell after a storm."),
        ("Which towns have a crane?", "A crane is in Utrecht."),  # several
        ("Where is the crane and who built it?", "The crane is in Utrecht."),  # two questions
    ],
)
def test_no_choice(question: str, text: str) -> None:
    """What words alone do not answer, or not surely enough."""
    read, ranked = rank(question, text, "Utrecht")
    assert choose_short_answer(read, ranked, 0, 0.9) is None


def test_unsure() -> None:
    """Of words that the ranker does not take for the answer, the probability is small."""
    read, ranked = rank("Where is the crane?", "The crane in Utrecht is red.", "red")
    chosen = choose_short_answer(read, ranked, 0, 0.5)
    assert chosen is not None
    assert chosen.probability < MIN_PROBABILITY
