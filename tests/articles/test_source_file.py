"""A file of articles is opened once, and read as what was found: whatever takes its place is not read."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.articles.sources import find_files, make_sources
from assistant.indexing.build import build_library
from assistant.indexing.lock import build_lock
from assistant.records.article import Notice
from assistant.records.build import BuildReport
from assistant.store.queries.articles import ArticleQueries
from tests.support.tiny_library import TINY_MODEL, WordEmbedder, build_tiny_library, open_queries

WORDS = "The weir is open.\n"
OUTSIDE = "The outside figure is 4711.\n"

Swap = Callable[[Path, Path], None]


def put_link(path: Path, outside: Path) -> None:
    path.unlink()
    path.symlink_to(outside)


def put_pipe(path: Path, outside: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def put_folder(path: Path, outside: Path) -> None:
    path.unlink()
    path.mkdir()


def put_linked_folder(path: Path, outside: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))
    (outside.parent / path.name).write_text(OUTSIDE)
    path.parent.symlink_to(outside.parent)


SWAPS = [put_link, put_pipe, put_folder, put_linked_folder]


@pytest.fixture
def found(tmp_path: Path) -> tuple[SourceFile, Path]:
    """A file in a folder of a folder of articles as it was found, and a file outside."""
    path = tmp_path / "articles" / "inner" / "weir.txt"
    path.parent.mkdir(parents=True)
    path.write_text(WORDS)
    outside = tmp_path / "outside" / "outside.txt"
    outside.parent.mkdir()
    outside.write_text(OUTSIDE)
    (file,) = find_files(make_sources([tmp_path / "articles"]))
    assert isinstance(file, SourceFile)
    return file, outside


@pytest.mark.parametrize("swap", SWAPS)
def test_what_took_the_place_is_not_read(found: tuple[SourceFile, Path], swap: Swap) -> None:
    """A link, a pipe or a folder in place of the file, or of the folder that it is in."""
    file, outside = found
    swap(Path(file.uri), outside)
    with pytest.raises(OSError, match="a link, pipe or device is in its place"), file.open() as stream:
        stream.read()


@pytest.mark.parametrize("swap", SWAPS)
def test_opened_file_is_read_as_it_was(found: tuple[SourceFile, Path], swap: Swap) -> None:
    """What takes the place of an opened file makes no difference: hash and text are of one content."""
    file, outside = found
    with file.hold() as held:
        assert held.compute_sha256() == sha256(WORDS.encode()).hexdigest()
        swap(Path(file.uri), outside)
        for _ in range(2):
            with held.open() as stream:
                assert stream.read() == WORDS.encode()
        assert held.compute_sha256() == sha256(WORDS.encode()).hexdigest()


def test_size_is_that_of_the_opened_file(found: tuple[SourceFile, Path]) -> None:
    """A file that has grown since it was found is judged by what it is."""
    file, _ = found
    Path(file.uri).write_text(WORDS * 3)
    with file.hold() as held:
        assert (file.size, held.size) == (len(WORDS), 3 * len(WORDS))


def test_stream_that_cannot_be_rewound_is_held() -> None:
    """The content of a source that gives it only once can be hashed and read."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    file = SourceFile("https://a.example/b", "b", 3, UNKNOWN_TIME, ".md", lambda _uri: Stream(b"Abc"))
    with file.hold() as held, held.open() as stream:
        assert held.compute_sha256() == sha256(b"Abc").hexdigest()
        assert stream.read() == b"Abc"


def test_held_stream_moves_as_a_file_does(found: tuple[SourceFile, Path]) -> None:
    """A reader can look at the end first, as that of an archive does; each stream has a place of its own."""
    with found[0].hold() as held, held.open() as stream, held.open() as other:
        assert stream.seekable()
        assert stream.seek(-6, os.SEEK_END) == len(WORDS) - 6
        assert other.read(3) == b"The"
        assert stream.read() == b"open.\n"
        stream.seek(4)
        stream.seek(5, os.SEEK_CUR)
        assert (stream.read(7), stream.tell()) == (b"is open", 16)


@pytest.mark.parametrize("swap", [put_link, put_pipe])
def test_build_goes_on_and_ends(tmp_path: Path, swap: Swap) -> None:
    """A file replaced while a build runs is reported; the build goes on without it, and holds no lock afterwards."""
    outside = tmp_path / "outside.txt"
    outside.write_text(OUTSIDE)
    config = build_tiny_library(tmp_path, [], first="The first gate is shut.")
    for name in ("a", "z"):
        (config.articles[0] / f"{name}.md").write_text(WORDS)
    events = build_library(config, TINY_MODEL, WordEmbedder)
    next(event for event in events if not isinstance(event, Notice))  # the files were found
    swap(config.articles[0] / "z.md", outside)
    *_, report = events
    assert isinstance(report, BuildReport)
    assert [(Path(notice.place).name, notice.reason) for notice in report.notices] == [
        ("z.md", "cannot be read: a link, pipe or device is in its place")
    ]
    with build_lock(config.index), open_queries(config.index, ArticleQueries) as library:
        assert sorted(article.id for article in library.articles()) == ["a.md", "first.md"]
