"""Measures the start of `assistant` in a real terminal until its first frame and its first answer.

    python tests/bench/start.py [--runs N] [--config FOLDER] [--json]

Every run is a new process; the first run is not counted, so that files are in the system's cache. The first frame is
complete when the question box and the footer are drawn; the question is then typed at once. The lower bound of any
Textual program is measured too: python -c "import textual.app". CPU seconds, with all threads of the process, show
whether the program or the machine is slow.
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
Timing = tuple[float, float]  # wall-clock seconds, CPU seconds


def measure_bare_textual() -> Timing:
    """Python that imports Textual and exits."""
    before = os.times()
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used


def open_terminal(config: Path, data: Path) -> Terminal:
    """The program in a new terminal, with the library of these settings."""
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
    """Times until the first frame and until the first answer."""
    with open_terminal(config, data) as terminal:
        frame = terminal.wait_for_text(*FRAME), process_cpu_seconds(terminal.process.pid)
        terminal.press(QUESTION + "\r")
        answer = terminal.wait_for_text(ANSWER), process_cpu_seconds(terminal.process.pid)
        terminal.press("\x11")
        terminal.wait_for_exit()
    return frame, answer


def process_cpu_seconds(pid: int) -> float:
    """CPU seconds of a running process; NaN where the system does not report them."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def build_library(folder: Path) -> Path:
    """Build a library over the sample articles; returns the path of its settings."""
    config = folder / "config.yaml"
    config.write_text(f"articles: {json.dumps(str(ROOT / 'seeds'))}\nindex: index\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "build", "--quiet", "--config", str(config)]
    subprocess.run(command, check=True, cwd=ROOT)
    return config


def summarize_timings(measured: list[Timing]) -> dict[str, float]:
    """Median, 95th percentile and minimum of the wall-clock times, and the median of the CPU times."""
    clock = sorted(seconds for seconds, _ in measured)
    late = clock[min(len(clock) - 1, round(0.95 * (len(clock) - 1) + 0.499))]
    cpu = statistics.median(seconds for _, seconds in measured)
    return {"median": statistics.median(clock), "p95": late, "least": clock[0], "cpu": cpu}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--config", type=Path, help="settings of an existing library (default: build one over seeds/)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        config = options.config or build_library(folder)
        rows: dict[str, list[Timing]] = {"import textual.app": [], "first frame": [], "first answer": []}
        for run in range(options.runs + 1):
            measured = measure_bare_textual(), *measure_start(config, folder / "data")
            if run:
                for row, timing in zip(rows.values(), measured, strict=True):
                    row.append(timing)
    table = {name: summarize_timings(row) for name, row in rows.items()}
    if options.json:
        print_report({"runs": options.runs, "cores": os.cpu_count(), "load": os.getloadavg()[0], **table}, as_json=True)
    else:
        print_report(table, as_json=False)


def print_report(table: Mapping[str, object], *, as_json: bool) -> None:
    def print_line(line: str) -> None:
        sys.stdout.write(line + "\n")

    if as_json:
        print_line(json.dumps(table))
        return
    targets = {"first frame": FRAME_TARGET, "first answer": ANSWER_TARGET}
    print_line(f"{'seconds':20}{'median':>8}{'p95':>8}{'least':>8}{'cpu':>8}{'target':>8}")
    for name, row in table.items():
        assert isinstance(row, dict)
        cells = "".join(f"{row[key]:8.2f}" for key in ("median", "p95", "least", "cpu"))
        print_line(f"{name:20}{cells}{targets.get(name, ''):>8}")
    print_line(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
