"""Speaker linking: the speakers of the library whom a name or description in a question can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.retrieval.holders import ROLE_PREPOSITION, RoleReader, find_holders
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
from assistant.text.words import fold

NAMESAKE_RATIO = 4  # times fewer statements make one of several people of a surname unlikely to be meant

_IMITATION = re.compile(ENGLISH.status.imitation)

SpeakerNames = list[tuple[str, bool]]
"""Speakers as the library has them, each with whether it is a name; if not, it is a role, such as "the police"."""


class SpeakerNameReader(RoleReader, Protocol):
    """The part of a library that knows its speakers by name and role."""

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        """Speakers whose name or role has a word in common with this name or description."""

    def count_statements(self, speaker: str) -> int:
        """How many statements a named speaker has."""

    def roles_of(self, speaker: str) -> list[str]:
        """What the articles call a speaker, each role once."""


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
    return [*((role, False) for role in roles), *((name, True) for name in find_holders(speaker, library))]


def _is_called(initials: str, name: str, library: SpeakerNameReader) -> bool:
    """Whether an article calls a person by their initials."""
    return re.search(rf"\b{re.escape(initials)}\b", library.first_text_of_speaker(name)) is not None


def _is_somebody_of(role: str, speaker: str, words: Sequence[str]) -> bool:
    """Whether a role is somebody else, described by their relation to the speaker.

    "Ada Tarn’s wife" and "a friend of Tarn" are not Tarn, "the mayor’s deputy" is not the mayor, and "Ada Tarn
    supporters" are not Ada Tarn. "A Pentagon official" speaks for the Pentagon.
    """
    head = name_words(ROLE_PREPOSITION.split(role, maxsplit=1)[0])
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
