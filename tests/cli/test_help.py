"""The help of every command comes from its function."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from assistant.cli import articles, ask, checks, conversations, evaluation, interface, library
from assistant.cli.app import EXIT_CODES, app

COMMANDS: list[tuple[str, Callable[..., Any]]] = [
    ("ask", ask.ask),
    ("articles list", articles.list_articles),
    ("articles show", articles.show_article),
    ("articles search", articles.search_articles),
    ("build", library.build),
    ("chat", interface.chat),
    ("conversations export", conversations.export_conversation),
    ("doctor", library.doctor),
    ("eval answers", evaluation.eval_answers),
    ("eval statements", evaluation.eval_statements),
    ("init", library.init),
    ("quote", checks.quote),
    ("serve", interface.serve),
    ("speakers", articles.speakers),
    ("stats", library.stats),
    ("verify", checks.verify),
]


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_help_begins_with_the_docstring(name: str, command: Callable[..., Any]) -> None:
    """The first sentence of a command's docstring is in its help."""
    result = CliRunner().invoke(app, [*name.split(), "--help"])
    first = (inspect.getdoc(command) or "").splitlines()[0]
    assert result.exit_code == 0
    assert first.split(":")[0] in " ".join(result.output.split())


def test_values_are_not_named_by_types() -> None:
    """The value of an option is a TEXT, NUMBER or PATH, or one of those listed; never "list[Path]" or "int range"."""
    group = typer.main.get_command(app)
    for command in list_commands(group):
        shown = CliRunner().invoke(app, [*command, "--help"]).output
        assert not re.search(r"<(?:str|int|float|path|list)\b", shown), command
    assert "<markdown|html|" in CliRunner().invoke(app, ["ask", "--help"]).output


def list_commands(command: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of each command below one, itself included."""
    yield names
    for name, inner in getattr(command, "commands", {}).items():
        yield from list_commands(inner, (*names, name))


def test_every_option_has_a_help_text() -> None:
    """No option or argument is without an explanation."""
    group: Any = typer.main.get_command(app)
    commands = [
        *group.commands.values(),
        *(inner for name in ("articles", "eval") for inner in group.commands[name].commands.values()),
    ]
    parameters = [parameter for command in commands for parameter in command.params]
    assert len(parameters) > 40
    assert [parameter.name for parameter in parameters if not parameter.help] == []


def test_help_lists_exit_codes() -> None:
    """The exit codes are below the list of commands."""
    output = " ".join(CliRunner().invoke(app, ["--help"]).output.split())
    assert " ".join(EXIT_CODES.split()) in output
