"""Measures both stores at several sizes: time to write, to publish a change and to search, memory and disk.

    python -m tests.bench.scaling SOURCE WORKDIR [--passages 10000,100000,1000000] [--svg FILE]

SOURCE is the index of a built library, which is multiplied to each size in WORKDIR (see `multiply`); each store is
then searched in a process of its own. Figures that are there already are not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.indexing.lance.publishing import publish_tables
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library, WordQuery
from assistant.text.words import STOP_WORDS
from tests.bench.measuring import (
    MeasurementError,
    Measurements,
    folder_megabytes,
    peak_megabytes,
    percentile,
    print_result,
    resident_megabytes,
    run_worker,
)
from tests.bench.multiply import multiply_library
from tests.bench.plot import Chart, render_svg
from tests.bench.questions import WORD, make_questions

SQLITE, LANCE = "sqlite", "lance"
LIMIT = 100  # passages of a search, as for an answer
SEARCHES, ANSWERS = 30, 10
TITLE_WEIGHT = 2.0
CHANGED = "---\ntitle: The quay is repaired\n---\nThe quay is open again, the harbour master said on Monday.\n"
FIGURES = {
    "write_s": "written and indexed, s",
    "publish_s": "one article added: build and publication, s",
    "words.p50_ms": "words, median, ms",
    "words.p95_ms": "words, p95, ms",
    "dense.p50_ms": "vectors, median, ms",
    "dense.p95_ms": "vectors, p95, ms",
    "answer.p50_ms": "whole answer, median, ms",
    "answer.p95_ms": "whole answer, p95, ms",
    "memory_mb": "memory of a process that has answered, MB",
    "disk_mb": "disk, MB",
}


def make_config(folder: Path, store: str) -> Config:
    """The settings of a multiplied library in one of its stores."""
    index = folder / "index"
    config = Config(articles=(folder / "index-articles",), index=index)
    return config if store == SQLITE else config.model_copy(update={"store": str(folder / "tables")})


def write_stores(source: Path, folder: Path, passages: int) -> Measurements:
    """Multiply a library to this size, publish it into tables, then add an article and publish again."""
    folder.mkdir(parents=True, exist_ok=True)
    ours, tables = make_config(folder, SQLITE), make_config(folder, LANCE)
    figures: Measurements = {}

    def measure(name: str, action: Callable[[], object]) -> None:
        began = time.process_time()
        action()
        figures[name] = time.process_time() - began

    measure(f"{SQLITE}.write_s", lambda: multiply_library(source, ours.index, passages))
    with SqliteLibrary.open(ours.index) as library:
        questions = make_questions(library, SEARCHES // 3)
    (folder / "questions.json").write_text(json.dumps(questions["ordinary"]), encoding="utf-8")
    measure(f"{LANCE}.write_s", lambda: publish_tables(ours.index, tables.store))
    (ours.articles[0] / "one-more.md").write_text(CHANGED, encoding="utf-8")
    measure(f"{SQLITE}.publish_s", Assistant(ours).build)
    measure(f"{LANCE}.publish_s", lambda: publish_tables(ours.index, tables.store))
    figures[f"{LANCE}.publish_s"] += figures[f"{SQLITE}.publish_s"]
    return figures | {
        "peak_mb": peak_megabytes(),
        f"{SQLITE}.disk_mb": folder_megabytes(ours.index),
        f"{LANCE}.disk_mb": folder_megabytes(folder / "tables"),
    }


def measure_store(folder: Path, store: str) -> Measurements:
    """Times of searches and answers in one store, after some that do not count, and the memory afterwards."""
    assistant = Assistant(make_config(folder, store))
    assistant.warm_up()
    questions: list[str] = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    vectors = assistant.model.embedder().embed(questions)
    queries = [
        WordQuery.any_of([word for word in WORD.findall(question) if word.lower() not in STOP_WORDS])
        for question in questions
    ]

    def search(action: Callable[[Library, int], object]) -> list[float]:
        """Each in a snapshot of its own, as questions are."""
        times = []
        for number in range(len(questions)):
            with assistant.open_library() as library:
                began = time.process_time()
                action(library, number)
                times.append((time.process_time() - began) * 1000)
        return times

    spent = {
        "words": search(lambda library, number: library.search_words(queries[number], LIMIT, TITLE_WEIGHT)),
        "dense": search(lambda library, number: library.search_vectors(np.asarray(vectors[number]), LIMIT)),
    }
    list(assistant.stream(questions[-1]))
    answers = []
    for question in questions[:ANSWERS]:
        began = time.process_time()
        list(assistant.stream(question))
        answers.append((time.process_time() - began) * 1000)
    spent["answer"] = answers
    return {
        **{f"{store}.{name}.p50_ms": percentile(times) for name, times in spent.items()},
        **{f"{store}.{name}.p95_ms": percentile(times, 0.95) for name, times in spent.items()},
        f"{store}.memory_mb": resident_megabytes(),
    }


def measure_size(source: Path, workdir: Path, passages: int) -> Measurements:
    """All figures of a size; each part runs in a process of its own."""
    folder = workdir / f"{passages}"
    kept = workdir / f"{passages}.json"
    figures: Measurements = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for part in ("write", SQLITE, LANCE):
        if f"{part}.done" in figures:
            continue
        arguments = (source, folder, passages) if part == "write" else (folder,)
        measured, ended = run_worker("scaling", part, *arguments)
        figures |= measured | {f"{part}.done": 1.0, f"{part}.cpu_s": ended.cpu_seconds}
        kept.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return figures


def render_table(sizes: dict[int, Measurements]) -> str:
    """The figures as a table of Markdown."""
    heads = [f"{size:,}, {store}" for size in sizes for store in (SQLITE, LANCE)]
    lines = [" | ".join(["| passages", *heads]) + " |", "| --- |" + " ---: |" * len(heads)]
    for name, title in FIGURES.items():
        values = [figures.get(f"{store}.{name}") for figures in sizes.values() for store in (SQLITE, LANCE)]
        lines.append(" | ".join([f"| {title}", *("–" if v is None else f"{v:,.3g}" for v in values)]) + " |")
    return "\n".join(lines)


def make_charts(sizes: dict[int, Measurements]) -> list[Chart]:
    """Cost by size, a line for each store."""
    names = ("write_s", "publish_s", "words.p95_ms", "dense.p95_ms", "answer.p95_ms", "memory_mb", "disk_mb")
    return [
        Chart(
            FIGURES[name],
            {
                title: [(size, each[f"{store}.{name}"]) for size, each in sizes.items() if f"{store}.{name}" in each]
                for store, title in ((SQLITE, "SQLite and FAISS"), (LANCE, "Lance"))
            },
        )
        for name in names
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure all sizes, or one part for `measure_size`; returns the exit code."""
    match arguments:
        case ["write", source, folder, passages]:
            print_result(write_stores(Path(source), Path(folder), int(passages)))
            return 0
        case [("sqlite" | "lance") as store, folder]:
            print_result(measure_store(Path(folder), store))
            return 0
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.scaling", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("workdir", type=Path)
    parser.add_argument("--passages", default="10000,100000,1000000", help="the sizes, separated by commas")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write the charts to this file")
    chosen = parser.parse_args(arguments)
    sizes: dict[int, Measurements] = {}
    for size in sorted(map(int, chosen.passages.split(","))):
        try:
            sizes[size] = measure_size(chosen.source.absolute(), chosen.workdir.absolute(), size)
        except MeasurementError as failed:
            sys.stdout.write(f"{size:,} passages: {failed}\n")
    sys.stdout.write(render_table(sizes) + "\n")
    if chosen.svg:
        chosen.svg.write_text(render_svg(make_charts(sizes), "Cost of both stores by passages"), encoding="utf-8")
    return 0 if sizes else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
