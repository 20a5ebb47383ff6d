"""`assistant count`, `list`, `brief`, `timeline` and `search`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.cli.collection import commands
from assistant.cli.collection.table import read_list
from assistant.engine import Assistant
from assistant.errors import AssistantError, ReadError
from tests.bench.table import FAULTY, run_campaign, write_list

Run = Callable[..., str]


@pytest.fixture
def run(seeds: Assistant) -> Run:
    """Run a command on the library over seeds/; returns what it prints."""

    def run_command(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, "--index", str(seeds.config.index)])
        assert result.exit_code == code, result.output
        return result.output

    return run_command


def test_count(run: Run) -> None:
    """A search is counted, grouped, and the first of those counted are shown."""
    lines = run("count", 'terminal NOT outlet:"Harbour Post"', "--by", "outlet", "--limit", "2").splitlines()
    assert lines[0].startswith("5 articles of the library’s 18 contain what was searched for")
    assert "By outlet: The Ellery Courier (fiction) 5." in lines
    assert sum(line.startswith("- ") for line in lines) == 2


def test_stories(run: Run) -> None:
    """What several articles report, as a table and as JSON; words choose, and list the articles."""
    lines = [line.split("\t") for line in run("stories").splitlines()]
    records = [json.loads(line) for line in run("stories", "--json").splitlines()]
    assert [int(line[2]) for line in lines] == [len(record["articles"]) for record in records]
    assert all(line[0] <= line[1] for line in lines)
    story = records[0]
    first = story["articles"][0]
    chosen = run("stories", first["title"]).splitlines()
    assert [line.split("\t")[-1] for line in chosen if line.startswith("\t")][: len(story["articles"])] == [
        article["id"] for article in story["articles"]
    ]


def test_count_as_json(run: Run) -> None:
    """The number is that of its items."""
    record = json.loads(run("count", "terminal", "--json"))["collection"]
    assert record["total"] == len(record["items"]) == 8
    assert json.loads(run("count", "how many articles mention the flood?", "--json"))["collection"]["total"] == 7


def test_list(run: Run) -> None:
    """All statements of a speaker on a topic."""
    record = json.loads(run("list", "clay", "--unit", "statements", "--speaker", "Valcourt", "--json"))["collection"]
    assert (record["kind"], record["unit"], record["total"]) == ("list", "statements", 3)
    assert {item["name"] for item in record["items"]} == {"Idris Valcourt"}
    run("list", "clay", "--unit", "statements", code=2)
    run("count", "--unit", "mentions", code=2)


def test_brief_and_timeline(run: Run, tmp_path: Path) -> None:
    """Both are lines of articles under their headings."""
    assert "WHAT HAPPENED" in run("brief", "flood")
    picture = tmp_path / "terminal.svg"
    assert "11 FEBRUARY 2025" in run("timeline", '"ferry terminal"', "--svg", str(picture))
    assert "Mayor proposes $48 million ferry terminal for Port Ellery" in picture.read_text(encoding="utf-8")
    run("timeline", '"ferry terminal"', "--svg", str(picture), code=1)  # it is there already


def test_search(run: Run) -> None:
    """Operators, facets, JSON."""
    assert "2025-09-17" in run("search", "NEAR(soft clay, 3)")
    assert "outlet\t1\tHarbour Post (fiction)" in run("search", "clay AND engineer", "--facets")
    hit, *_ = (json.loads(line) for line in run("search", "clay OR granite", "--json", "--facets").splitlines())
    assert hit["understood"] == "clay OR granite"
    assert commands.UnitChoice.stories == "stories"


def test_table(run: Run, tmp_path: Path) -> None:
    """Each line of a list has a row; a second run adds nothing; a table of another list is refused."""
    names = tmp_path / "names.csv"
    names.write_text("id,name\n1,Maud Lindqvist\n2,\n3,How many articles mention Crimea?\n", encoding="utf-8")
    output = tmp_path / "out.jsonl"
    assert "3 lines, 1 of them" in run("table", str(names), "--column", "name", "-o", str(output))
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [row["status"] for row in rows] == ["answer", "error", "answer"]
    assert "0 lines" in run("table", str(names), "--column", "name", "-o", str(output))
    run("table", str(names), "--column", "no", "-o", str(output), code=1)
    names.write_text("id,name\n1,Teresa Oakhurst\n", encoding="utf-8")
    run("table", str(names), "--column", "name", "-o", str(output), code=1)


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_table_that_was_cut_off_goes_on(run: Run, seeds: Assistant, tmp_path: Path, suffix: str) -> None:
    """Whatever a killed command left, whole rows and a part of one: no line is lost or done twice, in their order."""
    lines, whole, cut = tmp_path / "list.csv", tmp_path / f"whole.{suffix}", tmp_path / f"cut.{suffix}"
    write_list(seeds.config.index, lines, len(FAULTY) * 2, faulty_every=2)
    run("table", str(lines), "--column", "what", "-o", str(whole), "--quiet")
    data = whole.read_bytes()
    for left in (0, len(data) // 3, data.rindex(b"\n", 0, -1) + 2):
        cut.write_bytes(data[:left])
        run("table", str(lines), "--column", "what", "-o", str(cut), "--quiet")
        assert cut.read_bytes() == data
    if suffix == "jsonl":
        assert [json.loads(line)["status"] == "error" for line in data.splitlines()] == [False, True] * len(FAULTY)


@pytest.mark.campaign
def test_long_list_that_is_killed(seeds: Assistant, tmp_path: Path) -> None:
    """10,000 lines, 50 of them faulty, with three kills: each line has one row."""
    assert run_campaign(seeds.config.index, tmp_path, 10_000, kills=3) == []


def test_lists_are_read(tmp_path: Path) -> None:
    """Text line by line, without empty lines; bytes that are no text are marked; CSV by a column."""
    text = tmp_path / "list.txt"
    text.write_bytes(b"Ann\r\n\nJos\xe9\n")
    assert list(read_list(text, None)) == [(1, "Ann"), (2, "Jos\ufffd")]
    table = tmp_path / "list.tsv"
    table.write_text("Ann\t1\nBo\t2\n", encoding="utf-8")
    assert list(read_list(table, None)) == [(1, "Ann"), (2, "Bo")]
    with pytest.raises(AssistantError, match="only a CSV"):
        next(read_list(text, "name"))
    with pytest.raises(ReadError):
        next(read_list(tmp_path / "none.txt", None))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"\xef\xbb\xbfname,born\r\nAnn,1\r\n\r\nBo,2\r\n", ["Ann", "", "Bo"]),
        (b"name;party\nAnn;a\n;b\n", ["Ann", ""]),
        (b"id\tName\n7\tAnn\n", ["Ann"]),
        (b'"Lund, Ann"\nBo\n', ["Lund, Ann", "Bo"]),
        (b'Ann,1\n"Bo,2\nCid,3\n', ["Ann", "Bo", "Cid"]),  # a quotation mark that is never closed
        (b'6" pipe\nBo\n8" pipe\n', ['6" pipe', "Bo", '8" pipe']),
        (b'"two\nlines",1\nBo,2\n', ["two\nlines", "Bo"]),
        (b'a,"x\nBo,2\n"Cid",3\n', ["a", "Bo", "Cid"]),  # the next mark opens a cell, and closes none
        (b'name\n"first\n' + b"line\n" * 31 + b'last"\nBo\n', ["first\n" + "line\n" * 31 + "last", "Bo"]),
        (b"Ann Lund,person\nThe Board,organisation\n", ["Ann Lund", "The Board"]),  # no names of columns
        (b"People\nTime\n", ["People", "Time"]),
        (b"Time,name\nPeople,name\n", ["Time", "People"]),  # a cell of the column, as the next one shows
        (b"Did the pier leak; was it old?\nWho is Ann?\n", ["Did the pier leak; was it old?", "Who is Ann?"]),
        (b"name;born, place\nAnn;Holm, Marn\n", ["Ann"]),
        (b"sep=;\r\nname;party\r\nAnn;a\r\n", ["Ann"]),
        (b"\n\nname,role\nAnn,x\n", ["Ann"]),
        (b'sep="\nAnn\n', ['sep="', "Ann"]),
        (b"name\n", []),
        (b"", []),
        ("name\nÅsa\n".encode("utf-16"), ["Åsa"]),
    ],
)
def test_tables_of_spreadsheets(tmp_path: Path, content: bytes, lines: list[str]) -> None:
    """With a mark of their encoding, other delimiters, a row of names, empty rows and quotation marks left open."""
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert [line for _, line in read_list(path, None)] == lines


def test_many_marks_that_nothing_closes(tmp_path: Path) -> None:
    """Each line has its row, also where each mark is looked for to the end."""
    path = tmp_path / "list.csv"
    path.write_text('a","b\n' * 200, encoding="utf-8")
    assert [line for _, line in read_list(path, None)] == ["a"] * 200


def test_column_that_is_read_is_told(tmp_path: Path) -> None:
    """Where the list has several, or a row of names, and no option says which."""
    path = tmp_path / "list.csv"
    told: list[str] = []
    for content, column, words in (
        ("id,name\n1,Ann\n", None, "the column “name” is read"),
        ("Ann,1\nBo,2\n", None, "the first column is read, from the first line on"),
        ("Ann\nBo\n", None, ""),
        ("id,name\n1,Ann\n", "id", ""),
    ):
        told.clear()
        path.write_text(content, encoding="utf-8")
        list(read_list(path, column, told.append))
        assert bool(told) == bool(words)
        assert words in "".join(told)


def test_tabs_by_the_name_of_the_file(tmp_path: Path) -> None:
    """In whatever case its ending is written."""
    path = tmp_path / "LIST.TSV"
    path.write_text("Ann, the clerk\t1\n", encoding="utf-8")
    assert list(read_list(path, None)) == [(1, "Ann, the clerk")]


def test_standard_input_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line is there while the other end still writes."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as source, os.fdopen(writing, "wb", buffering=0) as writer:
        monkeypatch.setattr(sys, "stdin", source)
        writer.write(b"Ann\n")
        lines = read_list(Path("-"), None)
        assert next(lines) == (1, "Ann")
        writer.write(b"Bo\n")
        assert next(lines) == (2, "Bo")
        lines.close()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_file_that_cannot_be_read() -> None:
    """As one that cannot be opened."""
    with pytest.raises(ReadError, match="mem"):
        next(read_list(Path("/proc/self/mem"), None))


def test_search_says_how_it_was_read(run: Run) -> None:
    """Where not all words were found, as the library screen does."""
    assert "note: No article with all words; 1 article with some of them" in run("search", "qqqq", "torches")
    assert run("search", "qqqq") == "note: No article contains these words\n"
