"""Article files under folders, in a stable order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.articles.readers import READERS
from assistant.records.article import Notice, SourceFile
from assistant.system.os_errors import is_out_of_handles

IGNORED_STEMS = {"readme"}  # a folder of articles may explain itself


def find_files(sources: Iterable[Path]) -> Iterator[SourceFile | Notice]:
    """All files under `sources` in a stable order, folders recursively; symbolic links and hidden names
    inside a folder are left alone, README files too. A source that does not exist is a Notice."""
    for source in sources:
        try:
            status = source.stat()
        except OSError as error:
            yield Notice(str(source), error.strerror or "cannot be read")
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _walk_folder(source)
        else:
            yield from _check_file(source, source.name, status)


def _walk_folder(root: Path) -> Iterator[SourceFile | Notice]:
    levels = [_scan_folder(root)]  # no recursion: folders can be nested deeper than Python calls
    within = len(os.path.join(root, ""))  # noqa: PTH118 - of so many characters the rest is the place inside the folder
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, Notice):
            yield entry
        elif not entry.name.startswith(".") and not entry.is_symlink():
            try:
                if entry.is_dir(follow_symlinks=False):
                    levels.append(_scan_folder(Path(entry.path)))
                elif os.path.splitext(entry.name)[0].lower() not in IGNORED_STEMS:  # noqa: PTH122
                    place = entry.path[within:].replace(os.sep, "/")
                    yield from _check_file(Path(entry.path), place, entry.stat(follow_symlinks=False))
            except OSError as error:
                yield Notice(entry.path, error.strerror or "cannot be read")


def _scan_folder(folder: Path) -> Iterator[os.DirEntry[str] | Notice]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if is_out_of_handles(error):
            raise
        yield Notice(str(folder), f"folder cannot be read: {error.strerror}")
    else:
        yield from found


def _check_file(path: Path, article_id: str, status: os.stat_result) -> Iterator[SourceFile | Notice]:
    if not stat.S_ISREG(status.st_mode):
        yield Notice(str(path), "not a regular file")
    elif path.suffix.lower() not in READERS:
        known = ", ".join(READERS)
        yield Notice(str(path), f"no reader for {path.suffix or 'files without an extension'} (known: {known})")
    elif _is_not_utf8(str(path)):
        yield Notice(str(path), "its name is not UTF-8, so the index cannot hold it; rename it")
    else:
        yield SourceFile(path, article_id, status.st_size, status.st_mtime_ns)


def _is_not_utf8(name: str) -> bool:
    return not name.isascii() and any("\ud800" <= character <= "\udfff" for character in name)
