"""What a question asks whether somebody did: a text without the verb, its like or its opposite does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence.premises.opposites import is_mutual, list_related_verbs, reduce_verb
from assistant.evidence.premises.predicates import Mention, read_mentions
from assistant.questions.names.finding import find_names

_ASKS_WHETHER = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:did|does|do|has|have|had|was|were|is|are|will|would)(?:n['’]t)?\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(r"^\W*(?:(?:and|but|so)\s+)?(?:did|has|have|had|was|were)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_UNREAL = re.compile(
    r"\b(?:would|could|might|may|should|if|unless|whether)\b(?:\s\S+){0,4}\s$|"
    r"\b(?:plan|intend|want|hope|aim|seek|vow|promis|threaten|pledg|expect|due|set|going|likely|schedul)\w*\sto\s$|"
    r"\b(?:urg|demand|plead|encourag)\w*\b[^.]*\bto\s(?:\w+\s)?$|"
    r"\b(?:ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|for)|press(?:es|ed|ing))\b[^.,;]{0,40}\bto\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"\b(?:the|an?|his|her|its|their|this|that)\s$|['’]s\s$", re.IGNORECASE)
_TO = re.compile(r"\bto\s$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
MAX_BEFORE_NAME = 12  # characters between an auxiliary and a name, or a name and its verb
MAX_SUBJECT_WORDS = 5  # before the verb, of a subject that is no name


@dataclass(frozen=True, slots=True)
class Predicate:
    """The verb of a question, with its like and its opposites as stems, and the last word of its subject, if a name."""

    word: str
    accepted: frozenset[str]
    subject: str | None
    is_past: bool  # it has happened, or not: what would or could happen tells nothing


def read_predicate(question: str) -> Predicate | None:
    """The verb of a question of yes or no, if it is one with known opposites; else None."""
    match = _ASKS_WHETHER.match(question)
    if match is None:
        return None
    first = match.start("rest")
    names = [
        each for each in find_names(question) if 0 <= each.start - first <= MAX_BEFORE_NAME and not each.is_guessed
    ]
    end = names[0].start + len(names[0].text) if names else first
    is_owner = question.startswith(("’s", "'s"), end)  # "Tarn's ban" is not Tarn
    subject = names[0].text.split()[-1].lower() if names and not is_owner else None
    for word in list(_WORD.finditer(question, end + 2 * is_owner))[: MAX_SUBJECT_WORDS + 1]:
        is_noun = (is_owner and word.start() <= end + 3) or _DETERMINER.search(question[: word.start()]) is not None
        related = list_related_verbs(word[0]) if word[0][0].islower() and not is_noun else frozenset()
        if related and (subject is None or word.start() <= end + MAX_BEFORE_NAME):
            is_infinitive = _TO.search(question[: word.start()]) is not None  # "Did Tarn vow to leave?"
            is_past = _ASKS_PAST.match(question) is not None and not is_infinitive
            return Predicate(word[0], related | {reduce_verb(word[0])}, subject, is_past)
    return None


def tells_of(predicate: Predicate, sentences: Sequence[str], title: str = "") -> bool:
    """Whether one of some sentences in a row, or the title, has the verb, its like or its opposite, of the subject.

    The subject, if it has a name, stands there, in the sentence before or in the title, or is a pronoun.
    """
    before = title
    for text in (title, *sentences):
        for verb in _find_verbs(predicate, text):
            if predicate.subject is None or _is_of_subject(
                predicate.subject, predicate.word, verb, (before, text, title)
            ):
                return True
        before = text
    return False


def _is_of_subject(subject: str, asked: str, verb: Mention, texts: tuple[str, str, str]) -> bool:
    """Whether a verb of the second text can be said of the subject; of one who wins, who lost comes after the verb.

    The others are the sentence before, and the title.
    """
    before, text, title = texts
    if subject in _words(text):
        is_before = subject in _words(text[: verb.span[0]])
        return is_before or not is_mutual(asked) or text[verb.span[1] :].lstrip().startswith("by ")
    return any(subject in _words(part) for part in (before, title)) or _PRONOUN.search(text) is not None


def is_unreal(before: str) -> bool:
    """Whether what follows some words is only possible, planned, wanted or demanded: "could", "hopes to"."""
    return _UNREAL.search(before) is not None


def _find_verbs(predicate: Predicate, text: str) -> Iterator[Mention]:
    for each in read_mentions(text):
        may_be_unreal = predicate.is_past and is_unreal(text[: each.span[0]])
        if reduce_verb(each.word) in predicate.accepted and not may_be_unreal:
            yield each


def _words(text: str) -> Iterable[str]:
    return {word.lower().removesuffix("’s").removesuffix("'s") for word in _WORD.findall(text)}
