"""A CrossEncoder that the user names, run by sentence-transformers. Imports torch only when it is used."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.embedding.model_code import refuse_code
from assistant.embedding.model_files import SAFE_LOADING, download_model
from assistant.errors import ModelError
from assistant.ranking.pairs import end_title
from assistant.ranking.ranker import Reading

BATCH = 16


class CrossEncoderRanker:
    """Any CrossEncoder with one output. It does not tell which words answer."""

    def __init__(self, name: str) -> None:
        folder = Path(name).expanduser()
        if not folder.is_dir():
            folder = download_model(
                name, "ranking.model", "name a folder, or use packaged, which is installed, or none"
            )
        self._model = _load(folder)
        self._lock = threading.Lock()  # its tokenizer cannot be used from two threads at once
        if self._model.num_labels != 1:
            raise ModelError(
                f"{folder}: ranking.model: this model gives {self._model.num_labels} figures for a pair, not one; name "
                "a CrossEncoder that ranks"
            )
        self.runs_on = f"torch on {self._model.device.type}"

    def score(self, question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The output of the model for each (title, sentence), as it is before any activation."""
        if not texts:
            return []
        from torch.nn import Identity

        pairs = [(question, f"{end_title(title)} {text}".strip()) for title, text in texts]
        with self._lock:
            scores = self._model.predict(
                pairs, batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False, convert_to_numpy=True
            )
        return [float(score) for score in scores]

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The scores of `score`, without words."""
        return [Reading(score) for score in self.score(question, texts)]


def _load(folder: Path) -> Any:
    refuse_code(folder)
    # On macOS, faiss and torch have one OpenMP runtime each, and the process is killed when both start.
    os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
    import transformers
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder

    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        return CrossEncoder(str(folder), **SAFE_LOADING)
    except (OSError, ValueError, ImportError, RuntimeError, KeyError, SafetensorError) as error:
        raise ModelError(f"{folder}: ranking.model: cannot be loaded as a CrossEncoder: {error}") from error
