"""Measures the speed, memory and disk use of this program and of the usual alternatives: `make bench`.

python -m tests.bench --sizes 1000,20000,million --articles FILE.jsonl …

Articles are generated unless files are given. Each part runs in processes of its own; a part that fails is reported
and does not stop the others. Libraries are kept in the work folder: an interrupted run resumes with them, and --resume
also reuses its figures. If building is measured, a library of another version of the program is rebuilt.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs

from tests.bench import parts
from tests.bench.measuring import ROOT, MeasurementError, Measurements, run_process
from tests.bench.places import LibraryPaths, LibrarySize, parse_sizes
from tests.bench.plot import render_svg
from tests.bench.report import ResultTable, SizeResult, describe_machine, make_charts
from tests.bench.texts import source_name

ESTIMATED_BUILD_NOTE = "; above 1,000 articles, llama-index's build by its rate at that size"
DEFAULT_SOURCE_SIZE = LibrarySize(articles=20_000)  # source of multiplied libraries if no size is built


def parse_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes",
        type=parse_sizes,
        default=parse_sizes("1000,20000,million"),
        help="numbers of articles; Np: passages; million: 1000000p",
    )
    parser.add_argument("--only", default="", help=f"comma-separated parts: build,{','.join(parts.PARTS)}")
    parser.add_argument(
        "--articles",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE.jsonl",
        help="articles to use instead of generated ones",
    )
    parser.add_argument("--workdir", type=Path, help="folder of the libraries (default: in the user's cache)")
    parser.add_argument(
        "--runs", type=int, default=7, help="processes per median, after a first one that does not count"
    )
    parser.add_argument("--precision", default="auto", help="embedding.precision: auto, f32, bf16, int8")
    parser.add_argument(
        "--made-up-stock", type=int, default=20_000, help="largest llama-index index with made-up vectors, in articles"
    )
    parser.add_argument("--resume", action="store_true", help="reuse the figures of an earlier run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to this file")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table to this file")
    parser.add_argument(
        "--svg",
        type=Path,
        metavar="FILE",
        default=ROOT / "tests" / "bench" / "scale.svg",
        help="write the charts to this file",
    )
    options = parser.parse_args(arguments)
    known = ["build", *parts.PARTS]
    options.only = options.only.replace(" ", "").split(",") if options.only else known
    if unknown := set(options.only) - set(known):
        parser.error(f"--only: unknown part {', '.join(sorted(unknown))}; known parts: {', '.join(known)}")
    cache = Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)) / "bench"
    suffix = "" if options.precision == "auto" else f"-{options.precision}"
    options.workdir = (options.workdir or cache).absolute() / (source_name(options.articles) + suffix)
    return options


def describe_command(options: argparse.Namespace) -> str:
    """The command that repeats this run, without the folders of this machine."""
    named = ",".join(f"{size.passages}p" if size.passages else str(size.articles) for size in options.sizes)
    arguments = ["python -m tests.bench --sizes", named, "--runs", str(options.runs)]
    if set(options.only) != {"build", *parts.PARTS}:
        arguments += ["--only", ",".join(options.only)]
    if options.precision != "auto":
        arguments += ["--precision", options.precision]
    if options.articles:
        arguments += ["--articles", *dict.fromkeys(file.name for file in options.articles)]
    return " ".join(arguments)


def hash_program() -> str:
    """A hash of the program's source, which identifies its version."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class BenchmarkSuite:
    """One run over all sizes; the results are saved after each part."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.chosen = options
        self.program_hash = hash_program()
        self.measured = [SizeResult(size) for size in options.sizes]
        built = [size for size in options.sizes if size.articles]
        self.source = built[-1] if built else DEFAULT_SOURCE_SIZE
        self.results = options.workdir / "results.json"
        self.about: dict[str, Any] = {}
        if options.resume:
            self._load_earlier_figures()

    def _load_earlier_figures(self) -> None:
        try:
            record = json.loads(self.results.read_text(encoding="utf-8"))["sizes"]
        except (OSError, ValueError, KeyError):
            return
        for result in self.measured:
            result.figures.update(record.get(result.size.name, {}).get("figures", {}))

    def record_machine(self) -> None:
        """Record the processor, the backend, the date and the load."""
        runs_on = run_process(
            [sys.executable, "-m", "tests.bench.ours", "runs_on", self.chosen.precision]
        ).output.strip()
        self.about = {
            "date": date.today().isoformat(),
            "command": describe_command(self.chosen),
            "runs_on": runs_on,
            **describe_machine(),
            "load": round(os.getloadavg()[0], 1),
        }

    def measure_all_sizes(self) -> None:
        """Measure all sizes."""
        for result in self.measured:
            place = LibraryPaths.for_size(
                self.chosen.workdir, result.size, self.source if result.size.passages else None
            )
            try:
                self._prepare_library(result, place)
                self._run_part(result, place, "about", parts.describe_library)
            except MeasurementError as failed:
                print_line(f"failed: {failed}")
                result.failed["library"] = str(failed)
                place.figures.unlink(missing_ok=True)  # the library is incomplete: the next run rebuilds it
                continue
            for name, part in parts.PARTS.items():
                if name in self.chosen.only and not self._is_measured(result, name):
                    try:
                        self._run_part(result, place, name, part)
                    except MeasurementError as failed:
                        print_line(f"failed: {failed}")
                        result.failed[name] = str(failed)
                    self.save_results()

    def _is_measured(self, result: SizeResult, name: str) -> bool:
        """Whether a part was measured already, at this size or at another if it does not depend on the size."""
        if name == "rates":
            return any("encode.per_s" in other.figures for other in self.measured)
        record = {"stock": "stock256.per_s", "warm": "warm.p50_ms", "faiss": "faiss.p50_ms", "sync": "sync.changed_s"}
        record |= {"memory": "memory.answered_mb", "cold": "cold.s", "frame": "frame.s"}
        return self.chosen.resume and record[name] in result.figures

    def _make_task(self, result: SizeResult, place: LibraryPaths) -> parts.Task:
        sampled = {name: value for other in self.measured for name, value in other.figures.items() if ".per_s" in name}
        known: Measurements = sampled | result.figures
        options = self.chosen
        return parts.Task(result.size, place, tuple(options.articles), options.runs, options.made_up_stock, known)

    def _run_part(self, result: SizeResult, place: LibraryPaths, name: str, part: Any) -> None:
        print_line(f"{time.strftime('%H:%M:%S')} {result.size.name}: {name} (load {os.getloadavg()[0]:.1f})")
        try:
            result.figures.update(part(self._make_task(result, place)))
            result.failed.pop(name, None)
        except MeasurementError:
            raise
        except Exception as error:  # an error in one part must not stop the others
            raise MeasurementError(f"{type(error).__name__}: {str(error).partition(chr(10))[0]}") from error

    def _prepare_library(self, result: SizeResult, place: LibraryPaths) -> None:
        """Build the library of a size unless a valid one exists; its figures are saved next to it."""
        place.write_config(self.chosen.precision)
        made_from = self.program_hash
        if result.size.passages:
            source = SizeResult(self.source)
            origin = LibraryPaths.for_size(self.chosen.workdir, self.source)
            self._prepare_library(source, origin)
            made_from = hashlib.sha256(origin.figures.read_bytes()).hexdigest()[:16]
        record = self._read_build_record(place)
        same = record is not None and record["of"] == made_from
        if record is not None and (
            same or self.chosen.resume or (result.size.articles and "build" not in self.chosen.only)
        ):
            result.figures.update(record["figures"])
            if not same:
                print_line(f"{result.size.name}: the library and its figures are from another version of the program")
            return
        if result.size.passages:
            self._run_part(result, place, "multiply", lambda task: parts.multiply_library(origin, task))
        else:
            self._run_part(result, place, "build", parts.measure_build)
        record = {"of": made_from, "figures": result.figures}
        place.figures.write_text(json.dumps(record), encoding="utf-8")
        self.save_results()

    def _read_build_record(self, place: LibraryPaths) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads(place.figures.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if (place.index / "library.sqlite3").exists() else None

    def save_results(self) -> None:
        """Save all results measured so far."""
        record = {"about": self.about, "sizes": {result.size.name: asdict(result) for result in self.measured}}
        for file in filter(None, (self.results, self.chosen.json)):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(record, indent=1), encoding="utf-8")

    def write_reports(self) -> None:
        """Print the table and write the requested files."""
        about = self.about
        line = f"{about['processor']}, {about['cores']} cores, {about['runs_on']}, {about['date']}"
        table = ResultTable(self.measured)
        print_line(f"\n{table.render_text()}\n\n{line}, load {about['load']} at start\n{about['command']}")
        if self.chosen.markdown:
            head = f"{line}:\n\n```\n{about['command']}\n```\n\n"
            self.chosen.markdown.write_text(head + table.render_markdown(), encoding="utf-8")
        by_rate = (
            ESTIMATED_BUILD_NOTE
            if any((result.size.articles or 0) > parts.SAMPLE_ARTICLES for result in self.measured)
            else ""
        )
        self.chosen.svg.write_text(render_svg(make_charts(self.measured), line + by_rate), encoding="utf-8")


def print_line(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    suite = BenchmarkSuite(parse_options(sys.argv[1:]))
    suite.record_machine()
    code = 0
    try:
        suite.measure_all_sizes()
    except KeyboardInterrupt:
        print_line("interrupted; run the same command again to resume, with --resume to reuse the figures too")
        code = 130
    suite.save_results()
    suite.write_reports()
    return code


if __name__ == "__main__":
    sys.exit(main())
