"""Whether articles say that something is so which may change: "is closed", "will not close"."""

from __future__ import annotations

import re

from assistant.answers.updates.claims import ValueClaim, is_named_alike, read_context, read_day, reduce_text
from assistant.answers.updates.clauses import list_clauses
from assistant.evidence.premises.opposites import list_related_verbs, reduce_verb
from assistant.evidence.premises.predicates import (
    Mention,
    find_contrary,
    find_predicates,
    read_mentions,
    says_the_same,
)
from assistant.records.answer import Evidence

_ASKS_STATE = re.compile(r"^\W*(?:and |so |but )?(?:is|are|will|has|have|does|do|can)(?:n['’]t)?\b", re.IGNORECASE)
_ASKS_PAST = re.compile(r"\b(?:did|was|were|had|ever|originally|or)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:had|was to|were to|would have|could|may|might|if|whether|unless|until)\b")
_AUXILIARIES_BEFORE = re.compile(r"(?:\b(?:will|is|are|was|were|has|have|been|be|being|not|no longer|now|again)\s)+$")
_COPULAS = frozenset(map(reduce_verb, "remain stay keep become get".split()))
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def asks_state(question: str) -> bool:
    """Whether a question asks if something is, has become or will be so."""
    return _ASKS_STATE.match(question) is not None and _ASKS_PAST.search(question) is None


def read_states(question: str, evidence: Evidence) -> list[ValueClaim]:
    """Whether a sentence says that it is so or that it is not so, with the words that say it; the last one only."""
    day = read_day(evidence.article)
    asked = _find_state(question)
    if day is None or asked is None:
        return []
    text = evidence.article.text[evidence.start : evidence.end]
    words = frozenset(word.lower() for word in _WORD.findall(question))
    claims: list[ValueClaim] = []
    for clause in list_clauses(text):
        if clause.is_superseded or _OVER.search(clause.text):
            continue
        start, end = clause.span
        mentions = read_mentions(text[start:end])
        contrary = find_contrary(asked, mentions, words)
        found = contrary or next((each for each in mentions if says_the_same(asked, [each])), None)
        if found is None or (reduce_verb(found.word) != clause.verb and clause.verb not in _COPULAS):
            continue  # "the strike" does not say that anybody strikes
        place = evidence.start + start
        auxiliaries = _AUXILIARIES_BEFORE.search(text[start : start + found.span[0]])
        first = auxiliaries.start() if auxiliaries else found.span[0]
        span = (place + first, place + found.span[1])
        claims.append(ValueClaim(evidence, day, span, clause=clause, state=contrary is None))
    return claims[-1:]


def _find_state(question: str) -> Mention | None:
    """The word of a question that says what is asked to be so; None if it has no known opposite."""
    states = [each for each in find_predicates(question) if list_related_verbs(each.word)]
    return states[-1] if states else None


def are_of_same_thing(question: str, first: ValueClaim, other: ValueClaim) -> bool:
    """Whether two sentences speak of the same thing: all that the question names stands in or around both."""
    asked = reduce_text(question)
    state = _find_state(question)
    if first.clause is None or other.clause is None or state is None:
        return False
    asked -= list_related_verbs(state.word)
    contexts = [read_context(each.evidence) for each in (first, other)]
    if not asked & contexts[0] <= contexts[1]:
        return False
    head = other.clause.head
    if not (other.clause.has_pronoun or not head or head in asked):
        return False
    return is_named_alike(question, first.evidence, other.evidence, other.clause.text)
