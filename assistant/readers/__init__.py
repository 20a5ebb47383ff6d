"""Files in, Articles out. A reader per format; what cannot be read becomes a Notice and stops nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.config import ReadingSettings
from assistant.errors import ReadError
from assistant.files import no_handles
from assistant.readers import html, jsonl, markdown, plain
from assistant.readers.fields import Found
from assistant.records import Article, Notice

Reader = Callable[["SourceFile", ReadingSettings], Iterator[Found | Notice]]

READERS: dict[str, Reader] = {
    ".md": lambda file, settings: whole_file(file, settings, markdown.read),
    ".markdown": lambda file, settings: whole_file(file, settings, markdown.read),
    ".txt": lambda file, settings: whole_file(file, settings, plain.read),
    ".html": lambda file, settings: whole_file(file, settings, html.read),
    ".htm": lambda file, settings: whole_file(file, settings, html.read),
    ".jsonl": lambda file, _settings: jsonl.read(file.path),
}
IGNORED_STEMS = {"readme"}  # a folder of articles may explain itself


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, and the id that its article gets unless the file names one."""

    path: Path
    article_id: str
    size: int
    mtime_ns: int


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
            yield from _walk(source)
        else:
            yield from _file(source, source.name, status)


def _walk(root: Path) -> Iterator[SourceFile | Notice]:
    levels = [_entries(root)]  # no recursion: folders can be nested deeper than Python calls
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
                    levels.append(_entries(Path(entry.path)))
                elif os.path.splitext(entry.name)[0].lower() not in IGNORED_STEMS:  # noqa: PTH122
                    place = entry.path[within:].replace(os.sep, "/")
                    yield from _file(Path(entry.path), place, entry.stat(follow_symlinks=False))
            except OSError as error:
                yield Notice(entry.path, error.strerror or "cannot be read")


def _entries(folder: Path) -> Iterator[os.DirEntry[str] | Notice]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if no_handles(error):
            raise
        yield Notice(str(folder), f"folder cannot be read: {error.strerror}")
    else:
        yield from found


def _file(path: Path, article_id: str, status: os.stat_result) -> Iterator[SourceFile | Notice]:
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


def read_file(file: SourceFile, settings: ReadingSettings) -> Iterator[Article | Notice]:
    """The articles in one file, and a Notice for each thing in it that could not be used. Raises OSError."""
    where = str(file.path)
    try:
        for found in READERS[file.path.suffix.lower()](file, settings):
            if isinstance(found, Notice):
                yield found
            else:
                yield from found.finish(file.article_id, where, settings.max_article_characters)
    except ReadError as error:
        yield Notice(where, str(error))


def whole_file(
    file: SourceFile, settings: ReadingSettings, parse: Callable[[bytes, Path], Found]
) -> Iterator[Found | Notice]:
    """One article from a file that is read at once. Raises ReadError when it is too large."""
    if file.size > settings.max_file_mb * 1_000_000:
        size = file.size / 1_000_000
        raise ReadError(f"{size:.1f} MB is over reading.max_file_mb ({settings.max_file_mb})")
    yield parse(file.path.read_bytes(), file.path)
