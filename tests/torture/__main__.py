"""Runs the campaign and prints its counts: python -m tests.torture [--scale S] [--workers N] [--only WORDS]."""

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
    """Run all selected jobs, by default as many at a time as there are processors; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.torture",
        description="Run builds under faults (kills, full disks, damaged files) and check the library after each.",
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="share of the campaign; 1 tests every write of the publishing step"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="jobs at a time (default: processors)")
    parser.add_argument("--only", default="", help="run only jobs whose names contain these words")
    options = parser.parse_args()
    if not can_hook_sqlite():
        print("error: the campaign needs Linux and the shared library libsqlite3.so.0, whose system calls it replaces")
        return 2
    numbers = [number for number, (name, *_) in enumerate(list_jobs(options.scale)) if options.only in name]
    began = time.monotonic()
    total = Tally()
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as vectors,
        ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool,
    ):
        pool.submit(compute_vectors, Path(vectors)).result()
        running = {pool.submit(run_job, number, options.scale, Path(vectors)): number for number in numbers}
        for job in as_completed(running):
            name = list_jobs(options.scale)[running[job]][0]
            tally = job.result()
            total.merge(tally)
            counts = ", ".join(f"{number:,} {what}" for what, number in tally.counts.items())
            print(f"{time.monotonic() - began:6.0f} s  {name}: {counts}; {len(tally.problems)} problems", flush=True)
    print()
    print(total)
    return 1 if total.problems else 0


if __name__ == "__main__":
    sys.exit(main())
