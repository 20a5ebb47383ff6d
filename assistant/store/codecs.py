"""Vectors, spans and what else an article has, as they are stored. Vectors have a checksum."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.records.article import Article, Place, Span
from assistant.store.remedies import REPAIR_HINT

OFFSET_BYTES = 8  # of each offset of a stored span
MAX_LABEL = 100  # characters of the name of a place, as the readers give them
_TEXTS = ("updated_at", "section", "partial", "first_seen")
_DETAILS = frozenset({*_TEXTS, "places", "tags", "origins"})


def add_checksum(key: bytes, vector: bytes) -> bytes:
    """The bytes of a vector with a checksum of them and of the key that they are stored under."""
    return vector + zlib.crc32(vector, zlib.crc32(key)).to_bytes(4, "little")


def strip_checksum(key: bytes, data: bytes) -> bytes | None:
    """The inverse of `add_checksum`; None if the bytes are damaged or belong to another key."""
    vector = data[:-4]
    return vector if add_checksum(key, vector) == data else None


def encode_vector(key: bytes, vector: Vectors) -> bytes:
    """The stored form of a vector, shape (dimension,): float16, with a checksum."""
    return add_checksum(key, vector.astype("<f2").tobytes())


def decode_vector(key: bytes, data: object, dimension: int) -> Vectors | None:
    """The inverse of `encode_vector`, as float32, shape (dimension,); None if the data is damaged."""
    if not isinstance(data, bytes) or len(data) != 2 * dimension + 4:
        return None
    stored = strip_checksum(key, data)
    if stored is None:
        return None
    vector = np.frombuffer(stored, dtype="<f2").astype(np.float32)
    return vector if np.isfinite(vector).all() else None


def encode_spans(spans: Iterable[Span]) -> bytes:
    """The stored form of spans: start, end, start, end, … as little-endian 64-bit integers."""
    return np.asarray(list(spans), dtype="<i8").tobytes()


def decode_spans(data: bytes) -> list[Span]:
    """The inverse of `encode_spans`. Raises LibraryDamaged if the data cannot be that."""
    if not isinstance(data, bytes) or len(data) % 16:
        raise LibraryDamaged(f"the sentences of an article are damaged; {REPAIR_HINT}")
    offsets = np.frombuffer(data, dtype="<i8")
    if len(offsets) and (offsets[0] < 0 or np.any(offsets[1:] < offsets[:-1])):
        raise LibraryDamaged(f"the sentences of an article are damaged; {REPAIR_HINT}")
    flat = array("q", offsets.tolist())
    return list(zip(flat[::2], flat[1::2], strict=True))


def encode_details(article: Article) -> str | None:
    """What few articles have, as JSON; None if this one has nothing of it."""
    details: dict[str, object] = {}
    if article.places:
        details["places"] = [[place.start, place.label] for place in article.places]
    details |= {name: value for name in _TEXTS if (value := getattr(article, name)) is not None}
    if article.tags:
        details["tags"] = list(article.tags)
    if article.origins:
        details["origins"] = dict(article.origins)
    return json.dumps(details, separators=(",", ":")) if details else None


def decode_tags(details: object) -> tuple[str, ...]:
    """The tags in what `encode_details` gave. Raises LibraryDamaged if no build writes such details."""
    try:
        found = json.loads(details) if isinstance(details, str) else None
    except (ValueError, RecursionError):
        found = None
    tags = found.get("tags", []) if isinstance(found, dict) else None
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise LibraryDamaged(f"the tags of an article are damaged; {REPAIR_HINT}")
    return tuple(tags)


def decode_article(row: Sequence[Any]) -> Article:
    """An article from its columns, the last of which is what `encode_details` gave. Raises LibraryDamaged."""
    *values, details = row
    if details is None:
        return Article(*values)
    article = Article(*values)
    fields = _decode_details(details, len(article.text))
    if fields is None:
        raise LibraryDamaged(f"the pages, times or origins of article {article.id!r} are damaged; {REPAIR_HINT}")
    return replace(article, **fields)


def _decode_details(details: object, length: int) -> dict[str, Any] | None:
    """The fields in the details of a text of this length, in characters; None if no build writes such details."""
    try:
        found = json.loads(details) if isinstance(details, str) else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not found or not found.keys() <= _DETAILS:
        return None
    fields: dict[str, Any] = dict(found)
    if "places" in found:
        fields["places"] = _decode_places(found["places"], length)
    if "tags" in found:
        tags = found["tags"]
        fields["tags"] = tuple(tags) if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags) else None
    if "origins" in found:
        origins = found["origins"]
        is_text = isinstance(origins, dict) and all(isinstance(value, str) for value in origins.values())
        fields["origins"] = tuple(origins.items()) if is_text else None
    if not all(fields.values()) or not all(isinstance(fields.get(name, ""), str) for name in _TEXTS):
        return None
    return fields


def _decode_places(found: object, length: int) -> tuple[Place, ...] | None:
    """The places in a text of this length, in characters; None if no build writes such places."""
    try:
        places = tuple(Place(start, label) for start, label in found or ())  # type: ignore[attr-defined]
    except (ValueError, TypeError):
        return None
    starts = [place.start for place in places]
    if not all(type(start) is int and 0 <= start <= length for start in starts) or starts != sorted(starts):
        return None
    if not all(isinstance(place.label, str) and len(place.label) <= MAX_LABEL for place in places):
        return None
    return places or None
