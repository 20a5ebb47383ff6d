"""Libraries by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config.libraries import FILE_NAME, forget_library, load_libraries, name_library
from assistant.config.load import find_config
from assistant.errors import ConfigError
from assistant.system.user_data import user_data_folder


def test_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library is found by its name, unless a file or folder has it; a name is of one library."""
    settings = tmp_path / "far" / "config.yaml"
    settings.parent.mkdir()
    settings.touch()
    assert load_libraries() == {}
    name_library("Council papers", settings)
    name_library("Council papers", settings)
    assert load_libraries() == {"Council papers": settings}
    monkeypatch.chdir(tmp_path)
    assert find_config(Path("Council papers")) == settings
    with pytest.raises(ConfigError, match="is the name of"):
        name_library("Council papers", tmp_path / "other.yaml")
    with pytest.raises(ConfigError, match="1 to 60 letters"):
        name_library("a/b", settings)
    (tmp_path / "Council papers").mkdir()
    (tmp_path / "Council papers" / "config.yaml").touch()
    assert find_config(Path("Council papers")) == Path("Council papers/config.yaml")
    forget_library("Council papers")
    with pytest.raises(ConfigError, match="no library has this name"):
        forget_library("Council papers")


def test_damaged_list() -> None:
    """It is named with the remedy."""
    (user_data_folder() / FILE_NAME).write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"libraries\.json: not a list of libraries; delete it"):
        load_libraries()
