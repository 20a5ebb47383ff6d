"""JSON lines, the interchange format: one article per line. Read line by line, so the size of a file is not limited."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.tables.records import find_identifier, has_text_field, read_record
from assistant.errors import ReadError
from assistant.records.article import Notice
from assistant.system.json import NestingError, parse_json

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_LINE_BYTES = 64_000_000  # a longer line is not an article and would fill the memory
MAX_NAMED_KEYS, MAX_KEY_LENGTH = 8, 40  # of an object without a text, in the notice about it
MAX_BAD_LINES = 100  # if a file begins with this many bad lines, it has another format


def read(file: SourceFile, _settings: ReadingSettings) -> Iterator[ParsedFile | Notice]:
    """The articles of a file. A line that is not an article is a Notice with the line number. Raises OSError."""
    any_article = False
    faults = 0
    with file.open() as stream:
        for number, line in enumerate(_read_lines(stream), 1):
            if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield Notice(file.uri, "UTF-16; JSONL must be UTF-8")
                return
            if not line.strip():
                continue
            item = _parse_line(line, number, file.uri)
            yield item
            any_article = any_article or isinstance(item, ParsedFile)
            faults += isinstance(item, Notice)
            if faults == MAX_BAD_LINES and not any_article:
                yield Notice(file.uri, f"no article in its first {number} lines; is it JSONL? The rest was not read")
                return
    if not any_article and not faults:
        yield Notice(file.uri, "the file is empty")


def _read_lines(stream: BufferedIOBase) -> Iterator[bytes]:
    """The lines; a line over the limit is cut one byte after it."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)


def _parse_line(line: bytes, number: int, uri: str) -> ParsedFile | Notice:
    place = f"{uri}, line {number}"
    if len(line) > MAX_LINE_BYTES:
        return Notice(place, f"longer than {MAX_LINE_BYTES // 1_000_000} MB")
    try:
        record = parse_json(line.rstrip())  # else the error in a truncated string is a control character
    except UnicodeDecodeError:
        return Notice(place, "not UTF-8")
    except json.JSONDecodeError as error:
        return Notice(place, f"not valid JSON: {error.msg} (column {error.colno})")
    except NestingError:
        return Notice(place, "JSON nested too deeply")
    except ValueError:
        return Notice(place, "not valid JSON: a number of thousands of digits")
    return _read_object(record, number, place) if isinstance(record, dict) else Notice(place, "not a JSON object")


def _read_object(record: dict[str, object], number: int, place: str) -> ParsedFile | Notice:
    text, identifier = record.get("text"), record.get("id")
    if isinstance(identifier, str) and not identifier.strip():
        identifier = None
    if text is not None and not isinstance(text, str):
        return Notice(place, "`text` is not a string")
    if text is None and not has_text_field(name for name, value in record.items() if isinstance(value, str)):
        return Notice(place, f"no `text`{_list_keys(record)}")
    if identifier is not None and (not isinstance(identifier, str | int) or isinstance(identifier, bool)):
        return Notice(place, "`id` is not a string")
    try:
        parsed = read_record(record, line=number)
    except ReadError as error:
        if text is None:
            return Notice(place, str(error))
        parsed = ParsedFile(text, record, line=number)
    if identifier is not None:
        return replace(parsed, fields={**parsed.fields, "id": identifier})
    return replace(parsed, line=None, part=find_identifier(record) or f"line {number}")


def _list_keys(record: dict[str, object]) -> str:
    """The keys of an object in words, so that a reader sees which of them should be `text`; empty for none."""
    names = [name[:MAX_KEY_LENGTH] for name in record if name.strip()]
    more = f" and {len(names) - MAX_NAMED_KEYS} more" if len(names) > MAX_NAMED_KEYS else ""
    shown = ", ".join(f"`{name}`" for name in names[:MAX_NAMED_KEYS])
    return f"; its keys: {shown}{more}" if shown else ""
