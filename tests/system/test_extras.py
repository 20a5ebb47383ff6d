"""The extras of the program: how they are installed, and whether what they bring is."""

from __future__ import annotations

import sys

import pytest

from assistant.system.extras import MODULES, describe_installation, is_module


@pytest.mark.parametrize("extra", ["ocr", "outlook"])
def test_extra_brings_a_module(extra: str) -> None:
    """Here all extras that the tests need are installed."""
    assert is_module(MODULES[extra])
    assert describe_installation(extra) == f"pip install 'news-assistant[{extra}]'"


@pytest.mark.parametrize(
    ("module", "is_there"),
    [("json.tool", True), ("json", True), ("json.absent", False), ("absent.tool", False), ("json.tool.part", False)],
)
def test_module_is_found_without_importing(module: str, is_there: bool) -> None:
    """Also within a package."""
    assert is_module(module) == is_there


def test_package_of_a_module_is_not_imported() -> None:
    """It is only looked for, as its import could be slow or fail."""
    before = set(sys.modules)
    assert is_module("pydoc_data.topics")
    assert not {"pydoc_data", "pydoc_data.topics"} & (set(sys.modules) - before)
