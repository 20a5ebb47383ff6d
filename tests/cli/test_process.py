"""Tests of the exit codes and messages of commands that succeed, fail or are interrupted."""

from __future__ import annotations

import signal
import subprocess
import sys
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


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another process")
@pytest.mark.parametrize("arguments", [["stats"], []], ids=["command", "interface"])
def test_interrupted_while_it_starts(arguments: list[str]) -> None:
    """Ctrl+C in the first tenths of a second, while modules are imported, is one line as later."""
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "assistant", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # the tests may ignore it
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.endswith("assistant.errors\n"):  # the first of hundreds
                process.send_signal(signal.SIGINT)
                break
        told = [line for line in process.stderr if not line.startswith("import time:")]
        assert (process.wait(60), told) == (130, ["interrupted\n"])
