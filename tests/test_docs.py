"""Tests of the documentation: everything that it names exists, and everything that it must name is in it."""

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
from tests.support.package_drawing import draw_packages, read_imports

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND: Any = typer.main.get_command(app)
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "index" / "README.md"]
BENCH_FLAGS = {"--sizes", "--runs", "--articles", "--only", "--markdown", "--svg"}  # of `python -m tests.bench`


def list_commands(command: Any, path: str = "assistant") -> Iterator[tuple[str, Any]]:
    """Every command with its full name: "assistant articles list"."""
    nested = getattr(command, "commands", None)
    if nested is None:
        yield path, command
    else:
        for name, inner in nested.items():
            yield from list_commands(inner, f"{path} {name}")


def list_flags() -> set[str]:
    found = {"--help", "--install-completion", "--show-completion"}
    for _, command in [("assistant", COMMAND), *list_commands(COMMAND)]:
        flags = (flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts))
        found.update(flag for flag in flags if flag.startswith("--"))
    return found


def list_setting_keys() -> set[str]:
    found: set[str] = set()
    for name, field in Config.model_fields.items():
        found.add(name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found.update(f"{name}.{key}" for key in field.annotation.model_fields)
    return found


def list_packages() -> list[Path]:
    """The folders of the packages."""
    return sorted(path.parent for path in (ROOT / "assistant").glob("*/__init__.py"))


@pytest.mark.parametrize("name", [name for name, _ in list_commands(COMMAND)])
def test_readme_has_command(name: str) -> None:
    """The README lists every command."""
    assert name.removesuffix(" answers") in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_flags_exist(page: Path) -> None:
    """Every flag that a page names exists."""
    # Lines that call other programs name their flags.
    lines = [
        line
        for line in page.read_text(encoding="utf-8").splitlines()
        if not re.search(r"\b(pip|pipx|uv|docker|git|python3?|ray st\w+|--\w+`, the)\b", line)
    ]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join(lines)))
    assert named <= list_flags() | BENCH_FLAGS


def test_readme_names_flags() -> None:
    """The test above has something to check."""
    assert len(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) > 10


def test_readme_lists_exactly_the_settings() -> None:
    """The README, with the page of a section that has one, lists every setting and no other."""
    pages = README + (ROOT / "docs" / "writer.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `([a-z_]+(?:\.[a-z_]+)?)` \|", pages, re.MULTILINE))
    sections = {key.split(".")[0] for key in list_setting_keys() if "." in key}
    assert table == list_setting_keys() - sections


def test_readme_is_short() -> None:
    """The README has at most 200 lines, the glossary at most 30 terms."""
    assert len(README.splitlines()) <= 200
    glossary = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    terms = re.findall(r"^\| (?!term|---)(.+?) \|", glossary, re.MULTILINE)
    assert 20 <= len(terms) <= 30


def test_installation_tells_size_and_progress() -> None:
    """The size is told before anything is downloaded, and pip shows how far it is with the packages and PyTorch."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = text.partition("$(VENV)/.installed:")[2].partition("\n\n")[0]
    assert recipe.index(" GB on disk") < recipe.index("$(PIP)")
    definitions = re.findall(r"^(?:LOCKED|TORCH) := .*$", text, re.MULTILINE)
    installing = [line for line in recipe.splitlines() if "$(TORCH)" in line or "$(LOCK)" in line]
    assert len(definitions) == len(installing) == 2
    assert not [line for line in (*definitions, *installing) if "--quiet" in line]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    """Every make target that a page names exists."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"`make ([a-z-]+)[`\s]|^make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {a or b for a, b in named} <= targets
    if page == ROOT / "README.md":
        assert {"run", "test"} <= {a or b for a, b in named}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_exist(page: Path) -> None:
    """Every link and every path of the code that a page names exists."""
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
    paths = re.findall(r"`((?:tests|docs|seeds|index)/[\w./-]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    modules = re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", text)
    assert [path for path in modules if not any((ROOT / top / path).exists() for top in ("", "assistant"))] == []
    if page.name == "architecture.md":
        assert links
        assert len(modules) > 20


def test_architecture_lists_packages() -> None:
    """The page on the architecture lists every package, and each says in its docstring what it does."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert len(list_packages()) > 20
    for package in list_packages():
        assert f"`{package.name}/`" in page, package.name
        assert (package / "__init__.py").read_text(encoding="utf-8").startswith('"""'), package.name


def test_drawing_is_current() -> None:
    """The drawing of the packages is made from the imports as they are (`make drawing`)."""
    assert (ROOT / "docs" / "packages.svg").read_text(encoding="utf-8") == draw_packages(read_imports())


def test_changelog_starts_with_version() -> None:
    """The changelog starts with the current version, or with what is not released yet and then the current version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *_ = (name for name in re.findall(r"^## (\S+)", changelog, re.MULTILINE) if name != "Unreleased")
    assert first == __version__


@pytest.mark.parametrize(("name", "command"), list(list_commands(COMMAND)))
def test_every_command_has_help(name: str, command: Any) -> None:
    """Every command has a help text."""
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name}"


REGISTRY_HOST = re.compile(
    r"(?<![\w.@-])(?:pypi|npm|conda|files|downloads?|registry|index|mirrors?|deb|repo|proxy|packages|crates|quay|gcr|ghcr)"
    r"\.(?:[a-z0-9-]+\.)*(?:org|io|com|net|dev|cn)\b"
    r"|https?://[^\s\"')]*/(?:simple|whl)\b|(?:--(?:extra-)?index(?:-url)?|--find-links|registry)[ =\"]+https?:",
    re.IGNORECASE,
)


def list_project_files() -> list[Path]:
    """The files of the project, without pictures, data and what Python leaves."""
    tops = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".coverage"]
    folders = [ROOT / name for name in (".ci", "assistant", "docs", "seeds", "tests")]
    inner = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in (*tops, *inner) if path.suffix not in (".svg", ".jsonl", ".pyc", ".safetensors", ".bin")]


def test_no_package_index_is_named_by_its_host() -> None:
    """Where packages come from is up to who installs them."""
    named = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in list_project_files()
        for match in REGISTRY_HOST.finditer(file.read_bytes().decode("utf-8", "replace"))
    ]
    assert named == []


@pytest.mark.parametrize("labels", ["pypi org", "download example org", "registry npm example com"])
def test_hosts_of_package_indexes_are_recognized(labels: str) -> None:
    """What the check looks for."""
    assert REGISTRY_HOST.search(f"see https://{'.'.join(labels.split())}/project")
    assert REGISTRY_HOST.search("pip install --index-url" + " https://example.org/x torch")
