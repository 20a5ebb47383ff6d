"""The names of people: what belongs to them, and when two of them can be one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from assistant.text.lexicon import (
    FEMALE_GIVEN_NAMES,
    FEMALE_TITLES,
    MALE_GIVEN_NAMES,
    MALE_TITLES,
    NICKNAMES,
    NON_NAME_WORDS,
    ORGANIZATION_WORDS,
    PERSON_NOUNS,
    SUFFIXES,
    SURNAMES_WRITTEN_FIRST,
    TITLE_ABBREVIATIONS,
    TITLES,
)
from assistant.text.transliteration import (
    is_same_given_name,
    is_same_transliterated_name,
    normalize_letters,
    normalize_spelling,
)
from assistant.text.verbs import CLAUSE_PREPOSITIONS, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBORDINATORS

PARTICLES = frozenset("de del della la le van von der den ter bin ibn bint al el ul ud du da dos di ben abu".split())
_NON_NAMING_WORDS = NON_NAME_WORDS | TITLES | PERSON_NOUNS | {"staff"}  # “Chief of Staff Ada Brandreth”
CAPITALS = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())

# Every repetition is bounded: a page of capitals must cost what any other page costs.
_NAME_WORD = rf"(?:(?:{'|'.join(TITLE_ABBREVIATIONS)})\.|[{CAPITALS}]\.|[{CAPITALS}][\w’'\-]{{0,40}})"
_PARTICLE = "|".join(sorted(PARTICLES))
_FULL_NAME = re.compile(
    rf"(?<![\w’'\-/])(?:(?:al|el|de|van|von|bin)[ -])?{_NAME_WORD}"
    rf"(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0\-]){{0,3}}{_NAME_WORD}){{1,5}}"
)
_NEVER_FIRST = NON_NAME_WORDS | PREPOSITIONS | CLAUSE_PREPOSITIONS | CONJUNCTIONS | DETERMINERS | SUBORDINATORS
_NAME_PART = re.compile(r"[\w’'\-]+(?:\.(?=\w)[\w’'\-]+)*\.?")
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
_POSSESSIVE_ENDING = re.compile(r"(?:[’']s|[’'])$")


def _add_nicknames(names: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    lines = [set(line.split()) for line in NICKNAMES.strip().splitlines()]
    return names.union(*(line - others for line in lines if line & names and not line & (others - names)))


_MALE_NAMES, _FEMALE_NAMES = (
    _add_nicknames(MALE_GIVEN_NAMES, FEMALE_GIVEN_NAMES),
    _add_nicknames(FEMALE_GIVEN_NAMES, MALE_GIVEN_NAMES),
)
_GIVEN_NAMES = _MALE_NAMES | _FEMALE_NAMES


def full_names(text: str) -> Iterator[str]:
    """The names of two words and more in a text, without titles, in order."""
    for match in _FULL_NAME.finditer(text):
        parts = name_parts(match[0])
        if len(parts) > 1 and parts[0].lower() not in _NEVER_FIRST:
            yield " ".join(parts)


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and suffixes: "Sen. John McCain Jr." gives John, McCain."""
    return list(_split_name(name))


@lru_cache(maxsize=20_000)
def _split_name(name: str) -> tuple[str, ...]:
    found = _NAME_PART.findall(name)
    owner = max((place for place, part in enumerate(found[:-1]) if _POSSESSIVE.search(part)), default=-1)
    parts = [_POSSESSIVE_ENDING.sub("", part) for part in found[owner + 1 :]]  # "CNN's Jake Tapper"
    title = ""
    for place in reversed(range(len(parts) - 1)):
        if (
            _is_title(parts[place])
            and not _is_part_of_name(parts, place)
            and parts[-1].lower() not in ORGANIZATION_WORDS
        ):
            title, parts = parts[place].rstrip("."), parts[place + 1 :]
            break
    while parts and parts[-1].rstrip(".").lower() in SUFFIXES:
        parts.pop()
    if len(parts) == 1 and title in TITLE_ABBREVIATIONS and parts[0].lower() in _ALSO_SURNAMES:
        return tuple(parts)  # "Dr King"
    if parts and parts[-1].rstrip(".").lower() in _NEVER_LAST and not _is_part_of_name(parts, len(parts) - 1):
        parts = parts[:-1] if is_given_name(parts[0]) else []
    parts = _drop_before_given_name(parts)
    return tuple(part if len(part.rstrip(".")) == 1 else part.rstrip(".") for part in parts)


_NEVER_TITLES = frozenset("Jr Sr St Ste Mt Ft".split())  # "St. John"
_NEVER_LAST = TITLES | NON_NAME_WORDS
_ALSO_SURNAMES = frozenset(
    "may will march young king lord bishop judge prince pope queen cardinal justice dean major coach chief".split()
)


def _is_title(word: str) -> bool:
    bare = word.rstrip(".")
    return bare.lower() in _NON_NAMING_WORDS or (
        bare != word and bare in TITLE_ABBREVIATIONS and bare not in _NEVER_TITLES
    )


def _is_part_of_name(parts: Sequence[str], place: int) -> bool:
    """Whether a word that is a title elsewhere is a name here: "Theresa May", "Martin Luther King"."""
    return place > 0 and parts[0].lower() in _GIVEN_NAMES and parts[place].lower() in _ALSO_SURNAMES


def _drop_before_given_name(parts: list[str]) -> list[str]:
    """ "Elections Susan Bucher" is Susan Bucher: what stands before a common given name is no part of the name."""
    if len(parts) > 2 and not is_given_name(parts[0]) and len(parts[0].rstrip(".")) > 2:
        for place in range(1, len(parts) - 1):
            if is_given_name(parts[place]) and parts[0].lower() not in SURNAMES_WRITTEN_FIRST:
                return parts[place:]
    return parts


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name."""
    word = word.lower().rstrip(".")
    return word in _MALE_NAMES or word in _FEMALE_NAMES


def is_organization(name: str) -> bool:
    """Whether a name is plainly no person's: "Federal Reserve Bank"."""
    return any(word.lower() in ORGANIZATION_WORDS for word in name.split()) and not is_given_name(name.split()[0])


def has_given_name(name: str) -> bool:
    """Whether a name of several words begins with a common given name."""
    return " " in name and is_given_name(name.split()[0])


def infer_gender(name: str, title: str = "") -> Literal["he", "she"] | None:
    """The pronoun that a name takes, by a title before it or a common given name; None where neither tells."""
    title = title.lower().rstrip(".")
    if title in MALE_TITLES:
        return "he"
    if title in FEMALE_TITLES:
        return "she"
    first = name.split()[0].lower().rstrip(".") if name else ""
    if first in _MALE_NAMES:
        return "he" if first not in _FEMALE_NAMES else None
    return "she" if first in _FEMALE_NAMES else None


_TITLE_BEFORE = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Queen|King|Prince|Princess|Pope|Congressman|Congresswoman|Chairwoman|Baroness)"
    rf"\.?\s(?:{_NAME_WORD}\s)?({_NAME_WORD})"
)


_OFFICE_BEFORE = re.compile(
    r"\b(?:President|Senator|Sen|Rep|Representative|Governor|Gov|Mayor|Judge|Justice|Gen|General|Secretary|Minister|Premier|"
    rf"Chancellor|Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s(?:{_NAME_WORD}\s)?({_NAME_WORD})"
)


def names_with_office(text: str) -> Iterator[str]:
    """The last words of names that a title stands before: Tarn of "President Ada Tarn"."""
    for match in _OFFICE_BEFORE.finditer(text):
        yield _POSSESSIVE_ENDING.sub("", match[1]).rstrip(".")


def titled_names(text: str) -> Iterator[tuple[str, str]]:
    """Titles that tell a pronoun, each with the last word that follows: ("Mrs", "Clinton")."""
    for match in _TITLE_BEFORE.finditer(text):
        yield match[1], _POSSESSIVE_ENDING.sub("", match[2]).rstrip(".")


def surname(name: str) -> str:
    """The word of a name, in lower case, by which an article goes on: Xi of Xi Jinping, Merkel of Angela Merkel."""
    parts = name.split()
    first = (
        0
        if len(parts) in (2, 3) and parts[0].lower() in SURNAMES_WRITTEN_FIRST and not is_given_name(parts[-1])
        else -1
    )
    return parts[first].lower() if parts else ""


# -------------------------------------------------------------------------------------------- one person?

_LETTER_EQUIVALENTS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'"})


@lru_cache(maxsize=20_000)
def normalize_name(name: str) -> tuple[str, ...]:
    """The words of a name as they compare: no titles, accents, hyphens, particles, and one spelling."""
    plain = unicodedata.normalize(
        "NFKD", " ".join(name_parts(name) or name.split()).lower().translate(_LETTER_EQUIVALENTS)
    )
    words = re.findall(
        r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'", "")
    )
    kept = [word for word in words if word not in PARTICLES] or words
    return tuple(map(normalize_spelling, kept))


def is_compatible_name(known: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with the same surname can be one person's, given as their words."""
    return (
        len(known) == 1
        or len(other) == 1
        or _has_compatible_first_names(normalize_name(" ".join(known)), normalize_name(" ".join(other)))
    )


def is_same_person(asked: str, speaker: str) -> bool:
    """Whether a name in a question can mean a speaker: same surname, and no different first name.

    Names of several words that are no person's ("White House") must agree in all words that both have.
    """
    left, right = normalize_name(asked), normalize_name(speaker)
    if not left or not right:
        return False
    if left == right:
        return True
    if len(left) == 1:
        return left[0] == right[-1] or (len(right) > 1 and left[0] == right[0] and not is_organization(speaker))
    if len(right) == 1:
        return right[0] == (left[0] if left[0] in SURNAMES_WRITTEN_FIRST and not is_given_name(left[-1]) else left[-1])
    if left[-1] == right[-1]:
        return _has_compatible_first_names(left, right)
    return is_same_transliterated_name(left[-1], left[0], right[-1], right[0])


def lookup_words(name: str) -> frozenset[str]:
    """Words that all spellings of a name have in common, beside those that it is written with."""
    parts = normalize_name(name)
    if not parts:
        return frozenset()
    return frozenset({*parts, normalize_letters(parts[-1])} if is_same_given_name(parts[0], parts[0]) else parts)


def _has_compatible_first_names(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether what stands before two equal surnames can be one person's: "Joe", "J. R." and "Joseph"."""
    first, second = left[:-1], right[:-1]
    if not first or not second:
        return True
    if len(first) > 1 and len(second) > 1 and first[0] == second[0] and first[1][0] != second[1][0]:
        return False  # two middle names that differ
    return any(_is_same_first_name(a, b) for a in first for b in second if a is first[0] or b is second[0])


def _is_same_first_name(a: str, b: str) -> bool:
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) or is_same_given_name(a, b):
        return True
    if (a in _MALE_NAMES and b in _FEMALE_NAMES and b not in _MALE_NAMES) or (
        a in _FEMALE_NAMES and b in _MALE_NAMES and a not in _MALE_NAMES
    ):
        return False
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    return bool(_NICKNAME_GROUPS.get(a, {a}) & _NICKNAME_GROUPS.get(b, {b}))


_NICKNAME_GROUPS: dict[str, set[str]] = {}
for _number, _line in enumerate(NICKNAMES.strip().splitlines()):
    for _name in _line.split():
        _NICKNAME_GROUPS.setdefault(_name, {_name}).add(f"{_number}")


def name_words(name: str) -> list[str]:
    """The words of a name as names are looked up by: lower case, without accents, points, possessive endings, and
    the small words that every description has."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    found = (re.sub(r"['’]s$", "", word) for word in re.findall(r"\w[\w'’]*", bare))
    return [word for word in dict.fromkeys(found) if word not in _SMALL_WORDS]


_SMALL_WORDS = frozenset("the a an of for at in from to and with on by his her their its".split())
