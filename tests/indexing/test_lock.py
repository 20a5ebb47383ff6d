"""The lock of an index folder and its note."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.errors import LibraryError, LibraryLocked
from assistant.indexing.lock import OWNER_FILE, build_lock, describe_holder


def test_note_exists_while_locked(tmp_path: Path) -> None:
    """The note names this process while the lock is held, and no file is left after it."""
    folder = tmp_path / "index"
    with build_lock(folder):
        note = json.loads((folder / OWNER_FILE).read_text())
        assert note["pid"] == os.getpid()
        assert describe_holder(folder) == f" (process {os.getpid()}, since {note['since']})"
        assert not list(folder.glob(".*"))
    assert not (folder / OWNER_FILE).exists()


def test_second_lock_names_process(tmp_path: Path) -> None:
    """A second build is refused with the process that has the lock, and leaves its note alone."""
    with build_lock(tmp_path):
        message = rf"another build is writing here \(process {os.getpid()}, since 20"
        with pytest.raises(LibraryLocked, match=message), build_lock(tmp_path):
            pass
        assert (tmp_path / OWNER_FILE).exists()
        assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ('{"pid": 999999999, "since": "x"}', ""),
        ('{"pid": 7, "host": "elsewhere", "since": "2025"}', " (process 7 on elsewhere, since 2025)"),
        ("[]", ""),
        ('{"pid": "seven"}', ""),
        ("not JSON", ""),
        (None, ""),
    ],
)
def test_unusable_note_names_nobody(tmp_path: Path, note: str | None, words: str) -> None:
    """The note of a dead process, or one that cannot be read, names nobody."""
    if note is not None:
        (tmp_path / OWNER_FILE).write_text(note)
    assert describe_holder(tmp_path) == words


@pytest.mark.parametrize("name", ["library.sqlite3", "embedded.sqlite3", "vectors-0123456789abcdef.faiss"])
def test_link_in_the_folder_refused(tmp_path: Path, name: str) -> None:
    """A build writes through no link in its folder; the folder itself may be one."""
    (tmp_path / "index").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "index")
    with build_lock(tmp_path / "link"):
        pass
    (tmp_path / "index" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LibraryError, match=rf"{name}: a link, and"), build_lock(tmp_path / "index"):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_folder_that_cannot_be_created_named(tmp_path: Path) -> None:
    """A folder that cannot be created is an error with a remedy."""
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="--index"), build_lock(tmp_path / "file" / "index"):
        pass


def test_private_folder_is_closed_to_others(tmp_path: Path) -> None:
    """A folder that was open is closed while the lock is held; files that were made meanwhile are closed after it."""
    folder = tmp_path / "index"
    folder.mkdir(mode=0o755)
    with build_lock(folder, is_private=True):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "new").touch()
        (folder / "new").chmod(0o666)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "new")] == [0o700, 0o600]


def test_private_index_is_closed_to_others(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A build with the setting leaves nothing in the index that others could read, whatever the umask."""
    write_article("a.md", "The ferry is late, Jane Smith said on Monday.")
    assistant.configure(assistant.config.model_copy(update={"index_access": "private"}))
    umask = os.umask(0)
    try:
        assistant.build()
        with assistant.open_library() as library:  # a reader makes files of its own next to the database
            assert library.article("a.md")
    finally:
        os.umask(umask)
    folder = assistant.config.index
    written = [folder, *folder.iterdir()]
    assert len(written) > 3
    assert [path for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
