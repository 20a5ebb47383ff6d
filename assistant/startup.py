"""From settings to a model that is already loading."""

from __future__ import annotations

from assistant.config.schema import Config
from assistant.embedding.loader import ModelLoader
from assistant.store.library import DATABASE


def preload_model(config: Config) -> ModelLoader:
    """The model of these settings, its loading begun where there is a library that will need it.

    Where there is none, whoever leaves again need not wait for it: converting a model at its first use takes a while.
    """
    model = ModelLoader(config.embedding)
    return model.start() if (config.index / DATABASE).exists() else model
