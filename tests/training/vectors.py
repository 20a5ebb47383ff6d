"""Vectors of the packaged embedder for the questions and sentences, kept beside the checkpoints."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.embedder import load_embedder
from assistant.embedding.model_files import locate_model

MAX_CHARACTERS = 600  # of a text that is embedded: within what the embedder reads


def embed_once(texts: list[str], file: Path) -> npt.NDArray[np.float32]:
    """Unit vectors, shape (len(texts), dimension); read from `file` if it holds those of just these texts."""
    identity = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if file.exists():
        with np.load(file) as kept:
            if str(kept["identity"]) == identity:
                return np.asarray(kept["vectors"], dtype=np.float32)
    settings = EmbeddingSettings()
    embedder = load_embedder(locate_model(settings), settings)
    distinct = list(dict.fromkeys(text[:MAX_CHARACTERS] for text in texts))
    rows = {text: row for row, text in enumerate(distinct)}
    found = embedder.embed(distinct)
    vectors = found[[rows[text[:MAX_CHARACTERS]] for text in texts]]
    np.savez(file, identity=np.array(identity), vectors=vectors)
    return vectors
