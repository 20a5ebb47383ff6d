"""The authors that a byline names, without the words around them: "By Ada Poe, Staff Writer, 3 May" is "Ada Poe"."""

from __future__ import annotations

import re

from assistant.text.languages import ENGLISH
from assistant.text.months import MONTH_WORD, WEEKDAYS
from assistant.text.names import PARTICLES, is_given_name, is_organization

MAX_BYLINE_LENGTH = 200
MAX_NAME_WORDS = 5

_WORDS = ENGLISH.pages
_OPENING = re.compile(
    rf"\W{{0,3}}(?:{'|'.join(sorted(_WORDS.byline_openings, key=len, reverse=True))})\b\s{{0,2}}:?\s{{0,2}}",
    re.IGNORECASE,
)
_ANY_OPENING = re.compile(
    rf"(?P<before>.{{0,40}}?\s)??(?:{_OPENING.pattern}|(?P<foreign>{'|'.join(_WORDS.foreign_byline_openings)})\b\s{{0,2}}:?\s{{0,2}})",
    re.IGNORECASE,
)
_WORD_CHARACTERS = r"[^\W\d_]"
_NAME_WORD = re.compile(rf"{_WORD_CHARACTERS}(?:{_WORD_CHARACTERS}|[’'.\-‐](?={_WORD_CHARACTERS})){{0,40}}\.?")
_MAIL = re.compile(r"\S{1,100}@\S{1,100}|https?://\S{1,200}|@\w{1,50}")
_SEPARATOR = re.compile(r"\s*(,|;|&|/|\||·|•|—|–|\band\b|\bwith\b|\n|\s-\s|\()\s*", re.IGNORECASE)
_BETWEEN_NAMES = frozenset({"and", "&", "with", ";", "/"})
_TRAILING_TIME = re.compile(rf"[\s,|]+(?:{MONTH_WORD}|{'|'.join(WEEKDAYS)})\.?$", re.IGNORECASE)
_TIME_WORD = re.compile(rf"(?:{MONTH_WORD}|{'|'.join(WEEKDAYS)})\.?", re.IGNORECASE)
_SURNAME_FIRST = re.compile(rf"{_NAME_WORD.pattern}, {_NAME_WORD.pattern}(?: {_NAME_WORD.pattern})?")
_VOWEL = re.compile(r"[AEIOUYÀ-Þ\u0400-\u04ff]")
_SENTENCE_ENDS = (".", "!", "?", "…", ":")
_SUFFIXES = ENGLISH.people.suffixes
_NEVER_IN_NAMES = _WORDS.non_author_words | _WORDS.byline_ends
_AFTER_NAMES = _WORDS.byline_ends | _WORDS.author_roles | _WORDS.agencies


def parse_byline(text: str, outlet: str | None = None) -> str | None:
    """The authors in a byline, with commas between them; None if it names nobody.

    `outlet` is the name of the publication, which is no author.
    """
    text = _MAIL.sub(" ", text[:MAX_BYLINE_LENGTH])
    opening = _ANY_OPENING.match(text)
    if opening is None or _is_inside_name(opening):
        return _parse_names(text, outlet)
    if _WORDS.byline_ends.intersection((opening["before"] or "").lower().split()):
        return None  # "Photo by Ada Poe"
    return _parse_names(text[opening.end() :], outlet)


def _is_inside_name(opening: re.Match[str]) -> bool:
    """Whether what looks like "by" in another language is a word of a name: "Ada von Poe"."""
    words = (opening["before"] or "").split()
    return bool(words) and all(word[0].isupper() for word in words) and opening["foreign"] is not None


def _parse_names(text: str, outlet: str | None) -> str | None:
    parts = _SEPARATOR.split(text.strip())
    names: list[str] = []
    mark = ""
    for place in range(0, len(parts), 2):
        part, next_mark = parts[place], parts[place + 1].lower() if place + 1 < len(parts) else ""
        name = _find_name(part, outlet)
        is_next_name = not names or mark in _BETWEEN_NAMES or _is_in_list(parts, place)
        if name is None or not (is_next_name or is_given_name(name.split()[0])):
            if not names and (not part.strip() or next_mark == ";"):
                continue
            break
        names.append(name)
        if len(name.split()) < len(part.split()):
            break  # something other than a name follows
        mark = next_mark
    return ", ".join(dict.fromkeys(names)) or None


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the text, and nothing else: "By Ada Poe and Jon Roe, Staff Writers"."""
    opening = _OPENING.match(line)
    if opening is None or len(line) > MAX_BYLINE_LENGTH or line.rstrip().endswith(_SENTENCE_ENDS):
        return False
    first = _SEPARATOR.split(_MAIL.sub(" ", line[opening.end() :]).strip())[0]
    name = _find_name(first, None)
    if name is None:
        return False
    after = first.split()[len(name.split()) :]
    return (
        not after or after[0].lower() in _AFTER_NAMES or after[0][0].isdigit() or bool(_TIME_WORD.fullmatch(after[0]))
    )


def clean_author(text: str, outlet: str | None = None) -> str | None:
    """The authors in a field of a page: names, or an agency; None for anything else, such as "Username"."""
    agency = text.strip().partition(",")[0]
    if agency.lower() in _WORDS.agencies:
        return agency
    reversed_name = _SURNAME_FIRST.fullmatch(text.strip())
    if reversed_name and _NEVER_IN_NAMES.isdisjoint(re.findall(r"\w+", text.lower())):
        surname, given = text.strip().split(", ")
        is_given = is_given_name(given.split()[0]) or given.endswith(".") or given.split()[-1].lower() in PARTICLES
        return f"{given} {surname}" if is_given else text.strip()
    named = parse_byline(text, outlet)
    if named:
        return named
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    text = text.strip()
    words = [word.strip(".,;").lower() for word in text.split()]
    if not words or len(words) > MAX_NAME_WORDS or _NEVER_IN_NAMES.difference({"the", "news"}).intersection(words):
        return None
    if text == outlet:
        return None
    is_name = _SURNAME_FIRST.fullmatch(text) or (text.isalpha() and text.lower() == text.upper())
    return text if is_name or _is_agency(words) or is_organization(text) else None


def _is_agency(words: list[str]) -> bool:
    return all(word in _WORDS.agencies for word in words)


def _is_in_list(parts: list[str], place: int) -> bool:
    """Whether a part stands in a list of names that ends with "and": "Ada Poe, Jon Roe and Bo Lee"."""
    marks = [parts[each].lower() for each in range(place - 1, len(parts), 2)]
    return "and" in marks[1:4] and all(mark in (",", "and") for mark in marks[: marks.index("and") + 1])


def _find_name(text: str, outlet: str | None) -> str | None:
    """The name of a person at the beginning of a part of a byline."""
    name_end = re.search(r"\d", text)
    if name_end:
        text = text[: name_end.start()]
        stripped = _TRAILING_TIME.sub("", text.rstrip(" ,|"))
        text = stripped if len(stripped.split()) > 1 else text
    words: list[str] = []
    for word in text.split():
        bare = word.strip(".,:")
        if not _NAME_WORD.fullmatch(word.rstrip(",:")) or (len(bare) > 1 and bare.lower() in _NEVER_IN_NAMES):
            break
        if bare.isupper() and bare.lower() in _WORDS.agencies:
            break
        words.append(word.rstrip(",:"))
    if len(words) > 2 and words[-1].lower() in WEEKDAYS:
        words.pop()
    is_role = bool(words) and words[-1].lower() in _WORDS.author_roles
    while words and is_role and words[-1].lower() in _WORDS.author_roles | _WORDS.author_role_adjectives:
        words.pop()
    if not 2 <= len(words) <= MAX_NAME_WORDS or not all(map(_is_capitalized, words)):
        return None
    if _TIME_WORD.fullmatch(words[0]) and not _can_be_given_name(words):
        return None
    if not words[0][0].isupper() and words[0].lower() not in PARTICLES:
        return None
    name = " ".join(map(_restore_case, words))
    if _is_agency([word.lower() for word in words]) or is_organization(name):
        return None
    return None if outlet and name.casefold() == outlet.casefold() else name


def _can_be_given_name(words: list[str]) -> bool:
    """Whether a name of a month or day begins a name: "May Lund", "June Poe"."""
    return is_given_name(words[0]) or (
        words[0].lower() in _WORDS.given_months and not any(map(_TIME_WORD.fullmatch, words[1:]))
    )


def _is_capitalized(word: str) -> bool:
    return word[0].isupper() or word.lower() in PARTICLES or word in ("e", "y") or word.lower().rstrip(".") in _SUFFIXES


def _restore_case(word: str) -> str:
    """A word of a name in the usual case: "McKAY", "O'BRIEN", and "ADA" are McKay, O'Brien and Ada."""
    letters = re.sub(r"\W", "", word)
    if word.lower().rstrip(".") in ("jr", "sr"):
        return word.capitalize()
    if not re.sub("^Mc", "MC", letters).isupper() or len(letters) < 3 or "." in word[:-1] or not _VOWEL.search(word):
        return word
    word = "".join(part.capitalize() for part in re.split(r"([’'\-‐])", word))
    return re.sub(r"^Mc([a-z])", lambda match: "Mc" + match[1].upper(), word)
