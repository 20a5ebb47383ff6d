"""Tests of `assistant add` and `assistant feeds`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.cli.render.web import show_events
from assistant.cli.web import feeds_app
from assistant.web.intake import Added, Event, Failed, Fetching
from tests.support.news_site import HOST, make_page, make_rss, run_site

RUNNER = CliRunner()


def run(*arguments: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, arguments)
    return result.exit_code, result.output


def test_feeds_from_first_to_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Added, updated, listed, exported and removed; nothing is fetched where that is not asked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(f"index: index\nweb:\n  allow_hosts: [{HOST}]\n  delay_seconds: 0\n")
    with run_site() as site:
        page = site.serve("/a", make_page("Story a", "The ferry is late again, and nobody can say when it will come."))
        feed = site.serve("/feed", make_rss([{"title": "Story a", "link": page}]), ETag='"1"')
        code, output = run("add", feed, "--no-build")
        assert code == 0, output
        assert "1 article fetched, 0 failed" in output
        assert "nothing new" in run("feeds", "update", "--no-build")[1]
        asked = len(site.requests)
        assert "1 kept, 0 waiting" in run("feeds", "list")[1]
        assert '"articles": 1' in run("feeds", "list", "--json")[1]
        assert feed in run("feeds", "export")[1]
        assert run("build")[0] == 0
        (health,) = json.loads(run("stats", "--json")[1].splitlines()[-1])["feeds"]
        assert (health["articles"], health["state"], health["silent_days"]) == (1, "up to date", 0)
        assert len(site.requests) == asked
        assert "1 article" in run("feeds", "remove", feed, "--articles", "--no-build")[1]
        assert run("add", site.url("/none"), "--no-build")[0] == 1
    assert list((tmp_path / "index-added" / "articles").rglob("*.html")) == []


def test_events_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    events: list[Event] = [
        Fetching("https://a.example", 1, 30),
        *[Added(f"kept {n}", is_article=True) for n in range(30)],
    ]
    outcome = show_events(iter([*events, Failed("\x1b[31mred")]))
    shown = capsys.readouterr()
    assert feeds_app.info.help
    assert (outcome.added, outcome.articles, outcome.failed) == (30, 30, 1)
    assert "… and 10 more fetched" in shown.err
    assert "\x1b[31m" not in shown.err
