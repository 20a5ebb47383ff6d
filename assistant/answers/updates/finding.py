"""The newest of the times that the evidence gives for what is to come, and the evidence with it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.updates.claims import TimeClaim, is_about_asked, read_day, tells_change
from assistant.answers.updates.dates import are_for_same_thing, asks_when_planned, can_follow, leaves_open, read_times
from assistant.evidence.latest import DatedValue
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import Selection
from assistant.records.answer import Evidence
from assistant.records.query import Query

MAX_READ = 24  # sentences in which the value is looked for
MAX_FIRST = 3  # best sentences, one of which has the value with which others are compared
MAX_EARLIER = 3  # older values that are told, the newest of them
FIRST_SHARE = 0.6  # of the best score, that it needs


@dataclass(frozen=True, slots=True)
class ValueUpdate:
    """The newest value for what a question asks, and the older ones that it replaces, newest first, at least one."""

    newest: TimeClaim
    earlier: tuple[TimeClaim, ...]


def find_update(query: Query, evidence: Sequence[Evidence], groups: DuplicateGroups) -> ValueUpdate | None:
    """The newest value if articles of several days give different ones for what the question asks; else None.

    None too if two articles of the last day differ, or a later one leaves the time open: which holds cannot be told.
    Articles of one story are copies and give one value.
    """
    if not evidence or not _asks_plan(query):
        return None
    question = query.text
    first = _find_first(question, [each for each in evidence[:MAX_FIRST] if is_about_asked(question, each)])
    if first is None:
        return None
    claims = [first]
    for each in evidence[:MAX_READ]:
        if each is first.evidence:
            continue
        own = [claim for claim in read_times(question, each) if are_for_same_thing(question, first, claim)]
        claims += own[-1:]
    claims.sort(key=lambda claim: (claim.day, claim.evidence.start))
    if any(_is_later(each, claims[-1]) and leaves_open(question, each) for each in evidence[:MAX_READ]):
        return None
    return _order(claims, groups)


def _is_later(evidence: Evidence, newest: TimeClaim) -> bool:
    day = read_day(evidence.article)
    return day is not None and day > newest.day


def _find_first(question: str, evidence: Sequence[Evidence]) -> TimeClaim | None:
    """The time of the best sentence that has one: the last, if it has several."""
    for each in evidence:
        if each.score >= FIRST_SHARE * evidence[0].score and (claims := read_times(question, each)):
            return claims[-1]
    return None


def _order(claims: Sequence[TimeClaim], groups: DuplicateGroups) -> ValueUpdate | None:
    """The newest claim with those that it replaces, oldest claim first in `claims`."""
    newest = claims[-1]
    if any(_is_open(each, newest) for each in claims[:-1]):
        return None
    linked = [newest]
    for each in reversed(claims[:-1]):
        if each.day == newest.day or groups.are_duplicates(each.evidence.article, newest.evidence.article):
            continue
        if any(can_follow(each, later) for later in linked if later.day > each.day):
            linked.append(each)
    earlier: list[TimeClaim] = []
    for each in linked[1:]:
        if not each.agrees_with(newest) and not any(each.agrees_with(other) for other in earlier):
            earlier.append(each)
    if not earlier:
        return None
    earlier = earlier[:MAX_EARLIER]
    agreeing = [each for each in linked if each.day > earlier[0].day and each.agrees_with(newest)]
    return ValueUpdate(agreeing[0], tuple(earlier)) if agreeing else None


def _is_open(earlier: TimeClaim, newest: TimeClaim) -> bool:
    """Whether it cannot be told which of two values holds: of one day, or by other outlets on the day before.

    A day later, another outlet tells of a change if it says so.
    """
    ours, theirs = newest.evidence.article, earlier.evidence.article
    if ours.id == theirs.id or earlier.agrees_with(newest):
        return False
    days = (newest.day - earlier.day).days
    return days == 0 or (days <= 1 and ours.source != theirs.source and not tells_change(newest))


def _asks_plan(query: Query) -> bool:
    """Whether a question asks when something is to be, of no time or outlet that it names."""
    if not query.traits.asks_for_fact or query.over_time or query.asks_for_several or query.language:
        return False
    if query.period is not None or query.quoted or query.outlets:
        return False
    return query.expects == "date" and asks_when_planned(query.text)


def put_newest_value_first(query: Query, selection: Selection, groups: DuplicateGroups) -> Selection:
    """The selection with the sentence that has the newest value first, and then those with the older ones."""
    update = find_update(query, selection.evidence, groups)
    if update is None:
        return selection
    best = max(each.score for each in selection.evidence)
    newest = update.newest
    leading = replace(newest.evidence, score=best, marks=(newest.span,), short_answer=_choose_words(newest))
    older = [claim.evidence for claim in update.earlier]
    placed = [newest.evidence, *older]
    rest = [each for each in selection.evidence if each not in placed]
    history = (DatedValue(leading, newest.words), *(DatedValue(each.evidence, each.words) for each in update.earlier))
    return replace(selection, evidence=(leading, *older, *rest), history=history)


def _choose_words(claim: TimeClaim) -> str:
    """The words that answer, to be shown alone: those of the ranker, if they have the time."""
    own = claim.evidence.short_answer
    return own if own and claim.words in own else claim.words
