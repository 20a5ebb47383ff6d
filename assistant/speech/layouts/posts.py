"""Posts in social networks: the account's name below the words, above them, or as a label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.records.article import Span
from assistant.text.languages import ENGLISH
from assistant.text.names import CAPITALS, full_names, has_given_name, name_parts

MAX_SIGNATURE_LENGTH = 160  # characters

_NAME = rf"(?P<name>[{CAPITALS}][\w.’'\-]{{0,30}}(?: [\w.’'\-]{{1,30}}){{0,4}})"
_HANDLE = r"@(?P<handle>\w{2,30})"
_DAY = rf"(?:[ ,·•|\-–—]{{1,3}}(?:{ENGLISH.layouts.post_day}).{{0,40}})"
_BELOW = re.compile(rf"[—–\-]{{1,2}} ?{_NAME} ?\({_HANDLE}\){_DAY}?\s*$")
_ABOVE = re.compile(rf"{_NAME}(?: ?\({_HANDLE}\)| {_HANDLE.replace('handle', 'plain')}){_DAY}\s*$")
_LABEL = re.compile(rf"[^\w@\n]{{0,4}}(?:{_NAME} )?\(?{_HANDLE}\)?:\s{{1,4}}(?=\S)")
_MARKUP = re.compile(r"<[^<>\n]{1,300}>\s*")
_OWNER = re.compile(rf"{_NAME} ?\(@(?P<handle>\w{{2,30}})")


@dataclass(frozen=True, slots=True)
class Post:
    """The words `text[start:end]` of an account. `name` is that of its owner; None if the text does not give it."""

    name: str | None
    handle: str
    start: int
    end: int


def find_posts(text: str, paragraphs: Sequence[Span]) -> dict[int, Post]:
    """The posts of an article, by number of the paragraph that has their words."""
    return dict(_iter_posts(text, paragraphs)) if "@" in text else {}


def _iter_posts(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[int, Post]]:
    people: dict[str, set[str]] | None = None  # of the whole text, by the letters of their names
    owners = {match["handle"].lower(): match["name"] for match in _OWNER.finditer(text)}
    for number, (start, end) in enumerate(paragraphs):
        if text.find("@", start, end) < 0:
            continue
        if label := _LABEL.match(text, start, min(end, start + MAX_SIGNATURE_LENGTH)):
            name = label["name"] or owners.get(label["handle"].lower())
            if name is None:
                people = _index_people(text) if people is None else people
                name = _find_owner(label["handle"], people)
            yield number, Post(_read_name(name), label["handle"], label.end(), end)
            continue
        below = _BELOW.search(text, max(start, end - MAX_SIGNATURE_LENGTH), end)
        if below and below.start() > start:
            words_end = len(text[: below.start()].rstrip())
            tag = _MARKUP.match(text, start, words_end)
            yield number, Post(_read_name(below["name"]), below["handle"], tag.end() if tag else start, words_end)
        elif below and number:
            yield number - 1, Post(_read_name(below["name"]), below["handle"], *paragraphs[number - 1])
        elif number + 1 < len(paragraphs) and (above := _match_above(text, start, end)):
            handle = above["handle"] or above["plain"]
            yield number + 1, Post(_read_name(above["name"]), handle, *paragraphs[number + 1])


def _match_above(text: str, start: int, end: int) -> re.Match[str] | None:
    return _ABOVE.match(text, start, end) if end - start <= MAX_SIGNATURE_LENGTH else None


def _index_people(text: str) -> dict[str, set[str]]:
    """The names of people in a text by their letters, in lower case without spaces."""
    people: dict[str, set[str]] = {}
    for name in full_names(text):
        people.setdefault(name.replace(" ", "").lower(), set()).add(name)
    return people


def _find_owner(handle: str, people: Mapping[str, Collection[str]]) -> str | None:
    """The only person whose name is that of the account: Ada Tarn for "ada_tarn"."""
    names = people.get(handle.replace("_", "").lower(), ())
    return next(iter(names)) if len(names) == 1 else None


def _read_name(written: str | None) -> str | None:
    """The name of an account's owner, without titles if it is a person's."""
    parts = name_parts(written) if written else []
    return " ".join(parts) if parts and has_given_name(" ".join(parts)) else written
