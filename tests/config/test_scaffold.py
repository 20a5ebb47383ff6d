"""`assistant init`: a new library is ready to use, and nothing that was there is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.articles.discovery import find_files
from assistant.config.load import CONFIG_NAME, load_config
from assistant.config.scaffold import make_library
from assistant.errors import ConfigError


@pytest.mark.parametrize("place", [".", "new", "some/folder/deep"])
def test_a_new_library_has_its_settings_and_its_two_folders(tmp_path: Path, place: str) -> None:
    folder = tmp_path / place
    made = list(make_library(folder))
    assert made == [folder / "seeds" / "README.md", folder / "index" / "README.md", folder / CONFIG_NAME]
    assert all(path.read_text(encoding="utf-8").strip() for path in made)


def test_a_new_library_is_understood_and_holds_no_articles_yet(tmp_path: Path) -> None:
    list(make_library(tmp_path))
    config = load_config(tmp_path / CONFIG_NAME)
    assert (config.articles, config.index) == ((tmp_path / "seeds",), tmp_path / "index")
    assert list(find_files(config.articles)) == []


def test_articles_and_notes_that_are_there_already_are_kept(tmp_path: Path) -> None:
    for name in ("seeds/README.md", "seeds/mine.md", "index/README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"my own {name}")
    assert list(make_library(tmp_path)) == [tmp_path / CONFIG_NAME]
    for name in ("seeds/README.md", "seeds/mine.md", "index/README.md"):
        assert (tmp_path / name).read_text() == f"my own {name}"


def test_an_existing_library_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / CONFIG_NAME).write_text("index: elsewhere\n")
    with pytest.raises(ConfigError, match="there is a library here already; name another folder"):
        list(make_library(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [CONFIG_NAME]
    assert (tmp_path / CONFIG_NAME).read_text() == "index: elsewhere\n"


@pytest.mark.parametrize("obstacle", ["", "seeds", "index", "seeds/README.md"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, obstacle: str) -> None:
    folder = tmp_path / "library"
    blocked = folder / obstacle
    blocked.parent.mkdir(parents=True, exist_ok=True)
    if obstacle.endswith(".md"):
        blocked.symlink_to(tmp_path / "gone" / "README.md")
    else:
        blocked.write_text("a file where a folder should be")
    with pytest.raises(ConfigError, match="cannot be written") as error:
        list(make_library(folder))
    assert str(error.value).startswith(f"{folder}: ")
    assert not (folder / CONFIG_NAME).exists()


@pytest.mark.parametrize(
    "folder", [Path("/proc/library"), Path("/tmp") / ("long" * 100)], ids=["read-only", "too long"]
)
def test_a_place_that_the_system_refuses_is_named(folder: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written: ") as error:
        list(make_library(folder))
    assert str(error.value).startswith(f"{folder}: ")
