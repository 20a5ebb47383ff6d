"""Speaker linking: the library's speakers that a name in a question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.store.protocol import NameKind
from assistant.text.names import is_same_person, lookup_words, name_parts, name_words

NAMESAKE_RATIO = 4  # times less often quoted is who is less likely meant by a surname that several people share


MAX_ROLE_HOLDERS = 20  # of one role in a collection that are looked at


SpeakerNames = list[tuple[str, bool]]
"""Names as the library has them, each with whether it is a name (else a role, such as "the police")."""


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

    A description ("the mayor", "Trump's lawyer") means those of that role, named or not; a name, nobody else.
    """
    shared = library.find_names_sharing_word(" ".join((speaker, *sorted(lookup_words(speaker)))))
    meant = [name for name, kind in shared if kind == "name" and is_same_person(speaker, name)]
    others = [name for name, kind in shared if kind == "name" and name not in meant]
    named = [(name, True) for name in _drop_namesakes(speaker, meant, others, library)]
    wanted = set(name_words(speaker))
    if not wanted:
        return named
    roles = [(role, False) for role, kind in shared if kind == "role" and wanted <= set(name_words(role))]
    if named:  # Sanders is none of "Sanders’s supporters"
        roles = [(role, False) for role, _ in roles if name_words(role)[-1] == name_words(speaker)[-1]]
    return [
        *named,
        *roles,
        *([] if named else _find_role_holders(speaker, [n for n, kind in shared if kind == "holder"], library)),
    ]


def _drop_namesakes(
    speaker: str, meant: Sequence[str], others: Sequence[str], library: SpeakerNameReader
) -> Sequence[str]:
    """Those meant, without the bare surname where it is rather somebody else's: "Obama" is not Michelle Obama."""
    parts = name_parts(speaker)
    bare = [name for name in meant if len(parts) > 1 and len(name_parts(name)) == 1]
    namesakes = [name for name in others if bare and is_same_person(bare[0], name) and len(name_parts(name)) > 1]
    if not namesakes:
        return meant
    spoken = dict(count_statements_by(name, library) for name in (*meant, *namesakes))
    own = sum(spoken[name] for name in meant if name not in bare)
    return [name for name in meant if name not in bare] if max(map(spoken.__getitem__, namesakes)) > own else meant


def count_statements_by(name: str, library: SpeakerNameReader) -> tuple[str, int]:
    """A speaker and how many statements the library has of theirs."""
    return name, library.count_statements(name)


def find_unlikely_speakers(
    speaker: str, names: Iterable[tuple[str, bool]], library: SpeakerNameReader
) -> frozenset[str]:
    """Of several people of one surname, asked for by it alone, those who are hardly ever quoted beside another."""
    people = [name for name, named in names if named and len(name_parts(name)) > 1]
    if len(name_parts(speaker)) != 1 or len(people) < 2:
        return frozenset()
    spoken = dict(count_statements_by(name, library) for name in people)
    most = max(people, key=spoken.__getitem__)
    return frozenset(
        name for name in people if not is_same_person(name, most) and spoken[name] * NAMESAKE_RATIO <= spoken[most]
    )


def _find_role_holders(speaker: str, candidates: Sequence[str], library: SpeakerNameReader) -> SpeakerNames:
    """Who has the role that is described: "the mayor of Port Ellery", where an article calls somebody the mayor.

    What stands beside the role itself ("of Port Ellery", "the Kremlin aide") has to stand in an article of theirs.
    """
    head = name_words(_ROLE_PREPOSITION.split(speaker, maxsplit=1)[0])
    if not head:
        return []
    beside = set(name_words(speaker)) - {head[-1]}
    found: SpeakerNames = []
    for name in candidates[:MAX_ROLE_HOLDERS]:
        roles = {word for role in library.roles_of(name) for word in name_words(role)}
        if head[-1] in roles and (
            beside <= roles or beside - roles <= set(name_words(library.first_text_of_speaker(name)))
        ):
            found.append((name, True))
    return found


_ROLE_PREPOSITION = re.compile(r"\b(?:of|for|at|in|from|to)\b")
