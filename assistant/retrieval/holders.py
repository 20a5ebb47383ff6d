"""Who has an office: the people whom the articles call what a description says, and of the body that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from assistant.questions.names.aliases import (
    AliasGroup,
    find_first_country,
    find_named_groups,
    name_country,
)
from assistant.text.languages import ENGLISH
from assistant.text.names import is_same_person, name_words
from assistant.text.roles import is_person_role, shorten_noun, spell_role
from assistant.text.stemming import related_stems, stem, stem_words
from assistant.text.words import fold

MAX_ROLE_HOLDERS = 20  # people with a role, those whom most articles call so, who are compared by an article

_OTHER_RANKS = frozenset("vice deputy assistant lieutenant former ex acting interim first associate".split())
_OFFICES = frozenset(
    "prime foreign home finance defence defense interior health justice education trade energy transport".split()
)
_CAPITALISED_WORD = re.compile(r"[A-Z][\w’'-]*")
ROLE_PREPOSITION = re.compile(r"\b(?:of|for|at|in|from|to)\b")
_ROLE_WORD = re.compile(r"\w[\w’'.-]*|[^\w\s]")
_NO_HEAD = frozenset("and or general emeritus pro who".split())
_WORDS_FOR_COUNTRY = frozenset("country government nation republic state".split())


class RoleReader(Protocol):
    """The part of a library that knows what the articles call people."""

    def count_roles(self, word: str) -> list[tuple[str, str, int]]:
        """Who is called what, with this word in it: name, role and in how many articles; the most first."""

    def first_text_of_speaker(self, speaker: str) -> str:
        """The text of the first article that quotes a speaker; empty if there is none."""


def find_holders(description: str, library: RoleReader) -> list[str]:
    """The people whom articles describe so ("the mayor of Port Ellery"), those whom most articles call so first.

    The other words of the description ("Port Ellery", "Kremlin" in "the Kremlin aide") must occur in what an article
    calls them, or in the first article that quotes them. The office of a country must be called so with its name; if
    it never is, the article must name no other country before it. At most `MAX_ROLE_HOLDERS`.
    """
    head = name_words(ROLE_PREPOSITION.split(description, maxsplit=1)[0])
    if not head:
        return []
    noun, other_words = head[-1], frozenset(name_words(description)) - {head[-1]}
    bodies = find_named_groups(description)
    countries = {country for group, _ in bodies if (country := name_country(group.forms[0])) is not None}
    named: Counter[str] = Counter()  # what they are called names all of it
    called: Counter[str] = Counter()  # it names no other body
    elsewhere: set[str] = set()
    roles: dict[str, set[str]] = {}
    rows = (row for word in (noun, *shorten_noun(noun)) for row in library.count_roles(word))
    for name, role, articles in ((name, spell_role(role), articles) for name, role, articles in rows):
        if _is_role(role, noun, description):
            roles.setdefault(name, set()).add(role)
            called[name] += articles
            named[name] += 0 if _find_missing((role,), other_words, bodies) else articles
        elif other_words and not _OTHER_RANKS & set(name_words(role)) and not _has_no_other_owner(role, description):
            elsewhere.add(name)
    by_articles = [name for name, _ in called.most_common()]
    found = [name for name in by_articles if named[name]]
    if found:  # and who is called "President" only where it is the same person
        found += [name for name in by_articles if not named[name] and _is_any(name, found) and name not in elsewhere]
        return found[:MAX_ROLE_HOLDERS]
    for name in [name for name in by_articles if name not in elsewhere][:MAX_ROLE_HOLDERS]:
        text = library.first_text_of_speaker(name)
        if not countries or find_first_country(text) in countries:
            missing = _find_missing(roles[name], other_words, bodies)
            if countries:  # "the Polish city" is enough for Poland
                missing -= set[str]().union(*(own for _, own in bodies))
            found += [name] if missing <= set(name_words(text)) else []
    return found


def _is_any(name: str, people: Iterable[str]) -> bool:
    return any(is_same_person(name, other) for other in people)


def _find_missing(
    roles: Iterable[str], words: Collection[str], bodies: Sequence[tuple[AliasGroup, frozenset[str]]]
) -> set[str]:
    """The words of a description that roles do not have, those of a country as its people neither."""
    roles = list(roles)
    stems = set[str]().union(*map(_stem_with_relatives, roles))
    missing = {word for word in words if _stem_with_relatives(word).isdisjoint(stems)}
    for group, own in bodies:
        if any(_own_forms(group).search(role) for role in roles):
            missing -= own
    return missing


@lru_cache(maxsize=500)
def _own_forms(group: AliasGroup) -> re.Pattern[str]:
    """The forms of a name without narrower ones: a president of the Senate is none of the United States."""
    return AliasGroup(group.forms, ()).pattern


def may_hold_role(role: str, description: str, *, is_named: bool) -> bool:
    """Whether somebody with this role, whose name the article gives or not, may be the one described.

    The noun and the other common words are the same. Names may be different, if that of the description is not a
    country's: the "foreign minister of Cuba" may be Havana's foreign minister, but is not Peru's. Of a country, a
    person with a name is found by `link_speakers`, or is somebody else.
    """
    words, common = set(name_words(role)), set(_common_words(description))
    if not common or not common <= words or not (_OTHER_RANKS & words) <= common:
        return False
    return not find_named_groups(description) or (not is_named and _has_no_other_owner(role, description))


def is_description(speaker: str) -> bool:
    """Whether words describe a speaker ("Peru's president") and are not a name."""
    return bool(_common_words(speaker)) and any(word[0].isupper() or word == "the" for word in speaker.split())


def _common_words(description: str) -> list[str]:
    """The words before "of" or the like that are no names and no articles."""
    head = ROLE_PREPOSITION.split(description, maxsplit=1)[0]
    return [fold(word) for word in head.split() if word.islower() and word not in ENGLISH.grammar.determiners]


@lru_cache(maxsize=2_000)
def _stem_with_relatives(text: str) -> frozenset[str]:
    stems = stem_words(text)
    return frozenset(stems.union(*map(related_stems, stems)))


def _is_role(role: str, noun: str, speaker: str) -> bool:
    """Whether a role with this noun can be the one described, and not another of the kind.

    A vice president is no president, a former one is no longer one, and neither the "Electoral Court President", the
    "president of Peru" nor the "president of the country's chess federation" is Brazil's.
    """
    words = name_words(role)
    described = _stem_with_relatives(speaker)
    if not _OFFICES & set(name_words(speaker)) <= set(words):
        return False  # a foreign minister is no prime minister
    if (
        noun not in words
        or _is_modifier(noun, role)
        or any(word in _OTHER_RANKS and stem(word) not in described for word in words)
    ):
        return False
    return _has_no_other_owner(role, speaker) and not _is_of_body(role, speaker)


def _is_modifier(noun: str, role: str) -> bool:
    """Whether a noun only describes the one after it: a head coach is no head, a president-elect no president.

    A police chief speaks for the police.
    """
    if not is_person_role(noun):
        return False
    words = _ROLE_WORD.findall(fold(ROLE_PREPOSITION.split(role, maxsplit=1)[0]))
    places = [place for place, word in enumerate(words) if word == noun or word.endswith(f"-{noun}")]
    after = words[places[-1] + 1 :][:1] if places else ["elect"]
    return any(word.isalpha() and word not in _NO_HEAD for word in after)


def _is_of_body(role: str, description: str) -> bool:
    """Whether a role is that of a body without a name, where the description names a country."""
    body = name_words("".join(ROLE_PREPOSITION.split(role, maxsplit=1)[1:]))
    countries = [group for group, _ in find_named_groups(description)]
    if not body or not countries or body[-1] in _WORDS_FOR_COUNTRY:
        return False
    is_of_country = any(country.pattern.search(role) for country in countries)
    return not is_of_country and _stem_with_relatives(" ".join(body)).isdisjoint(_stem_with_relatives(description))


def _has_no_other_owner(role: str, description: str) -> bool:
    """Whether all names in a role are also in the description, in another form too: "UK" for "British"."""
    described = _stem_with_relatives(description)
    for group, _ in find_named_groups(description):
        role = group.pattern.sub(" ", role)
    no_owners = ENGLISH.people.titles | ENGLISH.grammar.determiners  # "The mayor"
    owners = [word for word in _CAPITALISED_WORD.findall(role) if word.lower() not in no_owners]
    return all(not _stem_with_relatives(owner).isdisjoint(described) for owner in owners)
