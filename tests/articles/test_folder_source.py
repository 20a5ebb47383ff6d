"""The files that a folder offers as a source of articles."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.articles.source_file import SourceFile
from assistant.articles.sources.base import Source
from assistant.articles.sources.folder import FolderSource
from assistant.records.article import Notice


def find_files(source: Source) -> list[tuple[str, str]]:
    """Name and article id of each file, or the place and the reason of a notice."""
    return [
        (Path(item.uri).name, item.article_id) if isinstance(item, SourceFile) else (item.place, item.reason)
        for item in source.find_files()
    ]


def test_folder_walked_in_order(tmp_path: Path) -> None:
    """Files come sorted by name, folder by folder; hidden names and README files are skipped, and links named."""
    names = ("b.md", "a/2.txt", "a/1.html", "a/.hidden/c.md", "README.txt", "c.JSONL")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("It is shut.")
    (tmp_path / "link.md").symlink_to(tmp_path / "b.md")
    source = FolderSource(tmp_path)
    assert source.uri == str(tmp_path)
    assert find_files(source) == [
        ("1.html", "a/1.html"),
        ("2.txt", "a/2.txt"),
        ("b.md", "b.md"),
        ("c.JSONL", "c.JSONL"),
        (str(tmp_path / "link.md"), "a link; links are not followed: name its target among the articles"),
    ]


def test_file_has_size_time_and_suffix(tmp_path: Path) -> None:
    """A single file is a source; its suffix is in lower case, and a link as the source keeps its own path."""
    path, link = tmp_path / "a.MD", tmp_path / "link.MD"
    path.write_bytes(b"It is shut.")
    os.utime(path, ns=(5, 7))
    link.symlink_to(path)
    assert list(FolderSource(link).find_files()) == [SourceFile(str(link), "link.MD", 11, 7, ".md")]


def test_unusable_files_are_notices(tmp_path: Path) -> None:
    """What is not a file, has no reader or has a name that cannot be stored is reported with the reason."""
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "notes").touch()
    bad_name = os.fsdecode(b"\xff.md")
    (tmp_path / bad_name).touch()
    assert find_files(FolderSource(tmp_path)) == [
        (str(tmp_path / "notes"), "no reader for files without an extension"),
        (str(tmp_path / "pipe.md"), "not a regular file"),
        (
            str(tmp_path / bad_name),
            "its name is not UTF-8 and cannot be stored in the index; rename the file",
        ),
    ]


def test_missing_folder_is_notice(tmp_path: Path) -> None:
    """A source that does not exist is one notice with its path."""
    path = tmp_path / "none"
    assert list(FolderSource(path).find_files()) == [Notice(str(path), "No such file or directory")]


def test_what_belongs_to_a_saved_page(tmp_path: Path) -> None:
    """The folder that a browser saves beside a page is not searched; a folder that is only named so is."""
    for name in ("Mill sold.html", "Mill sold_files/frame.html", "Mill sold_files/a.css", "case_files/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>It is shut.</p>")
    assert find_files(FolderSource(tmp_path)) == [
        ("Mill sold.html", "Mill sold.html"),
        ("b.html", "case_files/b.html"),
    ]
