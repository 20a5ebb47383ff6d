"""The lock files of .ci/ name every package of the constraints once, and what builds packages is installed first."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.support.lock import BUILD_TOOLS, FILES, read_pins

ROOT = Path(__file__).parent.parent


def _read_versions(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([^\s=]+)==(\S+)", (ROOT / ".ci" / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_package_of_the_constraints_stands_in_one_lock_file_with_its_version() -> None:
    locks = [_read_versions(name) for name in FILES]
    assert max(Counter(name for lock in locks for name in lock).values()) == 1
    assert {name: version for lock in locks for name, version in lock.items()} == read_pins()


def test_the_build_tools_are_installed_before_a_package_that_comes_as_source_is_built() -> None:
    """A Python brings a setuptools too old to build a wheel by itself, or none."""
    tools = _read_versions("build-tools.txt")
    assert "setuptools" in tools
    assert set(BUILD_TOOLS) <= tools.keys()
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8").split("$(VENV)/.installed")
    installs = [recipe for recipe in recipes if "--requirement $(TOOLS)" in recipe]
    assert len(installs) == 2
    assert all(recipe.index("--requirement $(TOOLS)") < recipe.index("$(LOCK)") for recipe in installs)
