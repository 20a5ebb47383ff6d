"""From a folder, a file or settings to the settings of an assistant."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.articles.sources import make_sources
from assistant.config.load import CONFIG_NAME, load_config
from assistant.config.schema import Config
from assistant.config.sources import load_settings
from assistant.errors import ConfigError, LibraryError, LibraryMismatch
from assistant.store.library import SqliteLibrary

CONFIG_SUFFIXES = (".yaml", ".yml")


def resolve_settings(source: Config | Path | str, index: Path | str | None = None) -> Config:
    """The settings that `source` means: settings, a config.yaml, a folder that contains one, or a folder of articles.

    Articles without settings of their own get those that the command line would use (`$ASSISTANT_CONFIG`, else
    ./config.yaml, else the defaults). `index` is the folder of the index, instead of that of the settings. Raises
    ConfigError if there is no such file or folder, LibraryMismatch if the index was built from other articles.
    """
    if isinstance(source, Config):
        return _use_index(source, index)
    path = Path(source).expanduser()
    if not path.exists():
        raise ConfigError(f"{path}: no such file or folder; give a folder of articles or a {CONFIG_NAME}")
    config_file = path / CONFIG_NAME if path.is_dir() else path
    if config_file.is_file() and config_file.suffix in CONFIG_SUFFIXES:
        return _use_index(load_config(config_file), index)
    settings = load_settings(None, None).model_copy(update={"articles": (path.absolute(),)})
    settings = _use_index(settings, index)
    _reject_other_articles(settings)
    return settings


def _use_index(settings: Config, index: Path | str | None) -> Config:
    return settings if index is None else settings.model_copy(update={"index": Path(index).expanduser().absolute()})


def _reject_other_articles(settings: Config) -> None:
    """Two folders of articles must not share an index: a build from one would remove the articles of the other."""
    try:
        with SqliteLibrary.open(settings.index) as library:
            sources = set(json.loads(library.manifest.get("sources", "[]")))
    except LibraryError:
        return  # nothing is built there yet, or the first use reports what is wrong
    sources -= {source.uri for source in make_sources((), settings.added)}
    if sources and sources != set(map(str, settings.articles)):
        raise LibraryMismatch(
            f"{settings.index}: built from other articles ({', '.join(sorted(sources))}); name another folder for the "
            "index: Assistant.open(…, index=…)"
        )
