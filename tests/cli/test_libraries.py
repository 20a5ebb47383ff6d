"""`assistant libraries`, and questions to several of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.cli.upkeep import libraries
from assistant.cli.usage import together
from assistant.engine import Assistant
from assistant.errors import AssistantError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments], catch_exceptions=True)
    if isinstance(result.exception, AssistantError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_named_and_asked_together(
    tmp_path: Path, seeds: Assistant, assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    """Each library has its name; the one that answers comes first, with its proof, and what is missing is told."""
    write_article("oven.md", "“The oven is warm,” said Ivo Tarn, the baker of Mill Street.", title="A new oven")
    assistant.build()
    for name, config in (("town", seeds.config), ("bakery", assistant.config)):
        (tmp_path / name).mkdir()
        lines = f"articles: {json.dumps(str(config.articles[0]))}\nindex: {json.dumps(str(config.index))}\n"
        (tmp_path / name / "config.yaml").write_text(lines, encoding="utf-8")
        assert f"{name}: " in run("libraries", "add", name, str(tmp_path / name))
    listed = [json.loads(line) for line in run("libraries", "list", "--json").splitlines()]
    assert [(each["name"], each["articles"]) for each in listed] == [("bakery", 1), ("town", 18)]
    assert "A new oven" in run("articles", "list", "--library", "bakery")
    question = ("ask", "--library", "town", "--library", "bakery", "What did Tarn say about the oven?")
    answers = [json.loads(line) for line in run(*question, "--json").splitlines()]
    assert [answer["library"] for answer in answers] == ["bakery", "town"]
    assert answers[0]["citations"][0]["speaker"] == "Ivo Tarn"
    assert answers[1]["abstained"]
    assert run(*question).startswith("== bakery")
    run("libraries", "remove", "town")
    with pytest.raises(AssistantError, match="no such configuration file"):
        run(*question)
    assert libraries.libraries_app.info.help
    assert together.ask_together.__doc__
