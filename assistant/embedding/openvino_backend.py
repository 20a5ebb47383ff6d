"""Runs BERT models with OpenVINO. Torch is needed only for the conversion of a model."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.config.schema import Precision
from assistant.embedding.batches import group_by_length
from assistant.embedding.conversion import ensure_converted_model, import_openvino
from assistant.embedding.model_files import ModelFiles, Vectors, check_length
from assistant.embedding.token_counter import TokenCounter
from assistant.errors import ModelError

MIN_STREAMED_TEXTS = 128  # from this many texts in one call, compiling the model for throughput is faster


class OpenVinoEmbedder:
    """A BERT model with mean pooling, converted once and cached by the hash of its weights."""

    def __init__(self, model: ModelFiles, batch_size: int, precision: Precision = "auto") -> None:
        from tokenizers import Tokenizer

        self._batch_size = batch_size
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises no narrower class
            raise ModelError(f"{model.folder / 'tokenizer.json'}: not a tokenizer: {error}") from error
        # The settings in the file truncate and pad to 128 tokens; this module handles lengths itself.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._counter = TokenCounter(self._tokenizer)
        self.special_tokens = self._tokenizer.num_special_tokens_to_add(False)
        self.max_tokens = _read_max_tokens(model.folder)
        self._core = create_core(os.environ)
        precision_hint = choose_precision_hint(precision, _read_capabilities(self._core))
        self._compile_options: dict[str, str | int] = {**precision_hint, **limit_threads(os.environ)}
        self._files = model
        self._model = self._compile("LATENCY")
        self._streams: list[Any] = []  # compiled for throughput at the first call with many texts
        self._model_lock, self._streams_lock = threading.Lock(), threading.Lock()  # one caller at a time each
        self.dimension = int(self._model.output(0).partial_shape[1].get_length())
        self.runs_on = f"OpenVINO, {_describe_precision(self._model, precision)}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, without special tokens and without a limit."""
        return self._counter.count(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension). Raises ModelError for a text over `max_tokens`."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # The longest first: streams then end at about the same time.
        batches = group_by_length([len(each) for each in tokens], self._batch_size)
        if batches:
            check_length(len(tokens[batches[0][0]]), self.max_tokens)
        if len(texts) >= MIN_STREAMED_TEXTS:
            self._embed_many(batches, tokens, vectors)
            return vectors
        for rows in batches:
            inputs = _pad_tokens([tokens[row] for row in rows])
            with self._model_lock:
                vectors[rows] = self._model(inputs)[0]
        return vectors

    def _embed_many(self, batches: list[list[int]], tokens: list[list[int]], vectors: Vectors) -> None:
        """Several batches at the same time, each on its own processors, without synchronisation within a layer."""
        with self._streams_lock:
            if not self._streams:
                self._streams = _create_streams(self._compile("THROUGHPUT"))
            # No callbacks: those of OpenVINO's queue take Python's lock in threads that can outlive the call, and
            # the process then hangs or crashes when it ends.
            running: deque[tuple[Any, list[int]]] = deque()
            try:
                for number, rows in enumerate(batches):
                    stream = self._streams[number % len(self._streams)]
                    if len(running) == len(self._streams):
                        _collect(running, vectors)
                    stream.start_async(_pad_tokens([tokens[row] for row in rows]))
                    running.append((stream, rows))
                while running:
                    _collect(running, vectors)
            finally:
                for stream, _ in running:  # after an error
                    stream.wait()

    def _compile(self, purpose: str) -> Any:
        file = ensure_converted_model(self._files, self._tokenizer, self.max_tokens)
        # The cache of OpenVINO for compiled models is not used, because it does not detect damage.
        return self._core.compile_model(file, "CPU", {"PERFORMANCE_HINT": purpose, **self._compile_options})


def _create_streams(compiled: Any) -> list[Any]:
    count = compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
    return [compiled.create_infer_request() for _ in range(count)]


def _collect(running: deque[tuple[Any, list[int]]], vectors: Vectors) -> None:
    stream, rows = running.popleft()
    stream.wait()
    vectors[rows] = stream.get_output_tensor(0).data


def _pad_tokens(tokens: list[list[int]]) -> list[npt.NDArray[np.int64]]:
    """Ids and attention mask, shape (texts, longest text). The first text must be the longest."""
    ids = np.zeros((len(tokens), len(tokens[0])), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, text in enumerate(tokens):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return [ids, mask]


def choose_precision_hint(precision: Precision, capabilities: Collection[str]) -> dict[str, str]:
    """The configuration of OpenVINO for a precision, on a processor with these capabilities.

    Raises ModelError for bf16 if the processor does not support it: OpenVINO would silently compute in f32.
    """
    if precision == "bf16" and "BF16" not in capabilities:
        raise ModelError("embedding.precision bf16: this processor does not support it; use auto or f32 in config.yaml")
    return {"INFERENCE_PRECISION_HINT": precision} if precision in ("f32", "bf16") else {}


def create_core(environment: Mapping[str, str]) -> Any:
    """OpenVINO, told how many kernels to keep by the variable that oneDNN, which it contains, reads for itself.

    Without a limit each shape of input, which is to say each number and length of texts, takes megabytes for good.
    """
    core = import_openvino().Core()
    limit = environment.get("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "")
    if limit.isdecimal():
        with contextlib.suppress(RuntimeError):  # a version that has no such property: it is not documented
            core.set_property("CPU", {"CPU_RUNTIME_CACHE_CAPACITY": str(2 * int(limit))})
    return core


def limit_threads(environment: Mapping[str, str]) -> dict[str, int]:
    """The configuration of OpenVINO for the usual limit of threads, by which Ray shares processors out to tasks."""
    limit = environment.get("OMP_NUM_THREADS", "")
    return {"INFERENCE_NUM_THREADS": int(limit)} if limit.isdecimal() and int(limit) else {}


def _read_capabilities(core: Any) -> list[str]:
    return list(core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))


def _describe_precision(compiled: Any, precision: Precision) -> str:
    """The precision that the compiled model reports. With int8, the layers that are not quantised run in it."""
    kind = compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
    return f"int8 and {kind}" if precision == "int8" else str(kind)


def _read_max_tokens(folder: Path) -> int:
    limits = []
    for file, key in (
        ("sentence_bert_config.json", "max_seq_length"),
        ("config.json", "max_position_embeddings"),
    ):
        try:
            limits.append(int(json.loads((folder / file).read_text(encoding="utf-8"))[key]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    if not limits:
        raise ModelError(f"{folder}: the files of the model do not say how many tokens it reads")
    return min(limits)
