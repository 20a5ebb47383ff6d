"""Where the clause that somebody says begins and ends: subordinate openings, interrupted clauses, quotations of others.

Offsets are into the sentence. Patterns come from the language profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.speech.content_spans import ContentSpan
from assistant.speech.status.narration import has_finite_verb
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_SUBORDINATE_OPENING = re.compile(ENGLISH.narration.subordinate_opening)
_OPENING_CLAUSE = re.compile(ENGLISH.narration.opening_clause)
_OPENING = re.compile(r"^\W*(?:(?:And|But|Yet|So),?\s)?(?:While|Although|Though|Whereas)\s")
_CLAUSE_BEFORE = re.compile(r"^.*,\sand\s(?=(?:while|although|though|whereas)\s)")
_NAMED_SO = re.compile(rf"(?<=so-called\s){QUOTE_MASK}+")
_INFINITIVE = re.compile(r"to\s[a-z]")
_SETTING_START = re.compile(ENGLISH.narration.setting_start)
_NEW_SUBJECT = re.compile(ENGLISH.narration.new_subject)
_MAIN_CLAUSE = re.compile(ENGLISH.narration.main_clause)


def find_main_clause(outside: str, start: int, words: str) -> int | None:
    """Where the main clause begins in words of a subordinate one: "After Ada said it leaks, the lock was shut".

    `start` is where the mention of the speaker begins. None if the report is in the main clause.
    """
    shares_opening = (
        _OPENING.match(outside) is not None and "," not in outside[:start]
    )  # "While Ada fell and said it …"
    if not (_SUBORDINATE_OPENING.match(_CLAUSE_BEFORE.sub("", outside[:start])) or shares_opening):
        return None
    for comma in _MAIN_CLAUSE.finditer(words):
        rest = words[comma.end() :]
        said = words[: comma.start()]
        if (has_finite_verb(said) or QUOTE_MASK in said) and (has_finite_verb(rest) or QUOTE_MASK in rest):
            return comma.start()
    commas = list(_MAIN_CLAUSE.finditer(words))
    return commas[-1].start() if commas else None


def join_interrupted(parts: Sequence[ContentSpan], outside: str) -> list[ContentSpan]:
    """The parts of words, those of a clause that its attribution divides as one: "The groups, she said, could close".

    The attribution is inside the one span, so that it is a whole clause. Quotations are left as they are.
    """
    before, after = parts[0], parts[-1]
    if len(parts) < 2 or QUOTE_MASK in outside[before.start : before.end]:
        return list(parts)
    quoted = [part for part in parts[1:-1] if after.start <= part.start and part.end <= after.end]
    if len(quoted) < len(parts) - 2 or QUOTE_MASK in outside[before.end : after.start]:
        return list(parts)
    own = before.attribution
    is_around = before.end <= own.start and own.end <= after.start
    words = outside[before.start : before.end]
    is_opening = _OPENING_CLAUSE.match(words) is not None  # "If it rains, she said, they will leave"
    is_whole = has_finite_verb(words) and not (is_opening or _INFINITIVE.match(outside, after.start))
    if not is_around or is_whole:
        return list(parts)
    if is_opening:
        is_quotation = outside[after.start] == QUOTE_MASK
        return [replace(before, end=after.end), *parts[1 : None if is_quotation else -1]]
    if _NEW_SUBJECT.match(outside, after.start):
        is_setting = _SETTING_START.match(outside, before.start) is not None
        return [
            replace(before, end=after.end) if is_setting else before,
            *quoted,
        ]  # "A third, according to Ada, it is said"
    return [replace(before, end=after.end), *quoted]


def hide_quotations_of_others(parts: Sequence[ContentSpan], contents: Sequence[ContentSpan], outside: str) -> str:
    """The sentence in which quotations inside the words that belong to an attribution there are no longer masked.

    "Ada criticised those who passed what Ivo called “the lock law”": the quotation does not make the words Ada's.
    """
    own = parts[0].attribution
    hidden = _NAMED_SO.sub(lambda match: "x" * len(match[0]), outside)
    for other in contents:
        inner = other.attribution
        is_inside = any(part.start <= inner.start and other.end <= part.end for part in parts)
        if is_inside and inner.start != own.start and own.end <= inner.start:
            words = hidden[other.start : other.end].replace(QUOTE_MASK, "x")
            hidden = hidden[: other.start] + words + hidden[other.end :]
    return hidden


def drop_retold(pieces: Sequence[ContentSpan]) -> list[ContentSpan]:
    """The pieces without those of a source for words that somebody else says: "Ivo says it leaks, according to Ada".

    Where it is not clear that the source tells all of it, the words are those of whoever says them.
    """
    sources = ENGLISH.reporting.second_hand_phrases
    return [
        piece
        for piece in pieces
        if piece.attribution.cue.lower() not in sources
        or not any(
            other.attribution.end <= other.start
            and piece.start <= other.start
            and other.start < piece.end
            and other.end <= piece.end
            and other.attribution.cue.lower() in ENGLISH.reporting.plain_cues
            for other in pieces
        )
    ]
