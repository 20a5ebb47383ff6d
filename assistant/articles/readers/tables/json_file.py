"""JSON files: one article, a list of articles, or an answer of a program that holds such a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.tables.records import find_identifier, has_text_field, read_record, simplify
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import Notice
from assistant.system.json import parse_json

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_DEPTH = 3  # of a list of articles in the objects around it


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | Notice]:
    """The articles of a file. Raises OSError, and ReadError if there are none."""
    yield from parse_json_file(load_bytes(file, settings), file.uri)


def parse_json_file(data: bytes, uri: str) -> Iterator[ParsedFile | Notice]:
    """The articles in the bytes of a file. Raises ReadError."""
    text, _ = decode_text(data)
    try:
        content = parse_json(text)
    except ValueError as error:
        raise ReadError(f"not valid JSON ({str(error)[:80]}); a file of one object a line is named .jsonl") from error
    if isinstance(content, dict) and has_text_field(content) and _find_list(content) is None:
        yield read_record(content)
        return
    found = (content, {}) if isinstance(content, list) else _find_list(content)
    if found is None:
        raise ReadError("no article in it: no object with a text, body or content, and no list of such objects")
    records, outer = found
    for number, record in enumerate(records, 1):
        place = f"{uri}, item {number}"
        if not isinstance(record, Mapping):
            yield Notice(place, "not a JSON object")
            continue
        try:
            yield read_record({**outer, **record}, find_identifier(record) or f"item {number}")
        except ReadError as error:
            yield Notice(place, str(error))


def _find_list(content: object) -> tuple[list[object], dict[str, object]] | None:
    """The list of articles in an object, and the fields that all of them share: the title of a feed is their outlet."""
    level = [content]
    for _ in range(MAX_DEPTH):
        following: list[object] = []
        for each in level:
            if not isinstance(each, Mapping):
                continue
            for value in each.values():
                if isinstance(value, list) and any(isinstance(v, Mapping) and has_text_field(v) for v in value[:20]):
                    is_feed = "jsonfeed.org" in str(each.get("version", ""))
                    outlet = simplify(each.get("title")) if is_feed else None
                    return value, {"source": outlet} if outlet else {}
                following.append(value)
        level = following
    return None
