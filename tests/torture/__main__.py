"""Run the campaign and print its counts: python -m tests.torture [--scale S] [--workers N] [--only WORDS]."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.torture.campaign import compute_vectors, list_jobs, run_job
from tests.torture.points import can_hook_sqlite
from tests.torture.tally import Tally


def main() -> int:
    """All jobs, as many at a time as there are processors."""
    parser = argparse.ArgumentParser(prog="tests.torture")
    parser.add_argument("--scale", type=float, default=1.0, help="how much of it; 1 visits every write of publishing")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="jobs whose name holds these words")
    chosen = parser.parse_args()
    if not can_hook_sqlite():
        print("this needs Linux, and SQLite as a shared library with its system calls open to tests")
        return 2
    numbers = [number for number, (name, *_) in enumerate(list_jobs(chosen.scale)) if chosen.only in name]
    began = time.monotonic()
    total = Tally()
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as prepared,
        ProcessPoolExecutor(chosen.workers, mp_context=get_context("spawn")) as pool,
    ):
        pool.submit(compute_vectors, Path(prepared)).result()
        running = {pool.submit(run_job, number, chosen.scale, Path(prepared)): number for number in numbers}
        for ended in as_completed(running):
            name = list_jobs(chosen.scale)[running[ended]][0]
            tally = ended.result()
            total.merge(tally)
            counts = ", ".join(f"{number:,} {what}" for what, number in tally.counts.items())
            print(f"{time.monotonic() - began:6.0f} s  {name}: {counts}; {len(tally.problems)} wrong", flush=True)
    print()
    print(total)
    return 1 if total.problems else 0


if __name__ == "__main__":
    sys.exit(main())
