"""The trained weights of the packaged rankers: package data, checked by hash. The frozen part is the embedder's."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.conversion import get_or_make, import_openvino
from assistant.embedding.model_files import PACKAGED_SHA256, ModelFiles, locate_model
from assistant.errors import ModelError
from assistant.ranking.graph import build_graph
from assistant.system.files import compute_file_sha256

_DATA = Path(__file__).parent / "data"
# The files of weights and their hashes: of what reads sentences one by one, and with those around them.
ALONE = _DATA / "ranker.safetensors", "be16b3ecb177b22a744687c8cd612dfd89310b717f2a7a58840578ad0c2fe8a9"
TOGETHER = _DATA / "window-ranker.safetensors", "d2d6354f4faf74d22e5c059fbdbc11f31bd36f9862ec42a5cb77ac9e7287e820"
GRAPH_VERSION = 5  # raise when the graph changes, so that cached models are not used


def ensure_graph(trained: Path, sha256: str) -> tuple[ModelFiles, Path]:
    """The files of the embedder, whose tokenizer is used, and a ranker of `trained` weights in the format of OpenVINO.

    It is made at the first use, and kept beside the converted embedder. Raises ModelError if the weights
    are missing or are not those with this hash, or if the result cannot be stored.
    """
    base = locate_model(EmbeddingSettings())
    check_weights(trained, sha256)
    key = f"ranker-{sha256[:16]}-{PACKAGED_SHA256[:8]}-openvino{version('openvino')}-{GRAPH_VERSION}"

    def make(target: Path) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            graph = build_graph(load_file(base.folder / "model.safetensors"), load_file(trained))
        except (KeyError, ValueError, SafetensorError) as error:
            raise ModelError(f"{trained}: not the weights of a ranker: {error}") from error
        import_openvino().save_model(graph, str(target), compress_to_fp16=True)

    return base, get_or_make(key, make)


def check_weights(trained: Path, sha256: str) -> None:
    """Raise ModelError if the file of weights is missing or altered."""
    try:
        found = compute_file_sha256(trained)
    except OSError as error:
        raise ModelError(f"{trained}: the weights of the ranker are missing; reinstall the program") from error
    if found != sha256:
        raise ModelError(
            f"{trained}: not the weights that the program was made with (SHA-256 {found[:12]}…, expected "
            f"{sha256[:12]}…); reinstall the program, or set ranking.model to none"
        )


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer in a folder of a model, which neither cuts nor pads. Raises ModelError."""
    from tokenizers import Tokenizer

    file = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises no narrower class
        raise ModelError(f"{file}: not a tokenizer: {error}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
