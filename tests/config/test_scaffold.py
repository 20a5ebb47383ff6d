"""Tests of `assistant init`: a new library can be used at once, and existing files are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.articles.readers import READERS, describe_formats
from assistant.articles.sources import find_files, make_sources
from assistant.config.load import CONFIG_NAME, load_config
from assistant.config.scaffold import create_library
from assistant.errors import ConfigError

FORMATS = describe_formats("or")


@pytest.mark.parametrize("place", [".", "new", "some/folder/deep"])
def test_new_library_settings_and_folders(tmp_path: Path, place: str) -> None:
    """A new library has its settings and its two folders."""
    folder = tmp_path / place
    made = list(create_library(folder, FORMATS))
    assert made == [folder / "seeds" / "README.md", folder / "index" / "README.md", folder / CONFIG_NAME]
    assert all(path.read_text(encoding="utf-8").strip() for path in made)
    assert all(f"{reader.label} (`{reader.suffixes[0]}`)" in made[0].read_text() for reader in READERS)


def test_new_library_loads_without_articles(tmp_path: Path) -> None:
    """A new library can be loaded and contains no articles."""
    list(create_library(tmp_path, FORMATS))
    config = load_config(tmp_path / CONFIG_NAME)
    assert (config.articles, config.index) == ((tmp_path / "seeds",), tmp_path / "index")
    assert list(find_files(make_sources(config.articles))) == []


def test_existing_articles_and_notes_kept(tmp_path: Path) -> None:
    """Articles and notes that exist already are kept."""
    for name in ("seeds/README.md", "seeds/mine.md", "index/README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"my own {name}")
    assert list(create_library(tmp_path, FORMATS)) == [tmp_path / CONFIG_NAME]
    for name in ("seeds/README.md", "seeds/mine.md", "index/README.md"):
        assert (tmp_path / name).read_text() == f"my own {name}"


def test_existing_library_refused(tmp_path: Path) -> None:
    """An existing library is refused and left unchanged."""
    (tmp_path / CONFIG_NAME).write_text("index: elsewhere\n")
    with pytest.raises(ConfigError, match="this folder already has a library; choose another folder"):
        list(create_library(tmp_path, FORMATS))
    assert [path.name for path in tmp_path.iterdir()] == [CONFIG_NAME]
    assert (tmp_path / CONFIG_NAME).read_text() == "index: elsewhere\n"


@pytest.mark.parametrize("obstacle", ["", "seeds", "index", "seeds/README.md"])
def test_unwritable_path_named(tmp_path: Path, obstacle: str) -> None:
    """A path that cannot be written is named."""
    folder = tmp_path / "library"
    blocked = folder / obstacle
    blocked.parent.mkdir(parents=True, exist_ok=True)
    if obstacle.endswith(".md"):
        blocked.symlink_to(tmp_path / "gone" / "README.md")
    else:
        blocked.write_text("a file where a folder should be")
    with pytest.raises(ConfigError, match="cannot be written") as error:
        list(create_library(folder, FORMATS))
    assert str(error.value).startswith(f"{folder}: ")
    assert not (folder / CONFIG_NAME).exists()


@pytest.mark.parametrize(
    "folder", [Path("/proc/library"), Path("/tmp") / ("long" * 100)], ids=["read-only", "too long"]
)
def test_invalid_path_named(folder: Path) -> None:
    """A path that the system refuses is named."""
    with pytest.raises(ConfigError, match="cannot be written: ") as error:
        list(create_library(folder, FORMATS))
    assert str(error.value).startswith(f"{folder}: ")
