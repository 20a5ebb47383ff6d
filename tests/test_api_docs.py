"""The examples of docs/api.md run as they are written and print what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, SEEDS

EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
API_DOCS = ROOT / "docs" / "api.md"


def test_examples_print_what_the_docs_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each Python block runs after the ones before it; its output is the text block that follows it."""
    shutil.copytree(SEEDS, tmp_path / "my-articles")
    monkeypatch.chdir(tmp_path)
    examples = EXAMPLE.findall(API_DOCS.read_text(encoding="utf-8"))
    assert len(examples) > 10
    names: dict[str, Any] = {}
    for code, expected in examples:
        exec(compile(code, str(API_DOCS), "exec"), names)
        assert capsys.readouterr().out == expected, code
