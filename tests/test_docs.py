"""Documentation that can fail: what the README names exists, and what exists is in the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import BaseModel

from assistant import __version__
from assistant.cli.app import app
from assistant.config.schema import Config
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND: Any = typer.main.get_command(app)


def commands(command: Any, path: str = "assistant") -> Iterator[tuple[str, Any]]:
    """Every command by its full name: "assistant articles list"."""
    nested = getattr(command, "commands", None)
    if nested is None:
        yield path, command
    else:
        for name, inner in nested.items():
            yield from commands(inner, f"{path} {name}")


def flags() -> set[str]:
    found = {"--help", "--install-completion", "--show-completion"}
    for _, command in [("assistant", COMMAND), *commands(COMMAND)]:
        found.update(flag for parameter in command.params for flag in parameter.opts if flag.startswith("--"))
    return found


def keys() -> set[str]:
    found: set[str] = set()
    for name, field in Config.model_fields.items():
        found.add(name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found.update(f"{name}.{key}" for key in field.annotation.model_fields)
    return found


@pytest.mark.parametrize("name", [name for name, _ in commands(COMMAND)])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert name in README


def test_every_flag_in_the_readme_exists() -> None:
    # pip's and git's own flags stand in lines that call them.
    lines = [line for line in README.splitlines() if not re.search(r"\b(pip|git|python3?) ", line)]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join(lines)))
    assert named
    assert named <= flags()


def test_readme_lists_exactly_the_settings() -> None:
    """The README lists every setting and no other."""
    table = set(re.findall(r"^\| `([a-z_]+(?:\.[a-z_]+)?)` \|", README, re.MULTILINE))
    sections = {key.split(".")[0] for key in keys() if "." in key}
    assert table == keys() - sections


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", README, re.MULTILINE))
    assert {a or b for a, b in named} <= targets
    assert {"run", "test", "check"} <= {a or b for a, b in named}


def test_every_path_in_the_readme_exists() -> None:
    linked = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    tree = re.findall(r"^(?:[│ ]*[├└]── )?([a-z_]+(?:/|\.py|\.yaml|\.toml))", README, re.MULTILINE)
    assert linked
    for name in linked:
        assert (ROOT / name).exists(), name
    names = {path.name for path in (ROOT / "assistant").rglob("*")} | {path.name for path in ROOT.iterdir()}
    for name in tree:
        assert Path(name).name in names, name


def test_every_package_is_in_the_tree() -> None:
    packages = [path.parent for path in (ROOT / "assistant").glob("*/__init__.py")]
    assert packages
    for package in packages:
        assert f"── {package.name}/ " in README, package.name
        assert (package / "__init__.py").read_text(encoding="utf-8").startswith('"""'), package.name


def test_changelog_starts_with_version() -> None:
    """The changelog starts with the current version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (first, *_) = re.findall(r"^## (\S+)", changelog, re.MULTILINE)
    assert first == __version__


@pytest.mark.parametrize(("name", "command"), list(commands(COMMAND)))
def test_every_command_has_help(name: str, command: Any) -> None:
    """Every command has a help text."""
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name}"
