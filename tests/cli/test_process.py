"""Tests of the exit codes and messages of commands that succeed, fail or are interrupted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Never

import pytest

from assistant.errors import ConfigError, Interrupted
from assistant.system.process import run_command


def make_failing_command(error: BaseException) -> Callable[[], None]:
    def command() -> Never:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (
            ConfigError("config.yaml: must hold `key: value` lines"),
            1,
            "error: config.yaml: must hold `key: value` lines",
        ),
        (ConfigError("a\x1b[31m\nb"), 1, "error: a␛[31m b"),
        (MemoryError(), 1, "error: not enough memory; close other programs"),
        (KeyError("x"), 1, "internal error: KeyError: 'x' (set ASSISTANT_DEBUG=1 to see where)"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (Interrupted("the index is unchanged"), 130, "interrupted; the index is unchanged"),
        (SystemExit(130), 130, "interrupted"),
    ],
)
def test_failure_message_is_one_line(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failing command says why in one line."""
    with pytest.raises(SystemExit) as ended:
        run_command(make_failing_command(error))
    assert ended.value.code == code
    assert capsys.readouterr().err == f"{line}\n"


def test_debug_shows_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """With debugging enabled the traceback of the error is shown."""
    monkeypatch.setenv("ASSISTANT_DEBUG", "1")
    with pytest.raises(KeyError):
        run_command(make_failing_command(KeyError("x")))
