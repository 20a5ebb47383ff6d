"""How fast this program is, and what a user would take instead, in one run: `make bench`.

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
from tests.bench.measuring import ROOT, Failed, Figures, run
from tests.bench.places import Place, Size, sizes
from tests.bench.plot import svg
from tests.bench.report import Measured, Table, charts, machine
from tests.bench.texts import name_of

BY_RATE = "; above 1,000 articles, llama-index's build by its rate at that size"
SOURCE = Size(articles=20_000)  # what is multiplied where no size is built


def options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=sizes, default=sizes("1000,20000,million"), help="articles; Np: passages")
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
    chosen.workdir = (chosen.workdir or cache).absolute() / (name_of(chosen.articles) + suffix)
    return chosen


def command(chosen: argparse.Namespace) -> str:
    """The command for whoever wants to run it too: without the folders of this machine."""
    named = ",".join(f"{size.passages}p" if size.passages else str(size.articles) for size in chosen.sizes)
    words = ["python -m tests.bench --sizes", named, "--runs", str(chosen.runs)]
    if set(chosen.only) != {"build", *parts.PARTS}:
        words += ["--only", ",".join(chosen.only)]
    if chosen.precision != "auto":
        words += ["--precision", chosen.precision]
    if chosen.articles:
        words += ["--articles", *dict.fromkeys(file.name for file in chosen.articles)]
    return " ".join(words)


def state() -> str:
    """What tells one state of the program from another."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Suite:
    """One run: the sizes in turn, and what was measured so far, kept after every part."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.state = state()
        self.measured = [Measured(size) for size in chosen.sizes]
        built = [size for size in chosen.sizes if size.articles]
        self.source = built[-1] if built else SOURCE
        self.results = chosen.workdir / "results.json"
        self.about: dict[str, Any] = {}
        if chosen.resume:
            self._take_over()

    def _take_over(self) -> None:
        try:
            kept = json.loads(self.results.read_text(encoding="utf-8"))["sizes"]
        except (OSError, ValueError, KeyError):
            return
        for one in self.measured:
            one.figures.update(kept.get(one.size.name, {}).get("figures", {}))

    def begin(self) -> None:
        """Look at the machine."""
        runs_on = run([sys.executable, "-m", "tests.bench.ours", "runs_on", self.chosen.precision]).output.strip()
        self.about = {
            "date": date.today().isoformat(),
            "command": command(self.chosen),
            "runs_on": runs_on,
            **machine(),
            "load": round(os.getloadavg()[0], 1),
        }

    def run(self) -> None:
        """Measure all sizes."""
        for one in self.measured:
            place = Place.of(self.chosen.workdir, one.size, self.source if one.size.passages else None)
            try:
                self._library(one, place)
                self._part(one, place, "about", parts.about)
            except Failed as failed:
                say(f"failed: {failed}")
                one.failed["library"] = str(failed)
                place.figures.unlink(missing_ok=True)  # what is there is of no use: the next run makes it anew
                continue
            for name, part in parts.PARTS.items():
                if name in self.chosen.only and not self._needless(one, name):
                    try:
                        self._part(one, place, name, part)
                    except Failed as failed:
                        say(f"failed: {failed}")
                        one.failed[name] = str(failed)
                    self.keep()

    def _needless(self, one: Measured, name: str) -> bool:
        """Whether a part was measured already, at this size or, where that is the same, at another."""
        if name == "rates":
            return any("encode.per_s" in other.figures for other in self.measured)
        told = {"stock": "stock256.per_s", "warm": "warm.p50_ms", "faiss": "faiss.p50_ms", "sync": "sync.changed_s"}
        told |= {"memory": "memory.answered_mb", "cold": "cold.s", "frame": "frame.s"}
        return self.chosen.resume and told[name] in one.figures

    def _task(self, one: Measured, place: Place) -> parts.Task:
        sampled = {name: value for other in self.measured for name, value in other.figures.items() if ".per_s" in name}
        known: Figures = sampled | one.figures
        chosen = self.chosen
        return parts.Task(one.size, place, tuple(chosen.articles), chosen.runs, chosen.made_up_stock, known)

    def _part(self, one: Measured, place: Place, name: str, part: Any) -> None:
        say(f"{time.strftime('%H:%M:%S')} {one.size.name}: {name} (load {os.getloadavg()[0]:.1f})")
        try:
            one.figures.update(part(self._task(one, place)))
            one.failed.pop(name, None)
        except Failed:
            raise
        except Exception as error:  # whatever went wrong in one part, the others are still worth having
            raise Failed(f"{type(error).__name__}: {str(error).partition(chr(10))[0]}") from error

    def _library(self, one: Measured, place: Place) -> None:
        """Make the library of a size, unless there is one that will do; its figures are kept beside it."""
        place.write_config(self.chosen.precision)
        made_from = self.state
        if one.size.passages:
            source = Measured(self.source)
            origin = Place.of(self.chosen.workdir, self.source)
            self._library(source, origin)
            made_from = hashlib.sha256(origin.figures.read_bytes()).hexdigest()[:16]
        kept = self._kept(place)
        same = kept is not None and kept["of"] == made_from
        if kept is not None and (same or self.chosen.resume or (one.size.articles and "build" not in self.chosen.only)):
            one.figures.update(kept["figures"])
            if not same:
                say(f"{one.size.name}: the library is of an earlier state of the program, and so are its figures")
            return
        if one.size.passages:
            self._part(one, place, "multiply", lambda task: parts.multiplied(origin, task))
        else:
            self._part(one, place, "build", parts.build)
        told = {"of": made_from, "figures": one.figures}
        place.figures.write_text(json.dumps(told), encoding="utf-8")
        self.keep()

    def _kept(self, place: Place) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads(place.figures.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if (place.index / "library.sqlite3").exists() else None

    def keep(self) -> None:
        """Write down what is measured so far."""
        told = {"about": self.about, "sizes": {one.size.name: asdict(one) for one in self.measured}}
        for file in filter(None, (self.results, self.chosen.json)):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(told, indent=1), encoding="utf-8")

    def tell(self) -> None:
        """Print the table, and write what else was asked for."""
        about = self.about
        line = f"{about['processor']}, {about['cores']} cores, {about['runs_on']}, {about['date']}"
        table = Table(self.measured)
        say(f"\n{table.terminal()}\n\n{line}, load {about['load']} at the start\n{about['command']}")
        if self.chosen.markdown:
            head = f"{line}:\n\n```\n{about['command']}\n```\n\n"
            self.chosen.markdown.write_text(head + table.markdown(), encoding="utf-8")
        by_rate = BY_RATE if any((one.size.articles or 0) > parts.SAMPLE for one in self.measured) else ""
        self.chosen.svg.write_text(svg(charts(self.measured), line + by_rate), encoding="utf-8")


def say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    suite = Suite(options(sys.argv[1:]))
    suite.begin()
    code = 0
    try:
        suite.run()
    except KeyboardInterrupt:
        say("interrupted; the same command goes on with the libraries that are whole, --resume with the figures too")
        code = 130
    suite.keep()
    suite.tell()
    return code


if __name__ == "__main__":
    sys.exit(main())
