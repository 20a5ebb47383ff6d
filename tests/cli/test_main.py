"""The command `python -m assistant`: which part of the program it runs, and its exit code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant import __main__ as entry_point
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("arguments", "code", "output", "error"),
    [
        ([], 1, "", "error: the interface needs a terminal; to ask from a script: assistant ask QUESTION\n"),
        (["--version"], 0, "assistant ", ""),
        (["--no-such-option"], 2, "", "No such option"),
    ],
    ids=["interface", "command line", "usage error"],
)
def test_entry_point_runs_interface_or_command_line(arguments: list[str], code: int, output: str, error: str) -> None:
    """Without arguments the interface is opened, else the command line; the process ends with its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", entry_point.__name__, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == code
    assert done.stdout.startswith(output)
    assert error in done.stderr


def test_entry_point_imports_nothing_before_it_can_be_interrupted() -> None:
    """Ctrl-C is one line from the first line of `main` on: nothing but the modules of that line comes before it."""
    program = "import sys; before = {*sys.modules}; import assistant.__main__; print(*sorted({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert set(done.stdout.split()) <= {"__future__", "assistant", "assistant.__main__", "assistant.version", "gc"}
    assert "assistant.__main__" in done.stdout
