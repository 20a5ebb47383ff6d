"""Attributions that report all of what is before them, and those with nothing of the speaker behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_REPORTING, _GRAMMAR = ENGLISH.reporting, ENGLISH.grammar
_SECOND_CLAUSE = re.compile(ENGLISH.clauses.second_clause)
SUBORDINATE_LEAD = re.compile(
    rf"(?:^|,)\W*(?:{'|'.join(sorted(_GRAMMAR.clause_openers))})\s(?:[\w’'.-]+\s){{0,3}}$", re.IGNORECASE
)
_BEHIND_COMMA = re.compile(r",\s(?:[a-z]+\s)?$")  # before "Ada said": ", ", ", the "
_NAMED_BY = re.compile(r"\bwhat\s(?:the\s)?$")
_SHORT_LISTENER = re.compile(r"\s(?:[\w’'.\-]+\s){1,4}(?=\x01)")
_MEANWHILE = re.compile(
    r"(?:\sto\s(?:[A-Z]|(?:the|an?|his|her|their)\s)[^,\x01]{1,60})?,\s(?:without\s)?(?:\w+ly\s)?"
    r"(?P<participle>\w+ing)\s[^,:;]*"
)


def closes_sentence(outside: str, told: ResolvedAttribution, attribution: ResolvedAttribution) -> bool:
    """Whether an attribution only ends a sentence in which another one is: "Ivo conceded it, Ada said"."""
    if told.side != "around" or attribution.side == "after" or outside[attribution.end :].strip(" ."):
        return False
    if _BEHIND_COMMA.search(outside, told.end, attribution.start) is None:
        return False
    if names_thing(outside, told):
        return True  # "It is what Ivo calls “old,” and it leaks, according to Ada"
    between = outside[told.end : attribution.start].rstrip(" ,")
    return between != "" and QUOTE_MASK not in between and _SECOND_CLAUSE.search(between) is None


def names_thing(outside: str, attribution: ResolvedAttribution) -> bool:
    """Whether an attribution only names a thing in a clause: "Ada wants to end what she calls “old” and to pay"."""
    return attribution.side == "around" and _NAMED_BY.search(outside, 0, attribution.start) is not None


def retells(outside: str, told: ResolvedAttribution, attribution: ResolvedAttribution) -> bool:
    """Whether an attribution that closes a sentence reports what somebody else says in it."""
    is_other = (told.speaker or told.role) != (attribution.speaker or attribution.role)
    return is_other and closes_sentence(outside, told, attribution)


def find_main_report(
    outside: str, attribution: ResolvedAttribution, following: Sequence[ResolvedAttribution]
) -> int | None:
    """Where a report in a subordinate or relative clause ends; None elsewhere.

    "As Ada asked whether he regrets it, Ivo said …"; "Ada, who says it leaks, told …".
    """
    for later in following[:1]:
        verb = later.end - len(later.cue)
        if attribution.end < verb and " who " in outside[later.start : attribution.start]:
            return len(outside[:verb].rstrip(" ,"))
    if SUBORDINATE_LEAD.search(outside, 0, attribution.start):
        for later in following:
            if outside.endswith(", ", 0, later.start) and QUOTE_MASK not in outside[attribution.end : later.start]:
                return later.start - len(", ")
    return None


def tells_meanwhile(after: str) -> bool:
    """Whether all that follows a speaker is what they do: "Ada asked, standing up", "said, without naming a day"."""
    found = _MEANWHILE.fullmatch(after.rstrip(" ,."))
    return found is not None and found["participle"] not in _REPORTING.present_participles


def goes_on_behind_source(outside: str, attribution: ResolvedAttribution, source_end: int) -> bool:
    """Whether a quotation goes on behind the source: “It leaks,” Ada said, according to the Post, “and it is old.”"""
    return QUOTE_MASK in outside[source_end:] and outside[: attribution.start].rstrip(" ,").endswith(QUOTE_MASK)


def find_quoted_object(
    outside: str, attribution: ResolvedAttribution, following: Sequence[ResolvedAttribution]
) -> int | None:
    """The end of a quotation that is all there is between two attributions: “Ada said “no,” Ivo recalled”.

    It is what the first of them said.
    """
    if attribution.side != "around" or attribution.cue.lower() not in ENGLISH.status.plain_speech_verbs:
        return None
    for later in following:
        if later.speaker == attribution.speaker or later.side != "around":
            return None
        if is_quoted_object(attribution, outside[attribution.end : later.start]):
            return later.start
    return None


def is_quoted_object(attribution: ResolvedAttribution, between: str) -> bool:
    """Whether the words after an attribution are one quotation, or a listener and a quotation."""
    words = between.strip(" ,:")
    if attribution.cue.lower() in _REPORTING.addressee_forms and (match := _SHORT_LISTENER.match(between)):
        words = between[match.end() :].strip(" ,:")
    return words != "" and not words.strip(QUOTE_MASK)
