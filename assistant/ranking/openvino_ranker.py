"""Runs the packaged ranker with OpenVINO."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.embedding.batches import group_by_length
from assistant.embedding.conversion import import_openvino
from assistant.embedding.model_files import ModelFiles
from assistant.embedding.openvino_backend import limit_threads
from assistant.ranking.pairs import Pair, PairEncoder
from assistant.ranking.ranker import Reading
from assistant.ranking.weights import load_tokenizer
from assistant.ranking.words import Ends, WordOdds

BATCH = 12  # pairs that are read at once
LENGTH_STEP = 16  # tokens, to a multiple of which pairs are filled up: the first batch of each shape takes longer


class OpenVinoRanker:
    """The packaged ranker: `graph` is its file, made by `weights.ensure_graph`; the tokenizer is that of `base`."""

    def __init__(self, base: ModelFiles, graph: Path) -> None:
        self._encoder = PairEncoder(load_tokenizer(base.folder))
        options: dict[str, str | int] = {"PERFORMANCE_HINT": "LATENCY", **limit_threads(os.environ)}
        core = import_openvino().Core()
        model = core.read_model(graph)
        self._model = core.compile_model(model, "CPU", options)
        self._lock = threading.Lock()  # one caller at a time
        integers = any(part.get_type_name() == "FakeQuantize" for part in model.get_ops())
        precision = self._model.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        self.runs_on = f"OpenVINO, {'int8 and ' if integers else ''}{precision}"

    def score(self, question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds that each (title, sentence) answers the question; a title may be empty."""
        return [reading.score for reading in self.read(question, texts)]

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The scores of `score`, and how likely the words of each sentence are the answer."""
        if not texts:
            return []
        pairs = self.encode(question, texts)
        scores, ends = self.run(pairs)
        return [
            Reading(score, WordOdds(pair.spans, own[pair.first : pair.first + len(pair.spans)]))
            for score, pair, own in zip(scores, pairs, ends, strict=True)
        ]

    def encode(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Pair]:
        """The input of the model for each (title, sentence)."""
        return self._encoder.encode(question, texts)

    def run(self, pairs: Sequence[Pair]) -> tuple[list[float], list[Ends]]:
        """The log-odds of each pair, and how likely each of its tokens is the first and the last of the answer."""
        scores: dict[int, float] = {}
        ends: dict[int, Ends] = {}
        for rows in group_by_length([len(pair.ids) for pair in pairs], BATCH):
            inputs = pad_pairs([pairs[row] for row in rows], LENGTH_STEP)
            with self._lock:
                outputs = self._model(inputs)
                found = [np.array(outputs[number]) for number in (0, 1)]
            for place, row in enumerate(rows):
                scores[row], ends[row] = float(found[0][place]), found[1][place]
        return [scores[row] for row in range(len(pairs))], [ends[row] for row in range(len(pairs))]


def pad_pairs(pairs: Sequence[Pair], step: int = 1) -> list[npt.NDArray[np.int64]]:
    """Ids, segments and mask of pairs, each of shape (pairs, longest pair), raised to a multiple of `step`."""
    longest = max(len(pair.ids) for pair in pairs)
    shape = (len(pairs), -(-longest // step) * step)
    ids, segments, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = pair.ids
        segments[row, : len(pair.ids)] = pair.segments
        mask[row, : len(pair.ids)] = 1
    return [ids, segments, mask]
