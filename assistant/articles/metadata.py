"""From the text and fields that a reader finds in a file to a checked Article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from pathlib import PurePath
from urllib.parse import urlsplit

from assistant.articles.bylines import is_byline, parse_byline
from assistant.articles.dates import AmbiguousDateError, find_date_in_folders, find_day_in_name, parse_date
from assistant.articles.openings import begins_with_sentence, extract_title, find_author, find_date, find_title_in_name
from assistant.articles.outlet_lines import find_outlet
from assistant.articles.partial import find_partial
from assistant.articles.source_file import Origin
from assistant.records.article import Article, Notice, Place
from assistant.text.languages.detection import choose_language

# Where the value of a field stands, in words.
FROM_FRONT_MATTER = "the front matter"
FROM_OPENING = "its first lines"
FROM_PROPERTIES = "the properties of the document"
FROM_MAIL = "the head of the mail"
FROM_FEED = "the feed or page list"
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
    "updated_at": ("updated_at", "updated", "modified", "last_updated"),
    "section": ("section", "category", "categories"),
    "tags": ("tags", "tag", "keywords"),
}
# Further names in the metadata of llama-index's readers.
LLAMA_INDEX_ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("document_title",),
    "source": ("site_name",),
    "published_at": ("publish_date",),
    "url": ("URL",),
}


@dataclass(frozen=True, slots=True)
class PageRead:
    """A reader has read page `number` of `count`, which took it long: each such page has the budget of an article."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """An article as its file gives it: the text unchanged, the fields with the names and values of the file.

    `line` is the line of the file, counted from 1, if one line is one article. `reading_note` tells the user of a
    doubt about the text, such as a detected encoding. `has_opening`: the first lines of the text can tell what the
    fields do not. `is_named_by_author`: so can the name of the file. `part` names the article within a file that has
    several. `places` are pages, times and the like in the text. `fallback_fields` count only where nothing else gives
    a value: the properties of a document are often those of its template. `origin` says in words where the fields
    stand, `field_origins` does for those that stand elsewhere. `partial` says why the text is only a part of the
    article, as far as its format tells.
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
    origin: str = "its fields"
    field_origins: Mapping[str, str] = field(default_factory=dict)
    partial: str | None = None

    def add_origin(self, origin: Origin | None) -> ParsedFile:
        """The same article with what is known from where its file came."""
        if origin is None:
            return self
        defaults = {
            name: value for name, value in origin.defaults.items() if not _find_value(self.fields, FIELD_ALIASES[name])
        }
        told = {**defaults, **origin.known}
        origins = {**self.field_origins, **dict.fromkeys(told, FROM_FEED)}
        return replace(self, fields={**self.fields, **told}, field_origins=origins)

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
        yield from self._read_fields(default_id, uri, place, container)

    def _read_fields(self, default_id: str, uri: str, place: str, container: str | None) -> Iterator[Article | Notice]:
        values = {name: _find_value(self.fields, aliases) for name, aliases in FIELD_ALIASES.items()}
        origins = {name: self.field_origins.get(name, self.origin) for name, value in values.items() if value}
        dates: dict[str, str | None] = {}
        for name in ("published_at", "updated_at"):
            dates[name], doubt = _read_date(values[name])
            if doubt and name == "published_at":
                yield Notice(place, f"published_at {values[name]!r} is left out: {doubt}", skipped=False)
        published = dates["published_at"]
        if published is None and not values["published_at"]:
            published, origins["published_at"] = self._find_date(uri, default_id)
        if published is None and (made := _find_value(self.fallback_fields, FIELD_ALIASES["published_at"])):
            published, _ = _read_date(made)
            if published:
                origins["published_at"] = FROM_PROPERTIES
                yield Notice(place, f"published_at {published[:10]} is the day the file was made", skipped=False)
        url, source = _tell_apart(values["url"], values["source"])
        if url is None and _is_web_address(uri):
            url, origins["url"] = uri, "its address"
        elif url and not values["url"]:
            origins["url"] = origins["source"]
        title = values["title"] or self._get_fallback("title", origins)
        if not title:
            title, origins["title"] = self._find_title(uri)
        author = _strip_byline(values["author"])
        if not author and self.has_opening and (author := find_author(self.text)):
            origins["author"] = FROM_OPENING
        if not source and self.has_opening and (source := find_outlet(self.text)):
            origins["source"] = FROM_OPENING
        fields = {
            "title": title,
            "source": source or self._get_fallback("source", origins),
            "author": author or self._get_fallback("author", origins),
            "published_at": published,
            "url": url,
            "language": choose_language(self.text, values["language"]),
            "updated_at": dates["updated_at"],
            "section": values["section"],
        }
        tags = tuple(dict.fromkeys(tag for tag in re.split(r"\s*[,;]\s*", values["tags"] or "") if tag))
        if fields["language"] != values["language"]:
            origins["language"] = "its text"
        origins |= {name: origin for name, origin in self.field_origins.items() if name == "speakers"}
        known = {name for name, value in fields.items() if value} | ({"tags"} if tags else set()) | {"speakers"}
        yield Article(
            id=values["id"] or default_id,
            text=self.text,
            sha256=hashlib.sha256(self.text.encode("utf-8")).hexdigest(),
            path=container or uri,
            places=self.places,
            tags=tags,
            partial=self.partial or find_partial(self.text),
            origins=tuple((name, origins[name]) for name in sorted(known) if name in origins),
            **fields,  # type: ignore[arg-type]
        )

    def _get_fallback(self, name: str, origins: dict[str, str]) -> str | None:
        """A field of the properties of the document, which are then its origin."""
        value = _find_value(self.fallback_fields, FIELD_ALIASES[name])
        if value:
            origins[name] = FROM_PROPERTIES
        return value

    def _find_title(self, uri: str) -> tuple[str, str]:
        """The title that the first lines give, or the name of the file if the text begins with a sentence."""
        title = extract_title(self.text)
        named = (
            find_title_in_name(PurePath(uri).name) if self.is_named_by_author and begins_with_sentence(title) else None
        )
        return (named, "the name of the file") if named else (title, FROM_OPENING)

    def _find_date(self, uri: str, default_id: str) -> tuple[str | None, str]:
        """The day that the first lines, the name of the file or its folders give, and which of them.

        Of the folders only those below that of the articles count, which `default_id` begins with.
        """
        if self.has_opening and (found := find_date(self.text)):
            return found, FROM_OPENING
        if self.is_named_by_author and (found := find_day_in_name(PurePath(uri).name)):
            return found, "the name of the file"
        return find_date_in_folders(PurePath(default_id).parts[:-1]), "the names of its folders"


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
