"""Local folders and files as a source of articles: finds the files that have a reader, in a stable order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedIOBase
from pathlib import Path

from assistant.articles.readers import READER_BY_SUFFIX
from assistant.articles.readers.containers.embedded import IGNORED_STEMS
from assistant.articles.source_file import SourceFile, open_local_file
from assistant.articles.unread_formats import hint_format
from assistant.records.article import Notice
from assistant.system.os_errors import describe_read_error, is_out_of_handles

_PAGE_FOLDER = "_files"
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder with everything below it, or a single file."""

    path: Path
    further: frozenset[str] = frozenset()  # suffixes that readers of llama-index read

    @property
    def uri(self) -> str:
        """The path as the settings name it."""
        return str(self.path)

    def find_files(self) -> Iterator[SourceFile | Notice]:
        """All files below the folder in a stable order.

        Hidden names, README files inside a folder and what belongs to a saved page are skipped, and so are symbolic
        links, each with a Notice. A folder or file that does not exist is a Notice.
        """
        # Not resolve(): an article that is reached through a link keeps the path that the user knows.
        root = os.path.abspath(self.path)  # noqa: PTH100
        try:
            status = os.stat(root)  # noqa: PTH116
        except OSError as error:
            yield Notice(root, error.strerror or "cannot be read")
            return
        if stat.S_ISDIR(status.st_mode):
            yield from _walk_folder(root, self.further)
        else:
            yield from _check_file(root, os.path.basename(root), status, open_local_file, self.further)  # noqa: PTH119


# Below, paths are text: a Path for each of a million files costs more than everything else here.


def _walk_folder(root: str, further: frozenset[str]) -> Iterator[SourceFile | Notice]:
    levels = [_scan_folder(root)]  # no recursion: folders can be nested deeper than Python calls
    opener = partial(open_local_file, root=root)
    prefix_length = len(os.path.join(root, ""))  # noqa: PTH118
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, Notice):
            yield entry
        elif entry.name.startswith("."):
            continue
        elif entry.is_symlink():
            yield Notice(entry.path, "a link; links are not followed: name its target among the articles")
        else:
            try:
                if entry.is_dir(follow_symlinks=False):
                    levels.append(_scan_folder(entry.path))
                elif os.path.splitext(entry.name)[0].lower() not in IGNORED_STEMS:  # noqa: PTH122
                    article_id = entry.path[prefix_length:].replace(os.sep, "/")
                    yield from _check_file(entry.path, article_id, entry.stat(follow_symlinks=False), opener, further)
            except OSError as error:
                yield Notice(entry.path, error.strerror or "cannot be read")


def _scan_folder(folder: str) -> Iterator[os.DirEntry[str] | Notice]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        if is_out_of_handles(error):
            raise
        yield Notice(folder, f"folder {describe_read_error(error)}")
    else:
        names = {entry.name for entry in entries}
        yield from (entry for entry in entries if not _belongs_to_page(entry.name, names))


def _belongs_to_page(name: str, names: set[str]) -> bool:
    """Whether a folder has the pictures, styles and frames of a page beside it, as browsers save a page "complete"."""
    stem, mark, _ = name.rpartition(_PAGE_FOLDER)
    return bool(mark) and name.endswith(mark) and any(f"{stem}{suffix}" in names for suffix in _PAGE_SUFFIXES)


def _check_file(
    path: str, article_id: str, status: os.stat_result, opener: Callable[[str], BufferedIOBase], further: frozenset[str]
) -> Iterator[SourceFile | Notice]:
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    if not stat.S_ISREG(status.st_mode):
        yield Notice(path, "not a regular file")
    elif suffix not in READER_BY_SUFFIX and suffix not in further:
        shown = Path(path).suffix or "files without an extension"
        yield Notice(path, f"no reader for {shown}{hint_format(suffix)}")
    elif _is_not_utf8(path):
        yield Notice(path, "its name is not UTF-8 and cannot be stored in the index; rename the file")
    else:
        yield SourceFile(path, article_id, status.st_size, status.st_mtime_ns, suffix, opener)


def _is_not_utf8(name: str) -> bool:
    return not name.isascii() and any("\ud800" <= character <= "\udfff" for character in name)
