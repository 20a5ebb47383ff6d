"""`assistant table`: a list of names or questions in, a table with a row for each line out."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import itertools
import re
import sys
from collections import deque
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Annotated, cast

import typer

from assistant.cli.options import ConfigOption, IndexOption, load_command_settings, open_for_asking
from assistant.errors import AssistantError, ReadError
from assistant.system.os_errors import describe_os_error, describe_read_error
from assistant.text.sanitize import sanitize_line

PROGRESS_EVERY = 100  # lines
MAX_JOINED = 20  # lines of one record, within quotation marks
# In the first line of a CSV, the column to read, if none is named.
HEADS = frozenset("name names full_name question questions query person people speaker speakers topic topics".split())


def table(
    context: typer.Context,
    list_file: Annotated[Path, typer.Argument(metavar="LIST", help="Text or CSV, a name or question on each line.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The table: .csv, .xlsx or .jsonl.")],
    column: Annotated[
        str | None,
        typer.Option(
            "--column",
            help="The column of a CSV with the names or questions; default: “name” or “question”, else the first.",
            show_default=False,
        ),
    ] = None,
    restart: Annotated[bool, typer.Option("--restart", help="Begin a new table instead of going on with it.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Answer each line of a list: a question, or a name, of which the mentions, statements and description are given.

    Each row is written at once. If the command is stopped, the same command goes on after the last whole row. A line
    that cannot be asked has a row that says why.

    Example: assistant table senators.csv --column name --output senators.xlsx
    """
    from assistant.exports.rows import COLUMNS, make_row, row_to_dict
    from assistant.exports.tables import GrowingTable

    settings = load_command_settings(context, config, index)
    growing = GrowingTable(output, COLUMNS, restart=restart)
    try:
        assistant = open_for_asking(settings)
        answered = errors = 0
        with contextlib.closing(read_list(list_file, column)) as lines:
            for number, line in lines:
                if number in growing.rows_done:
                    check_same(growing.rows_done[number], line, output)
                    continue
                row = make_row(number, line, assistant.ask, assistant.answer_collection)
                growing.add(row_to_dict(row))
                answered, errors = answered + 1, errors + (row.status == "error")
                if not quiet and answered % PROGRESS_EVERY == 0:
                    typer.echo(f"{answered:,} lines answered", err=True)
        growing.finish()
    except OSError as error:
        raise AssistantError(f"{output}: cannot be written: {describe_os_error(error)}") from error
    finally:
        growing.close()
    done = f", {len(growing.rows_done):,} were there before" if growing.rows_done else ""
    failed = f", {errors:,} of them not asked: see the column status" if errors else ""
    if not quiet:
        typer.echo(sanitize_line(f"{output}: {answered:,} lines{failed}{done}"), err=True)


def check_same(known: str, line: str, output: Path) -> None:
    """Raise AssistantError if a row that the table has already is of another line."""
    shown = " ".join(line.split())
    if known.lstrip("'") not in (shown.lstrip("'"), shown[: len(known)].lstrip("'")):
        raise AssistantError(f"{output}: a table of another list; name another file, or --restart")


def read_list(path: Path, column: str | None) -> Generator[tuple[int, str], None, None]:
    """The lines of a list with their numbers, from 1: text, or a column of a CSV, read line by line.

    Raises ReadError if the file cannot be read, AssistantError if it has no such column.
    """
    is_table = path.suffix.lower() in (".csv", ".tsv")
    if column is not None and not is_table:
        raise AssistantError(f"{path}: only a CSV file has columns")
    try:
        is_input = str(path) == "-"
        file = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer)) if is_input else path.open("rb")
    except OSError as error:
        raise ReadError(f"{path}: {describe_read_error(error)}") from error
    encoding = "utf-16" if file.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    with io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="") as text:
        yield from _read_table(path, text, column) if is_table else _read_plain(text)


def _read_plain(text: io.TextIOWrapper) -> Iterator[tuple[int, str]]:
    number = 0
    for line in text:
        if line.strip():  # an empty line of a text separates, and asks nothing
            number += 1
            yield number, line.rstrip("\r\n")


def _read_table(path: Path, text: io.TextIOWrapper, column: str | None) -> Iterator[tuple[int, str]]:
    lines = (line.replace("\0", "\ufffd") for line in text)
    first = next(lines, "")
    mark = "\t" if path.suffix == ".tsv" else _find_delimiter(first)
    rows = _read_rows(itertools.chain([first] if first else [], lines), mark)
    row = next(rows, [])
    heads = [head.strip().lower() for head in row]
    if column is not None and column.strip().lower() not in heads:
        raise AssistantError(f"{path}: no column {column!r}; it has {', '.join(heads) or 'none'}")
    head = column.strip().lower() if column is not None else next((each for each in heads if each in HEADS), None)
    place = 0 if head is None else heads.index(head)
    if head is None and first:
        rows = itertools.chain([row], rows)
    for number, row in enumerate(rows, 1):
        yield number, row[place] if place < len(row) else ""


def _read_rows(lines: Iterator[str], mark: str) -> Iterator[list[str]]:
    """The rows of a CSV. A quotation mark that nothing closes is left out: it takes no further lines with it."""
    waiting: deque[str] = deque()
    while (line := _take(waiting, lines)) is not None:
        taken = [line]
        while _is_open(taken, mark) and len(taken) < MAX_JOINED and (line := _take(waiting, lines)) is not None:
            taken.append(line)
        if _is_open(taken, mark):
            waiting.extendleft(reversed(taken[1:]))
            taken = [taken[0].replace('"', "")]
        try:
            yield next(csv.reader(taken, delimiter=mark), [])
        except csv.Error:
            yield ["\ufffd"]


def _take(waiting: deque[str], lines: Iterator[str]) -> str | None:
    return waiting.popleft() if waiting else next(lines, None)


def _is_open(lines: list[str], mark: str) -> bool:
    """Whether a record goes on in the next line."""
    if not any('"' in line for line in lines):
        return False
    try:
        list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _find_delimiter(first: str) -> str:
    """What separates the columns of a CSV with this first line: many spreadsheets write semicolons."""
    outside = re.sub(r'"[^"]*"', "", first)
    return next((mark for mark in ",;\t" if mark in outside), ",")
