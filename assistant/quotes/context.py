"""What stands directly before a quotation in its article and turns its meaning: "is not" before "permitted"."""

from __future__ import annotations

import re

from assistant.quotes.alignment import AlignedWord, split_words
from assistant.text.languages import ENGLISH

CONTEXT_LENGTH = 80  # characters before a quotation that are read
MAX_FOLLOWERS = 2  # words between the negation and the quotation
MAX_CLAUSE_FOLLOWERS = 5  # where the quotation is the clause that a verb governs

_GRAMMAR = ENGLISH.grammar
_BREAK = re.compile(r"[.!?:;,\n“”\"«»„()]")


def find_negation_before(text: str, start: int, first_word: str = "") -> str | None:
    """The words directly before `text[start:]` that deny it, such as "is not"; None if there are none.

    `first_word` is the first word of the quotation: "not" before "only" denies nothing.
    """
    before = split_words(text, max(0, start - CONTEXT_LENGTH), start)
    is_clause = bool(before) and before[-1].form in ENGLISH.narration.clause_conjunctions  # "cannot rule out that"
    for followers in range(min((MAX_CLAUSE_FOLLOWERS if is_clause else MAX_FOLLOWERS) + 1, len(before))):
        at = len(before) - 1 - followers
        if _BREAK.search(text, before[at].end, start):
            return None
        if is_negation(before[at].form):
            next_word = before[at + 1].form if followers else first_word.casefold()
            return None if next_word in _GRAMMAR.affirming_followers else _quote_from(text, before, at, start)
        if not is_clause and before[at].form not in _GRAMMAR.negation_followers:
            return None
    return None


def is_negation(form: str) -> bool:
    """Whether a word denies what follows."""
    return form in _GRAMMAR.negations or form.endswith(_GRAMMAR.negation_endings)


def _quote_from(text: str, words: list[AlignedWord], at: int, start: int) -> str:
    """The words from the one before the negation up to the quotation; that one only in the same clause."""
    if at and not _BREAK.search(text, words[at - 1].end, words[at].start) and words[at].form in ("not", "never", "no"):
        at -= 1
    return " ".join(text[words[at].start : start].split())
