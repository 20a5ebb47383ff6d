"""What a reader finds in a file, checked and made into an Article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.records.article import Article, Notice

MAX_TITLE_LENGTH = 120
MAX_FIELD_LENGTH = 1000  # every passage is stored and embedded with its title
_CALENDAR_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T|$)")

# Names that web clippers and site generators give to the same things.
FIELD_ALIASES = {
    "id": ("id",),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "outlet", "site"),
    "author": ("author", "authors", "byline"),
    "published_at": ("published_at", "published", "date"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One article as its file gives it: the text unchanged, the rest as written there."""

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None  # where in the file, for JSONL
    reading_note: str | None = None  # how it had to be read

    def make_article(self, default_id: str, path: str, max_characters: int) -> Iterator[Article | Notice]:
        """The Article, preceded by a Notice for each field that is of no use; or a Notice alone."""
        place = path if self.line is None else f"{path}, line {self.line}"
        if self.reading_note:
            yield Notice(place, self.reading_note, skipped=False)
        refusal = _explain_unusable(self.text, max_characters)
        if refusal:
            yield Notice(place, refusal)
            return
        values: dict[str, str | None] = {}
        for name, aliases in FIELD_ALIASES.items():
            values[name] = next((text for alias in aliases if (text := _format_field(self.fields.get(alias)))), None)
        published = normalize_iso_date(values["published_at"])
        if values["published_at"] and not published:
            remark = f"published_at {values['published_at']!r} is not an ISO 8601 date (2025-10-26); left out"
            yield Notice(place, remark, skipped=False)
        url = values["url"]
        if url and not url.lower().startswith(("http://", "https://")):
            url = None
        yield Article(
            id=values["id"] or default_id,
            title=values["title"] or extract_title(self.text),
            text=self.text,
            sha256=hashlib.sha256(self.text.encode("utf-8")).hexdigest(),
            source=values["source"],
            author=values["author"],
            published_at=published,
            url=url,
            path=path,
            language=values["language"],
        )


def _explain_unusable(text: str, max_characters: int) -> str | None:
    if not text.strip():
        return "no text in it"
    if len(text) > max_characters:
        return f"{len(text):,} characters are over reading.max_article_characters ({max_characters:,})"
    if "\x00" in text:
        return "the text holds NUL characters"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"the text holds half of a surrogate pair at character {error.start}"
    return None


def _format_field(value: object) -> str | None:
    """A field on one line; a list of names with commas. What is in lists within lists is not looked for."""
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
    """`text` if it is an ISO 8601 date or date and time, else None; spaces as site generators put them
    ("2025-10-26 09:30:00 +0300") are taken out."""
    if not text:
        return None
    text = text.replace(" ", "T", 1).replace(" ", "")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    # Python reads 20251026 and 2025-W43-7 as well, and thirteen-digit time stamps as years gone by.
    return text if _CALENDAR_DATE.match(text) else None


def extract_title(text: str) -> str:
    """The first line that is not blank, cut at a word where it is longer than a title."""
    line = next(line.strip() for line in text.splitlines() if line.strip())
    if len(line) <= MAX_TITLE_LENGTH:
        return line
    return line[:MAX_TITLE_LENGTH].rsplit(maxsplit=1)[0] + "…"
