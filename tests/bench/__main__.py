"""The speed of this program and of its alternatives, in one run: `make bench`.

python -m tests.bench --sizes 1000,20000,million --articles FILE.jsonl …

Articles are made up where none are given. Every part runs in processes of its own; one that fails is told as such and
stops no other. Libraries are kept in the work folder: a run that was interrupted goes on with them, and --resume also
takes over the figures that it had. A library that an earlier state of the program built is built again where building
is measured.
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
DEFAULT_SOURCE_SIZE = LibrarySize(articles=20_000)  # what is multiplied where no size is built


def parse_options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=parse_sizes, default=parse_sizes("1000,20000,million"), help="articles; Np: passages"
    )
    parser.add_argument("--only", default="", help=f"parts, of: build,{','.join(parts.PARTS)}")
    parser.add_argument("--articles", type=Path, nargs="+", default=[], metavar="FILE.jsonl", help="else made up")
    parser.add_argument("--workdir", type=Path, help="where libraries are kept (default: in the user's cache)")
    parser.add_argument("--runs", type=int, default=7, help="processes that a median is of, besides the first")
    parser.add_argument("--precision", default="auto", help="embedding.precision: auto, f32, bf16, int8")
    parser.add_argument("--made-up-stock", type=int, default=20_000, help="largest llama-index index, in articles")
    parser.add_argument("--resume", action="store_true", help="take over what an earlier run has measured")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="the table for the README")
    parser.add_argument("--svg", type=Path, metavar="FILE", default=ROOT / "tests" / "bench" / "scale.svg")
    chosen = parser.parse_args(words)
    known = ["build", *parts.PARTS]
    chosen.only = chosen.only.replace(" ", "").split(",") if chosen.only else known
    if unknown := set(chosen.only) - set(known):
        parser.error(f"--only: no part {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    cache = Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)) / "bench"
    suffix = "" if chosen.precision == "auto" else f"-{chosen.precision}"
    chosen.workdir = (chosen.workdir or cache).absolute() / (source_name(chosen.articles) + suffix)
    return chosen


def describe_command(chosen: argparse.Namespace) -> str:
    """The command that repeats the run, without the folders of this machine."""
    named = ",".join(f"{size.passages}p" if size.passages else str(size.articles) for size in chosen.sizes)
    words = ["python -m tests.bench --sizes", named, "--runs", str(chosen.runs)]
    if set(chosen.only) != {"build", *parts.PARTS}:
        words += ["--only", ",".join(chosen.only)]
    if chosen.precision != "auto":
        words += ["--precision", chosen.precision]
    if chosen.articles:
        words += ["--articles", *dict.fromkeys(file.name for file in chosen.articles)]
    return " ".join(words)


def hash_program() -> str:
    """An identifier of the state of the program."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class BenchmarkSuite:
    """One run over all sizes. Results are saved after each part."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.program_hash = hash_program()
        self.measured = [SizeResult(size) for size in chosen.sizes]
        built = [size for size in chosen.sizes if size.articles]
        self.source = built[-1] if built else DEFAULT_SOURCE_SIZE
        self.results = chosen.workdir / "results.json"
        self.about: dict[str, Any] = {}
        if chosen.resume:
            self._load_earlier_figures()

    def _load_earlier_figures(self) -> None:
        try:
            kept = json.loads(self.results.read_text(encoding="utf-8"))["sizes"]
        except (OSError, ValueError, KeyError):
            return
        for one in self.measured:
            one.figures.update(kept.get(one.size.name, {}).get("figures", {}))

    def record_machine(self) -> None:
        """Describe the machine."""
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
        for one in self.measured:
            place = LibraryPaths.for_size(self.chosen.workdir, one.size, self.source if one.size.passages else None)
            try:
                self._prepare_library(one, place)
                self._run_part(one, place, "about", parts.describe_library)
            except MeasurementError as failed:
                print_line(f"failed: {failed}")
                one.failed["library"] = str(failed)
                place.figures.unlink(missing_ok=True)  # what is there is of no use: the next run makes it anew
                continue
            for name, part in parts.PARTS.items():
                if name in self.chosen.only and not self._is_measured(one, name):
                    try:
                        self._run_part(one, place, name, part)
                    except MeasurementError as failed:
                        print_line(f"failed: {failed}")
                        one.failed[name] = str(failed)
                    self.save_results()

    def _is_measured(self, one: SizeResult, name: str) -> bool:
        """Whether a part has been measured, at this size or, if it does not depend on the size, at another one."""
        if name == "rates":
            return any("encode.per_s" in other.figures for other in self.measured)
        told = {"stock": "stock256.per_s", "warm": "warm.p50_ms", "faiss": "faiss.p50_ms", "sync": "sync.changed_s"}
        told |= {"memory": "memory.answered_mb", "cold": "cold.s", "frame": "frame.s"}
        return self.chosen.resume and told[name] in one.figures

    def _make_task(self, one: SizeResult, place: LibraryPaths) -> parts.Task:
        sampled = {name: value for other in self.measured for name, value in other.figures.items() if ".per_s" in name}
        known: Measurements = sampled | one.figures
        chosen = self.chosen
        return parts.Task(one.size, place, tuple(chosen.articles), chosen.runs, chosen.made_up_stock, known)

    def _run_part(self, one: SizeResult, place: LibraryPaths, name: str, part: Any) -> None:
        print_line(f"{time.strftime('%H:%M:%S')} {one.size.name}: {name} (load {os.getloadavg()[0]:.1f})")
        try:
            one.figures.update(part(self._make_task(one, place)))
            one.failed.pop(name, None)
        except MeasurementError:
            raise
        except Exception as error:  # whatever went wrong in one part, the others are still worth having
            raise MeasurementError(f"{type(error).__name__}: {str(error).partition(chr(10))[0]}") from error

    def _prepare_library(self, one: SizeResult, place: LibraryPaths) -> None:
        """Build the library of a size unless a suitable one exists; its figures are saved next to it."""
        place.write_config(self.chosen.precision)
        made_from = self.program_hash
        if one.size.passages:
            source = SizeResult(self.source)
            origin = LibraryPaths.for_size(self.chosen.workdir, self.source)
            self._prepare_library(source, origin)
            made_from = hashlib.sha256(origin.figures.read_bytes()).hexdigest()[:16]
        kept = self._read_build_record(place)
        same = kept is not None and kept["of"] == made_from
        if kept is not None and (same or self.chosen.resume or (one.size.articles and "build" not in self.chosen.only)):
            one.figures.update(kept["figures"])
            if not same:
                print_line(
                    f"{one.size.name}: the library is of an earlier state of the program, and so are its figures"
                )
            return
        if one.size.passages:
            self._run_part(one, place, "multiply", lambda task: parts.multiply_library(origin, task))
        else:
            self._run_part(one, place, "build", parts.measure_build)
        told = {"of": made_from, "figures": one.figures}
        place.figures.write_text(json.dumps(told), encoding="utf-8")
        self.save_results()

    def _read_build_record(self, place: LibraryPaths) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads(place.figures.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if (place.index / "library.sqlite3").exists() else None

    def save_results(self) -> None:
        """Save the results so far."""
        told = {"about": self.about, "sizes": {one.size.name: asdict(one) for one in self.measured}}
        for file in filter(None, (self.results, self.chosen.json)):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(told, indent=1), encoding="utf-8")

    def write_reports(self) -> None:
        """Print the table and write the requested files."""
        about = self.about
        line = f"{about['processor']}, {about['cores']} cores, {about['runs_on']}, {about['date']}"
        table = ResultTable(self.measured)
        print_line(f"\n{table.render_text()}\n\n{line}, load {about['load']} at the start\n{about['command']}")
        if self.chosen.markdown:
            head = f"{line}:\n\n```\n{about['command']}\n```\n\n"
            self.chosen.markdown.write_text(head + table.render_markdown(), encoding="utf-8")
        by_rate = (
            ESTIMATED_BUILD_NOTE
            if any((one.size.articles or 0) > parts.SAMPLE_ARTICLES for one in self.measured)
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
        print_line(
            "interrupted; the same command goes on with the libraries that are whole, --resume with the figures too"
        )
        code = 130
    suite.save_results()
    suite.write_reports()
    return code


if __name__ == "__main__":
    sys.exit(main())
