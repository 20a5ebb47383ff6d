"""The words of a sentence that answer, chosen by what the ranker reads in it and in the next best sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.facts.answer_spans import asks_margin, find_margins, is_count_of
from assistant.evidence.facts.features import Candidate
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.ranking import RankedSentence
from assistant.evidence.short_answers.candidates import (
    add_asked_noun,
    add_noun,
    asks_for_two,
    counts_others,
    find_candidates,
    reduce_name,
)
from assistant.records.article import Span

MIN_PROBABILITY = 0.8  # below it, words are not shown alone
MAX_CHARACTERS = 80  # of a short answer; longer words are the sentence again
MAX_COMPARED = 6  # best sentences in which the same words count
KINDS = ("person", "place", "name", "number")  # of days, too few were right; docs/evaluation.md has the figures
FLOOR = 1e-9  # of a probability whose logarithm is taken
LOG_RANGE = 6.0  # of that logarithm

RIGHT: Mapping[str, float] = {
    "agreement": 0.8,
    "answered": -0.27,
    "asks_name": -0.41,
    "asks_number": 0.35,
    "asks_person": -0.12,
    "asks_place": -0.17,
    "certainty": -0.35,
    "counts_noun": 0.22,
    "in_title": 0.52,
    "lead": 0.79,
    "likelihood": 0.6,
    "log_likelihood": 0.89,
    "names_place": -0.44,
    "only": 0.16,
    "share": 0.5,
}
"""Weights of the signs that the chosen words are right, fitted by likelihood on several sets of questions."""


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """Words of a sentence that may answer, as a span of its article, and how likely they are right, in 0..1."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """Words that can answer, as stems, and how likely the ranker takes them for the answer."""

    span: Span
    stems: frozenset[str]
    likelihood: float


def choose_short_answer(
    question: FactQuestion, ranked: Sequence[RankedSentence], place: int, probability: float
) -> ChosenWords | None:
    """The words of the sentence at `place` that are likeliest to answer; None if there are none of the kind asked for.

    `probability` is that of the best sentences to contain the answer. Words that other good sentences have too are
    likelier. Needs a ranker that reads words.
    """
    if question.query.expects not in KINDS:
        return None
    choice = describe_choice(question, ranked, place, probability)
    if choice is None:
        return None
    span, signs = choice
    sentence = ranked[place].candidate.sentence
    if question.query.expects == "number":
        span = add_noun(sentence.article.text, span, sentence.end, question.counted_nouns)
    else:
        span = add_asked_noun(sentence.article.text, span, sentence.end, question.query.text)
    if span[1] - span[0] > MAX_CHARACTERS:
        return None
    odds = sum(RIGHT.get(name, 0.0) * value for name, value in signs.items())
    return ChosenWords(span, 1 / (1 + math.exp(-odds)))


def describe_choice(
    question: FactQuestion, ranked: Sequence[RankedSentence], place: int, probability: float
) -> tuple[Span, Mapping[str, float]] | None:
    """The words of a sentence that are likeliest to answer, and what tells whether they do, each in -1..1."""
    own, query = ranked[place].candidate, question.query
    is_one_asked = not query.asks_for_several and not asks_for_two(query.text)
    readings = _read_words(question, own) if is_one_asked else []
    if not readings:
        return None
    signs = _read_signs(question, ranked, place, readings)
    best = max(range(len(readings)), key=lambda each: signs[each]["agreement"])
    others = [each["agreement"] for number, each in enumerate(signs) if number != best]
    return readings[best].span, {
        **signs[best],
        "lead": signs[best]["agreement"] - max(others, default=0.0),
        "only": float(len(readings) == 1),
        "answered": probability,
        f"asks_{query.expects}": 1.0,
    }


def _read_signs(
    question: FactQuestion, ranked: Sequence[RankedSentence], place: int, readings: Sequence[_Reading]
) -> list[dict[str, float]]:
    """What speaks for each of the words of a sentence, besides how they compare with each other."""
    compared = [each for number, each in enumerate(ranked[: max(MAX_COMPARED, place + 1)]) if number != place]
    total = sum(each.share for each in compared) + ranked[place].share
    agreeing = [(ranked[place].share / total, each) for each in readings]
    for sentence in compared:
        agreeing += [(sentence.share / total, each) for each in _read_words(question, sentence.candidate)]
    own = ranked[place].candidate
    title = frozenset(reduce_name(own.sentence.article.title))
    return [
        {
            "certainty": 1.0,
            "likelihood": each.likelihood,
            "log_likelihood": max(-1.0, math.log(each.likelihood + FLOOR) / LOG_RANGE),
            "agreement": sum(
                share * other.likelihood
                for share, other in agreeing
                if other.stems <= each.stems or each.stems <= other.stems
            ),
            "share": ranked[place].share,
            "in_title": float(each.stems <= title),
            "counts_noun": own.features.get("counts_noun", 0.0),
            "names_place": own.features.get("names_place", 0.0),
        }
        for each in readings
    ]


def _read_words(question: FactQuestion, candidate: Candidate) -> list[_Reading]:
    """The words of a sentence that can answer, with how likely the ranker takes each for the answer."""
    if candidate.words is None:
        return []
    sentence = candidate.sentence
    text = sentence.article.text
    marks: Sequence[Span] = candidate.marks
    if asks_margin(question.query.text):
        marks = find_margins(text, sentence.start, sentence.end)
    if nouns := question.counted_nouns:
        counting = [each for each in marks if is_count_of(text, each, sentence.end, nouns)]
        marks = counting or [each for each in marks if not counts_others(text, each, sentence.end, nouns)]
    return [
        _Reading(
            (start, end),
            frozenset(reduce_name(text[start:end])),
            candidate.words.measure(*(_find_offset(text[sentence.start : each]) for each in (start, end))),
        )
        for start, end in find_candidates(question.query, text, marks)
    ]


def _find_offset(before: str) -> int:
    """The offset of what follows these words of a sentence, where the ranker reads it with single spaces."""
    return len(" ".join(f"{before}.".split())) - 1
