"""The outlet that the first lines of a text name: in a dateline, in a byline, or in a line of its own.

Only what is plainly the name of a publication counts: a person, a town and a headline stand in such lines too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.articles.bylines import is_byline
from assistant.articles.openings import is_publication_line
from assistant.text.languages import ENGLISH
from assistant.text.months import MONTH_WORD

MAX_OUTLET_WORDS = 6
MAX_MASTHEAD_WORDS = 3  # of an outlet above the title, without "The"
MAX_LINES = 6  # in which an outlet is looked for
MAX_LINE_LENGTH = 160

_WORDS = ENGLISH.pages
_SMALL_WORDS = frozenset({"of", "the", "and", "&", "for", "de", "on", "in"})
_MARK = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+|,\s+")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# "WEIR, March 3 (Reuters) —", "LONDON (AP) -"
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,30}(?:,\s?[A-Z][\w.'’ -]{1,30}){0,2}"
    rf"(?:,?\s(?:(?:{MONTH_WORD})\.?\s\d{{1,2}}|\d{{1,2}}\s(?:{MONTH_WORD})\.?)(?:,?\s\d{{4}})?)?"
    r"\s?\((?P<agency>[^()]{2,40})\)\s?(?:—|–|--?)\s"
)
_MONTH_DAY = re.compile(rf"\b(?:{MONTH_WORD})\.?\s\d|\d\s(?:{MONTH_WORD})\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,2}")
_FOR_OUTLET = re.compile(r"\bfor\s(?=(?:[Tt]he\s)?[A-Z])")


def find_outlet(text: str) -> str | None:
    """The outlet that the first lines name; None if none does, or if they name two."""
    lines = list(_list_lines(text))
    found = {name.removeprefix("the ").strip(): name for at in range(len(lines)) for name in _find_in_line(lines, at)}
    return _capitalize(next(iter(found.values()))) if len(found) == 1 else None


def is_head_line(line: str) -> bool:
    """Whether a line is only about the publication of an article: its author, day or outlet."""
    if is_publication_line(line) or is_byline(line):
        return True
    return not _DATELINE.match(line) and find_outlet(line) is not None


def is_outlet_name(name: str) -> bool:
    """Whether a name is plainly one of a publication: "The Weir Post", "Reuters", "Associated Press"."""
    words = name.split()
    if not words or len(words) > MAX_OUTLET_WORDS or not words[-1][:1].isupper():
        return False
    if not all(word[:1].isupper() or word.lower() in _SMALL_WORDS for word in words):
        return False
    bare = [word.lower().strip(".'’") for word in words if word.lower() not in _SMALL_WORDS]
    if all(word in _WORDS.agencies for word in bare):
        return True
    return len(words) > 1 and not _WORDS.outlet_words.isdisjoint((bare[0], bare[-1]))


def _find_in_line(lines: list[str], at: int) -> Iterator[str]:
    line = lines[at]
    if dateline := _DATELINE.match(line):
        agency = _MARK.split(dateline["agency"])[0]
        if is_outlet_name(agency) or (_MONTH_DAY.search(dateline[0]) and _NAME.fullmatch(agency)):
            yield agency
    elif len(line) > MAX_LINE_LENGTH:
        return
    elif is_byline(line):
        parts = [part for whole in _MARK.split(line)[:6] for part in _FOR_OUTLET.split(whole)][1:]
        yield from (part for part in parts if is_outlet_name(part))
    elif is_outlet_name(line):
        # On the first line it is a masthead if a title stands between it and the byline, and a headline otherwise.
        near = [*lines[at - 1 : at], *lines[at + 1 : at + 2]] if at else lines[2:4]
        is_short = len(line.removeprefix("The ").split()) <= MAX_MASTHEAD_WORDS
        can_be_masthead = at > 0 or (is_short and not any(map(_is_about_text, lines[1:2])))
        if can_be_masthead and any(map(_is_about_text, near)):
            yield line
    else:
        parts = _MARK.split(line)[:6]
        names = [part for part in parts if is_outlet_name(part)]
        others = ", ".join(part for part in parts if part not in names)
        if names and (is_publication_line(others) or is_byline(others)):
            yield from names


def _is_about_text(line: str) -> bool:
    return is_byline(line) or is_publication_line(line)


def _list_lines(text: str) -> Iterator[str]:
    count = 0
    for match in _LINE.finditer(text):
        if line := match[0].strip(" \t*_#"):
            yield line
            count += 1
        if count == MAX_LINES:
            return


def _capitalize(name: str) -> str:
    return name[:1].upper() + name[1:]
