"""Permissions of a private folder."""

from __future__ import annotations

import stat
from pathlib import Path

from assistant.system.permissions import make_private_folder, restrict_files


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_files_are_closed(tmp_path: Path) -> None:
    """A new folder and one that was open are closed, with the files in them; what is below is behind the folder."""
    make_private_folder(tmp_path / "new" / "index")
    assert mode(tmp_path / "new" / "index") == 0o700
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    (folder / "library").write_text("text", encoding="utf-8")
    (folder / "library").chmod(0o664)
    make_private_folder(folder)
    assert mode(folder) == 0o700
    assert mode(folder / "library") == 0o600


def test_links_are_not_followed(tmp_path: Path) -> None:
    """The target of a link in the folder keeps its permissions; a stricter file keeps its own."""
    target = tmp_path / "target"
    target.write_text("text", encoding="utf-8")
    target.chmod(0o644)
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "link").symlink_to(target)
    (folder / "dangling").symlink_to(tmp_path / "nothing")
    (folder / "strict").touch(mode=0o400)
    restrict_files(folder)
    assert mode(target) == 0o644
    assert mode(folder / "strict") == 0o400
