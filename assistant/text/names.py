"""Names of people: their parts, their gender, and whether two names can belong to the same person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.text.languages import ENGLISH
from assistant.text.languages.given_names import add_nicknames, index_nicknames
from assistant.text.transliteration import (
    fold_letters,
    is_same_given_name,
    is_same_transliterated_name,
    normalize_letters,
    normalize_spelling,
)

_PEOPLE, _GRAMMAR = ENGLISH.people, ENGLISH.grammar

PARTICLES = _PEOPLE.particles
CAPITALS = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
"""Capital letters of the Latin, Greek and Cyrillic scripts, for character classes."""

# Every repetition is bounded, so that a page of capitals takes no longer than any other page.
NAME_WORD = (
    rf"(?:(?:{'|'.join(_PEOPLE.title_abbreviations)})\.|[{CAPITALS}]\.(?:[{CAPITALS}]\.){{0,3}}|"
    rf"[{CAPITALS}][\w’'\-]{{0,40}})"
)
_PARTICLE = "|".join(sorted(PARTICLES))
_FULL_NAME = re.compile(
    rf"(?<![\w’'\-/.])(?:(?:al|el|de|van|von|bin)[ -])?{NAME_WORD}"
    rf"(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0\-]){{0,3}}{NAME_WORD}){{1,8}}"
)
_NICKNAME = re.compile(rf"(?<=[\w.]) [“\"‘'(][{CAPITALS}][\w’' ]{{1,20}}[”\"’')](?= [{CAPITALS}])")
_NEVER_FIRST = _PEOPLE.non_name_words.union(
    _GRAMMAR.prepositions,
    _GRAMMAR.clause_prepositions,
    _GRAMMAR.conjunctions,
    _GRAMMAR.determiners,
    _GRAMMAR.subordinators,
)
_NEVER_LAST = _PEOPLE.titles | _PEOPLE.non_name_words
_NON_NAMING_WORDS = _NEVER_LAST | _PEOPLE.person_nouns | _PEOPLE.non_naming_words
_BODY_WORDS = _PEOPLE.organization_words | _PEOPLE.body_nouns
_NOT_SURNAMES = frozenset({"and", "of", "for", "the", *map(str.lower, _PEOPLE.company_abbreviations)})
_BODY_ENDINGS = _PEOPLE.body_nouns | (_PEOPLE.organization_words & _PEOPLE.group_nouns) | _NOT_SURNAMES
_NON_NAMES_LIKE_GIVEN_NAMES = _PEOPLE.non_name_words & _PEOPLE.given_names_like_words
_TITLE_ABBREVIATIONS = frozenset(_PEOPLE.title_abbreviations)
_DOTTED_TITLES = _TITLE_ABBREVIATIONS - _PEOPLE.abbreviations_in_names
_NAME_PART = re.compile(r"[\w’'\-]+(?:[.&](?=\w)[\w’'\-]+)*\.?|&")
_SUFFIX_AFTER_COMMA = re.compile(r", ([JS]r)\b")
_INSIDE_SENTENCE = re.compile(r"(?:[a-z,]|,[”’\"']) $")
_POSSESSIVE, _POSSESSIVE_S = re.compile(r"(?:[’']s|s[’'])$"), re.compile(r"[’']s$")
POSSESSIVE_ENDING = re.compile(r"(?:[’']s|[’'])$")
_MALE_NAMES = add_nicknames(_PEOPLE.male_given_names, _PEOPLE.female_given_names, _PEOPLE.nicknames)
_FEMALE_NAMES = add_nicknames(_PEOPLE.female_given_names, _PEOPLE.male_given_names, _PEOPLE.nicknames)
_GIVEN_NAMES = _MALE_NAMES | _FEMALE_NAMES
_NICKNAME_GROUPS = index_nicknames(_PEOPLE.nicknames)
MIN_INITIALS = MIN_WORDS_BEHIND_OFFICE = 3  # letters that call a person; words of a country or field and a name


def name_suffix(name: str) -> str:
    """What tells two people of one name apart at the end of a name: "Jr.", "Sr.", "III"; empty if there is nothing."""
    last = name.rsplit(" ", 1)[-1].rstrip(".,")
    if " " not in name or last.lower() not in _PEOPLE.generation_suffixes:
        return ""
    return last if last.isupper() else f"{last}."


_OFFICE_OF = re.compile(rf"\b(?:{'|'.join(_PEOPLE.offices_before_name)}) (?:of|for) $")


def begins_with_office_field(words: Sequence[str], text: str, start: int) -> bool:
    """Whether the first of the capitalized words at `start` ends an office: "President of Norland Ada Tarn"."""
    is_name = len(words) < MIN_WORDS_BEHIND_OFFICE or is_given_name(words[0]) or is_organization(" ".join(words))
    return not is_name and _OFFICE_OF.search(text, max(0, start - 30), start) is not None


def full_names(text: str) -> Iterator[str]:
    """The names of at least two words in a text, without titles, but with "Jr.", in order."""
    for match in _FULL_NAME.finditer(text := _NICKNAME.sub("", text)):
        parts = name_parts(match[0])
        if len(parts) < 2:
            continue
        if begins_with_office_field(parts, text, match.start()):
            parts = parts[1:]
        first = parts[0].lower()
        if first not in _NEVER_FIRST or (
            first in _PEOPLE.given_names_like_words
            and match[0].startswith(parts[0])
            and _INSIDE_SENTENCE.search(text, max(0, match.start() - 3), match.start())
        ):
            after = _SUFFIX_AFTER_COMMA.match(text, match.end())
            suffix = f"{after[1]}." if after else name_suffix(match[0])
            yield " ".join((*parts, suffix) if suffix else parts)


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and suffixes: ["John", "McCain"] for "Sen. John McCain Jr."."""
    return list(_split_name(name))


@lru_cache(maxsize=20_000)
def _split_name(name: str) -> tuple[str, ...]:
    words = _NAME_PART.findall(name)
    if body := _find_body_name(words):
        return body
    ending = _POSSESSIVE_S if words and words[-1].lower() in _PEOPLE.body_nouns else _POSSESSIVE  # "Keepers’ Union"
    owner = max((place for place, word in enumerate(words[:-1]) if ending.search(word)), default=-1)
    title, parts = _split_title([POSSESSIVE_ENDING.sub("", word) for word in words[owner + 1 :]])  # "CNN's Jake Tapper"
    while parts and parts[-1].rstrip(".").lower() in _PEOPLE.suffixes:
        parts.pop()
    if len(parts) == 1 and title in _TITLE_ABBREVIATIONS and parts[0].lower() in _PEOPLE.titles_also_surnames:
        return tuple(parts)  # "Dr King"
    if (
        parts
        and (_is_prefixed_title(parts[-1]) or parts[-1].rstrip(".").lower() in _NEVER_LAST)
        and not _is_part_of_name(parts, len(parts) - 1)
    ):
        parts = parts[:-1] if is_given_name(parts[0]) else []
    parts = parts if title else _drop_before_given_name(parts)
    return tuple(part if "." in part[:-1] or len(part) == 2 else part.rstrip(".") for part in parts)


_LINKS = frozenset({"and", "for", "of", "the"})


def _find_body_name(words: Sequence[str]) -> tuple[str, ...]:
    """The words of the name of an institution with "and", "of", "for" or "the" in it; empty if it is something else."""
    words = words[1:] if words[:1] and words[0].lower() == "the" else words
    if (_LINKS | _GRAMMAR.determiners).isdisjoint(map(str.lower, words[1:-1])) or not words[0][0].isupper():
        return tuple(words) if " ".join(words).lower() in _PEOPLE.companies_like_officers else ()
    first, second, last = words[0].lower(), words[1].lower(), words[-1].lower()
    heads = [word.lower() for word, link in pairwise(words) if link in ("of", "for")]
    if second in _LINKS and first in _NON_NAMING_WORDS:
        return ()  # "Secretary of the Department of Health"
    is_named = is_given_name(first) and last not in ENGLISH.narration.firm_partners
    is_body = (
        ("and" in words and last in _PEOPLE.body_nouns | ENGLISH.narration.firm_partners and not is_named)
        or not _PEOPLE.body_nouns.isdisjoint(heads)
        or (first in _PEOPLE.slogan_verbs and second in _GRAMMAR.determiners)
    )
    return tuple(words) if is_body and not is_given_name(words[-2]) else ()


def _split_title(parts: list[str]) -> tuple[str, list[str]]:
    """The last title in a name, without its full stop, and the words after it."""
    if parts and parts[-1].lower() in _BODY_WORDS:
        return "", parts
    if len(parts) == 2 and parts[0].rstrip(".").lower() in _PEOPLE.titles_not_people and not _is_title(parts[1]):
        return "", parts  # "U.S. Steel"
    for place in reversed(range(len(parts) - 1)):
        if _is_title(parts[place]) and not _is_part_of_name(parts, place):
            bare, rest = parts[place].rstrip("."), parts[place + 1 :]
            is_owner = bare.lower() in _PEOPLE.titles_not_people and len(rest) > 1 and not is_given_name(rest[0])
            is_owner |= len(rest) > 1 and rest[0].lower() in _BODY_WORDS  # "Major League Soccer"
            return ("", parts[place:]) if is_owner else (bare, rest)  # "U.S. Geological Survey"
    return "", parts


def _is_title(word: str) -> bool:
    bare = word.rstrip(".")
    is_listed = bare.lower() in _NON_NAMING_WORDS or (bare != word and bare in _DOTTED_TITLES)
    return len(bare) > 1 and (_is_prefixed_title(bare) or is_listed)


def _is_prefixed_title(word: str) -> bool:
    """Whether a word is a title behind a prefix: "Co-author"."""
    prefix, _, noun = word.lower().rpartition("-")
    return prefix in _PEOPLE.title_prefixes and noun in _NON_NAMING_WORDS


def _is_part_of_name(parts: Sequence[str], place: int) -> bool:
    """Whether a word that is often a title is a name here: "Theresa May", "Martin Luther King", "Dean Hartley"."""
    if place == 0:
        first = parts[0].lower()
        return first in _NON_NAMES_LIKE_GIVEN_NAMES or (len(parts) == 2 and first in _PEOPLE.titles_also_given_names)
    word = parts[place].lower()
    if word in _NON_NAMES_LIKE_GIVEN_NAMES and place + 1 < len(parts):
        before = parts[place - 1].rstrip(".").lower()  # "Transport Minister Per Lindahl"
        return before in _PEOPLE.titles and word not in _GRAMMAR.headline_prepositions
    is_surname = parts[0].lower() in _GIVEN_NAMES and word in _PEOPLE.titles_also_surnames
    return is_surname or (" ".join(parts).isupper() and word in _GRAMMAR.calendar_words)  # "NTK TODAY"


def _drop_before_given_name(parts: list[str]) -> list[str]:
    """Drop what is left of an office: "Elections Susan Bucher", after "Supervisor of", is Susan Bucher."""
    for place in range(len(parts) - 2):
        rest = parts[place + 1 :]
        if parts[place].lower() in _PEOPLE.offices_after_of and not is_organization(" ".join(rest)):
            return rest
    is_surname = bool(parts) and parts[0].lower() in _PEOPLE.surnames_written_first
    if len(parts) > 2 and not is_given_name(parts[0]) and _is_droppable(parts) and not is_surname:
        return next((parts[place:] for place in range(1, len(parts) - 1) if is_given_name(parts[place])), parts)
    return parts


def _is_droppable(parts: list[str]) -> bool:
    """Whether the first word can be something else than an initial: "Elections", "UN", but not "J."."""
    word, bare = parts[0], parts[0].rstrip(".")
    if bare.lower() in ENGLISH.narration.first_of_places or parts[-1].rstrip(".").lower() in _BODY_ENDINGS:
        return False  # "San Antonio Express", "East Florence Council"
    return len(bare) > 2 or (len(bare) == 2 and bare == word and word.isupper())


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name."""
    word = word.lower().rstrip(".")
    return word in _MALE_NAMES or word in _FEMALE_NAMES


def initials_of(name: str) -> str:
    """The first letters of a name's words in capitals, without "Jr.": MBS of "Mohammed bin Salman"."""
    return "".join(part[:1] for part in re.split(r"[ \-]", name.removesuffix(name_suffix(name)).strip())).upper()


def is_open_surname(role: str, name: str) -> bool:
    """Whether a description is only the surname of a full name, open between people: "Mrs Aase" for Ada Aase."""
    parts = name_parts(role)
    return len(parts) == 1 and parts[0][:1].isupper() and len(name_parts(name)) > 1


def is_organization(name: str) -> bool:
    """Whether a name is clearly not a person's: "Federal Reserve Bank", "Bang & Brekke"."""
    words = name.lower().split()
    is_named_after = len(words) > 2 and len(words[-2]) > 2 and not is_given_name(words[-2]) and words[-1] in _BODY_WORDS
    is_person = bool(words) and is_given_name(words[0]) and words[0].title() not in _PEOPLE.regions
    is_slogan = words[1:2] == ["the"] and words[0] in _PEOPLE.slogan_verbs  # "Feed the Hungry", not "Bix the Keeper"
    is_firm = (
        name.rsplit(" ", 1)[-1].rstrip(".") in _PEOPLE.company_abbreviations
        or "&" in name
        or not {"and", "for"}.isdisjoint(words)
        or name.lower() in _PEOPLE.companies_like_officers
    )
    return is_slogan or is_firm or (not _BODY_WORDS.isdisjoint(words) and (is_named_after or not is_person))


def has_given_name(name: str) -> bool:
    """Whether a name of several words begins with a common given name."""
    return " " in name and is_given_name(name.split()[0])


def infer_gender(name: str, title: str = "") -> Literal["he", "she"] | None:
    """The pronoun for a person, from a title before the name or from a common given name; None if neither decides."""
    title = title.lower().rstrip(".")
    if title in _PEOPLE.male_titles:
        return "he"
    if title in _PEOPLE.female_titles:
        return "she"
    first = name.split()[0].lower().rstrip(".") if name else ""
    if (first in _MALE_NAMES) == (first in _FEMALE_NAMES):
        return None
    return "he" if first in _MALE_NAMES else "she"


def find_gendered_title(name: str) -> str:
    """The first title in a name as written that only men or only women have, in lower case; empty if there is none."""
    own_words = {part.lower() for part in name_parts(name)}  # "king" of "Hillary King" is not a title
    words = (word.rstrip(".") for word in name.lower().split())
    gendered = _PEOPLE.male_titles | _PEOPLE.female_titles
    return next((word for word in words if word in gendered and word not in own_words), "")


def surname(name: str) -> str:
    """The surname of a person, without accents: "xi" for "Xi Jinping"; the whole name of a firm: "bang & brekke"."""
    parts = name.split()
    if len(parts) > 1 and name_suffix(name):
        parts.pop()
    if "&" in name or (len(parts) > 1 and not _NOT_SURNAMES.isdisjoint(name.lower().split())):
        return fold_letters(name)
    if len(parts) > 1 and parts[-1].isupper() and len(parts[-1]) > 2 and not name.isupper():
        return fold_letters(name)  # "Tarn CNN" is no namesake of CNN
    is_written_first = parts[:1] and parts[0].lower() in _PEOPLE.surnames_written_first
    first = 0 if is_written_first and len(parts) in (2, 3) and not is_given_name(parts[-1]) else -1
    return fold_letters(parts[first]) if parts else ""


@lru_cache(maxsize=20_000)
def normalize_name(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: without titles, accents, hyphens and particles, in one spelling."""
    plain = fold_letters(" ".join(name_parts(name) or name.split()))
    words = re.findall(r"\w+", plain.replace("'", ""))
    main_words = [word for word in words if word not in PARTICLES] or words
    return tuple(map(normalize_spelling, main_words))


def is_compatible_name(known: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with the same surname, given as their words, can belong to the same person."""
    return (
        len(known) == 1
        or len(other) == 1
        or _has_compatible_first_names(normalize_name(" ".join(known)), normalize_name(" ".join(other)))
    )


def is_same_person(name: str, speaker: str) -> bool:
    """Whether a name can mean a speaker: the surnames are equal and the first names do not differ.

    Names of organizations with several words ("White House") must agree in all words that both have.
    """
    left, right = normalize_name(name), normalize_name(speaker)
    if not left or not right or not _can_be_one_person(name, speaker):
        return False
    if left == right:
        return True
    if len(left) == 1:
        return left[0] == right[-1] or (left[0] == right[0] and not (is_organization(speaker) or name_suffix(name)))
    if len(right) == 1:
        surname_first = left[0] in _PEOPLE.surnames_written_first and not is_given_name(left[-1])
        return right[0] == (left[0] if surname_first else left[-1])
    if left[-1] == right[-1]:
        return _has_compatible_first_names(left, right)
    return is_same_transliterated_name(left[-1], left[0], right[-1], right[0])


def _can_be_one_person(name: str, other: str) -> bool:
    """Whether suffixes and titles allow it: Jon Tarn is not Jon Tarn Jr., and "Mrs. Tarn" is not Jon Tarn."""
    if name_suffix(name) != name_suffix(other) and _differ_only_in_suffix(name, other):
        return False
    genders = {_gender_as_written(name), _gender_as_written(other)} - {None}
    if find_gendered_title(other) and len(name_parts(name)) > 1 and not _gender_as_written(name):
        return False  # who is only "Mrs. Tarn" in an article stands beside others of the name
    return len(genders) < 2 or not (find_gendered_title(name) or find_gendered_title(other))


def _differ_only_in_suffix(name: str, other: str) -> bool:
    """Whether both have a suffix, or one of two names of the same first and last word has none.

    People leave out "Jr." where the given name is short or an initial stands for another one.
    """
    if name_suffix(name) and name_suffix(other):
        return True
    plain, bare = map(normalize_name, (name, other) if name_suffix(name) else (other, name))
    return len(plain) == 2 and len(bare) > 1 and (plain[0], plain[-1]) == (bare[0], bare[-1])


def _gender_as_written(name: str) -> str | None:
    return infer_gender(" ".join(name_parts(name)), find_gendered_title(name))


def lookup_words(name: str) -> frozenset[str]:
    """Words to look up a name by: its own, one that all spellings of a surname share, and a person's initials."""
    parts = normalize_name(name)
    if not parts:
        return frozenset()
    is_person = has_given_name(name) and not is_organization(name)
    words = {*parts, *([initials_of(name).lower()] if is_person and len(name.split()) >= MIN_INITIALS else [])}
    return frozenset({*words, normalize_letters(parts[-1])} if is_same_given_name(parts[0], parts[0]) else words)


def _has_compatible_first_names(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the words before two equal surnames can belong to the same person: "Joe", "J. R." and "Joseph"."""
    first, second = left[:-1], right[:-1]
    if not first or not second:
        return True
    if len(first) > 1 and len(second) > 1 and first[0] == second[0] and first[1][0] != second[1][0]:
        return False  # two middle names that differ
    return any(_is_same_first_name(a, b) for a in first for b in second if a is first[0] or b is second[0])


def _is_same_first_name(a: str, b: str) -> bool:
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) or is_same_given_name(a, b):
        return True
    if _differ_in_gender(a, b) or _differ_in_gender(b, a):
        return False
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    return not _NICKNAME_GROUPS.get(a, frozenset()).isdisjoint(_NICKNAME_GROUPS.get(b, frozenset()))


def _differ_in_gender(a: str, b: str) -> bool:
    """Whether `a` is a male given name and `b` only a female one."""
    return a in _MALE_NAMES and b in _FEMALE_NAMES and b not in _MALE_NAMES


def name_words(name: str) -> list[str]:
    """The words by which a name is looked up: folded, without possessive endings and words of every description."""
    words = (re.sub(r"['’]s$", "", word) for word in re.findall(r"\w[\w'’]*", fold_letters(name)))
    return [word for word in dict.fromkeys(words) if word not in _PEOPLE.name_stop_words]


MIN_SIMILARITY = 0.65  # of two surnames, one of which may be a misspelling of the other


def find_similar_names(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names of people whose last word is spelled much like that of a name, the most similar first."""
    wanted, scored = normalize_name(name), list[tuple[float, str]]()
    for other in known:
        words = normalize_name(other)
        if wanted and words and words[-1][0] == wanted[-1][0] and not is_organization(other):
            ratio = SequenceMatcher(None, wanted[-1], words[-1]).ratio()
            is_like = len(wanted) == 1 or len(words) == 1 or wanted[0][0] == words[0][0]
            if ratio >= MIN_SIMILARITY and is_like and not is_same_person(name, other):
                scored.append((ratio, other))
    return [other for _, other in sorted(scored, key=lambda each: -each[0])[:limit]]
