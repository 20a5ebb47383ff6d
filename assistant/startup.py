"""From settings to an assistant whose model is already loading; shared by the command line and the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.config.schema import Config
from assistant.embedding.loader import ModelLoader
from assistant.store.library import DATABASE

if TYPE_CHECKING:
    from assistant.engine import Assistant


def preload_model(config: Config) -> ModelLoader:
    """The model of these settings. It is already loading if there is an index that needs it.

    Without an index it is not loaded: the process waits for it before it ends, and the first use of a model, which
    converts it, takes long.
    """
    model = ModelLoader(config.embedding)
    return model.start() if (config.index / DATABASE).exists() else model


def open_assistant(config: Config) -> Assistant:
    """An assistant with these settings, its model loading in the background. It need not have an index yet."""
    model = preload_model(config)
    from assistant.engine import Assistant  # imported while the model loads

    return Assistant(config, model)
