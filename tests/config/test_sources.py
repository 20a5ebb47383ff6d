"""Which settings the options and the environment select, and how they were found."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config.editor import FOUND_IN_FOLDER, SettingsSource
from assistant.config.load import CONFIG_NAME, CONFIG_VARIABLE
from assistant.config.sources import find_settings_source, load_settings
from assistant.errors import ConfigError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, without a file of settings."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_config(path: Path, batch_size: int) -> Path:
    """A file of settings that can be told apart by a number."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"embedding:\n  batch_size: {batch_size}\n")
    return path


def test_option_before_variable_before_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option wins over the variable, which wins over the file in the current folder."""
    named, from_variable = write_config(folder / "a" / "own.yaml", 3), write_config(folder / "b" / CONFIG_NAME, 4)
    in_folder = write_config(folder / CONFIG_NAME, 5)
    assert load_settings(None, None).embedding.batch_size == 5
    assert find_settings_source(None, None) == SettingsSource(in_folder, FOUND_IN_FOLDER)
    monkeypatch.setenv(CONFIG_VARIABLE, str(from_variable.parent))
    assert load_settings(None, None).embedding.batch_size == 4
    assert find_settings_source(None, None) == SettingsSource(from_variable, f"named by ${CONFIG_VARIABLE}")
    assert load_settings(named, None).embedding.batch_size == 3
    assert find_settings_source(named, None) == SettingsSource(named, "named by --config")


def test_index_option_overrides_file(folder: Path) -> None:
    """The option for the index folder replaces the setting, and is listed as its source."""
    write_config(folder / CONFIG_NAME, 5)
    assert load_settings(None, Path("other")).index == folder / "other"
    assert load_settings(None, None).index == folder / "index"
    options = (("index", f"--index {folder / 'other'}"),)
    assert find_settings_source(None, Path("other")).options == options


def test_defaults_without_file(folder: Path) -> None:
    """Without a file the settings are the defaults, relative to the current folder."""
    assert load_settings(None, None).index == folder / "index"
    assert find_settings_source(None, None) == SettingsSource()


def test_missing_file_is_error(folder: Path) -> None:
    """A named file that does not exist is an error for both functions."""
    for find in (load_settings, find_settings_source):
        with pytest.raises(ConfigError, match=r"no such configuration file \(named by --config\)"):
            find(folder / "none.yaml", None)
