"""JSONL, the interchange format: one article a line, read line by line whatever the size of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.readers.fields import Found
from assistant.records import Notice

MAX_LINE_BYTES = 64_000_000  # a longer line is not an article, and must not fill the memory


def read(path: Path) -> Iterator[Found | Notice]:
    """The articles of a file; a line that is not one is a Notice with its number. Raises OSError."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                yield Notice(f"{path}, line {number}", f"longer than {MAX_LINE_BYTES // 1_000_000} MB")
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES + 1)
                continue
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
                if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                    yield Notice(str(path), "UTF-16; JSONL must be UTF-8")
                    return
            if line.strip():
                yield _article(line, number, path)


def _article(line: bytes, number: int, path: Path) -> Found | Notice:
    place = f"{path}, line {number}"
    try:
        record = json.loads(line)
    except UnicodeDecodeError:
        return Notice(place, "not UTF-8")
    except ValueError as error:
        return Notice(place, f"not valid JSON: {error}")
    except RecursionError:
        return Notice(place, "JSON nested too deeply")
    if not isinstance(record, dict):
        return Notice(place, "not a JSON object")
    text, identifier = record.get("text"), record.get("id")
    if not isinstance(text, str):
        return Notice(place, "no `text`" if text is None else "`text` is not a string")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool) or identifier == "":
        return Notice(place, "no `id`" if identifier is None else "`id` is not a string")
    return Found(text, record, line=number)
