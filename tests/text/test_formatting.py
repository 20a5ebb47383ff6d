"""Counts, paths and lists of names in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.text.formatting import count_noun, join_names, shorten_path


def test_count_with_noun() -> None:
    """Only one thing takes the singular; large numbers have separators."""
    assert [count_noun(number, "article") for number in (0, 1, 2500)] == ["0 articles", "1 article", "2,500 articles"]


@pytest.mark.parametrize(("names", "joined"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_joined_names(names: list[str], joined: str) -> None:
    """The last two names are joined with "and"."""
    assert join_names(names) == joined


def test_path_is_relative_to_folder_or_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path below the current folder or the home folder is shortened; other paths are not."""
    work, home = tmp_path / "work", tmp_path / "home"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    assert shorten_path(work / "index") == "index"
    assert shorten_path(work) == "."
    assert shorten_path(home / "news") == "~/news"
    assert shorten_path(home) == "~"
    assert shorten_path(tmp_path / "other") == str(tmp_path / "other")
