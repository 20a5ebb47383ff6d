"""The time of a start: `assistant` in a real terminal until its first frame and its first answer.

    python tests/bench/start.py [--runs N] [--config FOLDER] [--json]

Cold: every run is a new process; the files are in the system's cache after the first run, which is not counted. The
first frame is complete when the box for the question and the keys at the foot are drawn; the question is then typed
and sent at once. Beside it stands what no interface made with Textual can go below: python -c "import textual.app".
CPU seconds are those of the process until then, its threads included: they tell a slow program from a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.measuring import SLOWING_VARIABLES  # noqa: E402
from tests.support.terminals import Terminal  # noqa: E402

QUESTION = "what did Ushakov say about Europe?"
ANSWER = "Yuri Ushakov:"
FRAME = ("News assistant", "Quit")
FRAME_TARGET, ANSWER_TARGET = 0.5, 1.5  # seconds
Timing = tuple[float, float]  # seconds on the clock, seconds of CPU


def measure_bare_textual() -> Timing:
    """A Python process that only imports Textual."""
    before = os.times()
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, used


def open_terminal(config: Path, data: Path) -> Terminal:
    """The program in its own terminal, with the library of these settings."""
    command = [str(Path(sys.executable).with_name("assistant"))]
    environment = {"ASSISTANT_DATA": str(data), "HF_HUB_OFFLINE": "1"}
    for name in SLOWING_VARIABLES:
        os.environ.pop(name, None)
    return Terminal(command, environment=environment, cwd=config.parent)


def measure_first_frame(config: Path, data: Path) -> float:
    """Seconds until the first frame."""
    with open_terminal(config, data) as terminal:
        return terminal.wait_for_text(*FRAME)


def measure_start(config: Path, data: Path) -> tuple[Timing, Timing]:
    """Seconds until the first frame and until the first answer."""
    with open_terminal(config, data) as terminal:
        frame = terminal.wait_for_text(*FRAME), process_cpu_seconds(terminal.process.pid)
        terminal.press(QUESTION + "\r")
        answer = terminal.wait_for_text(ANSWER), process_cpu_seconds(terminal.process.pid)
        terminal.press("\x11")
        terminal.wait_for_exit()
    return frame, answer


def process_cpu_seconds(pid: int) -> float:
    """CPU seconds of a running process; nan if the system does not report them."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def build_library(folder: Path) -> Path:
    """A library built from the sample articles."""
    config = folder / "config.yaml"
    config.write_text(f"articles: {json.dumps(str(ROOT / 'seeds'))}\nindex: index\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "build", "--quiet", "--config", str(config)]
    subprocess.run(command, check=True, cwd=ROOT)
    return config


def summarize_timings(measured: list[Timing]) -> dict[str, float]:
    """Median, 95th percentile (with few runs, the maximum) and minimum of the wall time; median of the CPU time."""
    clock = sorted(seconds for seconds, _ in measured)
    late = clock[min(len(clock) - 1, round(0.95 * (len(clock) - 1) + 0.499))]
    cpu = statistics.median(seconds for _, seconds in measured)
    return {"median": statistics.median(clock), "p95": late, "least": clock[0], "cpu": cpu}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--config", type=Path, help="a library that is there already, instead of one over seeds/")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        config = options.config or build_library(folder)
        rows: dict[str, list[Timing]] = {"import textual.app": [], "first frame": [], "first answer": []}
        for run in range(options.runs + 1):
            measured = measure_bare_textual(), *measure_start(config, folder / "data")
            if run:
                for row, one in zip(rows.values(), measured, strict=True):
                    row.append(one)
    table = {name: summarize_timings(row) for name, row in rows.items()}
    if options.json:
        print_report({"runs": options.runs, "cores": os.cpu_count(), "load": os.getloadavg()[0], **table}, as_json=True)
    else:
        print_report(table, as_json=False)


def print_report(table: Mapping[str, object], *, as_json: bool) -> None:
    def say(line: str) -> None:
        sys.stdout.write(line + "\n")

    if as_json:
        say(json.dumps(table))
        return
    targets = {"first frame": FRAME_TARGET, "first answer": ANSWER_TARGET}
    say(f"{'seconds':20}{'median':>8}{'p95':>8}{'least':>8}{'cpu':>8}{'target':>8}")
    for name, row in table.items():
        assert isinstance(row, dict)
        cells = "".join(f"{row[key]:8.2f}" for key in ("median", "p95", "least", "cpu"))
        say(f"{name:20}{cells}{targets.get(name, ''):>8}")
    say(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
