"""The extras of the program: how they are installed, and whether they are."""

from __future__ import annotations

import pytest

from assistant.system.extras import (
    describe_installation,
    describe_missing_reader,
    is_installed,
    names_installed_package,
)


@pytest.mark.parametrize("extra", ["ocr", "outlook"])
def test_text_that_names_an_extra(extra: str) -> None:
    """The command is found again in a text; here all extras that the tests need are installed."""
    assert is_installed(extra)
    assert names_installed_package(f"a scan; {describe_installation(extra)}")
    assert not names_installed_package("a scan; pip install 'news-assistant[absent]'")
    assert not names_installed_package("a damaged PDF")


@pytest.mark.parametrize(
    ("module", "is_there"),
    [("json.tool", True), ("json", True), ("json.absent", False), ("absent.tool", False), ("json.tool.part", False)],
)
def test_text_that_names_a_missing_module(module: str, is_there: bool) -> None:
    """What a reader lacked is looked for again, and not imported."""
    missing = ModuleNotFoundError(f"No module named {module!r}")
    assert names_installed_package(describe_missing_reader("llama_index.readers.weir", missing)) == is_there
    assert not names_installed_package(f"the article says: No module named {module!r}")
