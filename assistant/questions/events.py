"""Finds the event that a question names as its period: "since the summit", "before he resigned", "at the hearing"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.questions.dates import remove_match, search_ignoring_case
from assistant.records.query import Period

SPEECH_NOUNS = frozenset(
    """
    address briefing email interview keynote letter memo memoir op-ed podcast post speech statement testimony tweet
    """.split()
)
"""Occasions of speech. An article about the statement need not contain these words."""

_OCCASION = (
    r"(?:summit|conference|debate|rally|hearing|meeting|convention|trial|briefing|forum|ceremony|inauguration|funeral|"
    r"talks|event)s?"
)
_SPEECH = f"(?:{'|'.join(sorted(SPEECH_NOUNS))}|debate|press conference)"
_Relation = Literal["since", "before", "during"]
_RELATION_PATTERNS: dict[_Relation, str] = {
    "since": r"(?:ever )?since|after|following|in the wake of|in the aftermath of|once",
    "before": r"before|prior to|ahead of|in the run-up to|until|till",
    "during": r"during|while|amid|as(?= (?:he|she|they|it|the)\b)|"
    rf"at(?= (?:the|an?|his|her|their|last)\b(?: \S+){{0,3}} {_OCCASION}\b)|"
    rf"in(?= (?:an?|his|her|their|the) (?:\S+ ){{0,3}}?{_SPEECH}\b)",
}
_EVENT_START = (
    r"(?:the|his|her|their|its|that|this|those|an?|he|she|they|it|we|last|[\w.-]+['’]s|\w+ing|(?-i:[A-Z])[\w.-]*)\b"
)
_EVENT_EXPRESSION = (
    r"(?:\b(?:right|just|shortly|soon|immediately|long|even|only|(?:the )?(?:day|week|month|year)s?) )?\b(?:"
    + "|".join(f"(?P<{relation}>{pattern})" for relation, pattern in _RELATION_PATTERNS.items())
    + rf") (?P<event>(?={_EVENT_START})(?:(?!\b(?:who|what|which|where)\b)[^,?])*?)"
    r"(?=,|\?|$| (?:about|regarding|concerning)\b| (?:what|who|how|why|when|where) (?:did|does|do|has|have|is|was)\b)"
)
_NOT_BEFORE_EVENT = re.compile(r"\b(?:life|the|time|ever)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ExtractedEvent:
    """A question without the words that name an event, and the period that the event stands for, still undated."""

    remaining_text: str
    period: Period


def extract_event(text: str) -> ExtractedEvent | None:
    """Find the event that a question names as its period ("since the summit"), and remove its words.

    The words must begin like a noun phrase or a clause: "life after prison" is a subject and not an event.
    """
    match = search_ignoring_case(_EVENT_EXPRESSION, text)
    if match is None or _NOT_BEFORE_EVENT.search(text[: match.start()].rstrip()):
        return None
    event = match["event"].strip()
    if not event:
        return None
    relation = next(relation for relation in _RELATION_PATTERNS if match[relation])
    period = Period(match[0].strip(), anchor=event, relation=relation)
    return ExtractedEvent(remove_match(text, match), period)
