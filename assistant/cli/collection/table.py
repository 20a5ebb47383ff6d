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
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from assistant.cli.options import ConfigOption, IndexOption, load_command_settings, open_for_asking
from assistant.errors import AssistantError, ReadError
from assistant.system.os_errors import describe_os_error, describe_read_error
from assistant.text.sanitize import sanitize_line

PROGRESS_EVERY = 100  # lines
MAX_JOINED = csv.field_size_limit()  # characters of the lines of one record, within quotation marks
MAX_JOINED_OFTEN = 4_096  # after MAX_UNCLOSED marks that nothing closed: each is looked for again
MAX_UNCLOSED = 20
MAX_SAMPLE = 100  # lines at the start of a CSV, by which its delimiter and the names of its columns are known
HEADS = ("name", "question")  # in the first line of a CSV, the column to read, if none is named
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<mark>[^\r\n"])"?[\r\n]*', re.IGNORECASE)  # a line of Excel's, no row


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
        with contextlib.closing(read_list(list_file, column, None if quiet else _say)) as lines:
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


def _say(words: str) -> None:
    typer.echo(sanitize_line(words), err=True)


def check_same(known: str, line: str, output: Path) -> None:
    """Raise AssistantError if a row that the table has already is of another line."""
    shown = " ".join(line.split())
    if known.lstrip("'") not in (shown.lstrip("'"), shown[: len(known)].lstrip("'")):
        raise AssistantError(f"{output}: a table of another list; name another file, or --restart")


def read_list(
    path: Path, column: str | None, say: Callable[[str], None] | None = None
) -> Generator[tuple[int, str], None, None]:
    """The lines of a list with their numbers, from 1: text, or a column of a CSV, read line by line.

    `say` is told which column is read where the list does not leave only one choice. Raises ReadError if the file
    cannot be read, AssistantError if it has no such column.
    """
    is_table = path.suffix.lower() in (".csv", ".tsv")
    if column is not None and not is_table:
        raise AssistantError(f"{path}: only a CSV file has columns")
    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as file:
            # Without `peek`, standard input is no pipe: one that has it gives each line when it comes.
            source = file if hasattr(file, "peek") else io.BufferedReader(cast(io.RawIOBase, file))
            is_wide = source.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
            encoding = "utf-16" if is_wide else "utf-8-sig"
            with io.TextIOWrapper(source, encoding=encoding, errors="replace", newline="") as text:
                yield from _read_table(path, text, column, say) if is_table else _read_plain(text)
    except OSError as error:
        raise ReadError(f"{path}: {describe_read_error(error)}") from error


def _read_plain(text: io.TextIOWrapper) -> Iterator[tuple[int, str]]:
    number = 0
    for line in text:
        if line.strip():  # an empty line of a text separates, and asks nothing
            number += 1
            yield number, line.rstrip("\r\n")


def _read_table(
    path: Path, text: io.TextIOWrapper, column: str | None, say: Callable[[str], None] | None
) -> Iterator[tuple[int, str]]:
    lines = (line.replace("\0", "\ufffd") for line in text)
    sample = list(itertools.islice(lines, MAX_SAMPLE))
    named_mark = _SEPARATOR_LINE.fullmatch(sample[0]) if sample else None
    if named_mark is not None:
        mark, sample = named_mark["mark"], sample[1:]
    else:
        mark = "\t" if path.suffix.lower() == ".tsv" else _find_delimiter(sample)
    head = _find_head(_read_sample(sample, mark)) if column is None else column.strip().lower()
    rows: Iterator[list[str]] = itertools.dropwhile(_is_empty, _read_rows(itertools.chain(sample, lines), mark))
    first = next(rows, None)
    heads = [each.strip().lower() for each in first or []]
    if column is not None and head not in heads:
        raise AssistantError(f"{path}: no column {column!r}; it has {', '.join(heads) or 'none'}")
    place = 0 if head is None else heads.index(head)
    if head is None and first is not None:
        rows = itertools.chain([first], rows)
    if say is not None and column is None and (head is not None or len(heads) > 1):
        where = (
            f"the column “{head}” is read" if head is not None else "the first column is read, from the first line on"
        )
        say(f"{path}: {where}; --column names another")
    for number, row in enumerate(rows, 1):
        yield number, row[place] if place < len(row) else ""


def _is_empty(row: Sequence[str]) -> bool:
    return not row


def _read_sample(sample: Sequence[str], mark: str) -> list[list[str]]:
    """The rows of the first lines of a table, without empty ones and without one that may go on after these lines."""
    rows = list(_read_rows(iter(sample), mark))
    return list(filter(None, rows[:-1] if len(sample) == MAX_SAMPLE and len(rows) > 1 else rows))


def _find_head(rows: Sequence[Sequence[str]]) -> str | None:
    """The name of the column to read, if the first row is one of names: no other row has one of them in its column."""
    if not rows:
        return None
    first = [cell.strip().lower() for cell in rows[0]]
    repeats = any(
        cell and cell == other.strip().lower() for row in rows[1:] for cell, other in zip(first, row, strict=False)
    )
    return None if repeats else next((head for head in first if head in HEADS), None)


def _read_rows(lines: Iterator[str], mark: str) -> Iterator[list[str]]:
    """The rows of a CSV. A quotation mark that nothing closes is left out: it takes no further lines with it."""
    waiting: deque[str] = deque()
    unclosed = 0
    while (line := _take(waiting, lines)) is not None:
        taken, length = [line], len(line)
        most = MAX_JOINED if unclosed < MAX_UNCLOSED else MAX_JOINED_OFTEN
        is_open: bool | None = _is_open_after(line, mark)
        while is_open and length < most and (line := _take(waiting, lines)) is not None:
            taken.append(line)
            length += len(line)
            is_open = _is_open_after(line, mark, is_open=True)
        if is_open is not False:
            unclosed += 1
            waiting.extendleft(reversed(taken[1:]))
            taken = [taken[0].replace('"', "")]
        try:
            yield next(csv.reader(taken, delimiter=mark), [])
        except csv.Error:
            yield ["\ufffd"]


def _take(waiting: deque[str], lines: Iterator[str]) -> str | None:
    return waiting.popleft() if waiting else next(lines, None)


def _is_open_after(line: str, mark: str, *, is_open: bool = False) -> bool | None:
    """Whether a cell within quotation marks goes on in the next line, if one began (`is_open`) before this line or not.

    None if the cell that began before seems to end within a cell: its quotation mark was no opening one.
    """
    began_before, at = is_open, 0
    while True:
        if is_open:
            end = line.find('"', at)
            if end < 0:
                return True
            at = end + 1
            if line.startswith('"', at):  # two are one of the cell
                at += 1
                continue
            if began_before and line[at : at + 1] not in ("", mark, "\r", "\n"):
                return None
            is_open = began_before = False
        elif line.startswith('"', at) and (at == 0 or line[at - 1] == mark):
            is_open = True
            at += 1
            continue
        at = line.find(mark, at) + 1
        if at == 0:
            return False


def _find_delimiter(sample: Sequence[str]) -> str:
    """What separates the columns of a CSV: of what all its first rows have equally often, rather what names a column.

    Many spreadsheets write semicolons. A comma where nothing tells.
    """
    found = []
    for mark in ",;\t":
        rows = _read_sample(sample, mark)
        if len(rows) > 1 and len(rows[0]) > 1 and len(set(map(len, rows))) == 1:
            found.append((_find_head(rows) is None, mark))
    return min(found, key=lambda each: each[0])[1] if found else ","
