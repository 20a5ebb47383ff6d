"""The full names in a text: which surname belongs to one person only, what looks like a name but is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from assistant.speech.subjects.bodies_in_text import find_abbreviations, find_names_with_article
from assistant.text.languages import ENGLISH
from assistant.text.languages.word_list import is_english_word
from assistant.text.names import (
    NAME_WORD,
    PARTICLES,
    POSSESSIVE_ENDING,
    full_names,
    has_given_name,
    infer_gender,
    initials_of,
    is_compatible_name,
    is_given_name,
    is_organization,
    name_parts,
    name_suffix,
    surname,
)
from assistant.text.quotation_marks import mask_spans, quotation_spans

MAX_LETTERS = 30  # of the last word of a name
MAX_PARTS = 4  # of a word with hyphens, apostrophes or full stops: "Marr-Ní-O’Neill"
MAX_INITIALS = 5  # letters from which a word in capitals is no person's initials

_PEOPLE = ENGLISH.people
_ROLE_ENDINGS = _PEOPLE.role_endings
_ENDINGS_OF_WORDS = ("ed", ENGLISH.grammar.adverb_ending, ENGLISH.grammar.participle_ending)
_NEVER_GIVEN_NAMES = frozenset({"camp", "team"}).union(
    _PEOPLE.non_name_words, _PEOPLE.sentence_openers, _PEOPLE.slogan_verbs, PARTICLES
)
_COMPOUND = re.compile(r"\w{0,3}[’'][A-Z]\w{0,30}-")  # "O’Marr-Ní"

_ALIAS = re.compile(
    r"(?P<surname>[A-Z][\w’'\-]{1,30})(?:,(?: (?:an?|the) [^,.“\"]{2,50},)?| \()? ?"
    rf"{ENGLISH.narration.alias_before} ?"
    r"[“\"‘']?(?P<alias>[A-Z][\w’'\-]{1,20}(?: [A-Z][\w’'\-]{1,20})?)(?=[”\"’',.)]| [a-z])"
)


def find_aliases(text: str) -> dict[str, str]:
    """Other names that a text explains, with the surname: "Bix" for "Ivo Tarn, known as Bix"."""
    found: dict[str, set[str]] = {}
    for match in _ALIAS.finditer(text):
        found.setdefault(match["alias"], set()).add(match["surname"])
        if has_given_name(match["alias"]):
            found.setdefault(match["alias"].split()[-1], set()).add(match["surname"])
    known = {alias: names.pop() for alias, names in found.items() if len(names) == 1}
    return {alias: surname for alias, surname in known.items() if alias != surname}


_WORD, _BEHIND_WORD, _FURTHER_PART = re.compile(r"\w+"), re.compile(r"\w $"), re.compile(r"[’'.\-]\w+")
PLACE_IN_TEXT = re.compile(r"\b(?:in|near|from|outside|to)\s([A-Z]\w{1,30})\b(?!\s[A-Z])")


def is_introduced(name: str, text: str, places: Collection[str], alone: Mapping[str, int]) -> bool:
    """Whether a name without a common given name can be a person's: before its last word is used alone.

    `alone` is what `find_alone` gives for the last words of names.
    """
    first, _, last = name.partition(" ")
    if first in places:
        return not last  # "Moscow Renault", "Palo Alto Walgreens"
    if not last or is_organization(name):
        return True
    place = alone.get(last_word(name))
    return place is None or place >= text.find(name)


def last_word(name: str) -> str:
    """The last word of a name as it is written."""
    return name.rsplit(" ", 1)[-1]


def find_alone(text: str, wanted: Collection[str]) -> dict[str, int]:
    """The first place of each wanted word that has no other word before it, also as the end of one: "AmeriCorps".

    One pass, however many are wanted.
    """
    places: dict[str, int] = {}
    endings = {word[-1:] for word in wanted}
    for match in _WORD.finditer(text):
        start, end = match.span()
        if text[end - 1] in endings:
            for inner in range(max(start + 1, end - MAX_LETTERS), end):
                if text[inner:end] in wanted:
                    places.setdefault(text[inner:end], inner)
        if _BEHIND_WORD.match(text, max(0, start - 2), start):
            continue
        for _ in range(MAX_PARTS):
            if (word := text[start:end]) in wanted:
                places.setdefault(word, start)
            if (further := _FURTHER_PART.match(text, end)) is None:
                break
            end = further.end()
    return places


def name_key(name: str) -> str:
    """The surname with "jr": Ivo Tarn and Ivo Tarn Jr. are two people."""
    return f"{surname(name)} {name_suffix(name).lower()}".rstrip()


def is_role_before_name(word: str) -> bool:
    """Whether a word is a title too ("Dean"), or no given name and ends like a noun for what people do ("Keeper")."""
    if word.lower() in _PEOPLE.titles_also_given_names:
        return True
    return not is_given_name(word) and word.lower().endswith(_ROLE_ENDINGS)


def count_names(text: str) -> dict[str, Counter[str]]:
    """The full names in a text by their keys, each with how often it occurs, in order."""
    names_by_key: dict[str, Counter[str]] = {}
    roles = frozenset(match[1] for match in _LOWER_BEFORE_NAME.finditer(text))
    for line in text.splitlines():
        if _is_headline(line):
            continue
        for name in full_names(line):
            first, _, rest = name.partition(" ")
            if first.endswith("-year-old"):
                name = rest
            if rest.count(" ") == 1 and not is_organization(rest) and _is_role_in(roles, first):
                name = rest  # "Keeper Ivo Tarn", where another is "the keeper Bo Marr"
            if " " in name and not name.isupper():
                names_by_key.setdefault(name_key(name), Counter())[name] += 1
    return names_by_key


_LOWER_BEFORE_NAME = re.compile(rf"(?<=[a-z] )([a-z][\w’'\-]*) (?={NAME_WORD} {NAME_WORD})")


def _is_role_in(roles: Collection[str], word: str) -> bool:
    """Whether a word is a role before other names: it is among those that stand in small letters before one."""
    return word.istitle() and len(word) > MAX_INITIALS and not is_given_name(word) and word.lower() in roles


def find_unambiguous_names(names_by_key: Mapping[str, Counter[str]], common: Collection[str]) -> dict[str, str]:
    """Surnames that occur with only one first name in a text, with the full name."""
    unambiguous: dict[str, str] = {}
    for key, names in names_by_key.items():
        if best := _choose_full_name(names, common):
            unambiguous[key] = best
    with_suffix: dict[str, list[str]] = {}
    for name in unambiguous.values():
        if name_suffix(name):
            with_suffix.setdefault(surname(name), []).append(name)
    only_names = {key: names[0] for key, names in with_suffix.items() if len(names) == 1 and key not in names_by_key}
    return only_names | unambiguous


def _choose_full_name(names: Counter[str], common: Collection[str]) -> str | None:
    """The full name of the only person among names with one surname; None if there may be several people."""
    # Other words before a name are a title, or the end of another name.
    with_given = [name for name in names if has_given_name(name)]
    if not with_given:
        best = min(names, key=len)
        if not all(name.endswith(best) for name in names):
            return None
        return max(names, key=len) if _is_compound_surname(best) else best
    if len({name.split()[0] for name in with_given}) > 1:
        return None
    earlier = list(names)[: list(names).index(with_given[0])]
    if any(has_rare_given_name(name, common) for name in earlier):
        return None
    return min(with_given, key=lambda name: (-names[name], len(name)))


def has_rare_given_name(name: str, common: Collection[str]) -> bool:
    """Whether a name of two words begins with what may be a given name that is in no list: not "Team Tarn"."""
    first = name.partition(" ")[0]
    return (
        name.count(" ") == 1
        and not is_given_name(first)
        and not is_organization(name)
        and first.istitle()
        and not is_role_before_name(first)
        and first.lower() not in common
        and first.lower() not in _NEVER_GIVEN_NAMES
        and not first.endswith(_ENDINGS_OF_WORDS)
        and first not in _PEOPLE.regions
    )


def _is_likely_person(name: str, common: Collection[str]) -> bool:
    """As `has_rare_given_name`, without common words: not "West Coast"."""
    return has_rare_given_name(name, common) and not is_english_word(name.split()[0].lower())


def _is_compound_surname(name: str) -> bool:
    """Whether a name of several words is no more than a surname: "O’Marr-Ní Pellew", "de la Tarn"."""
    first = name.split()[0]
    return first.lower() in PARTICLES or _COMPOUND.match(first) is not None


def find_family_first_names(text: str, known: Mapping[str, str], surnames: Collection[str]) -> dict[str, str]:
    """Family names that come first, with the full name: "Mr. Lou" is Lou Jiwei, unless "Lou" is a surname too."""
    titled = {name.lower() for name in names_with_office(text)} - set(surnames)
    by_first_word = {name.split()[0]: name for name in known.values() if " " in name and not is_organization(name)}
    return {
        first.lower(): name
        for first, name in by_first_word.items()
        if first.lower() in titled and not is_given_name(first)
    }


def _is_headline(line: str) -> bool:
    if len(line) > 150:
        return False
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) > 3 and sum(word[:1].isupper() for word in words) > 0.7 * len(words)


_GENDERED_TITLE_BEFORE = re.compile(
    rf"\b({'|'.join(_PEOPLE.gendered_titles_before_name)})\.?\s(?:{NAME_WORD}\s)?({NAME_WORD})"
)
_COUPLE = re.compile(rf"\b({NAME_WORD} )?{NAME_WORD} and ({NAME_WORD} {NAME_WORD})(?! [A-Z])")
_OFFICE_BEFORE = re.compile(rf"\b(?:{'|'.join(_PEOPLE.offices_before_name)})\.?\s(?:{NAME_WORD}\s)?({NAME_WORD})")


def find_couples(text: str) -> frozenset[str]:
    """The names that a text joins with a first name alone: "Ada Tarn" in "Ivo and Ada Tarn"."""
    return frozenset(match[2] for match in _COUPLE.finditer(text) if not match[1])


def names_with_office(text: str) -> Iterator[str]:
    """The last words of names that follow a title: "Tarn" of "President Ada Tarn"."""
    for match in _OFFICE_BEFORE.finditer(text):
        yield POSSESSIVE_ENDING.sub("", match[1]).rstrip(".")


def titled_names(text: str) -> Iterator[tuple[str, str]]:
    """Titles that decide the pronoun, each with the last word of the name after it: ("Mrs", "Clinton")."""
    for match in _GENDERED_TITLE_BEFORE.finditer(text):
        yield match[1], POSSESSIVE_ENDING.sub("", match[2]).rstrip(".")


_PRONOUN = re.compile(r"\b(?:(?P<he>[Hh](?:e|is|im|imself))|(?P<she>[Ss]he|[Hh]er|[Hh]ers|[Hh]erself))\b")
_GENDERED_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(_PEOPLE.male_titles | _PEOPLE.female_titles))})\b")
MIN_PRONOUNS = 2  # from which a text tells by which pronoun it calls somebody


def infer_pronouns(text: str, names: Collection[str], common: Collection[str]) -> dict[str, str]:
    """The pronouns of people whose given names do not tell them, by full name, where a text uses only one for them.

    Of each paragraph count the pronouns behind the first person of `names` in it, before the next one, outside
    quotations.
    """
    people = {name.split()[-1]: name for name in names if " " in name and not is_organization(name)}
    unclear = {name for name in people.values() if infer_gender(name) is None}
    unclear = {name for name in unclear if has_given_name(name) or _is_likely_person(name, common)}
    if not unclear:
        return {}
    mentions = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(people)))})\b")
    counts: dict[str, Counter[str]] = {}
    for line in text.splitlines():
        first = mentions.search(line)
        if first is None or people[first[0]] not in unclear or _PRONOUN.search(line, first.end()) is None:
            continue
        line = mask_spans(line, quotation_spans(line, 0, len(line))[0])
        others = (found.start() for found in mentions.finditer(line, first.end()) if found[0] != first[0])
        noun = _GENDERED_NOUN.search(line, first.end())
        limit = min(next(others, len(line)), noun.start() if noun else len(line))
        for pronoun in _PRONOUN.finditer(line, first.end(), limit):
            counts.setdefault(people[first[0]], Counter())[str(pronoun.lastgroup)] += 1
    return {
        name: "he" if seen["he"] else "she"
        for name, seen in counts.items()
        if len(seen) == 1 and seen.total() >= MIN_PRONOUNS
    }


def find_by_initials(initials: str, suffix: str, full_names: Iterable[str]) -> str | None:
    """The only person with these initials: "RFT Jr." for "Rosa F. Tarn Jr.", but no body's."""
    if not 2 < len(initials) < MAX_INITIALS:
        return None
    only = None
    for full in full_names:
        if name_suffix(full) == suffix and not is_organization(full) and initials_of(full) == initials:
            if only not in (None, full):
                return None
            only = full
    return only if only and (suffix or has_given_name(only)) else None


class FullNames:
    """The names of one article: those that the whole text decides, and those that were read."""

    def __init__(self, text: str, common: Collection[str]) -> None:
        """`common` are words of the text that are not names, in lower case."""
        self._common_words = common
        self.by_key = count_names(text)
        self._with_article = find_names_with_article(text)
        self.aliases = find_aliases(text)
        self._abbreviated = find_abbreviations(text)
        self.places = frozenset(PLACE_IN_TEXT.findall(text))
        # Surname in lower case -> fullest name so far. At first, names that only one person in the article has.
        names = find_unambiguous_names(self.by_key, common)
        alone = find_alone(text, {last_word(name) for name in names.values() if not has_given_name(name)})
        self.known = {
            key: name
            for key, name in names.items()
            if has_given_name(name) or is_introduced(name, text, self.places, alone)
        }
        self.known |= find_family_first_names(text, self.known, self.by_key)
        # The known names by their initials, and by their first word with a space: with how many keys each is known.
        self._by_part: dict[str, Counter[str]] = {}
        for known in self.known.values():
            self._count(known, 1)

    def _remember(self, key: str, name: str) -> None:
        if (before := self.known.get(key)) is not None:
            self._count(before, -1)
        self.known[key] = name
        self._count(name, 1)

    def _count(self, name: str, change: int) -> None:
        first, space, _ = name.partition(" ")
        for part in (f"{first} ", initials_of(name)) if space or "-" in name else ():
            names = self._by_part.setdefault(part, Counter())
            names[name] += change
            if not names[name]:
                del names[name]

    def complete(self, name: str) -> str:
        """The fullest form of a name so far, which is remembered; the name itself where the known one is another's."""
        if "&" in name or " the " in name or name.endswith(("’s", "'s")):
            return name
        if name in self._with_article:
            return f"The {name}"
        name = self.aliases.get(name, name)
        parts, suffix = name_parts(name) or name.split(), name_suffix(name)
        written = " ".join((*parts, suffix) if suffix else parts)
        key = name_key(written)
        known = self.known.get(key) or self._find_by_part(parts, suffix)
        if known is None:
            others = self.by_key.get(key, ())
            is_likely = has_given_name(written) or has_rare_given_name(written, self._common_words)
            if len(parts) == 1 or is_likely or not any(map(has_given_name, others)):
                self._remember(key, written)
            return written
        if _is_other(written, parts, known):
            return written
        if len(parts) == 1 or is_compatible_name(name_parts(known), parts):
            if len(name_parts(known)) > 1 or len(parts) == 1:
                return known
            if parts[0] in self.places and not has_given_name(written):
                return written
            self._remember(key, written)
            return written
        if len(parts) == 2 and is_role_before_name(parts[0]):
            return known  # "Keeper Brandreth", "Dean Brandreth", where the article has an Ada Brandreth
        return written

    def _find_by_part(self, parts: Sequence[str], suffix: str) -> str | None:
        """The only person who has a word as initials, or as given name: "Ada" where the article has an Ada Tarn."""
        if len(parts) != 1:  # or none at all: a title without a name
            return None
        word = parts[0]
        if word.isupper() and word not in self._abbreviated:
            return find_by_initials(word, suffix, self._by_part.get(word, ()))
        if suffix or not is_given_name(word) or word in self.places:
            return None
        named = self._by_part.get(f"{word} ", ())
        only = next(iter(named)) if len(named) == 1 else None
        return only if only is not None and only.count(" ") == 1 else None


def _is_other(written: str, parts: Sequence[str], known: str) -> bool:
    """Whether a name is somebody else's than the known one with the same last word."""
    words = known.split()
    if len(parts) == 1 and words[0].lower() in ENGLISH.people.demonyms and len(words) > 1:
        return True  # "the US Open" is not the Canadian Open
    if len(parts) > 1 and is_organization(written) and not set(parts) <= set(words):
        return True  # "State Department" is no "United States Department"
    if len(words) > 1 and known.isupper() and not written.isupper():
        return not has_given_name(known)  # "Tarn" is not "FIND TARN"
    return 1 < len(words) < len(parts) and parts[0].lower() in ENGLISH.people.demonyms  # "British Paper Industry"
