"""The fields of an article that can be told from outside its file, and the check of their values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.articles.dates import AmbiguousDateError, parse_date
from assistant.articles.metadata import MAX_FIELD_LENGTH

FieldValue = str | tuple[str, ...] | None
"""A value as the article has it: tags are several texts, all other fields one. None: the field is to have no value."""

SETTABLE = ("title", "source", "author", "published_at", "updated_at", "url", "section", "language", "tags")
_DATES = frozenset({"published_at", "updated_at"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_TAG_SEPARATOR = re.compile(r"\s*[,;|]\s*")


def check_value(name: str, text: str) -> FieldValue:
    """The value of a field that a person wrote as text. Raises ValueError, which says what would be right."""
    words = " ".join(text.split())
    if len(words) > MAX_FIELD_LENGTH:
        raise ValueError(f"longer than {MAX_FIELD_LENGTH:,} characters")
    if any(not character.isprintable() for character in words):
        raise ValueError("contains control characters")
    if name in _DATES:
        try:
            return parse_date(words)
        except AmbiguousDateError:
            raise
        except ValueError as error:
            raise ValueError("it is not a date such as 2025-10-26") from error
    if name == "tags":
        return tuple(dict.fromkeys(tag for tag in _TAG_SEPARATOR.split(words) if tag))
    if name == "url" and not words.lower().startswith(("http://", "https://")):
        raise ValueError("it is not an address such as https://example.org/story")
    if name == "language" and not _LANGUAGE.fullmatch(words):
        raise ValueError("it is not a code such as en or de-AT")
    if name == "title" and not words:
        raise ValueError("an article needs a title")
    return words.lower() if name == "language" else words


def format_value(value: FieldValue) -> str:
    """A value as one line of text; empty if there is none."""
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def encode_values(values: Mapping[str, FieldValue]) -> dict[str, object]:
    """The values as JSON types."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def decode_values(record: object) -> dict[str, FieldValue] | None:
    """The inverse of `encode_values`, each value checked; None if it is not that."""
    if not isinstance(record, dict) or not record.keys() <= set(SETTABLE):
        return None
    values: dict[str, FieldValue] = {}
    for name, value in record.items():
        if value is None and name != "title":
            values[name] = () if name == "tags" else None
            continue
        if isinstance(value, list) and name == "tags":
            if not all(isinstance(tag, str) for tag in value):
                return None
            value = ", ".join(value)
        if not isinstance(value, str):
            return None
        try:
            values[name] = check_value(name, value)
        except ValueError:
            return None
    return values
