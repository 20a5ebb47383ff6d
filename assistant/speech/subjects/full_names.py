"""The fullest form of each name in an article, as far as it was read."""

from __future__ import annotations

from collections.abc import Collection

from assistant.speech.subjects.names_in_text import (
    PLACE_IN_TEXT,
    count_names,
    find_abbreviations,
    find_aliases,
    find_by_initials,
    find_family_first_names,
    find_unambiguous_names,
    has_rare_given_name,
    is_introduced,
    is_role_before_name,
    name_key,
)
from assistant.text.languages import ENGLISH
from assistant.text.names import (
    has_given_name,
    is_compatible_name,
    is_given_name,
    is_organization,
    name_parts,
    name_suffix,
)


class FullNames:
    """The names of one article: those that the whole text decides, and those that were read."""

    def __init__(self, text: str, common: Collection[str]) -> None:
        """`common` are words of the text that are not names, in lower case."""
        self._common_words = common
        self.by_key = count_names(text)
        self.aliases = find_aliases(text)
        self._abbreviated = find_abbreviations(text)
        self.places = frozenset(PLACE_IN_TEXT.findall(text))
        # Surname in lower case -> fullest name so far. At first, names that only one person in the article has.
        self.known = {
            key: name
            for key, name in find_unambiguous_names(self.by_key, common).items()
            if has_given_name(name) or is_introduced(name, text, self.places)
        }
        self.known |= find_family_first_names(text, self.known, self.by_key)

    def complete(self, name: str) -> str:
        """The fullest form of a name so far, which is remembered; the name itself where the known one is another's."""
        if "&" in name or " the " in name or name.endswith(("’s", "'s")):
            return name
        name = self.aliases.get(name, name)
        parts, suffix = name_parts(name) or name.split(), name_suffix(name)
        written = " ".join((*parts, suffix) if suffix else parts)
        key = name_key(written)
        known = self.known.get(key) or self._find_by_part(written, suffix)
        if known is None:
            others = self.by_key.get(key, ())
            is_likely = has_given_name(written) or has_rare_given_name(written, self._common_words)
            if len(parts) == 1 or is_likely or not any(map(has_given_name, others)):
                self.known[key] = written
            return written
        if _is_other(written, parts, known):
            return written
        if len(parts) == 1 or is_compatible_name(name_parts(known), parts):
            if len(name_parts(known)) > 1 or len(parts) == 1:
                return known
            if parts[0] in self.places and not has_given_name(written):
                return written
            self.known[key] = written
            return written
        if len(parts) == 2 and is_role_before_name(parts[0]):
            return known  # "Keeper Brandreth", "Dean Brandreth", where the article has an Ada Brandreth
        return written

    def _find_by_part(self, written: str, suffix: str) -> str | None:
        """The only person who has a word as initials, or as given name: "Ada" where the article has an Ada Tarn."""
        if " " in written:
            return None
        if written.isupper() and written not in self._abbreviated:
            return find_by_initials(written, suffix, self.known.values())
        if not is_given_name(written) or written in self.places:
            return None
        named = {full for full in self.known.values() if full.startswith(f"{written} ")}
        return named.pop() if len(named) == 1 else None


def _is_other(written: str, parts: Collection[str], known: str) -> bool:
    """Whether a name is somebody else's than the known one with the same last word."""
    words = known.split()
    if len(parts) == 1 and words[0].lower() in ENGLISH.people.demonyms and len(words) > 1:
        return True  # "the US Open" is not the Canadian Open
    if len(parts) > 1 and is_organization(written) and not set(parts) <= set(words):
        return True  # "State Department" is no "United States Department"
    is_headline = known.isupper() and not written.isupper()  # "Tarn" is not "FIND TARN"
    is_shorter = 1 < len(words) < len(parts)  # "Norland Steel Industry" is not "Steel Industry"
    return (is_headline or is_shorter) and not has_given_name(known)
