"""The comparison of a library with its sources, with toy sources and without a model."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from assistant.articles.chunking import ChunkedArticle
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.indexing.changes import REREAD_SIZE, load_file_records
from assistant.indexing.file_sync import GIVEN_ORIGIN, FileSync, SyncResult
from assistant.indexing.workers.local import LocalWorkers
from assistant.indexing.writer import ArticleOwners, SqliteWriter
from assistant.records.article import Article, Notice
from assistant.records.build import ArticleName, BuildOptions, ProgressUpdate
from tests.conftest import make_article
from tests.support.tiny_library import WordEmbedder

OLD = 1_000  # a time of change so long ago that size and time alone prove that a file is unchanged


class Shelf:
    """Files in memory: contents by name, and what their reading raises instead. Records which were opened."""

    uri = "shelf"

    def __init__(self, **contents: str | Exception) -> None:
        self.contents = {f"{name}.md": content for name, content in contents.items()}
        self.notices: list[Notice] = []
        self.mtime_ns = OLD
        self.opened: list[str] = []

    def find_files(self) -> Iterator[SourceFile | Notice]:
        """The files in the order in which they were added."""
        for name, content in self.contents.items():
            size = len(content.encode()) if isinstance(content, str) else 1
            yield SourceFile(name, name, size, self.mtime_ns, ".md", self._open)
        yield from self.notices

    def _open(self, uri: str) -> io.BufferedIOBase:
        self.opened.append(uri)
        content = self.contents[uri]
        if isinstance(content, Exception):
            raise content
        return io.BytesIO(content.encode())


class Desk:
    """A library on disk, and the inserted articles with their origins of the last comparison."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.inserted: list[tuple[str, str]] = []
        self.events: list[object] = []

    def sync(self, shelf: Shelf, extra: Sequence[Article | Notice] = ()) -> SyncResult:
        """Compare once, and keep the changes."""
        writer = SqliteWriter(self.path)
        writer.database.execute("BEGIN IMMEDIATE")
        self.inserted, shelf.opened = [], []

        def insert(article: Article, origin: str, chunked: ChunkedArticle | None, replaced: int | None) -> None:
            writer.delete_articles([] if replaced is None else [replaced])
            writer.insert_article(article, origin, ChunkedArticle("", [], []), "sha")
            self.inserted.append((article.id, origin))

        options = BuildOptions(prune=True)  # the names of the files do not begin with that of the shelf
        workers = LocalWorkers(ReadingSettings(), WordEmbedder)
        sync = FileSync(writer, ArticleOwners(writer.database), insert, workers, options=options)
        self.events = list(sync.run([shelf], extra))
        self.records = load_file_records(writer.file_rows())
        writer.database.execute("COMMIT")
        writer.close()
        return sync.result


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "library.sqlite3")


def changes(result: SyncResult) -> Mapping[str, object]:
    """The ids of the changed articles and the counts; empty ones are left out."""
    lists = {name: [article.id for article in getattr(result, name)] for name in ("added", "changed", "removed")}
    counts = {"unchanged": result.unchanged, "files": result.files_touched, "notices": len(result.notices)}
    return {name: value for name, value in {**lists, **counts}.items() if value}


def test_new_files_are_read(desk: Desk) -> None:
    """Every article of a first comparison is added; progress counts the bytes of the files."""
    result = desk.sync(Shelf(a="# Quay shut\n\nIt is shut.", b="It is open."))
    assert changes(result) == {"added": ["a.md", "b.md"], "files": 2}
    assert result.added[0] == ArticleName("a.md", "Quay shut")
    assert desk.inserted == [("a.md", "a.md"), ("b.md", "b.md")]
    assert desk.events[0] == ProgressUpdate("reading", 0, 35, 0)
    assert desk.events[-1] == ProgressUpdate("reading", 35, 35, 2)


def test_unchanged_file_is_not_opened(desk: Desk) -> None:
    """A file with the same size and an old time is not opened; one with another time is compared by its hash."""
    shelf = Shelf(a="It is shut.")
    desk.sync(shelf)
    assert changes(desk.sync(shelf)) == {"unchanged": 1}
    assert shelf.opened == []
    shelf.mtime_ns = OLD + 1
    assert changes(desk.sync(shelf)) == {"unchanged": 1, "files": 1}
    assert (shelf.opened, desk.inserted) == (["a.md"], [])
    shelf.mtime_ns = UNKNOWN_TIME
    shelf.contents["a.md"] = "It is open."
    assert changes(desk.sync(shelf)) == {"changed": ["a.md"], "files": 1}


def test_deleted_file_loses_its_articles(desk: Desk) -> None:
    """The articles of a deleted file are removed; those of a file out of reach are kept."""
    shelf = Shelf(a="It is shut.", b="It is open.")
    desk.sync(shelf)
    del shelf.contents["b.md"]
    shelf.notices = [Notice("b.md", "no connection")]
    assert changes(desk.sync(shelf)) == {"unchanged": 2, "notices": 1}
    shelf.notices = []
    assert changes(desk.sync(shelf)) == {"removed": ["b.md"], "unchanged": 1, "files": 1}
    assert list(desk.records) == ["a.md"]


def test_unreadable_file_keeps_its_articles(desk: Desk) -> None:
    """A changed file that cannot be read keeps its articles, and the reason is reported."""
    shelf = Shelf(a="It is shut.")
    desk.sync(shelf)
    shelf.contents["a.md"] = PermissionError(13, "Permission denied")
    result = desk.sync(shelf)
    assert changes(result) == {"unchanged": 1, "notices": 1}
    assert result.notices == [Notice("a.md", "cannot be read: Permission denied")]
    shelf.contents["a.md"] = FileNotFoundError(2, "No such file or directory")
    assert desk.sync(shelf).notices == [Notice("a.md", "deleted while it was read")]


def test_fault_of_a_reader_concerns_its_file_only(desk: Desk) -> None:
    """Whatever a reader raises, the other files are read, and the notice says what to do."""
    shelf = Shelf(a="It is shut.", b="It is open.", c="It is new.")
    shelf.contents["b.md"] = TypeError("no such mark")
    result = desk.sync(shelf)
    assert changes(result) == {"added": ["a.md", "c.md"], "files": 3, "notices": 1}
    (notice,) = result.notices
    assert (notice.place, notice.skipped) == ("b.md", True)
    assert notice.reason.startswith("its reader failed (TypeError in assistant/articles/")
    assert notice.reason.endswith(": no such mark); leave the file out, or save it anew")


def test_id_used_twice_is_reported(desk: Desk) -> None:
    """The first file with an id keeps it; the other file gets it when the first one is deleted."""
    text = "---\nid: x\n---\nIt is shut."
    shelf = Shelf(a=text, b=text)
    result = desk.sync(shelf)
    assert changes(result) == {"added": ["x"], "files": 2, "notices": 1}
    assert result.notices == [Notice("b.md", "id 'x' is used twice; the article in a.md was kept")]
    assert desk.records["b.md"].size == REREAD_SIZE
    del shelf.contents["a.md"]
    assert changes(desk.sync(shelf)) == {"unchanged": 1, "files": 2}  # the same words, in another file
    assert desk.records["b.md"].size == len(text)


def test_notices_of_unchanged_file_are_repeated(desk: Desk) -> None:
    """What was said of a file is said again although the file is not read again."""
    shelf = Shelf(a="---\npublished_at: soon\n---\nIt is shut.")
    notices = desk.sync(shelf).notices
    assert [notice.reason for notice in notices] == [
        "published_at 'soon' is left out: it is not a date such as 2025-10-26"
    ]
    assert desk.sync(shelf).notices == notices
    assert shelf.opened == []


def test_article_without_file_is_stored(desk: Desk) -> None:
    """An article from elsewhere is stored without a file, unless a file has its id; notices are passed on."""
    shelf, notice = Shelf(a="It is shut."), Notice("feed", "no connection")
    extra: list[Article | Notice] = [make_article("It is open.", id="b"), make_article("It is new.", id="a.md"), notice]
    result = desk.sync(shelf, extra)
    assert desk.inserted == [("a.md", "a.md"), ("b", GIVEN_ORIGIN)]
    assert result.notices == [Notice(GIVEN_ORIGIN, "id 'a.md' is used twice; the article in a.md was kept"), notice]
    assert changes(desk.sync(shelf, extra[:1])) == {"unchanged": 2}
    assert changes(desk.sync(shelf)) == {"removed": ["b"], "unchanged": 1}
