"""Whether an article says of somebody else what a question takes for granted of one: Ada Tarn won it, not Ivo Lund."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.evidence.premises.contradiction import Contradiction
from assistant.evidence.premises.opposites import reduce_verb
from assistant.evidence.premises.predicates import reduce_content
from assistant.questions.names.finding import QuestionName, find_names
from assistant.records.article import Article, Span
from assistant.text.names import full_names, is_given_name
from assistant.text.words import STOP_WORDS, split_words

MIN_SHARED = 0.6  # share of the words after the verb of the question that a sentence and its title have
MAX_BETWEEN = 45  # characters between the name of a subject and its verb

_AUXILIARY = re.compile(
    r"\b(?:did|does|do|is|are|was|were|has|have|had|will|would)\s+(?:the\s+|[a-z]+\s+){0,2}$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b")
_DEFINITE = re.compile(r"\W+(?:(?:the|this|that)\s|[A-Z])")
_POSSESSIVE = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
_BREAK = re.compile(r"[.;:?!]|\b(?:that|who|which|because|while|when|after|before|as|if|said|says)\b")


@dataclass(frozen=True, slots=True)
class _Premise:
    """Whom a question names as the subject, its verb, and its other words as stems of their first forms."""

    name: QuestionName
    verb: str
    others: Set[str]


def find_other_subject(question: str, articles: Iterable[tuple[Article, Sequence[Span]]]) -> Contradiction | None:
    """The sentence that says of one other person what a question says of somebody whom it names.

    None if one of the articles, each with the spans of its sentences, says it of the person of the question too, or
    may do so by a pronoun.
    """
    premise = _read_premise(question)
    if premise is None:
        return None
    found = None
    for article, spans in articles:
        is_same, other = _compare_subjects(premise, article, spans)
        if is_same:
            return None
        found = found or other
    return found


def _compare_subjects(premise: _Premise, article: Article, spans: Sequence[Span]) -> tuple[bool, Contradiction | None]:
    """Whether an article says it of the person of the question, and the first sentence that says it of another one."""
    own = {_fold(word) for word in premise.name.text.split() if len(word) > 2}
    title_words = set(map(reduce_verb, split_words(article.title)))
    before = ""
    found: Contradiction | None = None
    for text, span in [(article.title, None), *((article.text[start:end], (start, end)) for start, end in spans)]:
        words = {_fold(word) for word in _WORD.findall(text)}
        shared = len(premise.others & (set(map(reduce_verb, split_words(text))) | title_words))
        if shared >= MIN_SHARED * len(premise.others):
            for verb in _find_verbs(premise.verb, text):
                named_before = own & {_fold(word) for word in _WORD.findall(before)}
                if own & words or (named_before and _PRONOUN.search(text[:verb])):
                    return True, None
                if found is None and (other := _find_subject(text, verb)):
                    place = span or _find_words(other, article, spans)
                    found = Contradiction(article, *place, other, premise.name.text) if place else None
        before = text
    return False, found


def _find_words(words: str, article: Article, spans: Sequence[Span]) -> Span | None:
    """The first sentence that has these words."""
    return next(((start, end) for start, end in spans if words in article.text[start:end]), None)


def _read_premise(question: str) -> _Premise | None:
    for name in find_names(question):
        if name.is_guessed or not name.is_person or not _AUXILIARY.search(question[: name.start]):
            continue
        rest = question[name.start + len(name.text) :]
        first = _WORD.search(rest)
        if first is None or first.start() > 1 or not first[0][0].islower() or first[0].lower() in STOP_WORDS:
            continue
        if not _DEFINITE.match(rest, first.end()):
            continue  # others can win gold too
        others = reduce_content(split_words(rest[first.end() :]))
        if others and not _POSSESSIVE.search(rest):  # his own deed is nobody else's
            return _Premise(name, reduce_verb(first[0]), others)
    return None


def _find_verbs(verb: str, text: str) -> Iterator[int]:
    """Where a text has a verb in any form."""
    return (match.start() for match in _WORD.finditer(text) if reduce_verb(match[0]) == verb)


def _find_subject(text: str, verb: int) -> str | None:
    """The name of one person shortly before a verb, in the same clause; None if there are several."""
    clause = _BREAK.split(text[max(0, verb - MAX_BETWEEN) : verb])[-1]
    names = list(full_names(clause))
    return names[0] if len(names) == 1 and is_given_name(names[0].split()[0]) else None


def _fold(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")
