"""Where articles differ: in figures, in days, or in whether something is so. No side is taken for the right one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answers.figures import (
    FigureClaim,
    differ,
    find_event_stems,
    find_figure_claims,
    is_same_event,
    read_figure_question,
)
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.premises.polarity import read_polarities
from assistant.records.answer import Evidence
from assistant.records.query import AnswerType, Query
from assistant.text.months import FULL_MONTH, MONTH_ABBREVIATIONS
from assistant.text.quantities.quantities import are_compatible
from assistant.text.stemming import stem
from assistant.text.words import split_words

MAX_COMPARED = 8  # pieces of evidence whose claims are compared
DAY_REACH = 6  # words between a day and a word for what happened on it


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a conflict: the evidence, and the words in it that differ."""

    evidence: Evidence
    value: str


@dataclass(frozen=True, slots=True)
class ClaimedValue:
    """A value in a form that can be compared, and the words of the sentence for it."""

    normalized: str
    words: str


Claims = Mapping[str, ClaimedValue]
"""What a sentence claims, by the thing that it claims it of: the stem of a verb or adjective, "day"."""

ClaimExtractor = Callable[[str, set[str]], Claims]
"""Reads the claims of a sentence about things whose stems the question names."""

_MONTH = rf"(?P<{{0}}>{FULL_MONTH}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\.?)"
_DAY_NUMBER = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"\b(?:{_DAY_NUMBER.format('d1')}(?: of)? {_MONTH.format('m1')}|"
    rf"{_MONTH.format('m2')} {_DAY_NUMBER.format('d2')})(?![\d\w])",
    re.IGNORECASE,
)


def find_conflict(query: Query, evidence: Sequence[Evidence], groups: DuplicateGroups) -> tuple[ConflictSide, ...]:
    """The sides, at least two, if the evidence differs in what the question asks for; else none.

    Figures are compared if the question asks for one, days if it asks when, and whether something is so if it asks
    that. Articles of one story are copies and do not differ.
    """
    question_stems = {stem(term) for term in query.terms}
    compared = evidence[:MAX_COMPARED]
    if query.expects == "number":
        return _find_different_figures(query, compared, groups, question_stems)
    extract = _EXTRACTORS.get(query.expects) if query.expects else None
    if extract is None:
        return ()
    things = find_event_stems(query)
    claims = [(each, extract(each.article.text[each.start : each.end], things)) for each in compared]
    sides: dict[str, ConflictSide] = {}
    for left, right in combinations([(each, values) for each, values in claims if values], 2):
        if groups.are_duplicates(left[0].article, right[0].article):
            continue
        if is_same_event(left[0], right[0], question_stems):
            for normalized, side in _compare_claims(*left, *right):
                sides.setdefault(normalized, side)
    return tuple(sides.values())


def _find_different_figures(
    query: Query, evidence: Sequence[Evidence], groups: DuplicateGroups, question_stems: set[str]
) -> tuple[ConflictSide, ...]:
    """One side for each of the figures that cannot all be right."""
    question = read_figure_question(query)
    claims = [claim for each in evidence for claim in find_figure_claims(question, each)]
    sides: list[FigureClaim] = []
    for pair in combinations(claims, 2):
        if groups.are_duplicates(pair[0].evidence.article, pair[1].evidence.article):
            continue
        if not differ(question, *pair, question_stems) or (sides and pair[0].thing != sides[0].thing):
            continue
        for claim in pair:
            if not any(are_compatible(claim.quantity, side.quantity) for side in sides):
                sides.append(claim)
    return tuple(ConflictSide(side.evidence, side.words) for side in sides) if len(sides) > 1 else ()


def _compare_claims(
    left: Evidence, left_claims: Claims, right: Evidence, right_claims: Claims
) -> Iterator[tuple[str, ConflictSide]]:
    """Both sides of the first thing of which two sentences claim different values."""
    for thing, ours in left_claims.items():
        theirs = right_claims.get(thing, ours)
        if ours.normalized != theirs.normalized:
            yield ours.normalized, ConflictSide(left, ours.words)
            yield theirs.normalized, ConflictSide(right, theirs.words)
            return


# ---------------------------------------------------------------------------------------------- days


def _extract_day(text: str, things: set[str]) -> Claims:
    """The calendar day of a sentence that names exactly one, close to a word for what happened."""
    days = list(_DAY.finditer(text))
    if len(days) != 1:
        return {}
    (match,) = days
    nearby = split_words(text[: match.start()])[-DAY_REACH:] + split_words(text[match.end() :])[:DAY_REACH]
    if things and things.isdisjoint(map(stem, nearby)):
        return {}
    month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
    return {"day": ClaimedValue(f"{month[:3].lower()} {int(day)}", match[0])}


# ------------------------------------------------------------------------------------------ yes or no


def _extract_polarities(text: str, things: set[str]) -> Claims:
    """For each word of the question that a sentence contains, or the opposite of, whether it affirms it."""
    return {
        thing: ClaimedValue(f"not {thing}" if polarity.is_denied else thing, text[slice(*polarity.words)])
        for thing, polarity in read_polarities(text, things).items()
    }


_EXTRACTORS: Mapping[AnswerType, ClaimExtractor] = {
    "date": _extract_day,
    "yes_no": _extract_polarities,
}
