"""metadata.csv: a table in a folder of articles that says for files of the folder what their fields are."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.tables.csv_table import DELIMITERS, MAX_COLUMNS
from assistant.articles.readers.tables.records import TEXT_NAMES, fold_name, list_field_names, list_names
from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.fields import SETTABLE, FieldValue, check_value
from assistant.errors import ReadError
from assistant.records.article import Notice

TABLE_STEM, TABLE_SUFFIXES = "metadata", (".csv", ".tsv")
MAX_TABLE_BYTES = 64_000_000
FILE_NAMES = ("file", "path", "filename", "filepath", "document", "attachment")
# "article" and "story" name the file here, and not the text.
_TEXT_NAMES = frozenset(TEXT_NAMES) - {"article", "story"}


@dataclass(frozen=True, slots=True)
class MetadataTable:
    """A table: for each file that it names, as it is written there, the values of fields that are not empty."""

    uri: str
    rows: Mapping[str, Mapping[str, FieldValue]]
    notices: tuple[Notice, ...] = ()

    @property
    def folder(self) -> str:
        """The folder whose files it describes."""
        return os.path.dirname(self.uri)  # noqa: PTH120

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return os.path.basename(self.uri)  # noqa: PTH119


def is_table_name(uri: str) -> bool:
    """Whether a file is called as such a table is: metadata.csv, in any case."""
    stem, suffix = os.path.splitext(os.path.basename(uri))  # noqa: PTH119, PTH122
    return stem.lower() == TABLE_STEM and suffix.lower() in TABLE_SUFFIXES


def load_table(file: SourceFile) -> MetadataTable | None:
    """The table in a file; None if it is a table of articles, with their texts. Raises OSError and ReadError."""
    with file.open() as stream:
        data = stream.read(MAX_TABLE_BYTES + 1)
    if len(data) > MAX_TABLE_BYTES:
        raise ReadError(f"over {MAX_TABLE_BYTES // 1_000_000} MB, which is too much for a table of metadata")
    return _parse_table_once(data, file.uri)


@lru_cache(maxsize=32)
def _parse_table_once(data: bytes, uri: str) -> MetadataTable | None:
    return parse_table(data, uri)


def parse_table(data: bytes, uri: str) -> MetadataTable | None:
    """The table in these bytes; None if it has the texts of articles. Raises ReadError if it names no files."""
    text, note = decode_text(data)
    parsed = _ParsedRows(uri)
    if note:
        parsed.note(None, note)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text))
    columns: Mapping[int, str] | None = None
    try:
        for number, row in enumerate(rows, 1):
            if not any(cell.strip() for cell in row):
                continue
            if columns is None:
                if not _TEXT_NAMES.isdisjoint(map(fold_name, row)):
                    return None
                columns = _name_columns(row[:MAX_COLUMNS])
            else:
                parsed.add(number, {name: row[at].strip() for at, name in columns.items() if at < len(row)})
    except csv.Error as error:
        raise ReadError(f"line {rows.line_num}: {error}") from error
    return MetadataTable(uri, parsed.rows, tuple(parsed.notices))


@dataclass(slots=True)
class _ParsedRows:
    uri: str
    rows: dict[str, dict[str, FieldValue]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def note(self, number: int | None, reason: str) -> None:
        place = self.uri if number is None else f"{self.uri}, row {number}"
        self.notices.append(Notice(place, reason, skipped=False))

    def add(self, number: int, cells: Mapping[str, str]) -> None:
        name = clean_path(cells.get("file", ""))
        if not name:
            self.note(number, "names no file; it is left out")
            return
        if name in self.rows:
            self.note(number, f"{name} is in an earlier row, which counts")
            return
        values = self.rows[name] = {}
        for column, cell in cells.items():
            if column == "file" or not cell:
                continue
            try:
                values[column] = check_value(column, cell)
            except ValueError as error:
                self.note(number, f"{column} {cell[:60]!r} is left out: {error}")


def clean_path(text: str) -> str:
    """A path in a folder as every system writes it: slashes, composed letters, no "./" before it."""
    path = unicodedata.normalize("NFC", text.strip()).replace("\\", "/")
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _find_delimiter(text: str) -> str:
    first = text[:65_536].lstrip("\n").partition("\n")[0]

    def rate(delimiter: str) -> tuple[int, int]:
        row = next(csv.reader([first], delimiter=delimiter), [])
        return len(_match_columns(row)), len(row)

    return max(DELIMITERS, key=rate)


def _find_field(column: str, *, is_exact: bool) -> str | None:
    """The field of an article that a column holds by its exact name, or else by a part of it; or "file"."""
    if is_exact and fold_name(column) in FILE_NAMES:
        return "file"
    names = list_names(column)
    for name in names[:1] if is_exact else names[1:]:
        for each in SETTABLE:
            if name in list_field_names(each):
                return each
    return None


def _match_columns(row: Sequence[str]) -> dict[int, str]:
    """The fields of the columns by their place, each field once; an exact name counts before others."""
    columns: dict[int, str] = {}
    for is_exact in (True, False):
        for at, column in enumerate(row):
            name = _find_field(column, is_exact=is_exact) if at not in columns else None
            if name is not None and name not in columns.values():
                columns[at] = name
    return dict(sorted(columns.items()))


def _name_columns(row: Sequence[str]) -> dict[int, str]:
    """The fields of the columns by their place, each field once. Raises ReadError if none names the files."""
    columns = _match_columns(row)
    if "file" not in columns.values():
        listed = ", ".join(" ".join(column.split())[:40] for column in row if column.strip())
        raise ReadError(f"no column named file or path, which says what each row is about; its columns: {listed}")
    return columns


def match_files(table: MetadataTable, uris: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The rows with the files that they mean: the name in the row, the URI of the file, and the name within the file.

    A name is a path from the folder of the table, or an absolute one, or the bare name of the only such file below
    the folder. It may go on within a file: `archive.zip/story.txt`.
    """
    below = {clean_path(uri[len(table.folder) :]): uri for uri in uris if uri.startswith(table.folder + os.sep)}
    whole = {clean_path(uri): uri for uri in uris}
    by_name: dict[str, list[str]] = {}
    for path, uri in below.items():
        by_name.setdefault(path.rpartition("/")[2], []).append(uri)
    for name in table.rows:
        parts = name.split("/")
        # The longest beginning of the name that is a file.
        for size in range(len(parts), 0, -1):
            beginning = "/".join(parts[:size])
            if found := below.get(beginning) or whole.get(beginning):
                yield name, found, "/".join(parts[size:])
                break
        else:
            if len(parts) == 1 and len(by_name.get(name, ())) == 1:
                yield name, by_name[name][0], ""


def describe_unmatched(table: MetadataTable, matched: Collection[str]) -> Notice | None:
    """A Notice on rows that name no file of the folder; None if there are none."""
    missing = [name for name in table.rows if name not in matched]
    if not missing:
        return None
    shown = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    return Notice(table.uri, f"no file of these names is read here: {shown}", skipped=False)
