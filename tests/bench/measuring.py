"""Measures programs in processes of their own, so that their resources are counted separately."""

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
Measurements = dict[str, float]
SLOWING_VARIABLES = {
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "PYTHONDEVMODE",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONASYNCIODEBUG",
}


class MeasurementError(Exception):
    """A part could not be measured; the message gives the reason."""


def user_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without developer settings of Python that slow programs down."""
    return {name: value for name, value in environment.items() if name not in SLOWING_VARIABLES}


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """Result of a process: seconds until its exit, seconds from its last output to its exit, and CPU seconds."""

    seconds: float
    exit_seconds: float
    cpu_seconds: float
    output: str


def run_process(command: Sequence[str], cwd: Path = ROOT) -> ProcessResult:
    """Run a command to its end.

    Raises MeasurementError if it fails, with the last line of its error output.
    """
    variables = {**user_environment(os.environ), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
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
            raise MeasurementError(_failure_reason(process.returncode, errors))
    cpu = usage.ru_utime + usage.ru_stime
    return ProcessResult(ended - started, ended - printed, cpu, b"".join(blocks).decode("utf-8", "replace"))


def _failure_reason(code: int, errors: IO[bytes]) -> str:
    if code < 0:
        hint = " (out of memory?)" if -code == signal.SIGKILL else ""
        return f"ended by {signal.Signals(-code).name}{hint}"
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {code}"


def run_worker(module: str, *arguments: object) -> tuple[Measurements, ProcessResult]:
    """Run a part of the suite as a process; returns its own measurements and the result of the process."""
    ended = run_process([sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)])
    measurements = json.loads(ended.output.strip().rpartition("\n")[2])
    assert isinstance(measurements, dict)
    return measurements, ended


def print_result(measurements: Measurements) -> None:
    """Print measurements for `run_worker`."""
    sys.stdout.write(json.dumps(measurements) + "\n")


def resident_megabytes() -> float:
    """Current resident memory of this process in megabytes."""
    if (megabytes := _read_status_megabytes("VmRSS")) is not None:
        return megabytes
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True, check=True, text=True)
    return float(shown.stdout) / 1024


def peak_megabytes() -> float:
    """Peak resident memory of this process in megabytes."""
    if (
        megabytes := _read_status_megabytes("VmHWM")
    ) is not None:  # on Linux, getrusage includes the memory of the parent
        return megabytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _read_status_megabytes(field: str) -> float | None:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:")), None)


def folder_megabytes(folder: Path) -> float:
    """Total size of the files in a folder, in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / (1 << 20)


def percentile(values: Sequence[float], share: float = 0.5) -> float:
    """The value that `share` of the values do not exceed; for 0.5, the median."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1) + (0 if share == 0.5 else 0.499)))]
