"""Whether a number is of what is asked for, or only of a part of it or of another time of a life."""

from __future__ import annotations

import itertools
import re
from collections.abc import Set

from assistant.evidence.premises.opposites import list_like_verbs, reduce_verb
from assistant.evidence.premises.predicates import read_mentions
from assistant.records.article import Span
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

MAX_CLAUSE = 200  # characters of a question that are read after "how old", and after "when"
MAX_NOUN_WORDS = 3  # from a number to the end of the noun that it counts

_ASKS_AGE = re.compile(r"\b(?:how (?:old|young)|(?:what|which) age)\b", re.IGNORECASE)
_WHEN = re.compile(rf"\b(?:when|as)\s(?P<clause>[^?,;]{{1,{MAX_CLAUSE}}})", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those|its|their|all)\s$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LIMIT = re.compile(r"\s(?:on|in|at|near|from|along|around|of)\s(?:the )?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)")


def read_event_of_age(question: str) -> frozenset[str]:
    """What happened at the age that is asked for, as stems of verbs of like meaning; empty if that is not asked."""
    asked = _ASKS_AGE.search(question)
    match = _WHEN.search(question, asked.end(), asked.end() + MAX_CLAUSE) if asked else None
    if match is None:
        return frozenset()
    words = [each.word for each in read_mentions(match["clause"]) if each.word.lower() not in STOP_WORDS]
    if not words:
        return frozenset()
    return list_like_verbs(words[-1]) | {reduce_verb(words[-1])}


def has_event(event: Set[str], text: str) -> bool:
    """Whether a text has a word for an event, given as stems of first forms."""
    return not event.isdisjoint(reduce_verb(word) for word in split_words(text))


def counts_part(question: str, text: str, mark: Span, end: int, nouns: Set[str]) -> bool:
    """Whether the number at `mark` counts only those of one place: "the 45 homes on Lantern Row".

    The question names another place or none; `nouns` are the stems of what it counts, `end` is that of the sentence.
    """
    if not _DEFINITE.search(text[max(0, mark[0] - 8) : mark[0]]):
        return False
    at = mark[1]
    for word in itertools.islice(_WORD.finditer(text, mark[1], end), MAX_NOUN_WORDS):
        at = word.end()
        if stem(word[0]) in nouns:
            break
    limit = _LIMIT.match(text, at, end)
    return limit is not None and not set(split_words(limit["name"])) & set(split_words(question))
