"""JSONL, the interchange format: one article a line, read line by line whatever the size of the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from assistant.articles.metadata import ParsedFile
from assistant.records.article import Notice

MAX_LINE_BYTES = 64_000_000  # a longer line is not an article, and must not fill the memory
MAX_BAD_LINES = 100  # so many lines without an article before them are another format, not broken lines


def read(path: Path) -> Iterator[ParsedFile | Notice]:
    """The articles of a file; a line that is not one is a Notice with its number. Raises OSError."""
    any_article = False
    faults = 0
    with path.open("rb") as file:
        for number, line in enumerate(_read_lines(file), 1):
            if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield Notice(str(path), "UTF-16; JSONL must be UTF-8")
                return
            if not line.strip():
                continue
            found = _parse_line(line, number, path)
            yield found
            any_article = any_article or isinstance(found, ParsedFile)
            faults += isinstance(found, Notice)
            if faults == MAX_BAD_LINES and not any_article:
                yield Notice(str(path), f"no article in its first {number} lines; is it JSONL? The rest was not read")
                return
    if not any_article and not faults:
        yield Notice(str(path), "the file is empty")


def _read_lines(file: BinaryIO) -> Iterator[bytes]:
    """Line by line; of one that is over the limit, a little more than the limit."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)


def _parse_line(line: bytes, number: int, path: Path) -> ParsedFile | Notice:
    place = f"{path}, line {number}"
    if len(line) > MAX_LINE_BYTES:
        return Notice(place, f"longer than {MAX_LINE_BYTES // 1_000_000} MB")
    try:
        record = json.loads(line.rstrip())  # else a string that is cut off seems to hold the newline
    except UnicodeDecodeError:
        return Notice(place, "not UTF-8")
    except json.JSONDecodeError as error:
        return Notice(place, f"not valid JSON: {error.msg} (column {error.colno})")
    except ValueError:
        return Notice(place, "not valid JSON: a number of thousands of digits")
    except RecursionError:
        return Notice(place, "JSON nested too deeply")
    if not isinstance(record, dict):
        return Notice(place, "not a JSON object")
    text, identifier = record.get("text"), record.get("id")
    if not isinstance(text, str):
        return Notice(place, "no `text`" if text is None else "`text` is not a string")
    if identifier is None or (isinstance(identifier, str) and not identifier.strip()):
        return Notice(place, "no `id`")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool):
        return Notice(place, "`id` is not a string")
    return ParsedFile(text, record, line=number)
