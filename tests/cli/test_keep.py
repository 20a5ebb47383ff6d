"""Tests of the commands for marks, the dossier, standing questions and `watch`."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.cli.keep import dossier, marks, standing
from assistant.cli.keep.watch import watch
from assistant.cli.usage.naming import find_articles
from assistant.engine import Assistant
from assistant.presentation.mark_signs import describe_finding
from assistant.records.marks import StandingFinding
from tests.support.citations import make_citation

RUNNER = CliRunner()
GATES = "“The lock gates leak,” said Anna Roe, the canal engineer. The council meets on Monday."
OVEN = "The bakery has a new oven. “It is warm,” said Ivo Tarn, the baker."


def run(*arguments: str, input: str = "", code: int = 0) -> str:
    result = RUNNER.invoke(app, arguments, input=input)
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout


def fail(*arguments: str) -> str:
    result = RUNNER.invoke(app, arguments)
    assert result.exit_code == 1
    return str(result.exception)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two articles in the current folder, built."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "gates.md").write_text(f"# Gates\n\n{GATES}", encoding="utf-8")
    (tmp_path / "seeds" / "oven.md").write_text(f"# Oven\n\n{OVEN}", encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "articles: seeds\nindex: index\nwatch:\n  settle_seconds: 0.2\nranking:\n  model: none\n"
    )
    run("build")
    return tmp_path


def test_marks(folder: Path) -> None:
    """Articles are tagged, starred, read and noted; the marks limit lists and questions; rebuilds keep them."""
    run("articles", "tag", "gates.md", "canal", "Port works")
    run("articles", "star", "gates.md")
    run("articles", "read", "oven.md")
    assert run("articles", "tags") == "1\tcanal\n1\tPort works\n"
    (row,) = map(json.loads, run("articles", "list", "--tag", "CANAL", "--json").splitlines())
    assert row["marks"] == {"starred": True, "read": False, "tags": ["canal", "Port works"], "notes": 0}
    for option in ("--starred", "--unread"):
        assert [line.split("\t")[3] for line in run("articles", "list", option).splitlines()] == ["gates.md"]
    number = run("articles", "note", "gates.md", "Since when?", "--on", "lock gates leak").strip()
    run("build", "--rebuild")
    assert run("articles", "notes", "gates.md") == f"{number}\tgates.md\tlock gates leak\tSince when?\n"
    run("articles", "change-note", number, "")
    assert run("articles", "notes", "--json") == ""
    assert "Anna Roe" in run("ask", "What did Roe say about the gates?", "--tag", "canal")
    assert "Anna Roe" not in run("ask", "What did Tarn say about the oven?", "--tag", "canal")
    run("articles", "tag", "gates.md", "canal", "--remove")
    assert "no article has the tag 'canal'; tags: Port works" in fail("ask", "Who spoke?", "--tag", "canal")
    assert "has no tag 'canal'" in fail("articles", "tag", "gates.md", "canal", "--remove")
    assert "no article with the id 'x'" in fail("articles", "star", "x")
    assert "does not contain 'leaks'" in fail("articles", "note", "gates.md", "?", "--on", "leaks")


def test_dossier(folder: Path) -> None:
    """Quotations are added if they are verbatim, commented, moved, exported, and compared with their articles again."""
    first = run("dossier", "add", "“The lock gates leak,”", "--comment", "Ask her.").strip()
    answer = run("ask", "What did Tarn say about the oven?", "--json")
    second = run("dossier", "add", "--from", "-", input=answer).split()[0]
    run("dossier", "move", second, "-1")
    run("dossier", "comment", second, "Warm?")
    entries = [json.loads(line) for line in run("dossier", "list", "--json").splitlines()]
    assert [entry["comment"] for entry in entries] == ["Warm?", "Ask her."]
    assert {entry["fault"] for entry in entries} == {None}
    assert entries[0]["question"] == "What did Tarn say about the oven?"
    assert "The lock gates leak" in run("dossier", "export", "--title", "Canal")
    run("dossier", "export", "--format", "docx", "-o", "canal.docx")
    assert "Ask her." in [line.text for line in Document(str(folder / "canal.docx")).paragraphs]
    assert "already exists" in fail("dossier", "export", "-o", "canal.docx")
    run("verify", "-", input=run("dossier", "export", "--format", "json"))
    refused = fail("dossier", "add", "The lock gates are fine")
    assert "not added" in refused
    assert ".;" not in refused
    forged = answer.replace("warm", "cold")
    assert "is not verbatim" in str(RUNNER.invoke(app, ["dossier", "add", "--from", "-"], input=forged).exception)
    (folder / "seeds" / "gates.md").write_text("# Gates\n\nThe gates are fine.", encoding="utf-8")
    run("build")
    assert "Not verified: the article has changed since" in run("dossier", "export", code=3)
    run("dossier", "remove", first)
    assert len(run("dossier", "list").splitlines()) == 1


def test_standing(folder: Path) -> None:
    number = run("standing", "add", "tell me when Roe says something new on the gates").strip()
    (folder / "seeds" / "new.md").write_text("“The gates will be replaced,” said Anna Roe.", encoding="utf-8")
    told = run("build")
    assert "1 new, 1 names Roe" in told
    assert "tell me when Roe says something new on the gates: “The gates will be replaced,” said Anna Roe." in told
    assert "will be replaced" not in run("build")
    (found,) = map(json.loads, run("standing", "findings", "--json").splitlines())
    assert found["citation"]["article_id"] == "new.md"
    assert "What did Roe say about the gates?\t1 found" in run("standing", "list")
    assert json.loads(run("standing", "list", "--json"))["findings"] == 1
    assert "<entry>" in run("standing", "findings", "--atom")
    assert "will be replaced" in run("standing", "findings")
    run("standing", "remove", number)
    assert run("standing", "list") == ""
    assert "names nothing to look for" in fail("standing", "add", "tell me about it")


def test_watch(folder: Path) -> None:
    """A new file is in the index within seconds; what is new is told once, and Ctrl+C ends it."""
    command = [sys.executable, "-m", "assistant", "watch", "--no-feeds"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # the tests may ignore it
    ) as process:
        ended = threading.Timer(300, process.kill)  # if the test fails
        ended.start()
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"watching" in process.stderr.readline()
        (folder / "new.md").write_text("“The gates hold,” said Anna Roe.", encoding="utf-8")
        (folder / "new.md").rename(folder / "seeds" / "new.md")  # never seen half written
        assert process.stdout.readline() == b"1 new, 1 names Anna Roe\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130
        ended.cancel()
    assert "new.md" in run("articles", "list")


def test_finding_in_one_line() -> None:
    """A terminal can show it."""
    finding = StandingFinding(1, 1, "a\x1b[31m", make_citation("The\ngate.", speaker="Anna Roe"), "2025")
    assert describe_finding(finding) == "a␛[31m: Anna Roe: The gate. (A title · Post · 2025-03-04)"


def test_command_groups() -> None:
    assert dossier.app.info.help
    assert standing.app.info.help
    assert watch.__doc__
    assert marks.register.__doc__


def test_part_of_an_id_is_enough(folder: Path) -> None:
    """Wherever a command takes an article; a part of several ids changes nothing, and what is removed is named."""
    run("articles", "star", "gate")
    run("articles", "tag", "Oven", "warm")
    run("articles", "set", "gate", "--outlet", "The Weir Post", "--no-build")
    assert "has not changed" in run("articles", "history", "gate")
    assert [row["id"] for row in map(json.loads, run("articles", "list", "--starred", "--json").splitlines())] == [
        "gates.md"
    ]
    assert "'.md' matches 2 articles: " in fail("remove", ".md", "--no-build")
    named = find_articles(Assistant.open(folder), ["gate", "seeds", "gates.md"])
    assert [article.id for article in named] == ["gates.md", "oven.md"]
    assert "1 article removed: oven.md;" in run("remove", "oven", "--no-build")


EMPTY = (
    "articles tags",
    "articles notes",
    "articles history",
    "articles list --starred",
    "articles list --tag canal --unread",
    "stories oven --json",
    "dossier list --json",
    "standing list",
    "standing findings",
    "conversations list qqqq",
    "feeds list",
    "libraries list",
    "remove --list",
    "search qqqq",
    "articles search qqqq --json",
)


def test_empty_list_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard error, so that a script reads no line."""
    monkeypatch.setenv("ASSISTANT_DATA", str(folder / "data"))
    for command in EMPTY:
        result = RUNNER.invoke(app, command.split())
        assert (result.exit_code, result.stdout) == (0, ""), command
        assert re.fullmatch(r"note: (the dossier is empty|[Nn]o).*\n", result.stderr), command
