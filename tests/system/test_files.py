"""Atomic writing of files, and the folder of the user's data."""

from __future__ import annotations

import stat
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.system.files import compute_file_sha256, open_durably, remove_database, write_durably
from assistant.system.user_data import DATA_VARIABLE, user_data_folder


def test_file_replaced(tmp_path: Path) -> None:
    """The file has the new content, and no other file is left."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    write_durably(path, b"new")
    assert path.read_bytes() == b"new"
    assert compute_file_sha256(path) == sha256(b"new").hexdigest()
    assert list(tmp_path.iterdir()) == [path]


def test_file_unchanged_after_error(tmp_path: Path) -> None:
    """After an error, the file has its old content, and no other file is left."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def write_half() -> None:
        with open_durably(path) as file:
            file.write(b"half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write_half()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_scratch_file_not_written_through_links(tmp_path: Path) -> None:
    """The new file appears under a name that is different each time, with its permissions from the beginning."""
    path = tmp_path / "a.txt"
    names = set()
    for _ in range(2):
        with open_durably(path, 0o600) as file:
            (scratch,) = (each for each in tmp_path.iterdir() if each != path)
            names.add(scratch.name)
            assert stat.S_IMODE(scratch.stat().st_mode) == 0o600
            file.write(b"private")
    assert len(names) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_database_removed_with_its_log(tmp_path: Path) -> None:
    """A database is removed with its log and journal; other files stay."""
    for name in ("a.db", "a.db-wal", "a.db-shm", "a.db-journal", "b.db"):
        (tmp_path / name).touch()
    remove_database(tmp_path / "a.db")
    remove_database(tmp_path / "a.db")
    assert [path.name for path in tmp_path.iterdir()] == ["b.db"]


def test_user_data_folder_from_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable names the folder of the user's data; ~ is the home folder."""
    monkeypatch.setenv(DATA_VARIABLE, "~/data")
    assert user_data_folder() == Path.home() / "data"
    monkeypatch.delenv(DATA_VARIABLE)
    assert user_data_folder().name == "news-assistant"
