"""The parts of the suite: what runs, how often, and how it is summarized. A failing part does not stop the others."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from tests.bench import texts
from tests.bench.measuring import MeasurementError, Measurements, folder_megabytes, percentile, run_process, run_worker
from tests.bench.places import LibraryPaths, LibrarySize
from tests.bench.start import measure_first_frame

LLAMA_INDEX_CHUNKS = {
    "stock": 1024,
    "stock256": 256,
}  # llama-index with chunks of its default, and of what the model can read
SAMPLE_ARTICLES = 1000  # articles that its rate is measured on
REPEAT_LIMIT_SECONDS = 120.0  # seconds after which nothing is done once more
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task:
    """One size that is measured."""

    size: LibrarySize
    place: LibraryPaths
    files: tuple[Path, ...]  # given articles
    runs: int  # processes a figure
    made_up_stock: int  # articles up to which llama-index gets an index of made-up vectors
    known: Measurements  # what is measured of this size so far

    def config(self) -> list[str]:
        return ["--config", str(self.place.config)]

    def program(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "assistant", *words]


def measure_build(task: Task) -> Measurements:
    """Build the library in one process, from one file for each article."""
    place = task.place
    for folder in (place.articles, place.index):
        shutil.rmtree(folder, ignore_errors=True)
    place.figures.unlink(missing_ok=True)
    texts.write_articles(task.size.articles or 0, task.files, place.articles)
    found, ended = run_worker("ours", "build", place.config, place.passages)
    found["build.seconds"] = ended.seconds
    found["build.articles_per_s"] = found["articles"] / ended.seconds
    found["build.passages_per_s"] = found["passages"] / ended.seconds
    return found


def multiply_library(source: LibraryPaths, task: Task) -> Measurements:
    """Make the library by multiplying a built one; there are no figures of a build."""
    for folder in (task.place.articles, task.place.index):
        shutil.rmtree(folder, ignore_errors=True)
    task.place.figures.unlink(missing_ok=True)
    task.place.folder.mkdir(parents=True, exist_ok=True)
    run_worker("ours", "multiply", source.index, task.place.index, task.size.passages)
    return {}


def describe_library(task: Task) -> Measurements:
    """The contents of the library, and questions about it."""
    found, _ = run_worker("ours", "about", task.place.config, task.place.questions)
    return found


def measure_embedding_rates(task: Task) -> Measurements:
    """The embedding model alone and sentence-transformers, on the same passages; independent of the size."""
    if not task.place.passages.exists():
        raise MeasurementError("the build noted no passages")
    found, _ = run_worker("ours", "embed", task.place.config, task.place.passages)
    others, _ = run_worker("bare", "encode", task.place.passages)
    return found | others


def measure_updates(task: Task) -> Measurements:
    """Builds without changes, and after one article was added, changed and removed."""
    if task.known.get("unlike_files"):
        raise MeasurementError("the library does not mirror files")
    found = {"sync.none_s": percentile(repeat_action(task.runs, lambda _: _time_build(task, {})))}
    extra = task.place.articles / "one-more.md"
    article = next(texts.make_articles(1, ()))
    added, changed = [], []

    def once(number: int) -> None:
        extra.write_text(texts.render_markdown(article), encoding="utf-8")
        added.append(_time_build(task, {"added": 1}))
        told = article["text"] + f"\n\nSo it was told {number + 2} times."
        extra.write_text(texts.render_markdown({**article, "text": told}), encoding="utf-8")
        changed.append(_time_build(task, {"changed": 1}))
        extra.unlink()
        _time_build(task, {"removed": 1})

    try:
        repeat_action(task.runs // 2, once)
    finally:
        extra.unlink(missing_ok=True)
    return found | {"sync.added_s": percentile(added[1:]), "sync.changed_s": percentile(changed[1:])}


def repeat_action(runs: int, action: Callable[[int], T]) -> list[T]:
    """The results of several runs after an uncounted first one; fewer runs if they take long."""
    action(0)
    began, found = time.monotonic(), [action(1)]
    while len(found) < runs and time.monotonic() - began < REPEAT_LIMIT_SECONDS:
        found.append(action(len(found) + 1))
    return found


def _time_build(task: Task, expected: dict[str, int]) -> float:
    ended = run_process(task.program("build", "--quiet", "--json", *task.config()))
    report = json.loads(ended.output)
    for what in ("added", "changed", "removed"):
        told = report[what]
        if (told if isinstance(told, int) else len(told)) != expected.get(what, 0):
            raise MeasurementError(f"a build {what} other articles than the one that it should: {report[what]}")
    return ended.seconds


def read_questions(task: Task) -> list[str]:
    """The questions of the ordinary kinds."""
    asked: dict[str, list[str]] = json.loads(task.place.questions.read_text(encoding="utf-8"))
    if not asked["ordinary"]:
        raise MeasurementError("no questions could be made from the library")
    return asked["ordinary"]


def measure_cold_ask(task: Task) -> Measurements:
    """`assistant ask` as a whole process, with its files in the system's cache."""
    return _measure_commands(task, "cold", lambda question: task.program("ask", question, *task.config()))


def _measure_commands(task: Task, name: str, command: Callable[[str], list[str]]) -> Measurements:
    some = read_questions(task)
    ended = repeat_action(task.runs, lambda number: run_process(command(some[number % len(some)])))
    return {
        f"{name}.s": percentile([one.seconds for one in ended]),
        f"{name}.slowest_s": max(one.seconds for one in ended),
        f"{name}.leaving_s": percentile([one.exit_seconds for one in ended]),
        f"{name}.cpu_s": percentile([one.cpu_seconds for one in ended]),
    }


def measure_frame(task: Task) -> Measurements:
    """The time of the terminal interface until its first frame."""
    with tempfile.TemporaryDirectory() as data:
        times = repeat_action(task.runs, lambda _: measure_first_frame(task.place.config, Path(data)))
    return {"frame.s": percentile(times), "frame.slowest_s": max(times)}


def measure_warm_answers(task: Task) -> Measurements:
    """Answers of a process in which everything is loaded."""
    found, _ = run_worker("ours", "warm", task.place.config, task.place.questions)
    return found


def measure_memory(task: Task) -> Measurements:
    """The memory of a process after some answers."""
    found, _ = run_worker("ours", "memory", task.place.config, task.place.questions)
    return found


def measure_faiss(task: Task) -> Measurements:
    """FAISS alone, with the same number of vectors."""
    found, _ = run_worker("bare", "search", int(task.known["passages"]))
    return found


def measure_llama_index(task: Task) -> Measurements:
    """llama-index's own pipeline over the same articles: its rate on some of them, and an index of all.

    An index of more is made of vectors that cost nothing; one of too many is not made.
    """
    found: Measurements = {}
    count = task.size.articles or 0
    for name, chunk in LLAMA_INDEX_CHUNKS.items():
        storage = task.place.storage(chunk)
        with _temporary_folder(storage):
            if f"{name}.per_s" not in task.known:
                found |= _measure_llama_index_rate(task, name, storage, chunk)
            if not count or count > task.made_up_stock:
                continue
            if count > SAMPLE_ARTICLES:
                run_worker("stock", "build", storage, task.place.jsonl_file, chunk, "--made-up-vectors")
                found[f"{name}.made_up"] = 1.0
            elif not storage.exists():
                run_worker("stock", "build", storage, task.place.jsonl_file, chunk)
            found[f"{name}.index_mb"] = folder_megabytes(storage)
            found |= _measure_commands(task, name, partial(_retrieval_command, storage))
            held, _ = run_worker("stock", "memory", storage, read_questions(task)[0])
            found |= {f"{name}.{key}": value for key, value in held.items()}
    if not found:
        raise MeasurementError("llama-index was given no index of this size")
    return found


def _measure_llama_index_rate(task: Task, name: str, storage: Path, chunk: int) -> Measurements:
    """Its build rate on a sample of the articles; keeps the index."""
    with task.place.jsonl_file.open(encoding="utf-8") as lines:
        some = list(islice(lines, SAMPLE_ARTICLES))
    sample = storage.with_suffix(".jsonl")
    sample.write_text("".join(some), encoding="utf-8")
    built, ended = run_worker("stock", "build", storage, sample, chunk)
    sample.unlink()
    return {
        f"{name}.sample": len(some),
        f"{name}.per_s": len(some) / ended.seconds,
        f"{name}.chunks_per_s": built["chunks"] / ended.seconds,
        f"{name}.build_peak_mb": built["peak_mb"],
    }


def _retrieval_command(storage: Path, question: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.stock", "ask", str(storage), question]


@contextlib.contextmanager
def _temporary_folder(folder: Path) -> Iterator[None]:
    """A folder that exists only inside the context."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


PARTS: dict[str, Callable[[Task], Measurements]] = {
    "sync": measure_updates,
    "cold": measure_cold_ask,
    "frame": measure_frame,
    "warm": measure_warm_answers,
    "memory": measure_memory,
    "rates": measure_embedding_rates,
    "faiss": measure_faiss,
    "stock": measure_llama_index,
}
"""The parts after `build`, which always runs first."""
