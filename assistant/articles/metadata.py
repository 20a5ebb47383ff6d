"""From the text and fields that a reader finds in a file to a checked Article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from pathlib import PurePath
from urllib.parse import urlsplit

from assistant.articles.bylines import is_byline, parse_byline
from assistant.articles.dates import AmbiguousDateError, find_day_in_name, parse_date
from assistant.articles.openings import extract_title, find_author, find_date
from assistant.articles.source_file import Origin
from assistant.records.article import Article, Notice, Place
from assistant.text.languages.detection import choose_language

MAX_FIELD_LENGTH = 1000  # every passage is stored and embedded with its title

# The names that web clippers and site generators use for each field, the preferred one first.
FIELD_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "outlet", "site"),
    "author": ("author", "authors", "byline"),
    "published_at": ("published_at", "published", "date"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
# Further names in the metadata of llama-index's readers.
LLAMA_INDEX_ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("document_title",),
    "source": ("site_name",),
    "published_at": ("publish_date",),
    "url": ("URL",),
}


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """An article as its file gives it: the text unchanged, the fields with the names and values of the file.

    `line` is the line of the file, counted from 1, if one line is one article. `reading_note` tells the user of a
    doubt about the text, such as a detected encoding. `has_opening`: the first lines of the text can tell what the
    fields do not. `is_named_by_author`: so can the name of the file. `part` names the article within a file that has
    several. `places` are pages, times and the like in the text. `fallback_fields` count only where nothing else gives
    a value: the properties of a document are often those of its template.
    """

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None
    reading_note: str | None = None
    has_opening: bool = False
    is_named_by_author: bool = False
    part: str | None = None
    places: tuple[Place, ...] = ()
    fallback_fields: Mapping[str, object] = field(default_factory=dict)

    def add_origin(self, origin: Origin | None) -> ParsedFile:
        """The same article with what is known from where its file came."""
        if origin is None:
            return self
        defaults = {
            name: value for name, value in origin.defaults.items() if not _find_value(self.fields, FIELD_ALIASES[name])
        }
        return replace(self, fields={**self.fields, **defaults, **origin.known})

    def make_article(
        self, default_id: str, uri: str, max_characters: int, container: str | None = None
    ) -> Iterator[Article | Notice]:
        """The Article, after a Notice for each field that cannot be used; or only a Notice that says why not.

        `default_id` is the id if no field gives one. `uri` is the file: its path, or a URI with a scheme. `container`
        is the file that people can open, if `uri` is a file within it.
        """
        place = uri if self.line is None else f"{uri}, line {self.line}"
        if self.part is not None:
            default_id, place = f"{default_id}/{self.part}", f"{place}, {self.part}"
        if self.reading_note:
            yield Notice(place, self.reading_note, skipped=False)
        problem = _explain_unusable(self.text, max_characters)
        if problem:
            yield Notice(place, problem)
            return
        values = {name: _find_value(self.fields, aliases) for name, aliases in FIELD_ALIASES.items()}
        published, doubt = _read_date(values["published_at"])
        if doubt:
            yield Notice(place, f"published_at {values['published_at']!r} is left out: {doubt}", skipped=False)
        elif published is None:
            published = self._find_date(uri)
        if published is None and (made := _find_value(self.fallback_fields, FIELD_ALIASES["published_at"])):
            published, doubt = _read_date(made)
            if published:
                yield Notice(place, f"published_at {published[:10]} is the day the file was made", skipped=False)
        url, source = _tell_apart(values["url"], values["source"])
        if url is None and _is_web_address(uri):
            url = uri
        yield Article(
            id=values["id"] or default_id,
            title=values["title"] or self._get_fallback("title") or extract_title(self.text),
            text=self.text,
            sha256=hashlib.sha256(self.text.encode("utf-8")).hexdigest(),
            source=source or self._get_fallback("source"),
            author=_strip_byline(values["author"])
            or (find_author(self.text) if self.has_opening else None)
            or self._get_fallback("author"),
            published_at=published,
            url=url,
            path=container or uri,
            language=choose_language(self.text, values["language"]),
            places=self.places,
        )

    def _get_fallback(self, name: str) -> str | None:
        return _find_value(self.fallback_fields, FIELD_ALIASES[name])

    def _find_date(self, uri: str) -> str | None:
        """The day that the first lines or the name of the file give."""
        found = find_date(self.text) if self.has_opening else None
        return found or (find_day_in_name(PurePath(uri).name) if self.is_named_by_author else None)


def select_fields(metadata: Mapping[str, object]) -> dict[str, object]:
    """The fields of an article in the metadata of a llama-index document, by the first name of each field.

    The id is not among them: a document has its own.
    """
    names = {name: (*aliases, *LLAMA_INDEX_ALIASES.get(name, ())) for name, aliases in FIELD_ALIASES.items()}
    del names["id"]
    return {name: next((metadata[key] for key in keys if metadata.get(key)), None) for name, keys in names.items()}


def _tell_apart(url: str | None, source: str | None) -> tuple[str | None, str | None]:
    """The address and the outlet. Many programs write the address of an article in "source": its host is the outlet."""
    url = url if url and _is_web_address(url) else None
    if source and _is_web_address(source):
        host = _find_host(source)
        return url or source, host
    return url, source


def _find_host(address: str) -> str | None:
    """The host of a web address without "www."; None if it has none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def _is_web_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _find_value(fields: Mapping[str, object], aliases: Sequence[str]) -> str | None:
    return next((text for alias in aliases if (text := _format_field(fields.get(alias)))), None)


def _explain_unusable(text: str, max_characters: int) -> str | None:
    if not text.strip():
        return "contains no text"
    if len(text) > max_characters:
        return f"{len(text):,} characters are over reading.max_article_characters ({max_characters:,})"
    if "\x00" in text:
        return "the text contains NUL characters"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"the text contains half of a surrogate pair at character {error.start}"
    return None


def _format_field(value: object) -> str | None:
    """A field as one line of text; a list with commas between its items, an object by its name. Others are ignored."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_format_scalar, value)))[:MAX_FIELD_LENGTH] or None
    return _format_scalar(value)


def _format_scalar(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # Half surrogates cannot be stored.
    text = unescape(str(value)).encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:MAX_FIELD_LENGTH] or None


def _strip_byline(author: str | None) -> str | None:
    """The names in a field that holds a whole byline ("By Ada Poe, Staff Writer"); any other value unchanged."""
    return parse_byline(author) if author and is_byline(author) else author


def _read_date(text: str | None) -> tuple[str | None, str | None]:
    """The date as ISO 8601, and else why there is none."""
    try:
        return (parse_date(text) if text else None), None
    except AmbiguousDateError as error:
        return None, str(error)
    except ValueError:
        return None, "it is not a date such as 2025-10-26"
