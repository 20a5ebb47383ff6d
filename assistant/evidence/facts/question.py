"""What a question of fact requires of the sentence that answers it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.evidence.facts.answer_spans import find_counted_deeds, find_counted_nouns
from assistant.evidence.facts.occasions import asks_age, find_months
from assistant.evidence.facts.relations import Relation, parse_relation
from assistant.evidence.selection import EvidenceRequest
from assistant.evidence.term_weights import TermWeights
from assistant.records.query import Query
from assistant.text.stemming import stem, stem_words

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ACCORDING_TO = re.compile(r"\b[Aa]ccording to (?:the )?([A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4})")
_ASKS_HOW = re.compile(r"\bhow (?:did|do|does|is|are|was|were|can|could|will|would|has|have|had)\b", re.IGNORECASE)
_ASKS_WHAT_CALLED = re.compile(r"\bwhat\b.*\b(?:called|named|titled|dubbed|nicknamed|renamed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A question of fact, read for comparing sentences with it."""

    query: Query
    weights: TermWeights
    stems: Set[str]  # of its terms
    own_stems: Set[str]  # of all of its words
    term_pairs: Sequence[tuple[str, str]]  # stems of content words that follow each other
    counted_nouns: Set[str]
    counted_deeds: Set[str]  # stems of the verbs of those who are counted: "killed" in "How many were killed?"
    years: Sequence[str]
    source: str | None  # in "according to …"
    relation: Relation | None
    asks_how: bool
    asks_age: bool
    asks_what_called: bool
    months: Sequence[int]  # that it names, from 1 to 12
    asked_at: date | None


def read_question(request: EvidenceRequest) -> FactQuestion:
    """What the question of a request requires."""
    query = request.query
    according_to = _ACCORDING_TO.search(query.text)
    stems = [stem(term) for term in query.terms]
    return FactQuestion(
        query=query,
        weights=TermWeights(query.terms, request.snapshot),
        stems=frozenset(stems),
        own_stems=stem_words(query.text),
        term_pairs=tuple(pairwise(stems)),
        counted_nouns=find_counted_nouns(query.text),
        counted_deeds=find_counted_deeds(query.text),
        years=_YEAR.findall(query.text),
        source=according_to[1] if according_to and not query.outlets else None,
        relation=parse_relation(query.text),
        asks_how=_ASKS_HOW.search(query.text) is not None,
        asks_age=asks_age(query.text),
        asks_what_called=_ASKS_WHAT_CALLED.search(query.text) is not None,
        months=find_months(query.text, query.period),
        asked_at=request.asked_at,
    )
