"""Excel workbooks: each row of a sheet with named columns is an article."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.documents.package import Package
from assistant.articles.readers.tables.records import (
    MAX_ROWS_ABOVE,
    explain_missing_text,
    find_identifier,
    is_head,
    read_record,
)
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import Notice

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_SHEETS = 200
MAX_COLUMNS = 1_000
MAX_ROWS = 1_048_576
MAX_BLANK_ROWS = 1_000  # after which a sheet ends: some programs format all the rows that there can be


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | Notice]:
    """The articles of a workbook. Raises OSError, and ReadError if no sheet has a column with text."""
    yield from parse_workbook(load_bytes(file, settings), file.uri, settings.max_file_mb * 1_000_000)


def parse_workbook(data: bytes, uri: str, max_bytes: int = 64_000_000) -> Iterator[ParsedFile | Notice]:
    """The articles in the bytes of a workbook. Raises ReadError."""
    import openpyxl

    Package(data, "Excel workbook", max_bytes).require("xl/workbook.xml")
    found = False
    names: list[object] = []
    size = _Size(max_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features that have no text
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets[:MAX_SHEETS] if sheet.sheet_state == "visible"]
            for sheet in sheets:
                prefix = f"{sheet.title}, " if len(sheets) > 1 else ""
                for item in _read_sheet(sheet, prefix, uri, names, size):
                    found = True
                    yield item
            book.close()
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
        zipfile.BadZipFile,
    ) as error:
        raise ReadError("a damaged Excel workbook; open it and save it anew") from error
    if not found:
        raise ReadError(explain_missing_text(names))


@dataclass(slots=True)
class _Size:
    """How much text the cells of a workbook may still have. Many of them can name one text of the file."""

    left: int

    def spend(self, row: Iterable[object]) -> None:
        """Count the cells of a row. Raises ReadError if there is more than may be."""
        self.left -= sum(len(value) for value in row if isinstance(value, str))
        if self.left < 0:
            raise ReadError("the texts of its cells are larger together than a file may be; the rest is left out")


def _read_sheet(
    sheet: Any, prefix: str, uri: str, seen_names: list[object], size: _Size
) -> Iterator[ParsedFile | Notice]:
    names: list[str] | None = None
    blank = above = 0
    rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS, max_row=MAX_ROWS)
    for number, row in enumerate(rows, 1):
        if not any(value is not None for value in row):
            blank += 1
            if blank > MAX_BLANK_ROWS:
                return
            continue
        blank = 0
        size.spend(row)
        if names is None:
            head = [str(value).strip() if value is not None else "" for value in row]
            if is_head(head, is_first=above == 0):
                names = head
            elif above == MAX_ROWS_ABOVE:
                return
            elif above == 0:
                seen_names += head
            above += 1
            continue
        record = {name: _simplify(value) for name, value in zip(names, row, strict=False) if name}
        place = f"{prefix}row {number}"
        identifier = find_identifier(record)
        try:
            yield read_record(record, f"{prefix}{identifier}" if identifier else place)
        except ReadError as error:
            yield Notice(f"{uri}, {place}", str(error))


def _simplify(value: object) -> object:
    """A cell as text or a number; the time of a day without one is left out."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else value
