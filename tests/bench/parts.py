"""The parts of the suite: which processes run, how often, and which figures result. Each part can fail on its own."""

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

LLAMA_INDEX_CHUNKS = {"stock": 1024, "stock256": 256}  # tokens per chunk: llama-index's default, the model's maximum
SAMPLE_ARTICLES = 1000  # articles for the build rate of llama-index
REPEAT_LIMIT_SECONDS = 120.0  # seconds after which an action is not repeated
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task:
    """One size to measure."""

    size: LibrarySize
    place: LibraryPaths
    files: tuple[Path, ...]  # files of articles, if given
    runs: int  # processes per figure
    made_up_stock: int  # largest llama-index index with made-up vectors, in articles
    known: Measurements  # measurements of this size so far

    def config(self) -> list[str]:
        return ["--config", str(self.place.config)]

    def program(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "assistant", *arguments]


def measure_build(task: Task) -> Measurements:
    """Build the library from scratch in one process, from one file per article."""
    place = task.place
    for folder in (place.articles, place.index):
        shutil.rmtree(folder, ignore_errors=True)
    place.figures.unlink(missing_ok=True)
    texts.write_articles(task.size.articles or 0, task.files, place.articles)
    measurements, ended = run_worker("ours", "build", place.config, place.passages)
    measurements["build.seconds"] = ended.seconds
    measurements["build.articles_per_s"] = measurements["articles"] / ended.seconds
    measurements["build.passages_per_s"] = measurements["passages"] / ended.seconds
    return measurements


def multiply_library(source: LibraryPaths, task: Task) -> Measurements:
    """Make the library by multiplying a built one; this has no build figures."""
    for folder in (task.place.articles, task.place.index):
        shutil.rmtree(folder, ignore_errors=True)
    task.place.figures.unlink(missing_ok=True)
    task.place.folder.mkdir(parents=True, exist_ok=True)
    run_worker("ours", "multiply", source.index, task.place.index, task.size.passages)
    return {}


def describe_library(task: Task) -> Measurements:
    """Size of the library; also saves questions about it."""
    measurements, _ = run_worker("ours", "about", task.place.config, task.place.questions)
    return measurements


def measure_embedding_rates(task: Task) -> Measurements:
    """Rates of the embedding model alone and of sentence-transformers, on the same passages of any size."""
    if not task.place.passages.exists():
        raise MeasurementError("the build saved no passages")
    measurements, _ = run_worker("ours", "embed", task.place.config, task.place.passages)
    others, _ = run_worker("bare", "encode", task.place.passages)
    return measurements | others


def measure_updates(task: Task) -> Measurements:
    """Builds without changes, and with one article added, changed and removed."""
    if task.known.get("unlike_files"):
        raise MeasurementError("the library does not match the files of its articles")
    measurements = {"sync.none_s": percentile(repeat_action(task.runs, lambda _: _time_build(task, {})))}
    extra = task.place.articles / "one-more.md"
    article = next(texts.make_articles(1, ()))
    added, changed = [], []

    def measure_once(number: int) -> None:
        extra.write_text(texts.render_markdown(article), encoding="utf-8")
        added.append(_time_build(task, {"added": 1}))
        changes = article["text"] + f"\n\nSo it was told {number + 2} times."
        extra.write_text(texts.render_markdown({**article, "text": changes}), encoding="utf-8")
        changed.append(_time_build(task, {"changed": 1}))
        extra.unlink()
        _time_build(task, {"removed": 1})

    try:
        repeat_action(task.runs // 2, measure_once)
    finally:
        extra.unlink(missing_ok=True)
    return measurements | {"sync.added_s": percentile(added[1:]), "sync.changed_s": percentile(changed[1:])}


def repeat_action(runs: int, action: Callable[[int], T]) -> list[T]:
    """The results of up to `runs` repetitions, after one that does not count; fewer if they take long."""
    action(0)
    began, measurements = time.monotonic(), [action(1)]
    while len(measurements) < runs and time.monotonic() - began < REPEAT_LIMIT_SECONDS:
        measurements.append(action(len(measurements) + 1))
    return measurements


def _time_build(task: Task, expected: dict[str, int]) -> float:
    ended = run_process(task.program("build", "--quiet", "--json", *task.config()))
    report = json.loads(ended.output)
    for kind in ("added", "changed", "removed"):
        changes = report[kind]
        if (changes if isinstance(changes, int) else len(changes)) != expected.get(kind, 0):
            raise MeasurementError(f"unexpected articles {kind} by the build: {report[kind]}")
    return ended.seconds


def read_questions(task: Task) -> list[str]:
    """The questions of the ordinary kinds."""
    questions: dict[str, list[str]] = json.loads(task.place.questions.read_text(encoding="utf-8"))
    if not questions["ordinary"]:
        raise MeasurementError("the library is too small to generate questions")
    return questions["ordinary"]


def measure_cold_ask(task: Task) -> Measurements:
    """`assistant ask` as a whole process; its files are in the system's cache."""
    return _measure_commands(task, "cold", lambda question: task.program("ask", question, *task.config()))


def _measure_commands(task: Task, name: str, command: Callable[[str], list[str]]) -> Measurements:
    questions = read_questions(task)
    ended = repeat_action(task.runs, lambda number: run_process(command(questions[number % len(questions)])))
    return {
        f"{name}.s": percentile([result.seconds for result in ended]),
        f"{name}.slowest_s": max(result.seconds for result in ended),
        f"{name}.leaving_s": percentile([result.exit_seconds for result in ended]),
        f"{name}.cpu_s": percentile([result.cpu_seconds for result in ended]),
    }


def measure_frame(task: Task) -> Measurements:
    """Time until the first frame of the terminal interface."""
    with tempfile.TemporaryDirectory() as data:
        times = repeat_action(task.runs, lambda _: measure_first_frame(task.place.config, Path(data)))
    return {"frame.s": percentile(times), "frame.slowest_s": max(times)}


def measure_warm_answers(task: Task) -> Measurements:
    """Answer times of a process that has everything loaded."""
    measurements, _ = run_worker("ours", "warm", task.place.config, task.place.questions)
    return measurements


def measure_memory(task: Task) -> Measurements:
    """Memory of a process that has answered some questions."""
    measurements, _ = run_worker("ours", "memory", task.place.config, task.place.questions)
    return measurements


def measure_faiss(task: Task) -> Measurements:
    """Search times of FAISS alone with the same number of vectors."""
    measurements, _ = run_worker("bare", "search", int(task.known["passages"]))
    return measurements


def measure_llama_index(task: Task) -> Measurements:
    """llama-index's own pipeline over the same articles: its build rate on a sample, and an index of all.

    Larger indexes contain made-up vectors, because embedding would take too long; the largest are not built.
    """
    measurements: Measurements = {}
    count = task.size.articles or 0
    for name, chunk in LLAMA_INDEX_CHUNKS.items():
        storage = task.place.storage(chunk)
        with _temporary_folder(storage):
            if f"{name}.per_s" not in task.known:
                measurements |= _measure_llama_index_rate(task, name, storage, chunk)
            if not count or count > task.made_up_stock:
                continue
            if count > SAMPLE_ARTICLES:
                run_worker("stock", "build", storage, task.place.jsonl_file, chunk, "--made-up-vectors")
                measurements[f"{name}.made_up"] = 1.0
            elif not storage.exists():
                run_worker("stock", "build", storage, task.place.jsonl_file, chunk)
            measurements[f"{name}.index_mb"] = folder_megabytes(storage)
            measurements |= _measure_commands(task, name, partial(_retrieval_command, storage))
            memory, _ = run_worker("stock", "memory", storage, read_questions(task)[0])
            measurements |= {f"{name}.{key}": value for key, value in memory.items()}
    if not measurements:
        raise MeasurementError("no llama-index index is built at this size")
    return measurements


def _measure_llama_index_rate(task: Task, name: str, storage: Path, chunk: int) -> Measurements:
    """Build rate on a sample of articles; the index is kept."""
    with task.place.jsonl_file.open(encoding="utf-8") as lines:
        questions = list(islice(lines, SAMPLE_ARTICLES))
    sample = storage.with_suffix(".jsonl")
    sample.write_text("".join(questions), encoding="utf-8")
    built, ended = run_worker("stock", "build", storage, sample, chunk)
    sample.unlink()
    return {
        f"{name}.sample": len(questions),
        f"{name}.per_s": len(questions) / ended.seconds,
        f"{name}.chunks_per_s": built["chunks"] / ended.seconds,
        f"{name}.build_peak_mb": built["peak_mb"],
    }


def _retrieval_command(storage: Path, question: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.stock", "ask", str(storage), question]


@contextlib.contextmanager
def _temporary_folder(folder: Path) -> Iterator[None]:
    """Delete `folder` before and after the block."""
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
