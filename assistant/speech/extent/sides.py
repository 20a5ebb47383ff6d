"""Whether the words that an attribution reports stand before it or after it. Offsets are into the sentence."""

from __future__ import annotations

import re

from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_REPORTING, _CLAUSES = ENGLISH.reporting, ENGLISH.clauses

MIN_SETTING_WORDS = 3  # before a quotation that belongs to an occasion
FINITE = re.compile(rf"{ENGLISH.narration.finite}|{ENGLISH.narration.likely_finite}")
_SENTENCE_TAIL = re.compile(_CLAUSES.sentence_tail)
_LISTENER = re.compile(_CLAUSES.listener)
ROLE_BEFORE = re.compile(_CLAUSES.role_before)
_NOUN_QUOTE = re.compile(_CLAUSES.noun_quote)
_SOURCE_OCCASION = re.compile(_CLAUSES.source_occasion)
ARTICLE_END = re.compile(_CLAUSES.article_end)
_ASIDE_BEFORE = re.compile(_CLAUSES.aside_before)
_SETTING_OPENING = re.compile(_CLAUSES.setting_opening)
_FINITE_WORD = re.compile(_CLAUSES.finite_word)
_PARTICIPLE_AFTER_DAY = re.compile(_CLAUSES.participle_after_day)
_AND_BEFORE = re.compile(_CLAUSES.and_before)
_OPENING_PARTICIPLE = re.compile(r"^\W*(?P<word>[A-Z]\w+ing)\s")
_SAYING = _REPORTING.speech_participles - {"speaking", "talking", "writing"}
_ASKED = re.compile(_CLAUSES.asked)
COMMA_AS = re.compile(_CLAUSES.comma_as)
_FINITE_VERB = re.compile(_CLAUSES.finite_verb)
_RELATIVE_END = re.compile(_CLAUSES.relative_end)
_INFINITIVE = re.compile(_CLAUSES.infinitive)
_QUOTE_OR_COLON_AFTER = re.compile(r",?\s*\x01|\s*:")
# "It leaks, Ada said in a letter, and it is old"
SETTING_BEFORE_CLAUSE = re.compile(r"\s(?:in|on|at|during|via)\s[^,\x01]{1,80},\s(?:and|but)\s")
_QUOTED_THING = re.compile(r"\W*(?:The|An?|His|Her|Their|This|That)\s\x01+")
_WHERE = re.compile(r",\s(?:where|which|who|when)\s[^,]*")
SOURCE_OPENINGS = tuple(
    " ".join(phrase.split()[:2]) for phrase in _REPORTING.source_phrases
)  # "according to", "in the"
_OPENING_CLAUSE = re.compile(ENGLISH.narration.opening_clause)


def is_content_before(attribution: ResolvedAttribution, before: str, after: str) -> bool:
    """Whether an attribution reports the words before it rather than those after it."""
    if attribution.side != "around":
        return attribution.side == "before"
    cue = attribution.cue.lower()
    left = ROLE_BEFORE.sub("", ARTICLE_END.sub("", before)).rstrip(" —–-")
    is_inserted = after.startswith(",") and not _QUOTE_OR_COLON_AFTER.match(after)
    if COMMA_AS.search(left) and (is_inserted or find_verb_behind(after) is not None):
        return True  # "The gate, as Ada put it in May, is old"
    if not before.rstrip().endswith((",", QUOTE_MASK)) and _QUOTED_THING.fullmatch(left):
        return False  # "The “lock” phrase Ada cited"
    left = COMMA_AS.sub(",", left)
    if _ASIDE_BEFORE.search(before) or _NOUN_QUOTE.search(left) or _is_quoting_setting(left, after):
        return False
    if left.endswith(QUOTE_MASK) or (left.endswith(",") and left[:-1].rstrip().endswith(QUOTE_MASK)):
        return not (left.strip(f" ,{QUOTE_MASK}") and cue.startswith((*ENGLISH.narration.talking_cues, "call")))
    if cue.startswith(SOURCE_OPENINGS):
        return _has_begun(left, after) and not _AND_BEFORE.search(left)
    if _QUOTE_OR_COLON_AFTER.match(after) or not left.endswith(",") or cue not in _REPORTING.speech_forms:
        return False
    if _INFINITIVE.match(after) and cue not in _REPORTING.inverted_statement_cues:
        return False  # "promised to help"
    if _is_setting(left, after):
        return False
    words = len(left.split())
    if SETTING_BEFORE_CLAUSE.match(after) and FINITE.search(left):
        return True
    if words > 2 and _PARTICIPLE_AFTER_DAY.match(after):
        return True  # "The lock leaks, Ada said Tuesday, making it late"
    tail = _LISTENER if cue in _REPORTING.addressee_forms else _SENTENCE_TAIL
    after = _RELATIVE_END.sub("", after)  # "…, Ada told the Post, which first reported it"
    return (words > 2 and tail.match(after) is not None) or (words > 1 and after.startswith(","))


def _is_setting(left: str, after: str) -> bool:
    """Whether words before a speaker are only when or where they speak.

    "Asked if she would go, Ada said, …", "In an interview on Monday, Ada said …", "When Ivo called, Ada answered".
    """
    is_clause = QUOTE_MASK not in left and _OPENING_CLAUSE.match(left.rstrip(",")) is not None
    if _ASKED.match(left) or (is_clause and not after.startswith(",")):
        return True
    return _SETTING_OPENING.match(left) is not None and not _FINITE_WORD.search(_WHERE.sub("", left))


def _is_quoting_setting(left: str, after: str) -> bool:
    """Whether words before a speaker are an occasion with a quotation: "After the talk on “old” locks, Ada said …"."""
    if _ASKED.match(left) and _QUOTE_OR_COLON_AFTER.match(after):
        return True  # Asked what “that” means, Ada said: “…”
    opening = _OPENING_PARTICIPLE.match(left)
    if opening and opening["word"].lower() in _SAYING:
        return True  # "Saying “it leaks,” the keeper Ada announced …"
    words = left.rstrip(f" ,{QUOTE_MASK}")
    is_setting = _SETTING_OPENING.match(words) is not None and len(words.split()) >= MIN_SETTING_WORDS
    goes_on = after.startswith(f", {QUOTE_MASK}") or FINITE.search(after) is not None
    is_quoting = left.rstrip(" ,").endswith(QUOTE_MASK)
    return is_setting and is_quoting and QUOTE_MASK not in words and goes_on and not FINITE.search(words)


def _has_begun(left: str, after: str) -> bool:
    """Whether words before a source are the beginning of a clause: "A third according to Ada", not "In May, "."""
    words = len(left.split())
    if words > 2 or (words == 2 and not left.endswith(",")):
        return True
    return words > 0 and find_verb_behind(after) is not None


def find_verb_behind(after: str) -> int | None:
    """Where a clause goes on with its verb after a source, with or without an occasion: " in May, is too old"."""
    occasion = _SOURCE_OCCASION.match(after)
    start = occasion.end() if occasion else 0
    return start if _FINITE_VERB.match(after[start:]) else None
