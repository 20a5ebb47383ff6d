"""From settings to a model that is already loading."""

from __future__ import annotations

from assistant.config.schema import Config
from assistant.embedding.loader import Loading
from assistant.store.library import DATABASE


def loading(config: Config) -> Loading:
    """The model of these settings, its loading begun where there is a library that will need it.

    Where there is none, whoever leaves again need not wait for it: converting a model at its first use takes a while.
    """
    model = Loading(config.embedding)
    return model.start() if (config.index / DATABASE).exists() else model
