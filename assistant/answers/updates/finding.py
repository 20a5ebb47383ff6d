"""The newest of the values that the evidence gives for one thing, and the evidence with it first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answers.updates import amounts, dates, holders, states
from assistant.answers.updates.claims import ValueClaim, is_about_asked, tells_change
from assistant.evidence.facts.answer_spans import find_counted_nouns
from assistant.evidence.latest import DatedValue
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import Selection
from assistant.evidence.short_answers.candidates import add_noun
from assistant.records.answer import Evidence
from assistant.records.query import Query

MAX_READ = 24  # sentences in which the value is looked for
MAX_FIRST = 3  # best sentences, one of which has the value with which others are compared
MAX_EARLIER = 3  # older values that are told, the newest of them
FIRST_SHARE = 0.6  # of the best score, that it needs


@dataclass(frozen=True, slots=True)
class ValueUpdate:
    """The newest value for what a question asks, and the older ones that it replaces, newest first, at least one."""

    newest: ValueClaim
    earlier: tuple[ValueClaim, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the values of a sentence, and compares two of them."""

    read: Callable[[Evidence], list[ValueClaim]]
    are_of_same_thing: Callable[[ValueClaim, ValueClaim], bool]
    choose: Callable[[list[ValueClaim]], list[ValueClaim]] = list
    can_follow: Callable[[ValueClaim, ValueClaim], bool] = lambda _earlier, _later: True


def find_update(query: Query, evidence: Sequence[Evidence], groups: DuplicateGroups) -> ValueUpdate | None:
    """The newest value if articles of several days give different ones for what the question asks; else None.

    None too if two articles of the last day differ: which of them holds cannot be told. Articles of one story are
    copies and give one value.
    """
    reader = _choose_reader(query)
    if reader is None or not evidence:
        return None
    first = _find_first(reader, [each for each in evidence[:MAX_FIRST] if is_about_asked(query.text, each)])
    if first is None:
        return None
    claims = [first]
    for each in evidence[:MAX_READ]:
        if each is first.evidence:
            continue
        own = [claim for claim in reader.read(each) if reader.are_of_same_thing(first, claim)]
        claims += own[-1:]
    claims.sort(key=lambda claim: (claim.day, claim.evidence.start))
    return _order(reader, reader.choose(claims), groups)


def _find_first(reader: _Reader, evidence: Sequence[Evidence]) -> ValueClaim | None:
    """The value of the best sentence that has one: the last, if it has several."""
    for each in evidence:
        if each.score >= FIRST_SHARE * evidence[0].score and (claims := reader.read(each)):
            return claims[-1]
    return None


def _order(reader: _Reader, claims: Sequence[ValueClaim], groups: DuplicateGroups) -> ValueUpdate | None:
    """The newest claim with those that it replaces, oldest claim first in `claims`."""
    newest = claims[-1]
    if any(_is_open(each, newest) for each in claims[:-1]):
        return None
    linked = [newest]
    for each in reversed(claims[:-1]):
        if each.day == newest.day or groups.are_duplicates(each.evidence.article, newest.evidence.article):
            continue
        if any(reader.can_follow(each, later) for later in linked if later.day > each.day):
            linked.append(each)
    earlier: list[ValueClaim] = []
    for each in linked[1:]:
        if not each.agrees_with(newest) and not any(each.agrees_with(other) for other in earlier):
            earlier.append(each)
    if not earlier:
        return None
    earlier = earlier[:MAX_EARLIER]
    agreeing = [each for each in linked if each.day > earlier[0].day and each.agrees_with(newest)]
    return ValueUpdate(agreeing[0], tuple(earlier)) if agreeing else None


def _is_open(earlier: ValueClaim, newest: ValueClaim) -> bool:
    """Whether it cannot be told which of two values holds: of one day, or by other outlets on the day before.

    A day later, another outlet tells of a change if it says so.
    """
    ours, theirs = newest.evidence.article, earlier.evidence.article
    if ours.id == theirs.id or earlier.agrees_with(newest):
        return False
    days = (newest.day - earlier.day).days
    return days == 0 or (days <= 1 and ours.source != theirs.source and not tells_change(newest))


def _choose_reader(query: Query) -> _Reader | None:
    """How the values that a question asks for are read; None if it asks for nothing that may change."""
    if not query.traits.asks_for_fact or query.over_time or query.asks_for_several or query.language:
        return None
    if query.period is not None or query.quoted or len(query.outlets) > 0:
        return None
    question = query.text
    if query.expects == "date" and dates.asks_when_planned(question):
        return _Reader(
            partial(dates.read_times, question),
            partial(dates.are_for_same_thing, question),
            can_follow=dates.can_follow,
        )
    if query.expects == "number" and amounts.asks_changing_figure(query):
        return _Reader(
            partial(amounts.read_amounts, query),
            partial(amounts.are_of_same_thing, query),
            partial(amounts.keep_rising, query),
        )
    if query.expects == "yes_no" and states.asks_state(question):
        return _Reader(partial(states.read_states, question), partial(states.are_of_same_thing, question))
    office = holders.read_asked_office(question) if query.expects == "person" else None
    if office is not None:
        return _Reader(partial(holders.read_holders, office), partial(holders.are_of_same_office, office))
    return None


def put_newest_value_first(query: Query, selection: Selection, groups: DuplicateGroups) -> Selection:
    """The selection with the sentence that has the newest value first, and then those with the older ones."""
    update = find_update(query, selection.evidence, groups)
    if update is None:
        return selection
    best = max(each.score for each in selection.evidence)
    newest = update.newest
    leading = replace(newest.evidence, score=best, marks=(newest.span,), short_answer=_choose_words(query, newest))
    older = [claim.evidence for claim in update.earlier]
    placed = [newest.evidence, *older]
    rest = [each for each in selection.evidence if each not in placed]
    history = (DatedValue(leading, newest.words), *(DatedValue(each.evidence, each.words) for each in update.earlier))
    return replace(selection, evidence=(leading, *older, *rest), history=history)


def _choose_words(query: Query, claim: ValueClaim) -> str | None:
    """The words that answer, to be shown alone; None for a state, which they do not tell without their sentence."""
    if claim.state is not None:
        return None
    own, evidence = claim.evidence.short_answer, claim.evidence
    if own and claim.words in own:
        return own
    if claim.quantity is None:
        return claim.words
    start, end = add_noun(evidence.article.text, claim.span, evidence.end, find_counted_nouns(query.text))
    return " ".join(evidence.article.text[start:end].split())
