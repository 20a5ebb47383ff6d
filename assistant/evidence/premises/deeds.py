"""What a question says that somebody did: an article without the verb, its like or its opposite does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence.premises.opposites import is_mutual, list_like_verbs, list_related_verbs, reduce_verb
from assistant.evidence.premises.predicates import Mention, read_mentions
from assistant.questions.names.finding import find_names

_ASKS_OF_DEED = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:why|when|how (?:many|much)\b.*\bdid|"
    r"(?:did|does|do|has|have|had|was|were|is|are|will|would)(?:n['’]t)?)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|was|were|is|are|will|would)(?:n['’]t)?\s+(?P<rest>.+)", re.IGNORECASE
)
_ASKS_PLACE_OF_DEED = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?[Ww]here\s(?:was|were|did|has|have|had)\s.+\s(?P<verb>[a-z]{3,})\W*$"
)
_BEING_SOMEWHERE = frozenset(
    map(reduce_verb, "happen occur place hold locate base stay live go come been stand from".split())
)
_ASKS_WHO_DID = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?who(?:\s(?:has|have|had|was|were|is|are|got|been|being))*\s", re.IGNORECASE
)
_ASKS_HOW_MANY_DID = re.compile(r"\bhow many\s[\w’'-]+\s", re.IGNORECASE)
_CLAUSE_AFTER = re.compile(
    r"\b(?:when|while|after|before|because|if|who|that|which|in|on|at|by|during|since)\b", re.IGNORECASE
)
_CONTESTS = list_related_verbs("win") | list_related_verbs("beat") | list_related_verbs("lead")
_ASKS_WHEN_TO_COME = re.compile(r"^\W*(?:(?:and|but|so)\s+)?when\s(?:will|does|is)\b", re.IGNORECASE)
_AWAITED = frozenset(map(reduce_verb, "expect due schedule plan".split()))  # "the ship is expected on Thursday"
_ASKS_NUMBER = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_ASKS_PAST = re.compile(r"^(?:did|has|have|had|was|were)\b", re.IGNORECASE)
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
    """The verb of a question for a reason, a number, a person, yes or no, if it is one with known opposites; else None.

    Of a question where something was done, the last word, if it tells of more than of being somewhere; none of who won
    or leads, for which a text has too many words.
    """
    return _read_predicate_of_subject(question) or _read_predicate_of_asked(question)


def read_counted_deeds(question: str) -> frozenset[str]:
    """The verb of those who are counted and its like, as stems: of "How many were killed?"; empty if none are known."""
    predicate = _read_predicate_of_asked(question) if _ASKS_HOW_MANY_DID.search(question) else None
    return list_like_verbs(predicate.word) if predicate else frozenset()


def _read_predicate_of_asked(question: str) -> Predicate | None:
    """The verb of which those who are asked for are the subject: "Who resigned?", "How many boats were sold?"."""
    asks_who = _ASKS_WHO_DID.match(question)
    match = asks_who or _ASKS_HOW_MANY_DID.search(question)
    if match is None:
        return None
    clause = _CLAUSE_AFTER.split(question[match.end() :], maxsplit=1)[0]
    for verb in read_mentions(clause)[: 1 if asks_who else None]:
        related = list_related_verbs(verb.word) if verb.word[0].islower() else frozenset()
        if related and not (asks_who and reduce_verb(verb.word) in _CONTESTS):
            return Predicate(verb.word, related | {reduce_verb(verb.word)}, None, is_past=True)
    return None


def _read_predicate_of_subject(question: str) -> Predicate | None:
    if (place := _ASKS_PLACE_OF_DEED.match(question)) and reduce_verb(place["verb"]) not in _BEING_SOMEWHERE:
        related = list_related_verbs(place["verb"]) | {reduce_verb(place["verb"])}
        return Predicate(place["verb"], related, None, is_past=False)
    match = _AUXILIARY.search(question) if _ASKS_OF_DEED.match(question) else None
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
            is_past = _ASKS_PAST.search(match[0]) is not None and not is_infinitive
            awaited = _AWAITED if _ASKS_WHEN_TO_COME.match(question) else frozenset()
            return Predicate(word[0], related | awaited | {reduce_verb(word[0])}, subject, is_past)
        if subject is not None and _ASKS_NUMBER.search(question):
            return None  # the verb of "How much did Tarn pay back?" has no known opposite
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


def _find_verbs(predicate: Predicate, text: str) -> Iterator[Mention]:
    for each in read_mentions(text):
        is_unreal = predicate.is_past and _UNREAL.search(text[: each.span[0]])
        if reduce_verb(each.word) in predicate.accepted and not is_unreal:
            yield each


def _words(text: str) -> Iterable[str]:
    return {word.lower().removesuffix("’s").removesuffix("'s") for word in _WORD.findall(text)}
