"""The cited articles as works of a bibliography, each once: authors, date, and a stable key."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.exports.layout import get_safe_url
from assistant.records.answer import Citation
from assistant.text.sanitize import sanitize_line

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_BETWEEN_AUTHORS = re.compile(r"\s*(?:;|&|\band\b)\s*")
_NAME_PART = re.compile(r"[^\W\d_][\w’'.-]*")
_PARTICLES = frozenset("al bin da de del della der di dos du el la le ten ter van von".split())
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_INSTITUTION_WORDS = frozenset(
    """
    afp agency ap associated bbc board bureau business correspondent daily desk editor editorial editors fiction
    guardian herald journal magazine media ministry network news newspaper newsroom observer office online post press
    reporter reporters reuters service staff sun team telegraph the times tribune writer writers
    """.split()
)
_MIN_KEY_LETTERS = 4  # of the word of the title that is part of the key


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A person's family name and given names, or the whole name of an institution in `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """An article in a bibliography. `day` is year, month, day as far as known; `key` depends on the article only."""

    key: str
    title: str
    source: str
    authors: tuple[AuthorName, ...]
    day: tuple[int, ...]
    day_as_given: str
    url: str
    file: str = ""  # of an article of which neither outlet nor address is known


def collect_works(citations: Iterable[Citation]) -> list[Work]:
    """One work per cited article, in the order of the first citations; all keys differ."""
    works: dict[str, Work] = {}
    for cited in citations:
        if cited.article_id not in works:
            works[cited.article_id] = _build_work(cited, {work.key for work in works.values()})
    return list(works.values())


def _build_work(cited: Citation, used_keys: set[str]) -> Work:
    authors, day = parse_authors(cited.author or ""), parse_day(cited.published_at or "")
    first = authors[0].family or authors[0].literal if authors else cited.source or ""
    words = [_strip_to_ascii(word) for word in cited.title.split()]
    title_word = next((word for word in words if len(word) >= _MIN_KEY_LETTERS), "")
    name = next((word for word in map(_strip_to_ascii, first.split()) if word not in ("", "the", "a", "an")), "")
    prefix = name + (f"{day[0]:04}" if day else "") + title_word
    digest = hashlib.sha256(cited.article_id.encode("utf-8", "surrogatepass")).hexdigest()
    lengths = range(5, len(digest) + 1)
    keys = (f"{prefix or 'article'}-{digest[:length]}" for length in lengths)
    return Work(
        key=next(key for key in keys if key not in used_keys),
        title=sanitize_line(cited.title),
        source=sanitize_line(cited.source or ""),
        authors=authors,
        day=day,
        day_as_given=sanitize_line(cited.published_at or ""),
        url=get_safe_url(cited),
        file="" if cited.source or get_safe_url(cited) else sanitize_line(cited.article_id),
    )


def _strip_to_ascii(text: str) -> str:
    """The ASCII letters and digits of a word, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if char.isascii() and char.isalnum()).lower()


def parse_day(text: str) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 date, as far as it has them; empty if it is not a date."""
    match = _DAY.match(text.strip())
    if match is None:
        return ()
    parts = tuple(int(part) for part in match.groups() if part)
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return ()
    return parts


def parse_authors(author: str) -> tuple[AuthorName, ...]:
    """The authors that a byline names. A byline that does not look like names of people is kept whole."""
    byline = _BY.sub("", sanitize_line(author))
    if not byline:
        return ()
    names = [name for name in _BETWEEN_AUTHORS.split(byline) if name]
    parts = [part.strip() for name in names for part in name.split(",") if part.strip()]
    if len(parts) > len(names) and all(len(part.split()) > 1 for part in parts):
        names = parts  # "Jane Roe, John Poe" is two names; "Roe, Jane" is one
    people = [_parse_person(name) for name in names]
    return tuple(people) if any(person.family for person in people) else (AuthorName(literal=byline),)


def _parse_person(text: str) -> AuthorName:
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and family and given and "," not in given and _is_personal_name([*family.split(), *given.split()]):
        return AuthorName(family=family, given=given)
    parts = text.split()
    if comma or not 2 <= len(parts) <= 5 or not _is_personal_name(parts):
        return AuthorName(literal=text)
    last = len(parts) - (2 if parts[-1].lower() in _SUFFIXES and len(parts) > 2 else 1)
    while last > 1 and parts[last - 1].lower() in _PARTICLES:
        last -= 1
    return AuthorName(family=" ".join(parts[last:]), given=" ".join(parts[:last]))


def _is_personal_name(parts: list[str]) -> bool:
    return all(
        _NAME_PART.fullmatch(part)
        and (part[0].isupper() or part.lower() in _PARTICLES | _SUFFIXES)
        and part.lower() not in _INSTITUTION_WORDS
        and not (part.isupper() and len(part) > 3)
        for part in parts
    )
