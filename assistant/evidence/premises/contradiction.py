"""Whether an article says the opposite of what a question takes for granted: it was imposed, not lifted."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from assistant.evidence.premises.deeds import is_unreal
from assistant.evidence.premises.opposites import can_follow, is_mutual, is_noun_of_verb, reduce_verb
from assistant.evidence.premises.predicates import (
    Mention,
    find_contrary,
    find_predicates,
    read_mentions,
    reduce_content,
    says_the_same,
)
from assistant.records.article import Article, Span
from assistant.text.words import split_words

MIN_SHARED = 0.6  # share of the other words of the question that a sentence has, with the one before it and its title
MIN_OWN_SHARED = 0.5  # and that the sentence itself has; with the one before it, if it begins with a pronoun
MIN_SAME = 0.8  # of what a contrary sentence shares, from which one that says the same as the question outweighs it

_PRESUPPOSES = re.compile(
    r"^\W*(?:(?:and|but|so|in|on|at|by|of|for|from|to|with|under)\s+)?(?:when|why|where|how|who|whom|whose|which|what)\b"
    r"(?!.*n['’]t\b)",  # "Why didn't the council approve it?": which word is denied stands after the subject
    re.IGNORECASE,
)
_HAS_SUBJECT = re.compile(
    r"\b(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.IGNORECASE
)
_OBJECT = re.compile(
    r"\W+(?:(?:the|an?|its|his|her|their|any|all|some|this|that|these|those) )?([\w’'-]+)", re.IGNORECASE
)
_ASKS_FUTURE = re.compile(r"\b(?:will|shall|(?:going|expected|scheduled|due|set|planned) to)\b", re.IGNORECASE)
_HAS_END = re.compile(r"\b(?:until|till|for now|temporarily|so far|not yet)\b", re.IGNORECASE)
_NAMES_ACT = re.compile(r"\b(?:to|against|from|without|before|instead of|rather than) $", re.IGNORECASE)
_WILLING = re.compile(r"\b(?:willing|ready|able|needed|needs?|required|enough|necessary) to $", re.IGNORECASE)
_DETERMINER = re.compile(r"\b(?:the|an?|his|her|its|their|our|whose|this|that|any|no)\s$|['’]s\s$", re.IGNORECASE)
_ATTITUDES = frozenset(map(reduce_verb, "oppose support back favor favour endorse".split()))
_OPENS_WITH_PRONOUN = re.compile(r"^\W*(?:he|she|it|they|this|these|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The sentence of an article that contradicts a question, and the words in both that are opposite."""

    article: Article
    start: int
    end: int
    said: str
    asked: str


@dataclass(frozen=True)
class _Sentence:
    text: str
    span: Span
    own: Set[str]  # first forms of its words
    around: Set[str]  # and of the sentence before it and of the title

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """What it says and denies; read when needed."""
        return read_mentions(self.text)


def find_contradiction(question: str, article: Article, spans: Sequence[Span]) -> Contradiction | None:
    """The sentence of an article that says the opposite of what a question presupposes, in the same words else.

    None if another one that shares about as many of its words says the same as the question. A question of yes or no
    presupposes nothing, and of one with "didn't" it is not read what. `spans` are the sentences of the article.
    """
    return find_opposite(question, article, spans) if _PRESUPPOSES.match(question) else None


def find_opposite(question: str, article: Article, spans: Sequence[Span]) -> Contradiction | None:
    """The same, whether the question takes it for granted or asks for it."""
    words = split_words(question)
    is_future = _ASKS_FUTURE.search(question) is not None
    sentences = _read_sentences(article, spans)
    title = read_mentions(article.title)
    for asked in find_predicates(question):
        others = reduce_content(words) - {reduce_verb(asked.word)}
        subjects, objects = _read_arguments(question, asked.span)
        if not others or (is_mutual(asked.word) and not subjects) or _is_no_predicate(asked, question):
            continue
        contrary, best_contrary, best_same = None, 0.0, 0.0
        if says_the_same(asked, title):
            best_same = 2 * len(others & _reduce_words(article.title)) / len(others)
        for sentence in sentences:
            own, around = (len(others & stems) / len(others) for stems in (sentence.own, sentence.around))
            if own + around < MIN_SAME * (MIN_SHARED + MIN_OWN_SHARED):
                continue  # too far from the question to tell anything
            if says_the_same(asked, sentence.mentions):
                best_same = max(best_same, own + around)
            elif around < MIN_SHARED or own < MIN_OWN_SHARED or own + around <= best_contrary:
                continue
            elif _is_said_of(sentence, asked, subjects, objects) and (
                (mention := find_contrary(asked, sentence.mentions, frozenset(words)))
                and not _is_only_named(mention, sentence.text)
                and (is_future or mention.is_denied or not can_follow(asked.word, mention.word))
                and not (is_future and _can_still_change(asked, mention, sentence.text))
            ):
                contrary, best_contrary = (sentence, mention), own + around
        if contrary and best_same < MIN_SAME * best_contrary:
            (start, end), said = contrary[0].span, contrary[1].span
            text = article.text[start:end]
            return Contradiction(article, start, end, text[slice(*said)], question[slice(*asked.span)])
    return None


def _is_no_predicate(asked: Mention, question: str) -> bool:
    """Whether a word of a question is a noun that it denies, or only names an act: "no quotas", "for ending it"."""
    words, before = question[slice(*asked.span)], question[: asked.span[0]]
    return words.lower().startswith("no ") or (
        asked.word.endswith("ing") and re.search(r"\b(?:for|of|by|after|before|without|about)\s$", before) is not None
    )


def _read_arguments(question: str, verb: Span) -> tuple[set[str], set[str]]:
    """The words of whom or what a question says a verb, and of what the verb is said to be done to, as stems.

    They stand between the auxiliary and the verb, and right after the verb; either may be empty.
    """
    auxiliaries = list(_HAS_SUBJECT.finditer(question, 0, verb[0]))
    subject = question[auxiliaries[-1].end() : verb[0]] if auxiliaries else ""
    following = _OBJECT.match(question, verb[1])
    return reduce_content(split_words(subject)), reduce_content([following[1].lower()] if following else [])


def _is_said_of(sentence: _Sentence, asked: Mention, subjects: Set[str], objects: Set[str]) -> bool:
    """Whether a sentence is on what a verb is done to, in an article on who does it; else on the subject itself.

    Whether somebody is for or against a thing is not told by what others do with it.
    """
    if objects and not (subjects and reduce_verb(asked.word) in _ATTITUDES):
        return not objects.isdisjoint(sentence.own) and (not subjects or not subjects.isdisjoint(sentence.around))
    return not subjects or not subjects.isdisjoint(sentence.own)


def _is_only_named(said: Mention, sentence: str) -> bool:
    """Whether a word names an act and does not say that it is done: "crucial to passing it", "willing to pass it"."""
    before = sentence[: said.span[0]]
    is_noun = not said.is_denied and (is_noun_of_verb(said.word) or _DETERMINER.search(before) is not None)
    if is_noun or said.word.lower() == "back":  # "went back"
        return True
    is_possible = not said.is_denied and (is_unreal(before) or _WILLING.search(before) is not None)
    return is_possible or (said.word.endswith("ing") and _NAMES_ACT.search(before) is not None)


def _can_still_change(asked: Mention, said: Mention, sentence: str) -> bool:
    """Whether a sentence tells the state before what is asked for: what is shut until June will open.

    It does not if it denies that, or says that the opposite will be.
    """
    if reduce_verb(asked.word) == reduce_verb(said.word):
        return False
    return _HAS_END.search(sentence) is not None or _ASKS_FUTURE.search(sentence) is None


def _read_sentences(article: Article, spans: Sequence[Span]) -> list[_Sentence]:
    title = _reduce_words(article.title)
    before: set[str] = set()
    sentences = []
    for start, end in spans:
        text = article.text[start:end]
        own = _reduce_words(text)
        shown = own | before if _OPENS_WITH_PRONOUN.match(text) else own
        sentences.append(_Sentence(text, (start, end), shown, own | before | title))
        before = own
    return sentences


def _reduce_words(text: str) -> set[str]:
    return set(map(reduce_verb, split_words(text)))
