"""The words of a sentence that can be a short answer: names of the kind that is asked for, days, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from assistant.questions.names.aliases import find_group
from assistant.records.article import Span
from assistant.records.query import Query
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, is_given_name, is_organization
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

MIN_PLACE_LETTERS = 3  # of a place that is no known country

_PEOPLE = ENGLISH.people
_PERSON_WORDS = _PEOPLE.person_nouns | _PEOPLE.titles | frozenset("celebrity champion golfer star winner".split())
_ASKED_NOUN = re.compile(r"\b(?:which|what)\s((?:[\w’'-]+\s?){1,4})", re.IGNORECASE)
_ASKS_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_TITLE_WORDS = _PEOPLE.titles | frozenset(f"{word}." for word in _PEOPLE.title_abbreviations)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|outside|off|across|over|into|around)\s(?:the\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
_FROM_BEFORE = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_TO_AFTER = re.compile(r"[^.;:]{0,40}?\sto\s(?:(?:the|about|around|nearly|almost|over|more than)\s)?[A-Z\d$€£¥]")
_NEXT_WORD = re.compile(r"\s([a-z]\w+(?:-\w+)?)\b")
_PLURAL = re.compile(r"[a-z]{2}[^us\W]s$|^(?:people|men|women|children)$")
_DEMONYM_ENDINGS = ("ian", "ish", "ese", "ean", "can", "ch", "i", "man", "woman", "an")
_VAGUE = re.compile(r"(?:dozens?|hundreds?|thousands?|half|quarter|third)", re.IGNORECASE)
_QUOTES = "“”‘’\"'"
_AND_ASKS = re.compile(r"\b(?:and|or) (?:how|who|whom|when|where|which|what|why)\b", re.IGNORECASE)
_BODIES = re.compile(
    r"\b(?:Court|Council|Congress|Parliament|Senate|House|Committee|Police|Force|Forces|Ministry|Department|Agency|Party|"
    r"District of|Organi[sz]ation|Association|Bank|Navy|Army)\b"
)
_ASKS_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_MEASURE = re.compile(r"-([a-z]{3,})\b(?!-old)")


def find_candidates(query: Query, text: str, marks: Sequence[Span]) -> list[Span]:
    """Those of some spans of a text that are of the kind that a question asks for, without what does not belong.

    Days and reasons are as they are given; a number that only says that there are many is left out.
    """
    expects = query.expects
    marks = _drop_starting_points(query.text, text, marks)
    if expects == "number":
        asked = set(map(stem, split_words(query.text)))
        counts = _ASKS_HOW_MANY.search(query.text) is not None
        return [
            (start, end)
            for start, end in marks
            if not _VAGUE.fullmatch(text[start:end]) and not (counts and _measures_another(text, end, asked))
        ]
    if expects not in ("person", "place", "name"):
        return list(marks)
    asks_for_person = expects == "person" or (expects == "name" and _asks_for_person(query.text))
    people = {word for name in full_names(text) if _is_person(name) for word in name.split()}
    found = []
    for start, end in marks:
        bare = _POSSESSIVE.sub("", text[start:end])
        if asks_for_person:  # "Anna Tarn of the Harbour Council"
            bare = next(full_names(bare), bare)
            start += max(0, text[start:end].find(bare))
        start += len(bare) - len(bare.lstrip(_QUOTES))
        bare = bare.strip(_QUOTES)
        span = (start, start + len(bare))
        if bare and _fits(query, asks_for_person, bare, text, span, people):
            found.append(span)
    return found


def _measures_another(text: str, end: int, asked: Set[str]) -> bool:
    """Whether a number is of a measure that a question does not name: the "140,000" of "a 140,000-acre estate"."""
    measure = _MEASURE.match(text, end)
    return measure is not None and stem(measure[1].lower()) not in asked


def _drop_starting_points(question: str, text: str, marks: Sequence[Span]) -> list[Span]:
    """The spans without the first of "from Omsk to Berlin" and "from 40 to 58", unless the question asks from where."""
    if _FROM.search(question):
        return list(marks)
    return [
        (start, end)
        for start, end in marks
        if not (_FROM_BEFORE.search(text[max(0, start - 10) : start]) and _TO_AFTER.match(text, end))
    ]


def asks_for_two(question: str) -> bool:
    """Whether a question asks for two things, so that no words alone answer it: "How many came and who won?"."""
    return _AND_ASKS.search(question) is not None


def _asks_for_person(question: str) -> bool:
    """Whether the noun after "which" or "what" is one for people: "which golfer"."""
    match = _ASKED_NOUN.search(question)
    return match is not None and any(word.lower() in _PERSON_WORDS for word in match[1].split())


def _fits(query: Query, asks_for_person: bool, name: str, text: str, span: Span, people: Set[str]) -> bool:
    if asks_for_person:
        words = [word for word in name.split() if word.lower().rstrip(".") not in _PERSON_WORDS]
        is_known = len(words) == 1 and words[0] in people
        return bool(words) and (is_known or _is_person(" ".join(words))) and not is_organization(name)
    if _is_demonym(name) or _is_person(name):
        return False
    if query.expects == "name":
        return not any(word in _TITLE_WORDS for word in name.lower().split())
    is_known = find_group(name.split()) is not None
    if len(name) < MIN_PLACE_LETTERS and not is_known:
        return False
    is_body = (not is_known and is_organization(name)) or _BODIES.search(name) is not None
    is_asked_by_kind = is_known and not _ASKS_WHERE.search(query.text)  # "which country"
    return not is_body and (is_asked_by_kind or _PLACE_BEFORE.search(text[max(0, span[0] - 16) : span[0]]) is not None)


def _is_person(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= 5 and is_given_name(words[0]) and words[-1].lower() not in STOP_WORDS


def _is_demonym(name: str) -> bool:
    """Whether a name is that of a people, used of something: "French" in "the French company"."""
    group = find_group(name.split())
    return group is not None and name != group.forms[0] and name.endswith(_DEMONYM_ENDINGS)


def add_noun(text: str, mark: Span, end: int, nouns: Set[str]) -> Span:
    """A plain number with the noun that it counts: "22 minutes", but "$48 million" for "$48 million stood"."""
    match = _NEXT_WORD.match(text, mark[1], end)
    if match is None or match[1] in STOP_WORDS or not text[mark[0]].isalnum() or text[mark[1] - 1] == "%":
        return mark
    if stem(match[1]) not in nouns:
        return (mark[0], match.end()) if _PLURAL.search(match[1]) else mark
    noun = match
    while (
        not _PLURAL.search(noun[1]) and (match := _NEXT_WORD.match(text, noun.end(), end)) and stem(match[1]) in nouns
    ):
        noun = match
    return mark[0], noun.end()


def counts_others(text: str, mark: Span, end: int, nouns: Set[str]) -> bool:
    """Whether a number counts something else than what is asked for: "nine people" of "How many firemen …?"."""
    match = _NEXT_WORD.match(text, mark[1], end)
    return bool(nouns) and match is not None and stem(match[1]) not in nouns and _PLURAL.search(match[1]) is not None


def add_asked_noun(text: str, mark: Span, end: int, question: str) -> Span:
    """A name with the noun after it, if the question asks for one of that kind: "Lyme disease" for "which disease"."""
    match, asked = _NEXT_WORD.match(text, mark[1], end), _ASKED_NOUN.search(question)
    return (mark[0], match.end()) if match and asked and match[1] == asked[1].split()[0].lower() else mark


def reduce_name(words: str) -> tuple[str, ...]:
    """The stems of some words, by which they are compared."""
    return tuple(stem(word) for word in split_words(words))
