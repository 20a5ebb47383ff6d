"""Whether a sentence states the relation that a question asks for.

"France’s capital" states "the capital of France"; a sentence that only contains a capital and France does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.stemming import related_stems, stem
from assistant.text.words import STOP_WORDS, split_words

_BE = r"(?:is|was|are|were|will be)"
_OF_QUESTION = re.compile(
    rf"^(?:what|who|which)(?: {_BE}|['’]s|['’]re) (?:the|an?) (?P<head>(?:(?!of\b|in\b)[\w’'-]+ ){{1,4}})"
    r"(?:of|in|for|at) (?P<whole>\S.*)$",
    re.IGNORECASE,
)
_POSSESSIVE_QUESTION = re.compile(
    rf"^(?:what|who|which)(?: {_BE}|['’]s|['’]re) (?P<whole>\S+(?: \S+){{0,4}}?)(?:['’]s|(?<=s)['’]) "
    r"(?P<head>[\w’'-]+(?: [\w’'-]+){0,3})$",
    re.IGNORECASE,
)
# Nouns that an answering sentence need not contain: one that calls a storm by its name lacks the word "name".
_OPTIONAL_NOUNS = frozenset(
    """
    aim amount answer author boss cause concern date day definition effect goal idea impact ingredients kind main
    meaning most name names nickname nicknames number outcome point price primary problem purpose reason reasons result
    role score side size source star status term theme time title topic type winner year
    """.split()
)
_IGNORED_STEMS = frozenset("new current present latest former next offici actual exact best".split())  # stems
_PHRASE_END = re.compile(
    r"[,:;?]| (?:that|who|which|whose|where|when|after|before|this|last|according|as|on|by|to|from|with)\b"
)
MAX_WORDS_BETWEEN = 3  # words between the two things of a relation


@dataclass(frozen=True, slots=True)
class Relation:
    """A property of a thing, as stems: `head` is "capital" and `whole` is "France" in "the capital of France"."""

    head: tuple[str, ...]
    whole: tuple[str, ...]


def parse_relation(question: str) -> Relation | None:
    """The relation of a question such as "What is the capital of France?" or "Who is Spain’s king?"; else None."""
    plain = question.strip(" ?!.")
    match = _OF_QUESTION.match(plain) or _POSSESSIVE_QUESTION.match(plain)
    if match is None:
        return None
    head = tuple(each for each in _stem_content_words(match["head"]) if each not in _IGNORED_STEMS)
    whole = _stem_content_words(_PHRASE_END.split(match["whole"], maxsplit=1)[0])
    if not head or not whole or head[-1] in _OPTIONAL_NOUN_STEMS or _OPTIONAL_NOUN_STEMS.issuperset(head):
        return None
    return Relation(head, whole)


def states_relation(relation: Relation, text: str) -> bool:
    """Whether both things of a relation occur in a sentence, at most `MAX_WORDS_BETWEEN` words apart.

    More words may follow a title, because a name follows it: "King Felipe VI and Queen Letizia of Spain".
    """
    words = split_words(text)
    stems = [stem(word) for word in words]
    heads = [at for at in _find_positions(relation.head[-1:], stems) if _are_beside(relation.head[:-1], stems, at)]
    wholes = _find_positions(relation.whole[-1:], stems)
    if not heads or not all(_find_positions((each,), stems) for each in relation.whole):
        return False
    return any(
        abs(first - second) - 1 <= MAX_WORDS_BETWEEN or (first < second and _is_title(words[first], text))
        for first in heads
        for second in wholes
    )


def _is_title(word: str, text: str) -> bool:
    """Whether a name follows a word in a text: "King Felipe"."""
    return re.search(rf"\b{re.escape(word)} [A-Z][a-z]", text, re.IGNORECASE) is not None and bool(
        re.search(rf"\b{re.escape(word.capitalize())} [A-Z]", text)
    )


def _are_beside(others: Sequence[str], stems: Sequence[str], at: int) -> bool:
    """Whether the words before a noun of the question are also near it in a text."""
    near = stems[max(0, at - MAX_WORDS_BETWEEN) : at + MAX_WORDS_BETWEEN]
    return all(other in near for other in others)


def _find_positions(wanted: Sequence[str], stems: Sequence[str]) -> list[int]:
    accepted = {form for each in wanted for form in (each, *related_stems(each))}
    return [at for at, each in enumerate(stems) if each in accepted]


def _stem_content_words(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in split_words(text) if word not in STOP_WORDS)


_OPTIONAL_NOUN_STEMS = frozenset(map(stem, _OPTIONAL_NOUNS))
