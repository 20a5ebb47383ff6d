"""Runs models with sentence-transformers, on a graphics card if there is one. Imports torch only when it is used."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding.model_code import refuse_code
from assistant.embedding.model_files import SAFE_LOADING, ModelFiles, Vectors, check_length
from assistant.errors import ModelError

CUDA_DRIVER = Path("/proc/driver/nvidia/gpus")  # the driver has a folder for each card


def is_cuda_available(driver: Path = CUDA_DRIVER) -> bool:
    """Whether torch would find a CUDA card. Does not import torch, which would delay an answer by seconds."""
    try:
        if not any(driver.iterdir()):
            return False
    except OSError:
        return False
    torch = find_spec("torch")
    if torch is None or torch.origin is None:
        return False
    return any((Path(torch.origin).parent / "lib").glob("libtorch_cuda*"))


def load_sentence_transformer(folder: Path, device: str | None = None) -> Any:
    """The SentenceTransformer in a folder, on `device`, else on the best device. Raises ModelError."""
    refuse_code(folder)
    # On macOS, faiss and torch have one OpenMP runtime each, and the process is killed when both start.
    os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
    import transformers
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        return SentenceTransformer(str(folder), device=device, **SAFE_LOADING)
    except (OSError, ValueError, ImportError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder}: cannot be loaded as a sentence-transformers model: {error}") from error


class TorchEmbedder:
    """Any sentence-transformers model, run with torch."""

    def __init__(self, model: ModelFiles, batch_size: int) -> None:
        self._model = load_sentence_transformer(model.folder)
        self._model_lock = threading.Lock()  # its tokenizer cannot be used from two threads at once
        self._batch_size = batch_size
        self._tokenizer = self._model.tokenizer
        self.max_tokens = int(self._model.max_seq_length or self._tokenizer.model_max_length)
        self.special_tokens = int(self._tokenizer.num_special_tokens_to_add(pair=False))
        self.dimension = int(self._model.get_embedding_dimension())
        self.runs_on = (
            f"torch on {self._model.device.type}, {_shorten_dtype(str(next(self._model.parameters()).dtype))}"
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, without special tokens and without a limit."""
        if not texts:
            return []
        with self._model_lock:
            encoded = self._tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension). Raises ModelError for a text over `max_tokens`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        check_length(max(self.count_tokens(texts)) + self.special_tokens, self.max_tokens)
        with self._model_lock:
            vectors = self._model.encode(
                list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def _shorten_dtype(dtype: str) -> str:
    """ "f32" of "torch.float32"."""
    return dtype.removeprefix("torch.").replace("bfloat", "bf").replace("float", "f")
