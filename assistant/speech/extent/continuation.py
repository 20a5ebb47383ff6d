"""Where words that an attribution interrupts go on behind it: "The gate, Ada said, is shut". Offsets are into the text
behind the attribution."""

from __future__ import annotations

import re

from assistant.speech.extent.sides import (
    COMMA_AS,
    FINITE,
    OPENING_CLAUSE,
    SETTING_BEFORE_CLAUSE,
    SOURCE_OPENINGS,
    find_verb_behind,
)
from assistant.speech.extent.whole_sentence import tells_meanwhile
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_CLAUSES = ENGLISH.clauses
_SPEAKER_DESCRIPTION = re.compile(_CLAUSES.speaker_description)
_INCOMPLETE_OPENING = re.compile(_CLAUSES.incomplete_opening)
_APPOSITION = re.compile(_CLAUSES.apposition)
_TOLD_PARTICIPLE = re.compile(_CLAUSES.told_participle)
_FINITE_VERB = re.compile(_CLAUSES.finite_verb)
_SETTING_OPENING = re.compile(_CLAUSES.setting_opening)
_THING_BEHIND = re.compile(r",\s(?:the|an?)\s[^,]*$")


def find_continuation(
    attribution: ResolvedAttribution, before: str, after: str, is_pronoun: bool = False
) -> int | None:
    """Where reported words before an attribution continue after it, as an offset into `after`."""
    if QUOTE_MASK not in before and _FINITE_VERB.match(after):
        return 0  # "The trouble, she said, is that it is “old”"
    if QUOTE_MASK not in before and SETTING_BEFORE_CLAUSE.match(after):
        return after.index(",")
    is_gerund = OPENING_CLAUSE.match(before.rstrip(" ,")) is not None and FINITE.search(after) is not None
    if QUOTE_MASK in after or (not is_gerund and (_TOLD_PARTICIPLE.match(after) or tells_meanwhile(after))):
        return None  # but "Though it is old, she said, mending it is …"
    if attribution.side == "around":
        is_inserted = COMMA_AS.search(before.rstrip()) is not None
        if is_inserted and after.startswith(",") and QUOTE_MASK not in before:
            return 0
        is_source = attribution.cue.lower().startswith(SOURCE_OPENINGS) or is_inserted
        if is_source and QUOTE_MASK not in before and (verb := find_verb_behind(after)) is not None:
            return verb
        is_described = _SPEAKER_DESCRIPTION.match(after) is not None
        if is_described and _THING_BEHIND.match(after) and (is_pronoun or not FINITE.search(before)):
            is_setting = is_pronoun and _SETTING_OPENING.match(before) is not None
            is_described = not (is_setting or FINITE.search(after))  # "In May, she said, the gate was shut"
        continues = after.startswith(",") and not is_described
        return 0 if continues and not before.rstrip(" ,").endswith(QUOTE_MASK) else None
    return None if QUOTE_MASK in before else find_resumption(attribution, before, after)


def find_resumption(attribution: ResolvedAttribution, before: str, after: str) -> int | None:
    """Where the words continue after an inverted cue in the middle of them, as an offset into `after`.

    "Rather than pay, said Ada Brandreth, keeper of the lock, the town waits"; "the gate, said Ada, is shut".
    """
    if attribution.side != "before":
        return None
    if _FINITE_VERB.match(after):
        return len(", ")
    match = _APPOSITION.match(after) if _INCOMPLETE_OPENING.match(before) else None
    return match.end() if match else None
