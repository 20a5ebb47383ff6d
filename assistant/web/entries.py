"""What a feed or sitemap lists: entries, each with its address and what is said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from assistant.articles.dates import parse_date
from assistant.errors import WebError
from assistant.web.addresses import parse_address

_AHEAD = timedelta(days=2)  # a later date is a mistake, or an event that is announced
MAX_FIELD_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `identifier` is what the feed calls it, `url` its page, or else `content` its whole text as HTML.

    `published` and `updated` are ISO 8601. `mark` changes when the entry does.
    """

    identifier: str
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    content: str | None = field(default=None, repr=False)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed or sitemap as it was read. `parts` are the addresses of further sitemaps that it consists of."""

    kind: str
    title: str | None
    entries: tuple[Entry, ...]
    parts: tuple[str, ...] = ()


def decode_listing(value: object) -> Listing:
    """A Listing from `asdict` of one. Raises WebError for anything else: who sent it may be in the hands of a feed."""
    match value:
        case {"kind": str(kind), "title": str() | None as title, "entries": [*entries], "parts": [*parts]}:
            if all(map(_is_entry, entries)):
                return Listing(kind, title, tuple(Entry(**entry) for entry in entries), tuple(map(str, parts)))
    raise WebError("a list was read as something else; try again")


def _is_entry(value: object) -> bool:
    """Whether a value is `asdict` of an Entry."""
    return (
        isinstance(value, dict)
        and value.keys() == {each.name for each in fields(Entry)}
        and all(isinstance(text, str | None) for text in value.values())
        and isinstance(value["identifier"], str)
        and isinstance(value["mark"], str)
    )


def clean(value: object) -> str | None:
    """A field as one line of text; None if it is empty or no text."""
    if not isinstance(value, str):
        return None
    text = value.encode("utf-8", "replace").decode("utf-8")  # half surrogates cannot be stored
    return " ".join(text.split())[:MAX_FIELD_LENGTH] or None


def find_link(value: object, base: str) -> str | None:
    """The address of a page; None if it is not one that can be fetched."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return parse_address(value, base)
    except WebError:
        return None


def read_day(value: object) -> str | None:
    """A date as ISO 8601; None if it is none, or can be several days."""
    text = clean(value)
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError:
        return None


def is_plausible(published: str | None, now: datetime) -> bool:
    """Whether something seen `now` can have been published then."""
    return published is not None and published[:10] <= f"{now + _AHEAD:%Y-%m-%d}"


def compute_mark(*values: str | None) -> str:
    """A short text that is the same for the same values."""
    return hashlib.sha256("\n".join(value or "" for value in values).encode("utf-8", "replace")).hexdigest()[:16]
