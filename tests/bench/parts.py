"""The parts of the suite: what is run, how often, and what is made of it. Each part can fail by itself."""

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
from tests.bench.measuring import Failed, Figures, middle, run, size_of, worker
from tests.bench.places import Place, Size
from tests.bench.start import first_frame

STOCK = {"stock": 1024, "stock256": 256}  # llama-index with chunks of its default, and of what the model can read
SAMPLE = 1000  # articles that its rate is measured on
LONG = 120.0  # seconds after which nothing is done once more
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task:
    """One size to be measured."""

    size: Size
    place: Place
    files: tuple[Path, ...]  # given articles
    runs: int  # processes a figure
    made_up_stock: int  # articles up to which llama-index gets an index of made-up vectors
    known: Figures  # what is measured of this size so far

    def config(self) -> list[str]:
        return ["--config", str(self.place.config)]

    def program(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "assistant", *words]


def build(task: Task) -> Figures:
    """The library, built from nothing by one process, from a file an article."""
    place = task.place
    for folder in (place.articles, place.index):
        shutil.rmtree(folder, ignore_errors=True)
    place.figures.unlink(missing_ok=True)
    texts.write(task.size.articles or 0, task.files, place.articles)
    found, ended = worker("ours", "build", place.config, place.passages)
    found["build.seconds"] = ended.seconds
    found["build.articles_per_s"] = found["articles"] / ended.seconds
    found["build.passages_per_s"] = found["passages"] / ended.seconds
    return found


def multiplied(source: Place, task: Task) -> Figures:
    """The library made by multiplying one that was built; its figures of a build are none."""
    for folder in (task.place.articles, task.place.index):
        shutil.rmtree(folder, ignore_errors=True)
    task.place.figures.unlink(missing_ok=True)
    task.place.folder.mkdir(parents=True, exist_ok=True)
    worker("ours", "multiply", source.index, task.place.index, task.size.passages)
    return {}


def about(task: Task) -> Figures:
    """What the library holds, and questions about it."""
    found, _ = worker("ours", "about", task.place.config, task.place.questions)
    return found


def rates(task: Task) -> Figures:
    """The embedding model alone, and sentence-transformers, on the same passages; they do not depend on the size."""
    if not task.place.passages.exists():
        raise Failed("the build noted no passages")
    found, _ = worker("ours", "embed", task.place.config, task.place.passages)
    others, _ = worker("bare", "encode", task.place.passages)
    return found | others


def sync(task: Task) -> Figures:
    """Builds when nothing has changed, and with one article more, changed and gone again."""
    if task.known.get("unlike_files"):
        raise Failed("the library does not mirror files")
    found = {"sync.none_s": middle(repeated(task.runs, lambda _: _built(task, {})))}
    extra = task.place.articles / "one-more.md"
    article = next(texts.wanted(1, ()))
    added, changed = [], []

    def once(number: int) -> None:
        extra.write_text(texts.as_markdown(article), encoding="utf-8")
        added.append(_built(task, {"added": 1}))
        told = article["text"] + f"\n\nSo it was told {number + 2} times."
        extra.write_text(texts.as_markdown({**article, "text": told}), encoding="utf-8")
        changed.append(_built(task, {"changed": 1}))
        extra.unlink()
        _built(task, {"removed": 1})

    try:
        repeated(task.runs // 2, once)
    finally:
        extra.unlink(missing_ok=True)
    return found | {"sync.added_s": middle(added[1:]), "sync.changed_s": middle(changed[1:])}


def repeated(runs: int, action: Callable[[int], T]) -> list[T]:
    """What came of doing it so often, after a first time that does not count; less often when it takes long."""
    action(0)
    began, found = time.monotonic(), [action(1)]
    while len(found) < runs and time.monotonic() - began < LONG:
        found.append(action(len(found) + 1))
    return found


def _built(task: Task, expected: dict[str, int]) -> float:
    ended = run(task.program("build", "--quiet", "--json", *task.config()))
    report = json.loads(ended.output)
    for what in ("added", "changed", "removed"):
        told = report[what]
        if (told if isinstance(told, int) else len(told)) != expected.get(what, 0):
            raise Failed(f"a build {what} other articles than the one that it should: {report[what]}")
    return ended.seconds


def questions(task: Task) -> list[str]:
    """The ordinary questions."""
    asked: dict[str, list[str]] = json.loads(task.place.questions.read_text(encoding="utf-8"))
    if not asked["ordinary"]:
        raise Failed("no questions could be made from the library")
    return asked["ordinary"]


def cold(task: Task) -> Figures:
    """`assistant ask` as a whole process; the files are in the system's cache."""
    return _asked(task, "cold", lambda question: task.program("ask", question, *task.config()))


def _asked(task: Task, name: str, command: Callable[[str], list[str]]) -> Figures:
    some = questions(task)
    ended = repeated(task.runs, lambda number: run(command(some[number % len(some)])))
    return {
        f"{name}.s": middle([one.seconds for one in ended]),
        f"{name}.slowest_s": max(one.seconds for one in ended),
        f"{name}.leaving_s": middle([one.leaving for one in ended]),
        f"{name}.cpu_s": middle([one.cpu for one in ended]),
    }


def frame(task: Task) -> Figures:
    """The terminal interface until its first frame."""
    with tempfile.TemporaryDirectory() as data:
        times = repeated(task.runs, lambda _: first_frame(task.place.config, Path(data)))
    return {"frame.s": middle(times), "frame.slowest_s": max(times)}


def warm(task: Task) -> Figures:
    """Answers of a process that has everything loaded."""
    found, _ = worker("ours", "warm", task.place.config, task.place.questions)
    return found


def memory(task: Task) -> Figures:
    """What a process holds that has answered some questions."""
    found, _ = worker("ours", "memory", task.place.config, task.place.questions)
    return found


def faiss(task: Task) -> Figures:
    """FAISS alone among as many vectors."""
    found, _ = worker("bare", "search", int(task.known["passages"]))
    return found


def stock(task: Task) -> Figures:
    """llama-index's own pipeline over the same articles: its rate on some of them, and an index of all.

    An index of more is made of vectors that cost nothing; one of too many is not made.
    """
    found: Figures = {}
    count = task.size.articles or 0
    for name, chunk in STOCK.items():
        storage = task.place.storage(chunk)
        with _storage(storage):
            if f"{name}.per_s" not in task.known:
                found |= _stock_rate(task, name, storage, chunk)
            if not count or count > task.made_up_stock:
                continue
            if count > SAMPLE:
                worker("stock", "build", storage, task.place.lines, chunk, "--made-up-vectors")
                found[f"{name}.made_up"] = 1.0
            elif not storage.exists():
                worker("stock", "build", storage, task.place.lines, chunk)
            found[f"{name}.index_mb"] = size_of(storage)
            found |= _asked(task, name, partial(_retrieval, storage))
            held, _ = worker("stock", "memory", storage, questions(task)[0])
            found |= {f"{name}.{key}": value for key, value in held.items()}
    if not found:
        raise Failed("llama-index was given no index of this size")
    return found


def _stock_rate(task: Task, name: str, storage: Path, chunk: int) -> Figures:
    """How fast it builds, on as many articles as tell; the index stays."""
    with task.place.lines.open(encoding="utf-8") as lines:
        some = list(islice(lines, SAMPLE))
    sample = storage.with_suffix(".jsonl")
    sample.write_text("".join(some), encoding="utf-8")
    built, ended = worker("stock", "build", storage, sample, chunk)
    sample.unlink()
    return {
        f"{name}.sample": len(some),
        f"{name}.per_s": len(some) / ended.seconds,
        f"{name}.chunks_per_s": built["chunks"] / ended.seconds,
        f"{name}.build_peak_mb": built["peak_mb"],
    }


def _retrieval(storage: Path, question: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.stock", "ask", str(storage), question]


@contextlib.contextmanager
def _storage(folder: Path) -> Iterator[None]:
    """A folder that is not there before, and not afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


PARTS: dict[str, Callable[[Task], Figures]] = {
    "sync": sync,
    "cold": cold,
    "frame": frame,
    "warm": warm,
    "memory": memory,
    "rates": rates,
    "faiss": faiss,
    "stock": stock,
}
"""Besides `build`, which comes first."""
