"""`assistant count`, `list`, `brief`, `timeline` and `search`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.cli.collection import commands
from assistant.engine import Assistant

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


def test_brief_and_timeline(run: Run) -> None:
    """Both are lines of articles under their headings."""
    assert "WHAT HAPPENED" in run("brief", "flood")
    assert "11 FEBRUARY 2025" in run("timeline", '"ferry terminal"')


def test_search(run: Run) -> None:
    """Operators, facets, JSON."""
    assert "2025-09-17" in run("search", "NEAR(soft clay, 3)")
    assert "outlet\t1\tHarbour Post (fiction)" in run("search", "clay AND engineer", "--facets")
    hit, *_ = (json.loads(line) for line in run("search", "clay OR granite", "--json", "--facets").splitlines())
    assert hit["understood"] == "clay OR granite"
    assert commands.UnitChoice.stories == "stories"
