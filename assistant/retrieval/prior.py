"""The articles of the conversation so far, in which the answer to a follow-up question usually stands.

They are ranked by themselves, by words and by meaning, and this ranking is added to those of all passages. It weighs
much for a question that refers to the conversation, and little for one that names its own subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.questions.names.finding import find_names
from assistant.records.answer import Turn
from assistant.records.query import Query
from assistant.retrieval.hybrid import BoostGroup
from assistant.store.protocol import PassageFilter
from assistant.text.words import content_words


@dataclass(frozen=True, slots=True)
class PriorWeights:
    """The weights of the ranking of earlier articles; the two of all passages have 1 each by default."""

    follow_up: float = 4.5
    own_subject: float = 0.6


PRIOR_WEIGHTS = PriorWeights()
MAX_ARTICLES = 5
MAX_UNANSWERED_ARTICLES = 2  # the best retrieved ones, where a question was not answered
MAX_BARE_WORDS = 3  # content words of a question that names nothing and is too short to have its own subject

_REFERENCE = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|there|those|these|that|this|then|such|ones?|others?|"
    r"both|the (?:same|former|latter|two|three|other|others|first|second|last|rest|man|woman|men|women|victims?|"
    r"attackers?|suspects?|company|country|city|town|group|team|president|police|deal|plan|law|case))\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?:and|but|so|also|or|then|what about|how about|why not|since when)\b", re.IGNORECASE)


def find_earlier_articles(history: Sequence[Turn]) -> tuple[str, ...]:
    """The ids of the articles of the last answer: those cited, else near, else best retrieved; the best first."""
    if not history:
        return ()
    answer = history[-1].answer
    cited = [citation.article_id for citation in (*answer.citations, *answer.nearest)]
    retrieved = [hit.passage.article_id for hit in answer.passages]
    best = dict.fromkeys(retrieved)
    return tuple(dict.fromkeys((*cited, *list(best)[: 0 if cited else MAX_UNANSWERED_ARTICLES])))[:MAX_ARTICLES]


def add_earlier_articles(query: Query, history: Sequence[Turn], question: str, *, was_rewritten: bool) -> Query:
    """The query with the articles of the last answer. `question` is as typed."""
    articles = find_earlier_articles(history)
    if not articles:
        return query
    # "What is the latest on the ferry?" asks for what the articles of the last answer do not have yet.
    is_follow_up = was_rewritten or (not query.newest_first and depends_on_conversation(question))
    refers_back = was_rewritten or (is_follow_up and refers_to_conversation(question))
    return replace(query, earlier_articles=articles, is_follow_up=is_follow_up, refers_back=refers_back)


def depends_on_conversation(question: str) -> bool:
    """Whether a question refers to what was said before it, or names too little to be understood alone."""
    if refers_to_conversation(question):
        return True
    return not find_names(question) and len(content_words(question)) <= MAX_BARE_WORDS


def refers_to_conversation(question: str) -> bool:
    """Whether a question has a word for something before it: it goes on with "and", or has "they" and names nobody."""
    if _CONTINUES.match(question):
        return True
    return not find_names(question) and _REFERENCE.search(question) is not None


def boost_earlier_articles(query: Query) -> list[BoostGroup]:
    """The passages of the articles of the last answer; none if the question has no conversation."""
    if not query.earlier_articles:
        return []
    weight = PRIOR_WEIGHTS.follow_up if query.is_follow_up else PRIOR_WEIGHTS.own_subject
    return [BoostGroup(weight, PassageFilter(article_ids=frozenset(query.earlier_articles)), by_meaning=True)]
