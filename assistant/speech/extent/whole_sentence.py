"""Attributions that report all of what is before them, and those with nothing of the speaker behind them."""

from __future__ import annotations

import re

from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_REPORTING = ENGLISH.reporting
_SECOND_CLAUSE = re.compile(ENGLISH.clauses.second_clause)
_BEHIND_COMMA = re.compile(r",\s(?:[a-z]+\s)?$")  # before "Ada said": ", ", ", the "
_NAMED_BY = re.compile(r"\bwhat\s(?:the\s)?$")
_MEANWHILE = re.compile(
    r"(?:\sto\s(?:[A-Z]|(?:the|an?|his|her|their)\s)[^,\x01]{1,60})?,\s(?:without\s)?(?:\w+ly\s)?"
    r"(?P<participle>\w+ing)\s[^,:;]*"
)


def retells(outside: str, told: ResolvedAttribution, attribution: ResolvedAttribution) -> bool:
    """Whether an attribution at the end of a sentence reports what somebody else says: "Ivo conceded it, Ada said"."""
    if told.side != "around" or attribution.side == "after" or outside[attribution.end :].strip(" ."):
        return False
    if _BEHIND_COMMA.search(outside, told.end, attribution.start) is None:
        return False
    between = outside[told.end : attribution.start].rstrip(" ,")
    is_other = (told.speaker or told.role) != (attribution.speaker or attribution.role)
    if _NAMED_BY.search(outside, 0, told.start):
        return is_other  # "It is what Ivo calls “old,” and it leaks, according to Ada"
    return is_other and between != "" and QUOTE_MASK not in between and _SECOND_CLAUSE.search(between) is None


def tells_meanwhile(after: str) -> bool:
    """Whether all that follows a speaker is what they do: "Ada asked, standing up", "said, without naming a day"."""
    found = _MEANWHILE.fullmatch(after.rstrip(" ,."))
    return found is not None and found["participle"] not in _REPORTING.present_participles
