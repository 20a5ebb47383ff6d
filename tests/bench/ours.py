"""Measurements inside this program. Each part runs in a process of its own, started by `parts`.

Run by the suite: python -m tests.bench.ours PART CONFIG FILE
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

os.environ["HF_HUB_OFFLINE"] = "1"

from assistant.config.load import load_config
from assistant.config.schema import EmbeddingSettings
from assistant.embedding.embedder import Embedder, load_embedder
from assistant.embedding.loader import ModelLoader
from assistant.embedding.model_files import Vectors, locate_model
from assistant.engine import Assistant
from assistant.store.library import SqliteLibrary
from tests.bench.measuring import (
    Measurements,
    folder_megabytes,
    peak_megabytes,
    percentile,
    print_result,
    resident_megabytes,
)
from tests.bench.questions import make_questions

SAMPLE_PASSAGES = 1024  # passages for the rate of the model alone
WARM_UP_QUESTIONS = 5  # questions before memory is measured


class TimedEmbedder:
    """An embedder that records when it ran, how many texts it embedded, and the first of them."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self.spans: list[tuple[float, float]] = []
        self.embedded = 0
        self.first_texts: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def embed(self, texts: Sequence[str], *arguments: Any, **options: Any) -> Vectors:
        started = time.perf_counter()
        vectors = self._embedder.embed(texts, *arguments, **options)
        with self._lock:
            self.spans.append((started, time.perf_counter()))
            self.embedded += len(texts)
            self.first_texts += list(texts)[: SAMPLE_PASSAGES - len(self.first_texts)]
        return vectors

    def running_seconds(self) -> float:
        """Seconds in which it ran; time in which two calls overlap counts once."""
        seconds, until = 0.0, float("-inf")
        for start, end in sorted(self.spans):
            seconds += max(0.0, end - max(start, until))
            until = max(until, end)
        return seconds


class TimedModelLoader(ModelLoader):
    """Loads the model like the program, wrapped in a TimedEmbedder."""

    timed: TimedEmbedder | None = None

    def embedder(self) -> Embedder:
        if self.timed is None:
            self.timed = TimedEmbedder(super().embedder())
        return cast(Embedder, self.timed)


def measure_build(assistant: Assistant, passages: Path) -> Measurements:
    """Build the library, and save some of its passages for the rates of the model alone."""
    model = TimedModelLoader(assistant.config.embedding)
    report = Assistant(assistant.config, model).build()
    measurements: Measurements = {
        "articles": report.articles,
        "passages": report.passages,
        "build.peak_mb": peak_megabytes(),
        "index.mb": folder_megabytes(assistant.config.index),
    }
    if (timed := model.timed) is not None and (running := timed.running_seconds()):
        measurements["build.embedding_share"] = running / report.seconds
        measurements["build.embedder_per_s"] = timed.embedded / running
        passages.write_text(json.dumps(timed.first_texts), encoding="utf-8")
    return measurements


def measure_embedding(settings: EmbeddingSettings, passages: Path) -> Measurements:
    """Passages per second of the embedding model alone."""
    embedder = load_embedder(locate_model(settings), settings)
    texts = json.loads(passages.read_text(encoding="utf-8"))[:SAMPLE_PASSAGES]
    embedder.embed(
        texts[: SAMPLE_PASSAGES // 4]
    )  # one full batch, so that all buffers are allocated before the measurement
    started = time.perf_counter()
    embedder.embed(texts)
    return {"embed.per_s": len(texts) / (time.perf_counter() - started)}


def describe_backend(precision: str) -> str:
    """The backend of the embedding model and its precision."""
    settings = EmbeddingSettings.model_validate({"precision": precision})
    return load_embedder(locate_model(settings), settings).runs_on


def describe_library(assistant: Assistant, questions: Path) -> Measurements:
    """Size of a library; also saves questions about it."""
    with SqliteLibrary.open(assistant.config.index) as library:
        counts = library.counts()
        questions.write_text(json.dumps(make_questions(library), ensure_ascii=False, indent=1), encoding="utf-8")
        # A build would remove the articles of missing files.
        unknown_files = "SELECT count(*) FROM article WHERE file NOT IN (SELECT path FROM file)"
        (unknown,) = next(library.select(unknown_files))
    return {
        "articles": counts["articles"],
        "passages": counts["passages"],
        "statements": counts["statements"],
        "index.mb": folder_megabytes(assistant.config.index),
        "unlike_files": float(unknown or bool(assistant.pending())),
    }


def measure_memory(assistant: Assistant, questions: Path) -> Measurements:
    """Memory of a process that has answered some questions."""
    for question in _read_questions(questions)["ordinary"][:WARM_UP_QUESTIONS]:
        list(assistant.stream(question))
    return {"memory.answered_mb": resident_megabytes(), "memory.peak_mb": peak_megabytes()}


def measure_warm_answers(assistant: Assistant, questions: Path) -> Measurements:
    """Answer times when everything is loaded."""
    assistant.warm_up()
    questions_by_kind = _read_questions(questions)
    for question in questions_by_kind["ordinary"][:WARM_UP_QUESTIONS]:
        list(assistant.stream(question))
    measurements: Measurements = {}
    for kind, kind_questions in questions_by_kind.items():
        times = []
        for question in kind_questions:
            started = time.perf_counter()
            list(assistant.stream(question))
            times.append((time.perf_counter() - started) * 1000)
        if times:
            name = "warm" if kind == "ordinary" else f"warm.{kind}"
            spread = {"p50_ms": percentile(times), "p95_ms": percentile(times, 0.95), "max_ms": max(times)}
            measurements |= {f"{name}.{key}": value for key, value in spread.items()} | {
                f"{name}.questions": len(times)
            }
    return measurements | {"memory.after_all_mb": resident_megabytes()}


def _read_questions(questions: Path) -> dict[str, list[str]]:
    measurements: dict[str, list[str]] = json.loads(questions.read_text(encoding="utf-8"))
    return measurements


def main() -> None:
    part, *arguments = sys.argv[1:]
    if part == "runs_on":
        print(describe_backend(*arguments))
    elif part == "multiply":
        import_module("tests.bench.multiply").multiply_library(
            Path(arguments[0]), Path(arguments[1]), int(arguments[2])
        )
        print_result({})
    elif part == "embed":
        print_result(measure_embedding(load_config(Path(arguments[0])).embedding, Path(arguments[1])))
    else:
        parts = {
            "build": measure_build,
            "about": describe_library,
            "memory": measure_memory,
            "warm": measure_warm_answers,
        }
        print_result(parts[part](Assistant(load_config(Path(arguments[0]))), Path(arguments[1])))


if __name__ == "__main__":
    main()
