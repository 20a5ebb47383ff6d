"""Runs the packaged rankers with OpenVINO."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.embedding.batches import group_by_length
from assistant.embedding.model_files import ModelFiles
from assistant.embedding.openvino_backend import create_core, limit_threads
from assistant.ranking.ranker import Reading, Window
from assistant.ranking.rows import MAX_TOKENS, Row, RowEncoder
from assistant.ranking.weights import load_tokenizer
from assistant.ranking.words import Odds, WordOdds

BATCH = 12  # rows that are read at once
LENGTH_STEP = 16  # tokens, to a multiple of which rows are filled up: the first batch of each shape takes longer
UNREAD = -20.0  # the log-odds of a sentence for which a row has no room


class OpenVinoReader:
    """One model with the tokenizer of `base`: `graph` is its file, made by `weights.ensure_graph`."""

    def __init__(self, base: ModelFiles, graph: Path, max_tokens: int = MAX_TOKENS) -> None:
        self._encoder = RowEncoder(load_tokenizer(base.folder), max_tokens)
        options: dict[str, str | int] = {"PERFORMANCE_HINT": "LATENCY", **limit_threads(os.environ)}
        core = create_core(os.environ)
        model = core.read_model(graph)
        self._model = core.compile_model(model, "CPU", options)
        self._lock = threading.Lock()  # one caller at a time
        integers = any(part.get_type_name() == "FakeQuantize" for part in model.get_ops())
        precision = self._model.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        self.runs_on = f"OpenVINO, {'int8 and ' if integers else ''}{precision}"

    def encode(self, question: str, windows: Sequence[Window]) -> list[Row]:
        """The input of the model for each window."""
        return self._encoder.encode(question, windows)

    def run(self, rows: Sequence[Row]) -> list[tuple[Odds, Odds]]:
        """For each token of each row its log-odds, and how likely it is the first and the last of the answer.

        The arrays have the shapes (tokens,) and (tokens, 2).
        """
        found: dict[int, tuple[Odds, Odds]] = {}
        for numbers in group_by_length([len(row.ids) for row in rows], BATCH):
            inputs = pad_rows([rows[number] for number in numbers], LENGTH_STEP)
            with self._lock:
                outputs = self._model(inputs)
                scores, ends = (np.array(outputs[part]) for part in (0, 1))
            for number, own, own_ends in zip(numbers, scores, ends, strict=True):
                length = len(rows[number].ids)
                found[number] = own[:length], own_ends[:length]
        return [found[number] for number in range(len(rows))]


class OpenVinoRanker:
    """The packaged ranker: `alone` reads sentences one by one, `together` with those around them."""

    def __init__(self, alone: OpenVinoReader, together: OpenVinoReader) -> None:
        self._alone, self._together = alone, together
        self.runs_on = alone.runs_on

    def score(self, question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds that each (title, sentence) answers the question; a title may be empty."""
        return [reading.score for reading in self.read(question, texts)]

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The scores of `score`, and how likely the words of each sentence are the answer."""
        return read_alone(self._alone, question, texts)

    def score_windows(self, question: str, windows: Sequence[Window]) -> list[list[float]]:
        """The log-odds that each sentence of each window answers the question."""
        return read_together(self._together, question, windows)


def read_alone(reader: OpenVinoReader, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
    """How each (title, sentence) answers: the mean of the log-odds of all tokens, the question's too."""
    rows = reader.encode(question, [Window(title, (sentence,)) for title, sentence in texts])
    return [
        Reading(float(scores.mean()), WordOdds(spans, ends[first : first + len(spans)]))
        for row, (scores, ends) in zip(rows, reader.run(rows), strict=True)
        for first, spans in row.sentences
    ]


def read_together(reader: OpenVinoReader, question: str, windows: Sequence[Window]) -> list[list[float]]:
    """The log-odds of each sentence of each window: the mean of those of its tokens."""
    rows = reader.encode(question, windows)
    return [
        [float(scores[first : first + len(spans)].mean()) if spans else UNREAD for first, spans in row.sentences]
        for row, (scores, _) in zip(rows, reader.run(rows), strict=True)
    ]


def pad_rows(rows: Sequence[Row], step: int = 1) -> list[npt.NDArray[np.int64]]:
    """Ids, segments and mask of rows, each of shape (rows, longest row), raised to a multiple of `step`."""
    longest = max(len(row.ids) for row in rows)
    shape = (len(rows), -(-longest // step) * step)
    ids, segments, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for number, row in enumerate(rows):
        ids[number, : len(row.ids)] = row.ids
        segments[number, : len(row.ids)] = row.segments
        mask[number, : len(row.ids)] = 1
    return [ids, segments, mask]
