"""Speaker linking: the speakers of the library whom a name or description in a question can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.questions.names.aliases import AliasGroup, find_group
from assistant.store.protocol import NameKind
from assistant.text.languages import ENGLISH
from assistant.text.names import (
    has_given_name,
    initials_of,
    is_open_surname,
    is_same_person,
    lookup_words,
    name_parts,
    name_words,
)
from assistant.text.roles import is_same_role
from assistant.text.stemming import related_stems, stem, stem_words
from assistant.text.words import fold

NAMESAKE_RATIO = 4  # times fewer statements make one of several people of a surname unlikely to be meant
MAX_ROLE_HOLDERS = 20  # people with a role who are compared with a description

_IMITATION = re.compile(ENGLISH.status.imitation)
_OTHER_RANKS = frozenset("vice deputy assistant former ex acting interim first associate".split())
_OFFICES = frozenset(
    "prime foreign home finance defence defense interior health justice education trade energy transport".split()
)
_CAPITALISED_WORD = re.compile(r"[A-Z][\w’'-]*")
_ROLE_PREPOSITION = re.compile(r"\b(?:of|for|at|in|from|to)\b")
_WORDS_FOR_COUNTRY = frozenset("country government nation republic state".split())

SpeakerNames = list[tuple[str, bool]]
"""Speakers as the library has them, each with whether it is a name; if not, it is a role, such as "the police"."""


class SpeakerNameReader(Protocol):
    """The part of a library that knows its speakers by name and role."""

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        """Speakers whose name or role has a word in common with this name or description."""

    def count_statements(self, speaker: str) -> int:
        """How many statements a named speaker has."""

    def roles_of(self, speaker: str) -> list[str]:
        """What the articles call a speaker, each role once."""

    def first_text_of_speaker(self, speaker: str) -> str:
        """The text of the first article that quotes a speaker; empty if there is none."""


def link_speakers(speaker: str, library: SpeakerNameReader) -> SpeakerNames:
    """The speakers of the library whom a name or description in a question can mean.

    A name means only people of that name. A description ("the mayor", "Trump's lawyer") means everybody in that
    role, whether the articles name them or not.
    """
    similar = library.find_names_sharing_word(" ".join((speaker, *sorted(lookup_words(speaker)))))
    same = [name for name, kind in similar if kind == "name" and is_same_person(speaker, name)]
    if not same and speaker.isupper():
        initials = (name for name, kind in similar if kind == "name" and initials_of(name) == speaker)
        same = [name for name in initials if _is_called(speaker, name, library)]
    title = speaker.removesuffix(" ".join(name_parts(speaker))).strip()
    titled = [name for name in same if title and any(is_same_role(title, role) for role in library.roles_of(name))]
    same = titled or same  # "Sheriff Tarn" is none of the other Tarns, if one of them is a sheriff
    others = [name for name, kind in similar if kind == "name" and name not in same]
    names = [(name, True) for name in _drop_namesakes(speaker, same, others, library)]
    words = name_words(speaker)
    if not words:
        return names
    roles = [
        role
        for role, kind in similar
        if kind == "role" and set(words) <= set(name_words(role)) and not _is_somebody_of(role, speaker, words)
    ]
    if names:  # "Sanders" does not mean "Sanders’s supporters", nor "a man resembling Sanders"
        roles = [role for role in roles if not is_open_surname(role, speaker)]
        own = [role for role in roles if name_words(role)[-1] == words[-1] and not _IMITATION.search(role)]
        return [*names, *((role, False) for role in own)]
    holders = _find_role_holders(speaker, [name for name, kind in similar if kind == "holder"], library)
    return [*((role, False) for role in roles), *((name, True) for name in holders)]


def _is_called(initials: str, name: str, library: SpeakerNameReader) -> bool:
    """Whether an article calls a person by their initials."""
    return re.search(rf"\b{re.escape(initials)}\b", library.first_text_of_speaker(name)) is not None


def _is_somebody_of(role: str, speaker: str, words: Sequence[str]) -> bool:
    """Whether a role is somebody else, described by their relation to the speaker.

    "Ada Tarn’s wife" and "a friend of Tarn" are not Tarn, "the mayor’s deputy" is not the mayor, and "Ada Tarn
    supporters" are not Ada Tarn. "A Pentagon official" speaks for the Pentagon.
    """
    head = name_words(_ROLE_PREPOSITION.split(role, maxsplit=1)[0])
    if not head or head[-1] in words:
        return False
    owner = re.search(rf"\b{re.escape(words[-1])}[’']s?\s", fold(role))
    return owner is not None or words[-1] not in head or has_given_name(speaker)


def _drop_namesakes(
    speaker: str, same: Sequence[str], others: Sequence[str], library: SpeakerNameReader
) -> Sequence[str]:
    """The names without a bare surname that rather means somebody else: for Michelle Obama, "Obama" is dropped.

    A bare surname is dropped if a namesake has more statements than the speaker has under the full name.
    """
    surnames = [name for name in same if len(name_parts(speaker)) > 1 and len(name_parts(name)) == 1]
    namesakes = [
        name for name in others if surnames and is_same_person(surnames[0], name) and len(name_parts(name)) > 1
    ]
    if not namesakes:
        return same
    full_names = [name for name in same if name not in surnames]
    own_statements = sum(map(library.count_statements, full_names))
    return full_names if max(map(library.count_statements, namesakes)) > own_statements else same


def find_unlikely_speakers(
    speaker: str, names: Iterable[tuple[str, bool]], library: SpeakerNameReader
) -> frozenset[str]:
    """If a question names only a surname, the people of that surname who are hardly ever quoted.

    They have `NAMESAKE_RATIO` times fewer statements than the one who has most. `names` are the linked speakers.
    """
    people = [name for name, is_name in names if is_name and len(name_parts(name)) > 1]
    if len(name_parts(speaker)) != 1 or len(people) < 2:
        return frozenset()
    counts = {name: library.count_statements(name) for name in people}
    likely = max(people, key=counts.__getitem__)
    return frozenset(
        name for name in people if not is_same_person(name, likely) and counts[name] * NAMESAKE_RATIO <= counts[likely]
    )


def find_holders(description: str, library: SpeakerNameReader) -> list[str]:
    """The people whom articles describe so ("the mayor of Port Ellery"); not the body itself that it names."""
    similar = library.find_names_sharing_word(" ".join((description, *sorted(lookup_words(description)))))
    return _find_role_holders(description, [name for name, kind in similar if kind == "holder"], library)


def _find_role_holders(speaker: str, candidates: Sequence[str], library: SpeakerNameReader) -> list[str]:
    """Who has the role of a description: "the mayor of Port Ellery" is a person whom an article calls the mayor.

    The other words of the description ("Port Ellery", "Kremlin" in "the Kremlin aide") must occur in the person's
    roles, or in the first article that quotes them; if nobody is found so, there in another form ("Polish").
    """
    head = name_words(_ROLE_PREPOSITION.split(speaker, maxsplit=1)[0])
    if not head:
        return []
    noun, other_words = head[-1], set(name_words(speaker)) - {head[-1]}
    countries = _find_countries(speaker)
    holders: list[str] = []
    possible: list[str] = []
    for name in candidates[:MAX_ROLE_HOLDERS]:
        roles = [role for role in library.roles_of(name) if _is_role(role, noun, speaker)]
        if not roles:
            continue
        role_stems = set().union(*(_stem_with_relatives(role) for role in roles))
        missing = {word for word in other_words if _stem_with_relatives(word).isdisjoint(role_stems)}
        if any(country.pattern.search(role) for country in countries for role in roles):
            missing -= {word for word in missing if find_group([word])}
        text = library.first_text_of_speaker(name) if missing else ""
        if missing <= set(name_words(text)):
            holders.append(name)
        elif any(country.pattern.search(text) for country in countries):
            possible += [name] if all(find_group([word]) for word in missing) else []
    return holders or possible


def may_hold_role(role: str, description: str, *, is_named: bool) -> bool:
    """Whether somebody with this role, whose name the article gives or not, may be the one described.

    The noun and the other common words are the same. Names may be different, if that of the description is not a
    country's: the "foreign minister of Cuba" may be Havana's foreign minister, but is not Peru's. Of a country, a
    person with a name is found by `link_speakers`, or is somebody else.
    """
    words, common = set(name_words(role)), set(_common_words(description))
    if not common or not common <= words or not (_OTHER_RANKS & words) <= common:
        return False
    return not _find_countries(description) or (not is_named and _has_no_other_owner(role, description))


def is_description(speaker: str) -> bool:
    """Whether words describe a speaker ("Peru's president") and are not a name."""
    return bool(_common_words(speaker)) and any(word[0].isupper() or word == "the" for word in speaker.split())


def _common_words(description: str) -> list[str]:
    """The words before "of" or the like that are no names and no articles."""
    head = _ROLE_PREPOSITION.split(description, maxsplit=1)[0]
    return [fold(word) for word in head.split() if word.islower() and word not in ENGLISH.grammar.determiners]


def _stem_with_relatives(text: str) -> set[str]:
    stems = stem_words(text)
    return stems.union(*map(related_stems, stems))


def _is_role(role: str, noun: str, speaker: str) -> bool:
    """Whether a role with this noun can be the one described, and not another of the kind.

    A vice president is no president, a former one is no longer one, and neither the "Electoral Court President", the
    "president of Peru" nor the "president of the country's chess federation" is Brazil's.
    """
    words = name_words(role)
    described = _stem_with_relatives(speaker)
    if not _OFFICES & set(name_words(speaker)) <= set(words):
        return False  # a foreign minister is no prime minister
    if noun not in words or any(word in _OTHER_RANKS and stem(word) not in described for word in words):
        return False
    return _has_no_other_owner(role, speaker) and not _is_of_body(role, speaker)


def _is_of_body(role: str, description: str) -> bool:
    """Whether a role is that of a body without a name, where the description names a country."""
    body = name_words("".join(_ROLE_PREPOSITION.split(role, maxsplit=1)[1:]))
    countries = _find_countries(description)
    if not body or not countries or body[-1] in _WORDS_FOR_COUNTRY:
        return False
    is_of_country = any(country.pattern.search(role) for country in countries)
    return not is_of_country and _stem_with_relatives(" ".join(body)).isdisjoint(_stem_with_relatives(description))


def _has_no_other_owner(role: str, description: str) -> bool:
    """Whether all names in a role are also in the description, in another form too: "UK" for "British"."""
    described = _stem_with_relatives(description)
    for country in _find_countries(description):
        role = country.pattern.sub(" ", role)
    owners = [word for word in _CAPITALISED_WORD.findall(role) if word.lower() not in ENGLISH.people.titles]
    return all(not _stem_with_relatives(owner).isdisjoint(described) for owner in owners)


def _find_countries(text: str) -> list[AliasGroup]:
    """The countries, and other bodies with several names, that the words of a description name."""
    groups = (find_group([word]) for word in text.split() if word[0].isupper())
    return [group for group in groups if group is not None]
