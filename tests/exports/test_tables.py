"""Tables that grow row by row, and go on after they were cut off."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from assistant.errors import AssistantError
from assistant.exports.tables import GrowingTable

COLUMNS = ("number", "line", "answer")


def _fill(path: Path, first: int, last: int, *, finish: bool = True) -> dict[int, str]:
    table = GrowingTable(path, COLUMNS)
    for number in range(first, last + 1):
        if number not in table.rows_done:
            table.add({"number": number, "line": f"line {number}", "answer": "=1+1, “so”\nit goes"})
    table.finish() if finish else table.close()
    return table.rows_done


def _read(path: Path) -> list[str]:
    if path.suffix == ".xlsx":
        return [str(row[1]) for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["line"] for row in (csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file))]


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.xlsx"])
def test_cut_off_table_goes_on(tmp_path: Path, name: str) -> None:
    """After a kill in the middle of a row, the whole rows stay and the rest is added: none twice, none missing."""
    path = tmp_path / name
    _fill(path, 1, 5, finish=False)
    lines = path.with_name(f"{name}.part") if name.endswith("xlsx") else path
    lines.write_bytes(lines.read_bytes()[:-9])
    assert sorted(_fill(path, 1, 8)) == [1, 2, 3, 4]
    assert _read(path) == [f"line {number}" for number in range(1, 9)]
    assert not path.with_name(f"{name}.part").exists()


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """Words of an article are no formula, neither in CSV nor in a workbook."""
    for name in ("t.csv", "t.xlsx"):
        _fill(tmp_path / name, 1, 1)
    assert "'=1+1" in (tmp_path / "t.csv").read_text(encoding="utf-8")
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx").active["C2"]
    assert (cell.data_type, cell.value) == ("s", "=1+1, “so”\nit goes")


def test_other_files_are_left(tmp_path: Path) -> None:
    """A file that is no such table is not written to, unless asked for."""
    path = tmp_path / "t.csv"
    path.write_text("name,age\nAnn,7\n", encoding="utf-8")
    with pytest.raises(AssistantError, match="not a table of this command"):
        GrowingTable(path, COLUMNS)
    with pytest.raises(AssistantError, match="a table ends in"):
        GrowingTable(tmp_path / "t.doc", COLUMNS)
    with pytest.raises(AssistantError, match="cannot be written"):
        GrowingTable(tmp_path / "none" / "t.csv", COLUMNS)
    GrowingTable(path, COLUMNS, restart=True).close()
    assert path.read_text(encoding="utf-8-sig") == "number,line,answer\n"
