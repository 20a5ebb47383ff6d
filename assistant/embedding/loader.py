"""Loads the embedding model in the background: hashing, reading and compiling it do not hold Python's lock."""

from __future__ import annotations

import contextlib
import functools
import threading
from typing import Self

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.conversion import import_openvino
from assistant.embedding.embedder import Embedder, explain_backend, load_embedder
from assistant.embedding.model_files import ModelFiles, locate_model
from assistant.embedding.recent_vectors import RecentVectors
from assistant.system.process import AwaitedThread
from assistant.system.threads import start_thread

_loading = threading.Lock()


@functools.lru_cache(maxsize=1)
def _load_once(files: ModelFiles, settings: EmbeddingSettings) -> Embedder:
    """The model last loaded in this process, however many assistants it has."""
    return load_embedder(files, settings)


class ModelLoader:
    """A model that is located once and loaded once, at its first use. Can be used from several threads."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        self.settings = settings
        self._files_lock, self._embedder_lock = threading.Lock(), threading.Lock()
        self._files: ModelFiles | None = None
        self._embedder: Embedder | None = None
        self._vectors: RecentVectors | None = None

    def start(self) -> Self:
        """Begin to load the model in another thread and return self. Errors are raised at the first use."""
        with contextlib.suppress(MemoryError):  # then it is loaded at its first use
            start_thread(AwaitedThread(target=self._load, name="load the model"))
            if self.settings.backend != "torch":  # at the same time as the weights are hashed
                start_thread(AwaitedThread(target=_import_runtime, name="import what runs the model"))
        return self

    def files(self) -> ModelFiles:
        """The files of the model and the hash of its weights. Raises as `locate_model` does."""
        with self._files_lock:
            if self._files is None:
                self._files = locate_model(self.settings)
            return self._files

    def embedder(self) -> Embedder:
        """The model, ready to embed. Raises as `locate_model` and `load_embedder` do."""
        files = self.files()
        with self._embedder_lock:
            if self._embedder is None:
                with _loading:
                    self._embedder = _load_once(files, self.settings)
            return self._embedder

    def vectors(self) -> RecentVectors:
        """The vectors of questions and sentences. Raises as `embedder` does."""
        embedder = self.embedder()
        with self._embedder_lock:
            if self._vectors is None:
                self._vectors = RecentVectors(embedder)
            return self._vectors

    def explain_backend(self) -> str | None:
        """The note of `embedder.explain_backend`, without loading the model. Raises as `locate_model` does."""
        return explain_backend(self.files(), self.settings)

    @property
    def runs_on(self) -> str | None:
        """The runtime and its precision ("OpenVINO, bf16"); None if the model is not loaded yet."""
        return self._embedder.runs_on if self._embedder else None

    def _load(self) -> None:
        with contextlib.suppress(Exception):  # the first use tries again and raises the error
            self.embedder()


def _import_runtime() -> None:
    with contextlib.suppress(Exception):  # the first use imports it again and raises the error
        import_openvino()
        import tokenizers  # noqa: F401


class PreloadedModelLoader(ModelLoader):
    """A loader with a model that is already loaded."""

    def __init__(self, settings: EmbeddingSettings, files: ModelFiles, embedder: Embedder) -> None:
        super().__init__(settings)
        self._files, self._embedder = files, embedder
