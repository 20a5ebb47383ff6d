"""Tables that grow row by row: JSON lines, CSV and XLSX. A table that was cut off goes on where it ended.

Every row is one line of the file, written at once, so that a killed program leaves whole rows and at most one part of a
row, which is removed. An XLSX file is written at the end, from the lines of a file beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.system.os_errors import describe_os_error

Row = Mapping[str, Any]

FORMATS = (".jsonl", ".csv", ".xlsx")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL = 32_000  # characters of a cell of XLSX


class GrowingTable:
    """A table in a file. `rows_done` are the rows that it has already, by number."""

    def __init__(self, path: Path, columns: Sequence[str], *, restart: bool = False) -> None:
        """Raises AssistantError if the file has another format, or is a table of something else."""
        if path.suffix.lower() not in FORMATS:
            raise AssistantError(f"{path}: a table ends in {', '.join(FORMATS)}")
        self.path = path
        self._columns = tuple(columns)
        self._is_csv = path.suffix.lower() == ".csv"
        self._lines = path.with_name(f"{path.name}.part") if path.suffix.lower() == ".xlsx" else path
        try:
            if restart:
                self._lines.unlink(missing_ok=True)
            self.rows_done = {int(row["number"]): str(row["line"]) for row in self._read_whole_rows()}
            self._file = self._lines.open("a", encoding="utf-8", newline="")
        except OSError as error:
            raise AssistantError(f"{self._lines}: cannot be written: {describe_os_error(error)}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise AssistantError(
                f"{self._lines}: not a table of this command; name another file, or --restart"
            ) from error
        if self._is_csv and not self._file.tell():
            self._file.write("\ufeff" + self._render_csv(self._columns))
            self._file.flush()

    def add(self, row: Row) -> None:
        """Write a row at once. Raises OSError."""
        if self._is_csv:
            self._file.write(self._render_csv([_guard(row[name]) for name in self._columns]))
        else:
            self._file.write(json.dumps(dict(row), ensure_ascii=True) + "\n")
        self._file.flush()

    def finish(self) -> None:
        """Close the table; write the workbook, if it is one. Raises OSError."""
        self._file.close()
        if self._lines != self.path:
            _write_workbook(self.path, self._columns, self._read_rows())
            self._lines.unlink()

    def close(self) -> None:
        """Close the file as it is, to go on later."""
        self._file.close()

    def _read_whole_rows(self) -> Iterator[Row]:
        """The rows in the file, after the part of a row at its end is removed."""
        if self._lines.exists():
            with self._lines.open("r+b") as file:
                file.truncate(sum(len(line) for line in file if line.endswith(b"\n")))
            yield from self._read_rows()

    def _read_rows(self) -> Iterator[Row]:
        with self._lines.open(encoding="utf-8-sig", newline="") as file:
            if self._is_csv:
                yield from csv.DictReader(file)
            else:
                yield from map(json.loads, file)

    @staticmethod
    def _render_csv(values: Sequence[Any]) -> str:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(["" if each is None else each for each in values])
        return line.getvalue()


def _guard(value: Any) -> Any:
    """A value on one line, which a spreadsheet does not take for a formula."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line


def _write_workbook(path: Path, columns: Sequence[str], rows: Iterator[Row]) -> None:
    from openpyxl import Workbook  # not needed for other tables
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.append(list(columns))
    for row in rows:
        cells = []
        for name in columns:
            value = row.get(name)
            try:
                cell = WriteOnlyCell(sheet, value=value[:MAX_CELL] if isinstance(value, str) else value)
            except IllegalCharacterError:
                cell = WriteOnlyCell(sheet, value="".join(c for c in str(value) if c.isprintable())[:MAX_CELL])
            if isinstance(value, str):
                cell.data_type = "s"  # "=1+1" in an article is no formula
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
