"""Commands that keep a library in order: `articles set` and what it leaves in `articles show` and `list`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.cli.upkeep.history import show_history
from assistant.cli.upkeep.printing import print_revisions
from assistant.cli.upkeep.removal import remove
from assistant.cli.upkeep.transfer import library_app
from assistant.cli.upkeep.values import FieldChoice
from assistant.presentation.article_fields import describe_fields
from tests.conftest import make_article

RUNNER = CliRunner()


def run(*arguments: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, arguments)
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with settings and two articles."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("articles: texts\nindex: index\n")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.md").write_text("The mill was sold on Monday, the council said.")
    (tmp_path / "texts" / "b.md").write_text("---\ndate: 2018\nsource: The Weir Post\n---\nThe ferry was late.")
    return tmp_path


def test_fields_set_shown_and_reset(folder: Path) -> None:
    code, output = run("build")
    assert code == 0, output
    assert "1 of 2 articles has no date: assistant articles list --missing date" in output
    code, output = run("articles", "set", "texts/a.md", "--published", "4 March 2019", "--outlet", "The Weir Post")
    assert code == 0, output
    assert "a.md: source The Weir Post, published_at 2019-03-04" in output
    shown = run("articles", "show", "a.md")[1]
    assert "Published: 2019-03-04  (set by you)" in shown
    assert run("articles", "list", "--missing", "date")[1] == "note: every article has a date\n"
    assert run("articles", "list", "--starred")[1].startswith("note: no article is starred; ")
    assert run("articles", "list", "--unread", "--starred")[1] == "note: no article has all of that\n"
    assert json.loads(run("articles", "show", "b.md", "--json")[1])["origins"]["source"] == "the front matter"
    assert run("articles", "set", "a.md", "--reset", "published")[0] == 0
    assert "Published: not known" in run("articles", "show", "a.md")[1]
    for arguments in (["a.md"], ["c.md", "--title", "x"], ["a.md", "--published", "soon"]):
        result = RUNNER.invoke(app, ["articles", "set", *arguments])
        assert result.exit_code == 1
        assert "Traceback" not in result.output


def test_history_of_an_article_that_changed(folder: Path) -> None:
    """The sentences before and after; a citation of the old words is verified against the old text, and told so."""
    run("build", "-q")
    code, saved = run("ask", "what did the council say?", "--json")
    assert code == 0, saved
    (folder / "answer.json").write_text(saved)
    assert "has not changed" in run("articles", "history", "a.md")[1]
    (folder / "texts" / "a.md").write_text("The mill was sold on Tuesday, the council said.")
    run("build", "-q")
    code, output = run("articles", "history", "a.md")
    assert code == 0, output
    assert "changed silently" in output
    assert "- The mill was sold on Monday, the council said.\n  + The mill was sold on Tuesday" in output
    (changed,) = [json.loads(line) for line in run("articles", "history", "--json")[1].splitlines()]
    assert changed["article_id"] == "a.md"
    before = json.loads(run("articles", "history", "a.md", "--json")[1])["before_sha256"]
    assert run("articles", "history", "a.md", "--text", before[:8])[1] == (
        "The mill was sold on Monday, the council said.\n"
    )
    code, output = run("verify", "answer.json")
    assert code == 3
    assert "from “The mill was sold on Monday" in " ".join(output.split())
    for arguments in (["none.md"], ["a.md", "--text", "0" * 12], ["a.md", "--text", ""]):
        assert RUNNER.invoke(app, ["articles", "history", *arguments]).exit_code == 1


def test_articles_removed_listed_and_taken_back(folder: Path) -> None:
    """By id or path; the file stays, and no build brings it back."""
    run("build", "-q")
    code, output = run("remove", "texts/a.md")
    assert code == 0, output
    assert "1 article removed" in output
    assert (folder / "texts" / "a.md").exists()
    run("build", "--rebuild", "-q")
    assert "a.md" not in run("articles", "list")[1]
    assert run("remove", "--list")[1].startswith("a.md\t")
    assert json.loads(run("remove", "--list", "--json")[1])["id"] == "a.md"
    assert run("remove", "--undo", "a.md")[0] == 0
    assert "a.md" in run("articles", "list")[1]
    for arguments in ([], ["none.md"], ["--undo", "a.md"]):
        assert RUNNER.invoke(app, ["remove", *arguments]).exit_code == 1


def test_folder_that_was_added_is_forgotten(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "c.md").write_text("The bridge was closed.")
    run("add", "more")
    assert "c.md" in run("articles", "list")[1]
    assert "no longer added" in run("remove", "more")[1]
    assert "c.md" not in run("articles", "list")[1]
    assert remove.__doc__


def test_library_exported_and_imported(folder: Path) -> None:
    run("build", "-q")
    code, output = run("library", "export", "mine.zip")
    assert code == 0, output
    assert "2 articles, 0 earlier texts" in output
    (folder / "texts" / "b.md").unlink()
    (folder / "texts" / "a.md").unlink()
    (folder / "texts" / "d.md").write_text("Something else.")
    code, output = run("--index", "other", "library", "import", "mine.zip")
    assert code == 0, output
    assert "2 articles and 0 earlier texts imported" in output
    assert len(run("--index", "other", "articles", "list")[1].splitlines()) == 3
    for arguments in (["export", "mine.zip"], ["import", "none.zip"], ["import", "config.yaml"]):
        result = RUNNER.invoke(app, ["library", *arguments])
        assert result.exit_code == 1
        assert "Traceback" not in result.output
    assert library_app.info.help


def test_commands_have_help() -> None:
    assert show_history.__doc__
    assert print_revisions.__doc__


def test_field_options_are_fields_of_articles() -> None:
    assert {choice.value for choice in FieldChoice} >= {"title", "outlet", "published"}
    fields = describe_fields(make_article("x", tags=("a", "b"), source=None, published_at="2019"))
    assert fields == [
        ("Outlet", "source", "not known"),
        ("Published", "published_at", "2019"),
        ("Tags", "tags", "a, b"),
    ]
