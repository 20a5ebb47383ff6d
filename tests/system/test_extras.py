"""The extras of the program: how they are installed, and whether they are."""

from __future__ import annotations

import pytest

from assistant.system.extras import describe_installation, is_installed, names_installed_extra


@pytest.mark.parametrize("extra", ["ocr", "outlook"])
def test_text_that_names_an_extra(extra: str) -> None:
    """The command is found again in a text; here all extras that the tests need are installed."""
    assert is_installed(extra)
    assert names_installed_extra(f"a scan; {describe_installation(extra)}")
    assert not names_installed_extra("a scan; pip install 'news-assistant[absent]'")
    assert not names_installed_extra("a damaged PDF")
