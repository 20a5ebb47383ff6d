"""Errors of the operating system in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.system.os_errors import (
    describe_os_error,
    describe_read_error,
    describe_write_error,
    find_write_obstacle,
    is_out_of_handles,
    translate_folder_errors,
)

DENIED = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/a")


def test_reasons_of_errors() -> None:
    """The text is that of the system, or that of the error if the system has none."""
    assert describe_read_error(DENIED) == "cannot be read: Permission denied"
    assert describe_write_error(DENIED) == "cannot be written: Permission denied"
    assert describe_os_error(OSError("the disk is gone")) == "the disk is gone"
    assert describe_os_error(OSError()) == "OSError"


def test_shortage_of_handles_recognised() -> None:
    """Both limits of open files are a shortage of handles; other errors are not."""
    assert [is_out_of_handles(OSError(code, "")) for code in (errno.EMFILE, errno.ENFILE, errno.ENOENT)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ENOSPC, "No space left"), "/lib: the disk is full; make room there"),
        (OSError(errno.EIO, "I/O error", "/lib/a"), "/lib/a: the disk cannot be read or written; check the disk"),
        (DENIED, "/a: cannot be written: Permission denied; check the folder's permissions; or choose another"),
    ],
)
def test_folder_errors_name_place_and_remedy(error: OSError, message: str) -> None:
    """The message names the file, or else the folder, and the remedy."""
    with pytest.raises(LibraryError) as raised, translate_folder_errors(Path("/lib"), "; or choose another"):
        raise error
    assert str(raised.value) == message


def test_writable_folder_has_no_obstacle(tmp_path: Path) -> None:
    """A folder that can be written has no obstacle, and the probe leaves no file."""
    assert find_write_obstacle(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
