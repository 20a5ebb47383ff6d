"""Programs measured from outside, each in a process of its own, so that what one uses is not counted for another."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
Figures = dict[str, float]
SLOWING = {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "PYTHONDEVMODE",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONASYNCIODEBUG",
}


class Failed(Exception):
    """A part could not be measured; the message says why."""


def as_a_user(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what makes a program slower than its users find it: developers' switches of Python."""
    return {name: value for name, value in environment.items() if name not in SLOWING}


@dataclass(frozen=True, slots=True)
class Run:
    """What became of a process: seconds until it was gone, of these those since its last output, and seconds of CPU."""

    seconds: float
    leaving: float
    cpu: float
    output: str


def run(command: Sequence[str], cwd: Path = ROOT) -> Run:
    """Run a command to its end. Raises Failed when it fails, with the last line that it printed of that."""
    variables = {**as_a_user(os.environ), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as errors:
        started = printed = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=variables, cwd=cwd)
        assert process.stdout is not None
        blocks = []
        try:
            while block := os.read(process.stdout.fileno(), 1 << 16):
                printed = time.perf_counter()
                blocks.append(block)
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        ended = time.perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        if process.returncode:
            raise Failed(_reason(process.returncode, errors))
    cpu = usage.ru_utime + usage.ru_stime
    return Run(ended - started, ended - printed, cpu, b"".join(blocks).decode("utf-8", "replace"))


def _reason(code: int, errors: IO[bytes]) -> str:
    if code < 0:
        hint = " (out of memory?)" if -code == signal.SIGKILL else ""
        return f"ended by {signal.Signals(-code).name}{hint}"
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {code}"


def worker(module: str, *words: object) -> tuple[Figures, Run]:
    """Run a part of the suite as a process: what it measured of itself, and what it took as a whole."""
    ended = run([sys.executable, "-m", f"tests.bench.{module}", *map(str, words)])
    found = json.loads(ended.output.strip().rpartition("\n")[2])
    assert isinstance(found, dict)
    return found, ended


def hand_over(found: Figures) -> None:
    """Print what `worker` reads."""
    sys.stdout.write(json.dumps(found) + "\n")


def resident() -> float:
    """Megabytes that this process holds in memory now."""
    if (told := _of_proc("VmRSS")) is not None:
        return told
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True, check=True, text=True)
    return float(shown.stdout) / 1024


def peak() -> float:
    """Megabytes that this process has held at most."""
    if (told := _of_proc("VmHWM")) is not None:  # on Linux, getrusage counts in what the parent held before
        return told
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _of_proc(field: str) -> float | None:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:")), None)


def size_of(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / (1 << 20)


def middle(values: Sequence[float], share: float = 0.5) -> float:
    """The median, or the value that another `share` of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1) + (0 if share == 0.5 else 0.499)))]
