"""Yes or No: whether an article says what a question asks about, or the opposite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evidence.facts.sentences import SentenceInContext
from assistant.evidence.premises.contradiction import Contradiction, find_opposite
from assistant.evidence.premises.opposites import reduce_verb
from assistant.evidence.premises.predicates import read_mentions, reduce_content
from assistant.records.article import Span
from assistant.text.words import split_words

MIN_SAME = 0.75  # share of the words of the question, from which a sentence that denies none of them affirms it

_ALTERNATIVES = re.compile(r"\b(?:or|either|whether)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or No; of No, the sentence that says the opposite."""

    words: Literal["Yes", "No"]
    contradiction: Contradiction | None = None


def judge(question: str, best: SentenceInContext, spans: Sequence[Span]) -> Verdict | None:
    """Whether the best sentence, or another one of its article, answers a question with Yes or No; None if unclear.

    No needs the opposite of a word of the question on the same subject and object; Yes nearly all of its words, none
    of them denied. `spans` are the sentences of the article.
    """
    if _ALTERNATIVES.search(question):
        return None
    if contradiction := find_opposite(question, best.article, spans):
        return Verdict("No", contradiction)
    asked = reduce_content(split_words(question))
    if not asked or len(asked & set(map(reduce_verb, split_words(best.text)))) < MIN_SAME * len(asked):
        return None
    denied = {reduce_verb(each.word) for each in read_mentions(best.text) if each.is_denied}
    denied_in_question = {reduce_verb(each.word) for each in read_mentions(question) if each.is_denied}
    return None if asked & (denied ^ denied_in_question) else Verdict("Yes")
