"""Events by which a question dates itself: "since the summit", "before he resigned", "at the hearing"."""

from __future__ import annotations

import re
from typing import Literal

from assistant.questions.dates import ExtractedPeriod, remove_match, search_ignoring_case
from assistant.records.query import Period

_EVENT_START = (
    r"(?:the|his|her|their|its|that|this|those|an?|he|she|they|it|we|last|[\w.-]+['’]s|\w+ing|(?-i:[A-Z])[\w.-]*)\b"
)
_OCCASION = (
    r"(?:summit|conference|debate|rally|hearing|meeting|convention|trial|briefing|forum|ceremony|inauguration|funeral|"
    r"talks|event)s?"
)
SPEECH_NOUNS = frozenset(
    """
    address briefing email interview keynote letter memo memoir op-ed podcast post speech statement testimony tweet
    """.split()
)
"""Occasions that say little by themselves: no article has to use the word."""

_SPEECH = f"(?:{'|'.join(sorted(SPEECH_NOUNS))}|debate|press conference)"
_RELATION_PATTERNS = {
    "since": r"(?:ever )?since|after|following|in the wake of|in the aftermath of|once",
    "before": r"before|prior to|ahead of|in the run-up to|until|till",
    "during": r"during|while|amid|as(?= (?:he|she|they|it|the)\b)|"
    rf"at(?= (?:the|an?|his|her|their|last)\b(?: \S+){{0,3}} {_OCCASION}\b)|"
    rf"in(?= (?:an?|his|her|their|the) (?:\S+ ){{0,3}}?{_SPEECH}\b)",
}
_EVENT_EXPRESSION = (
    r"(?:\b(?:right|just|shortly|soon|immediately|long|even|only|(?:the )?(?:day|week|month|year)s?) )?\b(?:"
    + "|".join(f"(?P<{side}>{pattern})" for side, pattern in _RELATION_PATTERNS.items())
    + rf") (?P<event>(?={_EVENT_START})(?:(?!\b(?:who|what|which|where)\b)[^,?])*?)"
    r"(?=,|\?|$| (?:about|regarding|concerning)\b| (?:what|who|how|why|when|where) (?:did|does|do|has|have|is|was)\b)"
)
_NOT_BEFORE_EVENT = re.compile(r"\b(?:life|the|time|ever)$", re.IGNORECASE)


def extract_event(text: str) -> ExtractedPeriod | None:
    """Find the event by which a question dates itself ("since the summit", "before he resigned"), and take it out.

    Its words have to begin like a noun phrase or a clause: "life after prison" names a subject.
    """
    match = search_ignoring_case(_EVENT_EXPRESSION, text)
    if match is None or _NOT_BEFORE_EVENT.search(text[: match.start()].rstrip()):
        return None
    relation: Literal["since", "before", "during"] = (
        "since" if match["since"] else "before" if match["before"] else "during"
    )
    event = match["event"].strip()
    return (
        ExtractedPeriod(remove_match(text, match), Period(match[0].strip(), anchor=event, relation=relation))
        if event
        else None
    )
