"""How much of an article is shown with a sentence, so that it can be understood alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.facts.sentences import SentenceInContext
from assistant.records.article import Span

MAX_CHARACTERS = 400  # of a sentence with the one before it

_LACKS_SUBJECT = re.compile(
    r"^[“\"‘']?(?:(?:But |And )?(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey)|This|That|These|Those|His|Her|Its|Their)\b"
)
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def find_shown_span(sentence: SentenceInContext, spans: Sequence[Span]) -> Span:
    """The span of a sentence, with the sentence before it if its subject is a pronoun.

    `spans` are the sentences of the article. The sentence before it is left out if a paragraph ends there or if both
    together are too long.
    """
    own = (sentence.start, sentence.end)
    text = sentence.article.text
    if not sentence.number or not _LACKS_SUBJECT.match(sentence.text):
        return own
    start, end = spans[sentence.number - 1]
    if sentence.end - start > MAX_CHARACTERS or _PARAGRAPH_BREAK.search(text, end, sentence.start):
        return own
    return (start, sentence.end)
