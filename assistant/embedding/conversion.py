"""Converts models to the format of OpenVINO, quantises them to int8 if configured, and caches the results.

Each result is stored atomically, and its checksums are compared at every use."""

from __future__ import annotations

import json
import logging
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from assistant.embedding.calibration import calibration_texts, compute_calibration_hash
from assistant.embedding.model_files import FLOAT_PRECISION, ModelFiles
from assistant.embedding.torch_backend import load_sentence_transformer
from assistant.errors import ModelError
from assistant.system.files import compute_file_sha256
from assistant.system.os_errors import describe_os_error

CONVERSION_VERSION = 1  # raise when the conversion changes, so that cached models are not used


def import_openvino() -> Any:
    """The package openvino."""
    # When openvino is imported, it sends usage data unless its telemetry package is missing.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def ensure_converted_model(model: ModelFiles, tokenizer: Any, max_tokens: int) -> Path:
    """The file of the model in the format of OpenVINO and in its precision; converted at first use.

    Raises ModelError if it cannot be converted or stored.
    """
    floating = f"{model.weights_hash[:16]}-openvino{version('openvino')}-{CONVERSION_VERSION}"
    if model.precision == FLOAT_PRECISION:
        return get_or_make(floating, lambda target: _convert_to_openvino(model.folder, target))

    def rounded(target: Path) -> None:
        if find_spec("nncf") is None:
            raise ModelError("embedding.precision int8 needs nncf; run: pip install 'news-assistant[int8]'")
        _quantize_to_int8(
            get_or_make(floating, lambda whole: _convert_to_openvino(model.folder, whole)),
            target,
            tokenizer,
            max_tokens,
        )

    return get_or_make(f"{floating}-int8-{compute_calibration_hash()[:16]}", rounded)


# ------------------------------------------------------------------------------------------------- cache


def _cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir("news-assistant", appauthor=False))


def get_or_make(key: str, make: Callable[[Path], None]) -> Path:
    """The cached model with this key; if there is none, `make` creates it at the path it is given.

    Raises ModelError if it cannot be stored.
    """
    target = _cache_folder() / "converted" / key
    if _is_intact(target):
        return target / "model.xml"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="converting-") as scratch:
            fresh = Path(scratch) / "model"
            fresh.mkdir()
            make(fresh / "model.xml")
            sums = {path.name: compute_file_sha256(path) for path in sorted(fresh.iterdir())}
            (fresh / "sha256.json").write_text(json.dumps(sums), encoding="utf-8")
            if not _is_intact(target):  # otherwise another process was faster
                shutil.rmtree(target, ignore_errors=True)
            try:
                fresh.rename(target)
            except OSError:
                if not _is_intact(target):
                    raise
    except OSError as error:
        raise ModelError(
            f"{target}: the converted model cannot be stored: {describe_os_error(error)}; "
            "make that folder writable, or name another in $XDG_CACHE_HOME"
        ) from error
    return target / "model.xml"


def _is_intact(folder: Path) -> bool:
    try:
        sums = json.loads((folder / "sha256.json").read_text(encoding="utf-8"))
        return bool(sums) and all(compute_file_sha256(folder / name) == expected for name, expected in sums.items())
    except (OSError, ValueError, AttributeError):
        return False


# -------------------------------------------------------------------------------------------- conversion


def _convert_to_openvino(folder: Path, target: Path) -> None:
    import torch

    openvino = import_openvino()
    # Conversion traces the model; tracing always gives warnings.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        transformer = load_sentence_transformer(folder, "cpu")[0].auto_model.eval()

        class PooledModel(torch.nn.Module):
            """The transformer with its mask made explicit, mean pooling and normalisation."""

            def __init__(self) -> None:
                super().__init__()
                self.transformer = transformer

            def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
                # With an additive mask, transformers does not create its own, which cannot be traced.
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
            made = openvino.convert_model(PooledModel().eval(), example_input=(example, example))
        openvino.save_model(made, str(target), compress_to_fp16=False)


def _quantize_to_int8(source: Path, target: Path, tokenizer: Any, max_tokens: int) -> None:
    """Quantise weights and activations to int8, with the ranges that the calibration texts show."""
    openvino = import_openvino()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import nncf
        from rich import get_console

    def inputs(text: str) -> list[np.ndarray[Any, Any]]:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        if ids.shape[1] > max_tokens:
            ids = np.concatenate([ids[:, : max_tokens - 1], ids[:, -1:]], axis=1)
        return [ids, np.ones_like(ids)]

    texts = calibration_texts()
    nncf.set_log_level(logging.CRITICAL)
    get_console().quiet = True  # hides its progress bars, because stdout is for answers; nothing here prints to it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = nncf.quantize(
            openvino.Core().read_model(source),
            nncf.Dataset(texts, inputs),
            model_type=nncf.ModelType.TRANSFORMER,
            subset_size=len(texts),
        )
    openvino.save_model(made, str(target), compress_to_fp16=False)
