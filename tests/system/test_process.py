"""The end of the process."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize(("code", "expected"), [("None", 0), ("3", 3), ("'text'", 1)])
def test_exit_code_and_output(code: str, expected: int) -> None:
    """The process ends with its exit code, and buffered output is written."""
    done = run(f"from assistant.system.process import exit_process\nprint('answer')\nexit_process({code})")
    assert (done.returncode, done.stdout, done.stderr) == (expected, "answer\n", "")


def test_exit_waits_for_awaited_threads() -> None:
    """An AwaitedThread can finish its work; other threads are not waited for."""
    done = run(
        "import sys, threading, time\n"
        "from assistant.system.process import AwaitedThread, exit_process\n"
        "def work():\n"
        "    time.sleep(0.2)\n"
        "    sys.stdout.write('finished')\n"
        "AwaitedThread(target=work).start()\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "exit_process(0)\n"
    )
    assert (done.returncode, done.stdout) == (0, "finished")


def test_name_that_the_system_refuses() -> None:
    """A file name that is too long ends in one line with its beginning, not in an error of the program."""
    done = run(
        "from pathlib import Path\n"
        "from assistant.system.process import run_command\n"
        "run_command(lambda: Path('long' * 2_000).is_dir())\n"
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: longlong")
    assert done.stderr.endswith("…: File name too long\n")
    assert len(done.stderr) < 250
