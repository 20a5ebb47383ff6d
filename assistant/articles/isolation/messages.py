"""What the two processes send each other: frames of JSON, or of bytes. Nothing that is received is code.

A reading process that a hostile file has taken over can send anything: what arrives is checked for type and size."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.articles.metadata import PageRead, ParsedFile
from assistant.articles.source_file import EmbeddedFile
from assistant.records.article import Notice, Place

MAX_FRAME = 1 << 30  # bytes
IDLE_SECONDS = 60.0  # without a file after which a reading process ends
_LENGTH = struct.Struct(">Q")

Item = ParsedFile | Notice | EmbeddedFile | PageRead


class MessageError(Exception):
    """The other process has ended, or what it sent is no message."""


def send_frame(channel: socket.socket, data: bytes) -> None:
    """Send some bytes. Raises OSError."""
    channel.sendall(_LENGTH.pack(len(data)))
    channel.sendall(data)


def receive_frame(channel: socket.socket) -> bytes:
    """The bytes that the other side sent. Raises MessageError, and OSError, TimeoutError among them."""
    (length,) = _LENGTH.unpack(_receive(channel, _LENGTH.size))
    if length > MAX_FRAME:
        raise MessageError("a message that is too long")
    return _receive(channel, length)


def _receive(channel: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = channel.recv(min(length - len(data), 1 << 20))
        if not piece:
            raise MessageError("the process has ended")
        data += piece
    return bytes(data)


def send_message(channel: socket.socket, message: Mapping[str, object]) -> None:
    """Send an object of JSON. Raises OSError."""
    send_frame(channel, json.dumps(message).encode("ascii"))


def receive_message(channel: socket.socket) -> dict[str, Any]:
    """The object that the other side sent. Raises MessageError and OSError."""
    try:
        message = json.loads(receive_frame(channel))
    except (ValueError, RecursionError) as error:
        raise MessageError("not a message") from error
    if not isinstance(message, dict):
        raise MessageError("not a message")
    return message


def send_item(channel: socket.socket, item: Item) -> None:
    """Send what a reader yields. Raises OSError."""
    if isinstance(item, Notice):
        send_message(channel, {"notice": [item.place, item.reason, item.skipped, item.missing_module]})
    elif isinstance(item, PageRead):
        send_message(channel, {"page": [item.number, item.count]})
    elif isinstance(item, EmbeddedFile):
        send_message(channel, {"embedded": item.name})
        send_frame(channel, item.data)
    else:
        parsed = {
            "text": item.text,
            "fields": _encode_fields(item.fields),
            "line": item.line,
            "reading_note": item.reading_note,
            "has_opening": item.has_opening,
            "is_named_by_author": item.is_named_by_author,
            "part": item.part,
            "places": [[place.start, place.label] for place in item.places],
            "fallback_fields": _encode_fields(item.fallback_fields),
            "origin": item.origin,
            "field_origins": dict(item.field_origins),
            "partial": item.partial,
        }
        send_message(channel, {"parsed": parsed})


def receive_item(channel: socket.socket, message: Mapping[str, Any]) -> Item:
    """The item that a message begins. Raises MessageError and OSError."""
    match message:
        case {"notice": [str(place), str(reason), bool(skipped), str(missing_module)]}:
            return Notice(place, reason, skipped, missing_module)
        case {"page": [int(number), int(count)]} if 0 < number <= count:
            return PageRead(number, count)
        case {"embedded": str(name)}:
            return EmbeddedFile(name, receive_frame(channel))
        case {"parsed": dict(parsed)}:
            return _decode_parsed(parsed)
    raise MessageError("not an item")


def _decode_parsed(parsed: Mapping[str, Any]) -> ParsedFile:
    match parsed:
        case {
            "text": str(text),
            "fields": dict(fields),
            "line": int() | None as line,
            "reading_note": str() | None as reading_note,
            "has_opening": bool(has_opening),
            "is_named_by_author": bool(is_named_by_author),
            "part": str() | None as part,
            "places": list(places),
            "fallback_fields": dict(fallback_fields),
            "origin": str(origin),
            "field_origins": dict(field_origins),
            "partial": str() | None as partial,
        }:
            return ParsedFile(
                text,
                fields,
                line,
                reading_note,
                has_opening,
                is_named_by_author,
                part,
                tuple(_decode_place(place, len(text)) for place in places),
                fallback_fields,
                origin,
                {name: str(place) for name, place in field_origins.items()},
                partial,
            )
    raise MessageError("not an article")


def _decode_place(place: object, length: int) -> Place:
    match place:
        case [int(start), str(label)] if 0 <= start <= length:
            return Place(start, label)
    raise MessageError("not a place in the text")


def _encode_fields(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: encoded for name, value in fields.items() if (encoded := _encode_value(value)) is not None}


def _encode_value(value: object) -> object:
    """A value of a field as JSON, as far as an article can use it: see `ParsedFile.make_article`."""
    if isinstance(value, list | tuple):
        return [_encode_value(item) for item in value]
    if isinstance(value, dict):
        return {"name": _encode_value(value["name"])} if "name" in value else None
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float) else None
