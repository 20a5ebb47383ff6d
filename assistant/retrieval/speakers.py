"""Speaker linking: the library's speakers that a name in a question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.store.library import Library
from assistant.text.names import lookup_words, name_parts, name_words, same_person

RARELY = 4  # times less often quoted is who is less likely meant by a surname that several people share


MOST_HOLDERS = 20  # of one role in a collection that are looked at


SpeakerNames = list[tuple[str, bool]]
"""Names as the library has them, each with whether it is a name (else a role, such as "the police")."""


def speakers_meant(asked: str, library: Library) -> SpeakerNames:
    """The speakers of the library whom a name or description in a question can mean.

    A description ("the mayor", "Trump's lawyer") means those of that role, named or not; a name, nobody else.
    """
    shared = library.names_sharing(" ".join((asked, *sorted(lookup_words(asked)))))
    meant = [name for name, kind in shared if kind == "name" and same_person(asked, name)]
    others = [name for name, kind in shared if kind == "name" and name not in meant]
    named = [(name, True) for name in _without_namesake(asked, meant, others, library)]
    wanted = set(name_words(asked))
    if not wanted:
        return named
    roles = [(role, False) for role, kind in shared if kind == "role" and wanted <= set(name_words(role))]
    if named:  # Sanders is none of "Sanders’s supporters"
        roles = [(role, False) for role, _ in roles if name_words(role)[-1] == name_words(asked)[-1]]
    return [*named, *roles, *([] if named else _holders(asked, [n for n, kind in shared if kind == "holder"], library))]


def _without_namesake(asked: str, meant: Sequence[str], others: Sequence[str], library: Library) -> Sequence[str]:
    """Those meant, without the bare surname where it is rather somebody else's: "Obama" is not Michelle Obama."""
    parts = name_parts(asked)
    bare = [name for name in meant if len(parts) > 1 and len(name_parts(name)) == 1]
    namesakes = [name for name in others if bare and same_person(bare[0], name) and len(name_parts(name)) > 1]
    if not namesakes:
        return meant
    spoken = dict(statements_by(name, library) for name in (*meant, *namesakes))
    own = sum(spoken[name] for name in meant if name not in bare)
    return [name for name in meant if name not in bare] if max(map(spoken.__getitem__, namesakes)) > own else meant


def statements_by(name: str, library: Library) -> tuple[str, int]:
    """A speaker and how many statements the library has of theirs."""
    ((count,),) = library.rows("SELECT count(*) FROM statement WHERE speaker = ?", (name,))
    return name, count


def _less_meant(asked: str, names: Iterable[tuple[str, bool]], library: Library) -> frozenset[str]:
    """Of several people of one surname, asked for by it alone, those who are hardly ever quoted beside another."""
    people = [name for name, named in names if named and len(name_parts(name)) > 1]
    if len(name_parts(asked)) != 1 or len(people) < 2:
        return frozenset()
    spoken = dict(statements_by(name, library) for name in people)
    most = max(people, key=spoken.__getitem__)
    return frozenset(name for name in people if not same_person(name, most) and spoken[name] * RARELY <= spoken[most])


def _holders(asked: str, candidates: Sequence[str], library: Library) -> SpeakerNames:
    """Who has the role that is described: "the mayor of Port Ellery", where an article calls somebody the mayor.

    What stands beside the role itself ("of Port Ellery", "the Kremlin aide") has to stand in an article of theirs.
    """
    head = name_words(_BEHIND_ROLE.split(asked, maxsplit=1)[0])
    if not head:
        return []
    beside = set(name_words(asked)) - {head[-1]}
    found: SpeakerNames = []
    for name in candidates[:MOST_HOLDERS]:
        roles = {word for role in library.roles_of(name) for word in name_words(role)}
        if head[-1] in roles and (beside <= roles or beside - roles <= set(name_words(library.text_with(name)))):
            found.append((name, True))
    return found


_BEHIND_ROLE = re.compile(r"\b(?:of|for|at|in|from|to)\b")
