"""What denies a claim that answers a question of yes or no: "The company rejects the claim", "I have met nobody"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.evidence.premises.opposites import reduce_verb
from assistant.evidence.premises.predicates import Mention, find_predicates, read_mentions, reduce_content
from assistant.questions.names.finding import find_names
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.text.names import name_words
from assistant.text.words import split_words

MIN_SHARED = 0.3  # share of the question's other words that a denial of the deed has, with the name of its subject

_DENIALS = frozenset(map(reduce_verb, "deny denial reject dismiss dispute refute contradict".split()))
_FALSE = re.compile(
    r"\b(?:untrue|false|unfounded|baseless|groundless|wrong|not true|nonsense|a lie|lies)\b", re.IGNORECASE
)
_ANY = re.compile(r"\b(?:any(?:body|one|thing)?|nobody|no one|nothing|none)\b", re.IGNORECASE)  # "never met anybody"
_CLAIM = re.compile(
    r"\b(?:claims?|allegations?|accusations?|charges?|reports?|suggestions?|assertions?|rumou?rs?|criticism|"
    r"(?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?) (?:it|this|that|them)|wrongdoing)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence of an article that denies a claim."""

    article: Article
    span: Span


def find_denials(
    query: Query, claim: tuple[Article, Span], articles: Sequence[tuple[Article, Sequence[Span]]]
) -> Iterator[Denial]:
    """The sentences that deny what a question of yes or no asks: first the one after the claim, then the others.

    `claim` is the sentence that affirms it; `articles` are the best ones with their sentences. A sentence denies it
    if it denies the asked verb of its subject, or says after the claim that the claim is rejected or false.
    """
    article, span = claim
    asked = [each for each in find_predicates(query.text) if not each.is_denied]
    spans = next((spans for each, spans in articles if each.id == article.id), ())
    after = next((each for each in spans if each[0] >= span[1]), None)
    if after is not None and _rejects_claim(article.text[slice(*after)]):
        yield Denial(article, after)
    subject = _read_subject(query)
    others = reduce_content(split_words(query.text)) - subject
    for each, its_spans in articles:
        before = ""
        for place in its_spans:
            text = each.text[slice(*place)]
            if (each.id, place) != (article.id, span) and _denies(text, before, asked, subject, others):
                yield Denial(each, place)
            before = text


def _rejects_claim(sentence: str) -> bool:
    """Whether a sentence says of the claim before it that somebody rejects it, or that it is false."""
    denies = any(reduce_verb(each) in _DENIALS for each in split_words(sentence)) or _FALSE.search(sentence)
    return bool(denies) and _CLAIM.search(sentence) is not None


def _read_subject(query: Query) -> frozenset[str]:
    """The words of the first name of a question, as first forms: of whom it is asked."""
    names = find_names(query.text)
    return frozenset(map(reduce_verb, name_words(names[0].text))) if names else frozenset()


def _denies(sentence: str, before: str, asked: Sequence[Mention], subject: Set[str], others: Set[str]) -> bool:
    """Whether a sentence denies one of the asked verbs of their subject, who stands in it or in the one before."""
    words = split_words(sentence)
    own = set(map(reduce_verb, words))
    near = own | set(map(reduce_verb, split_words(before)))
    if subject and not subject & near:
        return False
    for each in asked:
        verb = reduce_verb(each.word)
        if verb in own and _is_denied(verb, sentence, words):
            rest = others - {verb}
            if not rest or len(rest & near) / len(rest) >= MIN_SHARED or (subject & own and _ANY.search(sentence)):
                return True
    return False


def _is_denied(verb: str, sentence: str, words: Sequence[str]) -> bool:
    """Whether a sentence denies a verb: "never met", "denied that the company had skipped", "denied skipping"."""
    if any(reduce_verb(each.word) == verb and each.is_denied for each in read_mentions(sentence)):
        return True
    place = next(number for number, word in enumerate(words) if reduce_verb(word) == verb)
    return any(reduce_verb(word) in _DENIALS for word in words[:place])
