"""Warnings about a quotation that was found: words before it deny it, or what was left out or changed matters."""

from __future__ import annotations

import re

from assistant.quotes.alignment import split_words
from assistant.quotes.context import find_negation_before, is_negation
from assistant.quotes.matching import QuoteMatch
from assistant.quotes.transit import describe_lookalikes, is_lookalike

LONG_OMISSION = 40  # words; a longer omission is reported


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
