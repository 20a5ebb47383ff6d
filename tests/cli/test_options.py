"""Options, input and output that the commands share."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.cli.ask import LONG_ANSWER_SENTENCES, adjust_settings
from assistant.cli.json_lines import print_json, read_lines
from assistant.cli.options import ExportFormatChoice, resolve_options
from assistant.config.schema import Config
from assistant.errors import ReadError
from assistant.exports import FORMATS


def make_context(*, config: Path | None = None, index: Path | None = None) -> Any:
    """A context whose root has these options."""
    return SimpleNamespace(find_root=lambda: SimpleNamespace(obj=(config, index)))


def test_options_of_the_command_come_first() -> None:
    """An option before the command's name counts only if the command has none."""
    context = make_context(config=Path("root.yaml"), index=Path("root"))
    assert resolve_options(context, None, Path("own")) == (Path("root.yaml"), Path("own"))
    assert resolve_options(make_context(), None, None) == (None, None)


def test_read_lines_of_file_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte order mark is not part of the first line."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfone\ntwo\n")
    assert list(read_lines(str(file))) == ["one\n", "two\n"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes()), encoding="ascii"))
    assert list(read_lines("-")) == ["one\n", "two\n"]


@pytest.mark.parametrize(("content", "reason"), [(b"\xff", "not UTF-8 text"), (None, "cannot be read: No such file")])
def test_read_lines_errors(tmp_path: Path, content: bytes | None, reason: str) -> None:
    """The error names the file and the reason."""
    file = tmp_path / "a.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ReadError, match=f"a.txt: {reason}"):
        list(read_lines(str(file)))


def test_json_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters are escapes."""
    print_json({"a": "é\x1b"})
    out = capsys.readouterr().out
    assert (out, json.loads(out)) == ('{"a": "\\u00e9\\u001b"}\n', {"a": "é\x1b"})


def test_ask_options_adjust_settings() -> None:
    """--top-k and --more change the settings of one question."""
    settings = adjust_settings(Config(), 7, more=True)
    assert (settings.retrieval.top_k, settings.answers.max_facts) == (7, LONG_ANSWER_SENTENCES)
    assert adjust_settings(Config(), None, more=False) == Config()


def test_export_choices_are_the_formats() -> None:
    """The command line offers every export format."""
    assert [choice.value for choice in ExportFormatChoice] == [each.name for each in FORMATS]
