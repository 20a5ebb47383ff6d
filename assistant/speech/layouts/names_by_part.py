"""The names in the labels of a transcript and in its text by their parts. Each index is made when it is first asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from assistant.text.names import PARTICLES, full_names, name_parts


class PeopleInText:
    """The full names in a text that are not in capitals."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def names(self) -> frozenset[str]:
        """All of them."""
        return frozenset(name for name in full_names(self._text) if not name.isupper())

    @cached_property
    def last_names(self) -> frozenset[str]:
        """Their last words, in lower case."""
        return frozenset(name.split()[-1].lower() for name in self.names)

    @cached_property
    def by_initials(self) -> dict[str, set[str]]:
        """The names by the first letters of their words: "AT" for Ada Tarn."""
        return self._index("".join(word[0] for word in name.split()) for name in self.names)

    @cached_property
    def by_given_name(self) -> dict[str, set[str]]:
        """The names by their first words."""
        return self._index(name.split()[0] for name in self.names)

    def _index(self, keys: Iterable[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, name in zip(keys, self.names, strict=True):
            found.setdefault(key, set()).add(name)
        return found


class LabelNames:
    """The names in the labels of a transcript, as written."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    @cached_property
    def full(self) -> frozenset[str]:
        """Those of several words, each word with one capital."""
        return frozenset(name.title() for name in self._names if " " in name)

    @cached_property
    def endings(self) -> frozenset[str]:
        """What follows a space in one of them, in lower case."""
        words = (name.lower().split(" ") for name in self._names)
        return frozenset(" ".join(each[first:]) for each in words for first in range(1, len(each)))

    @cached_property
    def by_title(self) -> dict[str, set[str]]:
        """The names without titles, by the first word in lower case: "Solli" by "chairman" for "CHAIRMAN SOLLI"."""
        found: dict[str, set[str]] = {}
        for name in self._names:
            title, *others = name.split()
            if others and (parts := name_parts(capitalize_label(name))):
                found.setdefault(title.rstrip(".").lower(), set()).add(" ".join(parts))
        return found


def capitalize_label(label: str) -> str:
    """A label in capitals as a name: "MR. VAN LIE" gives "Mr. van Lie"."""
    if not label.isupper() or len(label) == 1:
        return label
    words = [word.lower() if word.lower() in PARTICLES else word.title().replace("’S", "’s") for word in label.split()]
    return " ".join(words)
