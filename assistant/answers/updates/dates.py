"""The times that articles give for what a question asks "when" of, and whether two of them are for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.answers.updates.claims import (
    TimeClaim,
    find_names,
    is_named_alike,
    read_context,
    read_day,
    reduce_text,
    tells_change,
)
from assistant.answers.updates.clauses import (
    Clause,
    are_same_work,
    find_contrasts,
    is_date_word,
    is_event,
    list_clauses,
    list_like_events,
)
from assistant.answers.updates.times import find_times
from assistant.records.answer import Evidence
from assistant.text.months import WEEKDAYS
from assistant.text.words import split_words

MAX_SENTENCE = 1_200  # characters; a longer one is a table or a list
GRACE_DAYS = 31  # after a planned time, in which an article may still tell that it has changed

_NO_VALUE_BEFORE = re.compile(
    r"\b(?:instead of|rather than|originally|not|than|since|ago|compared with|after|before) $"
)
# What is not said to be so: "will not open on", "could open", "if it opens", "denied that it will open"
_DENIED = re.compile(
    r"\b(?:not|n['’]t|never|no longer|nobody|no one|no plans?|could|might|may(?= [a-z])|would have)\b(?!['’])|n['’]t\b"
)
_WAITS = re.compile(r"(?:\bnot|n['’]t)\b(?=[^.;]{0,60}\b(?:until|before|till)\b)")  # "will not open until May"
_DOUBTED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|false|untrue|rumou?r\w*|jok(?:e[sd]?|ing)|if|unless|whether|wants?|wanted|"
    r"demand\w*|call\w* for|propos\w+)\b",
    re.IGNORECASE,
)
# A plan is changed "until" or "to" a time; "delayed on 29 August" tells when it was.
_CHANGED = re.compile(
    r"\b(?:delay\w*|postpon\w*|defer\w*|reschedul\w*|cancel\w*|scrubb\w+|put (?:off|back)|push\w* back|brought forward|"
    r"moved (?:back|forward))\b"
)
_ANEW = re.compile(r"\b(?:until|till|to|for|will|is|are|now|as)\b")
_REPEATED = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})s\b|\b(?:every|each)\b", re.IGNORECASE)
_FOR_SOME = re.compile(r"\bfor (?!the\b|a\b|an\b|its\b|good\b|business\b)(?P<some>[a-z][a-z’'-]+)")
_FROM_BEFORE = re.compile(r"\bfrom $")
_TO_AFTER = re.compile(r" (?:to|until|till) ")
_PLAIN = frozenset("new planned long big first-ever latest proposed own whole entire full".split())


def read_times(question: str, evidence: Evidence) -> list[TimeClaim]:
    """The times that a sentence gives for what the question asks of, in order."""
    text = evidence.article.text[evidence.start : evidence.end]
    day = read_day(evidence.article)
    if day is None or len(text) > MAX_SENTENCE:
        return []
    asked = reduce_text(question)
    return [claim for clause in list_clauses(text) for claim in _read_clause(asked, evidence, text, clause, day)]


def leaves_open(question: str, evidence: Evidence) -> bool:
    """Whether a sentence has a time for what the question asks of, but none that holds: "if it opens in May"."""
    text = evidence.article.text[evidence.start : evidence.end]
    day = read_day(evidence.article)
    if day is None or len(text) > MAX_SENTENCE or read_times(question, evidence):
        return False
    asked = reduce_text(question)
    return any(
        _is_asked(asked, clause, evidence) and find_times(text[slice(*clause.span)], day, is_to_come=clause.is_to_come)
        for clause in list_clauses(text)
    )


def _read_clause(asked: set[str], evidence: Evidence, text: str, clause: Clause, day: date) -> Iterator[TimeClaim]:
    start, end = clause.span
    own = text[start:end]
    if clause.is_superseded or not _is_asked(asked, clause, evidence):
        return
    if _DENIED.search(_WAITS.sub("", clause.text)) or _DOUBTED.search(text[:end]) or _REPEATED.search(own):
        return
    times = find_times(own, day, is_to_come=clause.is_to_come)
    for time in times:
        before, after = own[: time.span[0]], own[time.span[1] :]
        if _NO_VALUE_BEFORE.search(before) or (_FROM_BEFORE.search(before) and _TO_AFTER.match(after)):
            continue
        if (changes := list(_CHANGED.finditer(before))) and not _ANEW.search(before, changes[-1].end()):
            continue
        place = evidence.start + start
        yield TimeClaim(evidence, day, (place + time.span[0], place + time.span[1]), clause=clause, time=time)


def _is_asked(asked: set[str], clause: Clause, evidence: Evidence) -> bool:
    """Whether a clause says of the thing of the question what the question asks, or only when it is to be."""
    words = reduce_text(clause.text)
    is_deed = not asked.isdisjoint(list_like_events(clause.verb))
    if not (is_deed or clause.is_schedule):
        return False
    if clause.head in asked or clause.object_head in asked or _names_all(asked, clause):
        return True
    if clause.has_pronoun:
        return not asked.isdisjoint(read_context(evidence))
    is_nominal = not asked.isdisjoint(list_like_events(clause.head)) or is_date_word(clause.head)
    if any(are_same_work(clause.head, word) for word in asked):
        return True
    return is_nominal and not asked.isdisjoint(words - list_like_events(clause.head))


def _names_all(asked: set[str], clause: Clause) -> bool:
    """Whether the subject of a clause has all words of a question for its thing: "the Artemis mission"."""
    things = {word for word in asked if not is_event(word) and word not in _PLAIN}
    return bool(things) and things <= clause.subject


def are_for_same_thing(question: str, first: TimeClaim, other: TimeClaim) -> bool:
    """Whether two times are for the same thing: what it is, what happens to it, and the names agree."""
    left, right = first.clause, other.clause
    asked = reduce_text(question)
    if not _share_subject(asked, left, right) or not _share_deed(left, right):
        return False
    needed = asked & (reduce_text(left.text) | ({left.head} if not left.has_pronoun else set()))
    needed = {word for word in needed if not is_event(word) and word not in _PLAIN} - {left.verb}
    context = read_context(other.evidence) | reduce_text(right.text)
    some = {match["some"] for match in _FOR_SOME.finditer(right.text)}  # "open for women"
    if some - set(split_words(f"{question} {left.text}")):
        return False
    if not needed <= context:
        return False
    known = set(split_words(f"{question} {first.evidence.article.title} {first.evidence.article.text}"))
    if find_contrasts(right.modifiers) - known or find_contrasts(left.modifiers) & set(split_words(question)) - set(
        split_words(f"{right.text} {other.evidence.article.title}")
    ):
        return False
    if any(not _is_plain(word) for word in right.modifiers - known - find_names(right.text, from_start=True)):
        return False
    return is_named_alike(question, first.evidence, other.evidence, right.text)


def _is_plain(word: str) -> bool:
    """Whether a word before a noun hardly tells which one it is: "new", "delayed"."""
    return word in _PLAIN or word.endswith(("ed", "ing"))


def _share_subject(asked: set[str], left: Clause, right: Clause) -> bool:
    """Whether two clauses are about the same thing; one that names none is of that of the text before it."""
    open_heads = [each.has_pronoun or is_date_word(each.head) or is_event(each.head) for each in (left, right)]
    if any(open_heads) or left.head == right.head or are_same_work(left.head, right.head):
        return True
    if _names_all(asked, left) and _names_all(asked, right):
        return True
    shared = {left.head, left.object_head} & {right.head, right.object_head} & asked
    return bool(shared)


def _share_deed(left: Clause, right: Clause) -> bool:
    """Whether the same happens in two clauses; one that only has a time for something leaves it open."""
    if left.is_schedule or right.is_schedule:
        return True
    return not list_like_events(left.verb).isdisjoint(list_like_events(right.verb))


def can_follow(earlier: TimeClaim, later: TimeClaim) -> bool:
    """Whether a later article can tell of a change of an earlier plan: the plan was not over by then."""
    if not earlier.clause.is_to_come or earlier.time.last < earlier.day:
        return False
    if (later.day - earlier.time.last).days > GRACE_DAYS:
        return tells_change(later)
    return later.time.last >= earlier.day


def asks_when_planned(question: str) -> bool:
    """Whether a question asks for the time of what may be still to come, not for a time of the past."""
    return _ASKS_PAST.search(question) is None


_ASKS_PAST = re.compile(
    r"\b(?:was|were|did|had|originally|initially|previously|at first|first (?:planned|scheduled|expected))\b",
    re.IGNORECASE,
)
