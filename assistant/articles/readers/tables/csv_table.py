"""Tables as text: CSV and TSV with named columns, each row an article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.tables.records import (
    MAX_ROWS_ABOVE,
    explain_missing_text,
    find_identifier,
    has_text_field,
    is_head,
    read_record,
)
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import Notice

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

DELIMITERS = ",;\t|"
MAX_COLUMNS = 1_000
_SAMPLE = 65_536  # characters from which the delimiter is told


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | Notice]:
    """The articles of a table. Raises OSError, and ReadError if it has no column with text."""
    yield from parse_csv(load_bytes(file, settings), file.uri, settings.max_article_characters)


def parse_csv(data: bytes, uri: str, max_characters: int = 2_000_000) -> Iterator[ParsedFile | Notice]:
    """The articles in the bytes of a table. Raises ReadError."""
    text, note = decode_text(data)
    if note:
        yield Notice(uri, note, skipped=False)
    csv.field_size_limit(max_characters + 1)
    delimiter = _find_delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, doublequote=True)
    names: list[str] | None = None
    above: list[list[str]] = []
    try:
        for number, row in enumerate(rows, 1):
            if not any(cell.strip() for cell in row):
                continue
            if names is not None:
                yield _read_row(dict(zip(names, row, strict=False)), number, uri)
            elif is_head(row[:MAX_COLUMNS], is_first=not above):
                names = [cell.strip() for cell in row[:MAX_COLUMNS]]
            elif len(above) < MAX_ROWS_ABOVE:
                above.append(row[:MAX_COLUMNS])
            else:
                break
    except csv.Error as error:
        raise ReadError(f"line {rows.line_num}: {error}") from error
    if names is None:
        raise ReadError(explain_missing_text(cell.strip() for cell in above[0]) if above else "an empty table")


def _read_row(record: dict[str, str], number: int, uri: str) -> ParsedFile | Notice:
    try:
        return read_record(record, find_identifier(record) or f"row {number}")
    except ReadError as error:
        return Notice(f"{uri}, row {number}", str(error))


def _find_delimiter(text: str) -> str:
    """The delimiter with which one of the first lines has the most columns, also known ones."""
    first = islice(io.StringIO(text[:_SAMPLE], newline=""), 4 * MAX_ROWS_ABOVE)
    lines = [line for line in first if line.strip()][: MAX_ROWS_ABOVE + 1]

    def rate(delimiter: str) -> tuple[bool, int]:
        try:
            rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
        except csv.Error:  # who reads the rows says so with the line
            return False, 0
        return max(((has_text_field(row), len(row)) for row in rows), default=(False, 0))

    return max(DELIMITERS, key=rate)
