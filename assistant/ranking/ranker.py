"""The interface of a ranker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from assistant.ranking.words import WordOdds


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sentence answers: its log-odds, and how likely its words are the answer.

    `words` is None if the model does not tell. It says which words are likeliest whether or not the sentence answers.
    """

    score: float
    words: WordOdds | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences of an article that are read together; its title may be empty."""

    title: str
    sentences: tuple[str, ...]


class Ranker(Protocol):
    """A model that reads a question together with a sentence. Can be used from several threads."""

    runs_on: str  # runtime and precision: "OpenVINO, int8 and f32"

    def score(self, question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds that each (title, sentence) answers the question; a title may be empty."""

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The scores of `score`, and how likely the words of each sentence are the answer."""


@runtime_checkable
class WindowRanker(Ranker, Protocol):
    """A ranker that also reads sentences together with those around them."""

    def score_windows(self, question: str, windows: Sequence[Window]) -> list[list[float]]:
        """The log-odds that each sentence of each window answers the question."""


def leave_out_titles(question: str, titles: Iterable[str]) -> str:
    """The question without a title that it has in quotation marks: each sentence is read with its title anyway.

    Read twice, the title would make every sentence seem to repeat the question.
    """
    for title in set(titles):
        quoted = rf"(?:\b(?:in|from) the (?:article|story|report) )?[“\"]{re.escape(title)}[”\"],?\s*"
        question = re.sub(quoted, "", question, flags=re.IGNORECASE).strip() or question
    return question
