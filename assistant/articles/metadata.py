"""From the text and fields that a reader finds in a file to a checked Article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.records.article import Article, Notice
from assistant.text.languages.detection import choose_language

MAX_TITLE_LENGTH = 120
MAX_FIELD_LENGTH = 1000  # every passage is stored and embedded with its title
_CALENDAR_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T|$)")

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
    doubt about the text, such as a detected encoding.
    """

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None
    reading_note: str | None = None

    def make_article(self, default_id: str, uri: str, max_characters: int) -> Iterator[Article | Notice]:
        """The Article, after a Notice for each field that cannot be used; or only a Notice that says why not.

        `default_id` is the id if no field gives one. `uri` is the file: its path, or a URI with a scheme.
        """
        place = uri if self.line is None else f"{uri}, line {self.line}"
        if self.reading_note:
            yield Notice(place, self.reading_note, skipped=False)
        problem = _explain_unusable(self.text, max_characters)
        if problem:
            yield Notice(place, problem)
            return
        values = {name: _find_value(self.fields, aliases) for name, aliases in FIELD_ALIASES.items()}
        published = normalize_iso_date(values["published_at"])
        if values["published_at"] and not published:
            reason = f"published_at {values['published_at']!r} is not an ISO 8601 date (2025-10-26); left out"
            yield Notice(place, reason, skipped=False)
        url = values["url"]
        if url and not _is_web_address(url):
            url = None
        if url is None and _is_web_address(uri):
            url = uri
        yield Article(
            id=values["id"] or default_id,
            title=values["title"] or extract_title(self.text),
            text=self.text,
            sha256=hashlib.sha256(self.text.encode("utf-8")).hexdigest(),
            source=values["source"],
            author=values["author"],
            published_at=published,
            url=url,
            path=uri,
            language=choose_language(self.text, values["language"]),
        )


def select_fields(metadata: Mapping[str, object]) -> dict[str, object]:
    """The fields of an article in the metadata of a llama-index document, by the first name of each field.

    The id is not among them: a document has its own.
    """
    names = {name: (*aliases, *LLAMA_INDEX_ALIASES.get(name, ())) for name, aliases in FIELD_ALIASES.items()}
    del names["id"]
    return {name: next((metadata[key] for key in keys if metadata.get(key)), None) for name, keys in names.items()}


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
    """A field as one line of text; a list with commas between its items. Lists within lists are ignored."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_format_scalar, value)))[:MAX_FIELD_LENGTH] or None
    return _format_scalar(value)


def _format_scalar(value: object) -> str | None:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # Half surrogates cannot be stored.
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())[:MAX_FIELD_LENGTH] or None


def normalize_iso_date(text: str | None) -> str | None:
    """`text` without spaces if it is an ISO 8601 date, or date and time; else None.

    Site generators write spaces: "2025-10-26 09:30:00 +0300" gives "2025-10-26T09:30:00+0300".
    """
    if not text:
        return None
    text = text.replace(" ", "T", 1).replace(" ", "")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    # Python also accepts 20251026 and 2025-W43-7, and reads thirteen-digit time stamps as dates of the past.
    return text if _CALENDAR_DATE.match(text) else None


def extract_title(text: str) -> str:
    """The first line that is not blank; cut after a word, with "…", if it is longer than MAX_TITLE_LENGTH."""
    line = next(line.strip() for line in text.splitlines() if line.strip())
    if len(line) <= MAX_TITLE_LENGTH:
        return line
    return line[:MAX_TITLE_LENGTH].rsplit(maxsplit=1)[0] + "…"
