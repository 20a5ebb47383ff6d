"""The embedding model, loaded while something else is done: hashing, reading and compiling it leave Python free."""

from __future__ import annotations

import contextlib
import threading
from typing import Self

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.conversion import import_openvino
from assistant.embedding.embedder import Embedder, explain_backend, load_embedder
from assistant.embedding.model_files import ModelFiles, locate_model


class ModelLoader:
    """One model, found once and loaded once, by whoever needs it first; safe to use from several threads."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        self.settings = settings
        self._files_lock, self._embedder_lock = threading.Lock(), threading.Lock()
        self._files: ModelFiles | None = None
        self._embedder: Embedder | None = None

    def start(self) -> Self:
        """Begin to load it in another thread; what goes wrong is raised where it is needed. Returns itself."""
        threading.Thread(target=self._load, name="load the model").start()
        if self.settings.backend != "torch":  # while its weights are hashed, which leaves Python free
            threading.Thread(target=_import_runtime, name="import what runs the model").start()
        return self

    def files(self) -> ModelFiles:
        """Where the model lies and what its weights hash to; raises as `locate_model` does."""
        with self._files_lock:
            if self._files is None:
                self._files = locate_model(self.settings)
            return self._files

    def embedder(self) -> Embedder:
        """The model, ready to embed; raises as `locate_model` and `load_embedder` do."""
        files = self.files()
        with self._embedder_lock:
            if self._embedder is None:
                self._embedder = load_embedder(files, self.settings)
            return self._embedder

    def explain_backend(self) -> str | None:
        """What to tell of what runs the model, for which it is found but not loaded; raises as `locate_model` does."""
        return explain_backend(self.files(), self.settings)

    @property
    def runs_on(self) -> str | None:
        """What embeds and in what precision, where the model is loaded."""
        return self._embedder.runs_on if self._embedder else None

    def _load(self) -> None:
        with contextlib.suppress(Exception):  # whoever needs the model tries again, and is told
            self.embedder()


def _import_runtime() -> None:
    with contextlib.suppress(Exception):  # it is imported again where it is needed, and what is wrong is told there
        import_openvino()
        import tokenizers  # noqa: F401


class PreloadedModelLoader(ModelLoader):
    """A model that is there already."""

    def __init__(self, settings: EmbeddingSettings, files: ModelFiles, embedder: Embedder) -> None:
        super().__init__(settings)
        self._files, self._embedder = files, embedder
