"""How much of an article is shown with a sentence, so that it can be understood alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from assistant.evidence.facts.sentences import SentenceInContext
from assistant.records.article import Span

MAX_CHARACTERS = 400  # of a sentence with the one before it

_LACKS_SUBJECT = re.compile(
    r"^[“\"‘']?(?:(?:But |And )?(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey)|This|That|These|Those|His|Her|Its|Their)\b"
)
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def lacks_subject(text: str) -> bool:
    """Whether the subject of a sentence is a pronoun."""
    return _LACKS_SUBJECT.match(text) is not None


def find_shown_span(sentence: SentenceInContext, spans: Sequence[Span]) -> Span:
    """The span of a sentence, with the sentence before it if its subject is a pronoun.

    `spans` are the sentences of the article. The sentence before it is left out if a paragraph ends there or if both
    together are too long.
    """
    return widen_span(sentence.article.text, (sentence.start, sentence.end), spans)


def widen_span(text: str, own: Span, spans: Sequence[Span]) -> Span:
    """The same for the span of a sentence of a text, one of `spans`."""
    number = bisect_left(spans, own)
    if not number or not lacks_subject(text[slice(*own)]):
        return own
    start, end = spans[number - 1]
    if own[1] - start > MAX_CHARACTERS or PARAGRAPH_BREAK.search(text, end, own[0]):
        return own
    return (start, own[1])
