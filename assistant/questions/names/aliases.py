"""Looks up the forms of a name that stand for each other: "Britain", "UK" and "British"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from assistant.text.languages import ENGLISH
from assistant.text.names import name_words
from assistant.text.words import STOP_WORDS, fold

MIN_LETTERS_WITHOUT_CASE = 4  # "us" and "who" are no names unless they are written in capitals
MAX_FORM_WORDS = 7

MAX_NAME_WORDS = 3  # of a name that is found in a text: "Papua New Guinea"

MAX_INITIALS = 5  # letters

_WORD = re.compile(r"\w[\w.’'-]*")
_US_NOUNS = (
    "president senate senator senators congress government troops military supreme army navy economy dollar open "
    "election elections midterms house border embassy citizen citizens soldiers officials inflation treasury"
)
_US = re.compile(rf"(?<=\bthe )us\b|\bus(?= (?:{_US_NOUNS.replace(' ', '|')})\b)")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, eq=False)
class AliasGroup:
    """The forms of one name. `pattern` finds any of them in edited text, and narrower names."""

    forms: tuple[str, ...]
    narrower: tuple[str, ...]
    pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # The longest form first; "US" ends before a full stop and "U.S." with one.
        forms = sorted({*self.forms, *self.narrower}, key=len, reverse=True)
        alternatives = "|".join(re.escape(form).replace("’", "['’]") for form in forms)
        object.__setattr__(self, "pattern", re.compile(rf"(?<![\w@#])(?:{alternatives})(?:e?s)?(?!\w)"))


def find_group(words: Sequence[str]) -> AliasGroup | None:
    """The group of a name of these words, written with or without capitals; short forms must have them."""
    name = _POSSESSIVE.sub("", " ".join(words)).removeprefix("the ").removeprefix("The ")
    row = _index_forms().get(name)
    if row is None and len(name) >= MIN_LETTERS_WITHOUT_CASE and not _is_common_word(name):
        row = _index_folded_forms().get(_fold_form(name))
    return None if row is None else _make_group(row)


def name_country(name: str) -> str | None:
    """The usual name of a country for any form of it, also of its people ("Greek"); None if it names something else."""
    group = find_group(name.split())
    if group is None or group.forms[0] not in ENGLISH.aliases.countries:
        return None
    return group.forms[0]


def capitalize_initials(text: str) -> str:
    """A question without any capital with those of initials that stand for a name: "the uk", "us president", "the eu".

    The word "us" is the country only after "the", or before a noun of its institutions.
    """
    if not text.islower():
        return text
    text = _US.sub("US", text)
    return _WORD.sub(lambda word: word[0].upper() if word[0] in _list_initials() else word[0], text)


@cache
def _list_initials() -> frozenset[str]:
    """The forms of names that are initials, in small letters, without those that are words."""
    forms = (form for form, _ in _list_forms() if form.isalpha() and form.isupper() and len(form) <= MAX_INITIALS)
    return frozenset(form.lower() for form in forms) - STOP_WORDS - {"us", "la", "it", "tv", "ii"}


@lru_cache(maxsize=1_000)
def find_named_groups(description: str) -> tuple[tuple[AliasGroup, frozenset[str]], ...]:
    """The countries, and other bodies with several names, that a description names, each with its words, folded.

    Those in small letters are countries: "the president of ukraine", but "the house" is any.
    """
    words = description.split()
    found: list[tuple[AliasGroup, frozenset[str]]] = []
    at = 0
    while at < len(words):
        group, size = _find_group_at(words, at)
        is_named = any(map(str.isupper, "".join(words[at : at + size])))
        if group is not None and (is_named or group.forms[0] in ENGLISH.aliases.countries):
            found.append((group, frozenset(name_words(" ".join(words[at : at + size])))))
        at += size
    return tuple(found)


def find_first_country(text: str) -> str | None:
    """The usual name of the country that a text names first, in any form ("the Polish city"); None without any."""
    words = _WORD.findall(text)
    for at, word in enumerate(words):
        if word[0].isupper():
            group, _ = _find_group_at(words, at)
            if group is not None and group.forms[0] in ENGLISH.aliases.countries:
                return group.forms[0]
    return None


def _find_group_at(words: Sequence[str], at: int) -> tuple[AliasGroup | None, int]:
    """The group of the longest name that begins at a word, and how many words it has; 1 without one."""
    for size in range(min(MAX_NAME_WORDS, len(words) - at), 0, -1):
        name = words[at : at + size]
        if group := find_group(name) or find_group([*name[:-1], name[-1].rstrip(".,")]):
            return group, size
    return None, 1


def _is_common_word(name: str) -> bool:
    """Whether a word in lower case has a meaning of its own: "polish", "turkey", "house"."""
    return name in ENGLISH.aliases.common_words


@cache
def _make_group(row: int) -> AliasGroup:
    return AliasGroup(*ENGLISH.aliases.groups[row])


def _list_forms() -> Iterable[tuple[str, int]]:
    for row, (forms, _) in enumerate(ENGLISH.aliases.groups):
        for form in forms:
            yield form, row
            if not form.endswith((".", "s", "ese", "ish", "ch")):
                yield f"{form}s", row


@cache
def _index_forms() -> dict[str, int]:
    rows: dict[str, int] = {}
    for form, row in _list_forms():
        rows.setdefault(form, row)
    return rows


@cache
def _index_folded_forms() -> dict[str, int]:
    rows: dict[str, int] = {}
    for form, row in _list_forms():
        if len(form) >= MIN_LETTERS_WITHOUT_CASE or "." in form:
            rows.setdefault(_fold_form(form), row)
    return rows


def _fold_form(form: str) -> str:
    return fold(form).replace("’", "'")
