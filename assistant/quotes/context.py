"""What to warn of in a quotation that was found: what stands before it and turns its meaning ("is not" before
"permitted"), and what was left out or changed."""

from __future__ import annotations

import re

from assistant.quotes.alignment import AlignedWord, split_words
from assistant.quotes.matching import QuoteMatch
from assistant.quotes.transit import describe_lookalikes, is_lookalike, is_negation
from assistant.text.languages import ENGLISH

CONTEXT_LENGTH = 80  # characters before a quotation that are read
MAX_FOLLOWERS = 2  # words between the negation and the quotation
LONG_OMISSION = 40  # words; a longer omission is reported
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


def _quote_from(text: str, words: list[AlignedWord], at: int, start: int) -> str:
    """The words from the one before the negation up to the quotation; that one only in the same clause."""
    if at and not _BREAK.search(text, words[at - 1].end, words[at].start) and words[at].form in ("not", "never", "no"):
        at -= 1
    return " ".join(text[words[at].start : start].split())


def warn_of_context(match: QuoteMatch) -> list[str]:
    """The warning that words directly before the quotation deny it."""
    text = match.stream.annotated_article.article.text
    first_word = text[match.start : match.start + 20].split(maxsplit=1)[0]
    negation = find_negation_before(text, match.start, first_word)
    return [f"The words directly before the quotation are “{negation}”."] if negation else []


def _has_negation(words: str) -> bool:
    return any(is_negation(word.form) for word in split_words(words))


def warn_of_omissions(match: QuoteMatch) -> list[str]:
    """Warnings of a negation that is left out, and of words that are far apart."""
    warnings = []
    for change in match.changes:
        if change.kind != "omitted":
            continue
        left_out = [word.form for word in split_words(change.real)]
        negations = [form for form in left_out if is_negation(form)]
        if negations:
            warnings.append(f"The omission hides “{negations[0]}”.")
        if len(left_out) > LONG_OMISSION:
            warnings.append(f"The omission joins words that are {len(left_out)} words apart.")
    return warnings


def warn_of_changes(match: QuoteMatch) -> list[str]:
    """Warnings of what differs: negations, numbers, letters of another script; and of what is left out."""
    warnings = warn_of_omissions(match)
    for change in match.changes:
        if change.kind not in ("removed", "inserted", "replaced"):
            continue
        if _has_negation(change.real) != _has_negation(change.given):
            warnings.append("A negation was " + ("removed." if _has_negation(change.real) else "added."))
        if re.findall(r"\d+", change.real) != re.findall(r"\d+", change.given):
            warnings.append("A number was changed.")
        if is_lookalike(change.real, change.given):
            warnings += describe_lookalikes(change.real, change.given)
        else:
            warnings += describe_lookalikes(change.given)
    return warnings


def warn_of_recognition(match: QuoteMatch, *, is_found: bool) -> list[str]:
    """That the words differ, or seem altered, where the text of the article was recognised in a picture."""
    article = match.stream.annotated_article.article
    if not article.is_recognized(match.start, match.end) or (is_found and not match.is_misread):
        return []
    place = article.name_place(match.start, match.end)
    return [f"The text of the article ({place}) may be wrong there: compare the words with the picture."]
