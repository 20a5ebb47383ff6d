"""The roles of the people of an article: how it describes each, and whom a description can mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from assistant.text.roles import RoleKey, find_occupations, find_role_keys, is_same_role, known_role_keys


class KnownRoles:
    """The descriptions that were read so far, by full name."""

    def __init__(self) -> None:
        self._as_speaker: dict[str, str] = {}  # the first description as a speaker
        self._elsewhere: dict[str, str] = {}  # the first description elsewhere
        self._titles: dict[str, dict[str, None]] = {}  # descriptions before the name, each once
        self._names: dict[RoleKey, dict[str, None]] = {}  # key of a description -> full names

    def role_of(self, name: str) -> str | None:
        """The description of a person; of those before the name only one with an occupation."""
        known = self._as_speaker.get(name) or self._elsewhere.get(name)
        return known or next(filter(find_occupations, self.titles_before(name)), None)

    def descriptions(self, name: str) -> Sequence[str]:
        """All descriptions of a person."""
        noted = (self._as_speaker.get(name), self._elsewhere.get(name))
        return [*filter(None, noted), *self.titles_before(name)]

    def titles_before(self, name: str) -> Collection[str]:
        """The descriptions that stood before the name."""
        return self._titles.get(name, {})

    def list_holders(self, role: str) -> Iterator[str]:
        """Everybody whom a role can mean; somebody with several such descriptions more than once."""
        names = chain.from_iterable(self._names.get(key, ()) for key in find_role_keys(role))
        return (name for name in names if self.has_role(name, role))

    def has_role(self, name: str, role: str) -> bool:
        """Whether a role can mean somebody."""
        return any(is_same_role(role, each) for each in self.descriptions(name))

    def note_role(self, name: str, role: str, *, speaks: bool) -> None:
        """Remember the description of somebody; the first one counts."""
        known = self._as_speaker if speaks else self._elsewhere
        if name not in known:
            known[name] = role
            self._index(name, role)

    def note_title(self, name: str, title: str) -> None:
        """Remember a description before a name."""
        self._titles.setdefault(name, {})[title] = None
        self._index(name, title)

    def _index(self, name: str, role: str) -> None:
        for key in known_role_keys(role):
            self._names.setdefault(key, {})[name] = None
