"""Descriptions of people ("the transport minister"): their main noun, and whether two of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.text.languages import ENGLISH

_PEOPLE, _GRAMMAR = ENGLISH.people, ENGLISH.grammar
_SINGLE_PERSON_WORDS = (_PEOPLE.titles | _PEOPLE.person_nouns) - _PEOPLE.group_nouns - _PEOPLE.title_adjectives
_SINGLE_PERSON_HEADS = _SINGLE_PERSON_WORDS | set(_PEOPLE.role_synonyms.values())
_WORD = re.compile(r"\w[\w’'&./\-]*")
_OCCUPATIONS = _PEOPLE.person_nouns - _PEOPLE.titles - _PEOPLE.dependent_nouns
_AGE = re.compile(r"\b\d{1,3}-year-old\s")
_OWNER = re.compile(r"(?:[’']s|s[’'])$")
_LINKS = _GRAMMAR.prepositions | {"to", "who", "which", "that", "and", "by"}


_SHORT_FORMS = {short: whole for short, whole in _PEOPLE.role_synonyms.items() if len(short) <= len("capt")}
_CAPITALISED_SHORT_FORM = re.compile(rf"\b(?:{'|'.join(each.capitalize() for each in _SHORT_FORMS)})\b\.?")


class _Role(NamedTuple):
    """A description in lower case, without an article: "chief engineer of the town" with the head "engineer"."""

    words: tuple[str, ...]
    head: str
    modifiers: frozenset[str]  # before the head
    has_complement: bool  # "of the town"
    has_owner: bool  # "the minister’s", "his"


RoleKey = tuple[str, ...] | tuple[str, frozenset[str], str]
"""All words of a description; or its main noun, its words that make it another role, and one of its modifiers."""


@lru_cache(maxsize=5_000)
def _parse(role: str) -> _Role:
    plain = _AGE.sub("", role.lower().replace(".", ""))
    words = tuple(_PEOPLE.role_synonyms.get(word, word) for word in re.findall(_WORD, plain))
    if words and words[0] in _GRAMMAR.role_articles:
        words = words[1:]
    end = next((place for place, word in enumerate(words) if word in _LINKS and place), len(words))
    core = words[:end]
    owned = any(_OWNER.search(word) or word in _GRAMMAR.owners for word in core)
    return _Role(words, core[-1] if core else "", frozenset(core[:-1]), end < len(words), owned)


def role_head(role: str) -> str:
    """The main noun of a description in lower case: "engineer" for "the chief engineer of the town"."""
    return _parse(role).head


def spell_role(role: str) -> str:
    """A role without short forms: "California governor" for "California Gov."."""
    return _CAPITALISED_SHORT_FORM.sub(lambda found: _SHORT_FORMS[found[0].rstrip(".").lower()], role)


def shorten_noun(noun: str) -> list[str]:
    """The short forms of the noun of a role, in lower case: "gov" of "governor"."""
    return [short for short, whole in _SHORT_FORMS.items() if whole == noun]


def is_person_role(role: str) -> bool:
    """Whether a description is of one person: "an aide", not "the campaign"."""
    return role_head(role) in _SINGLE_PERSON_HEADS


def is_definite_role(role: str) -> bool:
    """Whether a description can refer to one known person: "the presidential aide", not "an aide", "the campaign"."""
    first = role.split(maxsplit=1)[0].lower() if role else ""
    return first in _GRAMMAR.definite_determiners and is_person_role(role)


def is_same_role(mention: str, known: str) -> bool:
    """Whether a description can refer to a person whom the article describes as `known`.

    "The minister" and "the transport minister" can be the "transport minister of Norland". "The former minister", "the
    minister’s aide" and "the minister of health" are somebody else, and "the president" is not the "vice president".
    """
    one, other = _parse(mention), _parse(known)
    if one.words == other.words:
        return True
    if one.head != other.head or one.has_complement or one.has_owner:
        return False
    changing = _PEOPLE.role_changing_words
    return one.modifiers <= other.modifiers and changing & one.modifiers == changing & other.modifiers


def known_role_keys(known: str) -> Iterator[RoleKey]:
    """The keys under which the description of a person is kept. See `find_role_keys`."""
    role = _parse(known)
    yield role.words
    changing = _PEOPLE.role_changing_words & role.modifiers
    for modifier in ("", *role.modifiers):
        yield role.head, changing, modifier


def find_role_keys(mention: str) -> Iterator[RoleKey]:
    """Keys one of which each description has that is the same as `mention` in the sense of `is_same_role`."""
    role = _parse(mention)
    yield role.words
    if not (role.has_complement or role.has_owner):
        yield role.head, _PEOPLE.role_changing_words & role.modifiers, min(role.modifiers, default="")


def find_occupations(role: str) -> frozenset[str]:
    """The occupations in a description: "geologist" for "geologist at the university". Offices do not count."""
    return frozenset(word for word in re.findall(r"\w+", role.lower()) if word in _OCCUPATIONS)
