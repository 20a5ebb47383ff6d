"""An article as an exported library has it: a JSON object with every field, read back exactly as it was written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.errors import ReadError
from assistant.records.article import Article, ArticleVersion, Place

MAX_LABEL = 100  # characters of the name of a place
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T[0-9:.+Z-]{2,30})?)?)?", re.ASCII)
_TEXTS = ("id", "title", "text", "sha256")
_OPTIONAL = ("source", "author", "url", "language", "section", "partial")
_DATES = ("published_at", "updated_at")
_MAX_FIELD = 4_000  # characters of a field other than the text


def encode_article(article: Article) -> dict[str, Any]:
    """The record of an article; empty fields are left out."""
    record = {name: value for name, value in asdict(article).items() if value not in (None, (), "")}
    record |= {"title": article.title, "text": article.text}
    if article.places:
        record["places"] = [[place.start, place.label] for place in article.places]
    if article.origins:
        record["origins"] = dict(article.origins)
    return record


def decode_article(record: object, path: str) -> Article:
    """The inverse of `encode_article`, for an article that is now at `path`; where it was is one of its origins.

    Raises ReadError if it is no record of an article, or if its text is not the one that was exported.
    """
    if not isinstance(record, dict):
        raise ReadError("not a JSON object")
    texts = {name: _get_text(record, name) for name in _TEXTS}
    fields: dict[str, Any] = {name: _get_optional(record, name) for name in (*_OPTIONAL, *_DATES, "first_seen")}
    for name in (*_DATES, "first_seen"):
        if fields[name] is not None and not _DATE.fullmatch(fields[name]):
            raise ReadError(f"{name} is no date")
    url = fields["url"]
    if url is not None and not url.lower().startswith(("http://", "https://")):
        raise ReadError("url is no web address")
    tags, origins = record.get("tags", []), record.get("origins", {})
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ReadError("tags are no list of texts")
    if not isinstance(origins, dict) or not all(isinstance(value, str) for value in origins.values()):
        raise ReadError("origins are no texts")
    _check_text(texts["text"], texts["sha256"])
    before = _get_optional(record, "path")
    if before is not None:
        origins = {"path": f"exported, before at {before}", **origins}
    return Article(
        **texts,
        **fields,
        path=path,
        tags=tuple(tags),
        origins=tuple(origins.items()),
        places=_decode_places(record.get("places", []), len(texts["text"])),
    )


def encode_version(version: ArticleVersion) -> dict[str, Any]:
    """The record of an earlier text."""
    return {name: value for name, value in asdict(version).items() if value is not None}


def decode_version(record: object) -> ArticleVersion:
    """The inverse of `encode_version`. Raises ReadError."""
    if not isinstance(record, dict):
        raise ReadError("not a JSON object")
    values: dict[str, Any] = {
        name: _get_text(record, name) for name in ("article_id", "sha256", "title", "replaced_at", "text")
    }
    for name in _DATES:
        values[name] = _get_optional(record, name)
    if not all(values[name] is None or _DATE.fullmatch(values[name]) for name in (*_DATES, "replaced_at")):
        raise ReadError("a date is none")
    if record.get("cause") not in ("file", "reading"):
        raise ReadError("its cause is not known")
    _check_text(values["text"], values["sha256"])
    return ArticleVersion(**values, cause=record["cause"])


def _check_text(text: str, sha256: str) -> None:
    try:
        found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        found = ""
    if found != sha256:
        raise ReadError("its text is not the one that was exported")


def _get_text(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or (name != "text" and len(value) > _MAX_FIELD) or (name != "title" and not value):
        raise ReadError(f"no {name}, or not a text")
    return value


def _get_optional(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None or (isinstance(value, str) and len(value) <= _MAX_FIELD):
        return value
    raise ReadError(f"{name} is not a text")


def _decode_places(found: object, length: int) -> tuple[Place, ...]:
    if not isinstance(found, list):
        raise ReadError("places are no list")
    places = []
    for pair in found:
        is_pair = isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int and isinstance(pair[1], str)
        if not is_pair or not 0 <= pair[0] <= length or len(pair[1]) > MAX_LABEL:
            raise ReadError("a place is none")
        places.append(Place(pair[0], pair[1]))
    if places != sorted(places, key=lambda place: place.start):
        raise ReadError("the places are not in order")
    return tuple(places)
