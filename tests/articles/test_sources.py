"""Sources of articles: local folders, and files with a URI that is not a path."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.articles.readers import read_file
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile, is_local_path
from assistant.articles.sources import find_files, make_sources
from assistant.config.schema import ReadingSettings
from assistant.records.article import Article, Notice


def locate(*paths: Path) -> list[tuple[str, str]]:
    """URI and article id of the files in these folders."""
    return [(file.uri, file.article_id) for file in find_files(make_sources(paths)) if isinstance(file, SourceFile)]


def test_folder_files_in_order(tmp_path: Path) -> None:
    """Files have absolute paths as URIs, ids relative to the folder, and a stable order."""
    for name in ("b.md", "a.TXT", "sub/c.html", ".hidden.md", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Words.")
    assert locate(tmp_path) == [(str(tmp_path / name), name) for name in ("a.TXT", "b.md", "sub/c.html")]


def test_file_as_source(tmp_path: Path) -> None:
    """A single file is a source too; its size, time and suffix are known without opening it."""
    path = tmp_path / "a.TXT"
    path.write_text("Words.")
    (file,) = find_files(make_sources([path]))
    assert isinstance(file, SourceFile)
    assert (file.size, file.mtime_ns, file.suffix) == (6, path.stat().st_mtime_ns, ".txt")
    assert file.compute_sha256() == sha256(b"Words.").hexdigest()


def test_missing_folder_is_notice(tmp_path: Path) -> None:
    """A folder that does not exist is reported with its path."""
    assert list(find_files(make_sources([tmp_path / "none"]))) == [
        Notice(str(tmp_path / "none"), "No such file or directory")
    ]


def test_unknown_suffix_is_notice(tmp_path: Path) -> None:
    """A file of another format is reported with the formats that can be read."""
    (tmp_path / "a.png").write_text("")
    (notice,) = find_files(make_sources([tmp_path]))
    assert isinstance(notice, Notice)
    assert notice.reason == "no reader for .png; a picture: recognise its text first, for example with ocrmypdf"


@pytest.mark.parametrize(
    ("uri", "is_local"),
    [("/a/b.md", True), ("C:\\a\\b.md", True), ("a:b.md", True), ("https://a.example/b", False), ("s3://a/b", False)],
)
def test_uri_local_or_not(uri: str, is_local: bool) -> None:
    """Only a URI with a scheme and two slashes is not a path."""
    assert is_local_path(uri) is is_local


def test_article_of_web_file_has_its_url() -> None:
    """An article from the web has the URI as its url unless the file names another."""

    def read(text: str) -> Article:
        data = text.encode()
        uri = "https://a.example/harbour"
        file = SourceFile(uri, "harbour", len(data), UNKNOWN_TIME, ".md", lambda _uri: io.BytesIO(data))
        (article,) = read_file(file, ReadingSettings())
        assert isinstance(article, Article)
        return article

    assert read("The harbour is closed.").url == "https://a.example/harbour"
    named = read("---\nurl: https://b.example/\n---\nThe harbour is closed.")
    assert (named.id, named.url, named.path) == ("harbour", "https://b.example/", "https://a.example/harbour")
