"""What a question or a sentence says of its subject, and whether it says or denies it: "did not approve", "refused"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence.premises.opposites import are_opposite, list_synonyms, reduce_verb
from assistant.records.article import Span
from assistant.text.words import STOP_WORDS

NEGATION_REACH = 3  # words before a word in which a negation applies to it

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NEGATIONS = frozenset("not never cannot without nor unable neither no".split())
_NEGATING_VERBS = frozenset(
    map(reduce_verb, "refuse fail decline deny avoid forget neglect stop prevent refusal failure".split())
)
_TO_A_PLAN = (
    r"(?: [\w’'-]+){0,3}? (?:bill|plan|proposal|idea|measure|deal|request|offer|motion|legislation|amendment)s?\b"
)
# Verbs of two words, and the verb that means the same.
_PHRASES = (
    (re.compile(r"\bvot(?:e|es|ed|ing) against\b", re.IGNORECASE), "reject"),
    (re.compile(r"\bvot(?:e|es|ed|ing) (?:for|in favou?r of)\b", re.IGNORECASE), "approve"),
    (re.compile(r"\bvot(?:e|es|ed|ing) (?:on|over|about)\b", re.IGNORECASE), "ballot"),  # for or against
    (re.compile(r"\bturn(?:s|ed|ing)? down\b", re.IGNORECASE), "reject"),
    (re.compile(rf"\bsho(?:t|ots?|oting) down\b(?={_TO_A_PLAN})", re.IGNORECASE), "reject"),
    (re.compile(r"\b(?:strikes?|struck|striking) down\b", re.IGNORECASE), "overturn"),
    (re.compile(r"\bcall(?:s|ed|ing)? off\b", re.IGNORECASE), "cancel"),
    (re.compile(r"\bshut(?:s|ting)? down\b", re.IGNORECASE), "close"),
    (re.compile(r"\bpull(?:s|ed|ing)? out\b", re.IGNORECASE), "withdraw"),
    (re.compile(r"\bstep(?:s|ped|ping)? down\b", re.IGNORECASE), "resign"),
    (re.compile(r"\b(?:gives?|gave|given|giving) up\b", re.IGNORECASE), "abandon"),
    (re.compile(r"\bpass(?:es|ed|ing)? away\b", re.IGNORECASE), "die"),
    (re.compile(r"\b(?:loses?|lost|losing) (?:their|his|her|its) li(?:fe|ves)\b", re.IGNORECASE), "die"),
    (re.compile(r"\b(?:goes|go|going|gone|went) up\b", re.IGNORECASE), "rise"),
    (re.compile(r"\b(?:goes|go|going|gone|went|comes?|came|coming) down\b", re.IGNORECASE), "fall"),
    (re.compile(r"\b(?:at|by|in|until|before|since) the (?:end|start|beginning|close)\b", re.IGNORECASE), "time"),
    (re.compile(r"\b(?:ends?|ended|ending) up\b", re.IGNORECASE), "become"),
)
_HAS_PHRASE = re.compile(
    r"\b(?:against|away|about|for|favou?r|down|off|on|out|over|up|li(?:fe|ves)|the (?:end|start|beginning|close))\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"\bhow ([a-z]+)", re.IGNORECASE)
_NOUN = re.compile(r"(?:iv|ov|us|ni)al(?:s)?$", re.IGNORECASE)  # "awaits approval" is not "approved"
_LINKS = frozenset("to be been being have had the a an in from of that it ever yet even also officially longer".split())
_NEGATING = _NEGATIONS | _NEGATING_VERBS
_UNCONTRADICTED = frozenset("many much more most less long people says said say told".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a text; `span` has the words that deny it too, if `is_denied`."""

    word: str
    span: Span
    is_denied: bool


def read_mentions(text: str) -> list[Mention]:
    """The words of a text, each with whether a negation or a verb such as "refused" before it denies it.

    A word that only denies another one is left out.
    """
    words = _read_words(text)
    mentions = []
    denying: set[int] = set()
    for place, (word, start, end) in enumerate(words):
        negation = _find_negation(words, place)
        if negation is not None and word.lower() not in _LINKS and not _is_negation(word):
            denying.add(negation)
        mentions.append(Mention(word, (start if negation is None else words[negation][1], end), negation is not None))
    return [each for place, each in enumerate(mentions) if place not in denying]


def _read_words(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with their spans; a verb of two words as the one that means the same."""
    forms = _PHRASES if _HAS_PHRASE.search(text) else ()
    phrases = {match.start(): (verb, *match.span()) for form, verb in forms for match in form.finditer(text)}
    words: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        if phrases and words and match.start() < words[-1][2]:
            continue
        words.append(phrases.get(match.start(), (match[0], *match.span())))
    return words


def _is_negation(word: str) -> bool:
    lower = word.lower()
    return lower in _NEGATIONS or lower.endswith(("n't", "n’t"))


def _find_negation(words: Sequence[tuple[str, int, int]], place: int) -> int | None:
    """The place of the negation before a word; only small words may stand between, or one adverb."""
    others = 0
    for before in range(place - 1, max(-1, place - 1 - NEGATION_REACH), -1):
        word = words[before][0]
        between_to = place - before > 1 and words[before + 1][0].lower() == "to"
        if _is_negation(word) or (between_to and reduce_verb(word) in _NEGATING_VERBS):
            return before
        if word.lower() not in _LINKS:
            if not word.endswith("ly") or others:
                return None
            others += 1
    return None


def reduce_content(words: Iterable[str]) -> set[str]:
    """The first forms of some words, as stems, without small words and those that deny others."""
    return {reduced for word in words if word not in STOP_WORDS and (reduced := reduce_verb(word)) not in _NEGATING}


def find_contrary(asked: Mention, mentions: Sequence[Mention], question_words: frozenset[str]) -> Mention | None:
    """The first mention that says the opposite of `asked`; None if there is none, or if one says the same.

    A word of the question is no opposite, unless it is another form: "banned" is one of "lift" beside "the ban".
    """
    found = None
    own = reduce_verb(asked.word)
    for each in mentions:
        if reduce_verb(each.word) == own:
            if each.is_denied == asked.is_denied:
                return None
            found = found or each
        elif are_opposite(asked.word, each.word) and not _NOUN.search(each.word):
            if each.word.lower() in question_words or (_is_used(each.word, question_words) and not _is_past(each.word)):
                continue
            if each.is_denied == asked.is_denied:
                found = found or each
    return found


def says_the_same(asked: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a mention says what is asked: the same word or a synonym as much denied, or its opposite denied."""
    own = list_synonyms(asked.word)
    return any(
        (reduce_verb(each.word) in own and each.is_denied == asked.is_denied)
        or (are_opposite(asked.word, each.word) and each.is_denied != asked.is_denied)
        for each in mentions
    )


def find_predicates(question: str) -> list[Mention]:
    """The words of a question that a sentence can contradict: all but names, small words and what is measured.

    In "How close did it come?" nothing is said of being close.
    """
    measured = {match[1].lower() for match in _MEASURED.finditer(question)}
    return [
        each
        for each in read_mentions(question)
        if each.word[0].islower() and each.word.lower() not in STOP_WORDS | _LINKS | _UNCONTRADICTED | measured
    ]


def _is_used(word: str, words: frozenset[str]) -> bool:
    return reduce_verb(word) in set(map(reduce_verb, words))


def _is_past(word: str) -> bool:
    return word.lower().endswith("ed")
