"""CrossEncoders that the user names, run by sentence-transformers. Imports torch only when one is used."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.embedding.model_code import refuse_code
from assistant.embedding.model_files import SAFE_LOADING, download_model
from assistant.errors import ModelError
from assistant.ranking.ranker import Reading
from assistant.ranking.rows import end_title

BATCH = 16


class CrossEncoderRanker:
    """Any CrossEncoder with one output. It does not tell which words answer, and reads no windows."""

    def __init__(self, name: str) -> None:
        folder = _find(name, "ranking.model", "name a folder, or use packaged, which is installed, or none")
        self._model = _load(folder, "ranking.model")
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


class EntailmentReader:
    """A CrossEncoder for natural language inference: whether one text follows from another. Loaded when first used.

    Its labels must be named entailment, neutral and contradiction, in any order. Raises ModelError at the first use if
    the model is not on the machine and cannot be downloaded, or if it has other labels.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._model: Any = None
        self._places: tuple[int, int] = (0, 0)  # of the labels entailment and contradiction

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float]]:
        """How likely the second text of each pair follows from the first, and contradicts it; each from 0 to 1."""
        if not pairs:
            return []
        with self._lock:
            if self._model is None:
                self._load()
            from torch.nn import Softmax

            outputs = self._model.predict(
                list(pairs),
                batch_size=BATCH,
                activation_fn=Softmax(dim=-1),
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        entailed, contradicted = self._places
        return [(float(row[entailed]), float(row[contradicted])) for row in outputs]

    def _load(self) -> None:
        folder = _find(self.name, "writer.nli", "name a folder with a CrossEncoder, or leave it empty")
        model = _load(folder, "writer.nli")
        labels = {str(label).lower(): place for place, label in model.config.id2label.items()}
        if set(labels) != {"entailment", "neutral", "contradiction"}:
            raise ModelError(
                f"{folder}: writer.nli: the labels of this model are {', '.join(sorted(labels))}; name a CrossEncoder "
                "with entailment, neutral and contradiction"
            )
        self._places = int(labels["entailment"]), int(labels["contradiction"])
        self._model = model


def _find(name: str, setting: str, remedy: str) -> Path:
    """The folder of a model that is named by its folder, or by its name if it can be downloaded."""
    folder = Path(name).expanduser()
    return folder if folder.is_dir() else download_model(name, setting, remedy)


def _load(folder: Path, setting: str) -> Any:
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
        raise ModelError(f"{folder}: {setting}: cannot be loaded as a CrossEncoder: {error}") from error
