"""The costly functions of a build, run in the process of the build."""

from __future__ import annotations

from pathlib import Path

from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.supplement import FolderValues, Supplement
from assistant.config.schema import ReadingSettings
from assistant.indexing.workers.local import LocalWorkers, OpenedFile
from assistant.records.article import Article
from tests.support.tiny_library import WordEmbedder


def test_files_are_read_with_what_is_told_of_them(tmp_path: Path) -> None:
    """A file gives first how it was opened, then its article with the outlet of its folder; a lost file an error."""
    path = tmp_path / "quay.md"
    path.write_text("# Quay shut\n\nIt is shut.")
    files = [
        SourceFile(str(path), "quay.md", 1, 1, ".md"),
        SourceFile(str(tmp_path / "none.md"), "none.md", 1, 1, ".md"),
    ]
    told = Supplement([FolderValues(str(tmp_path), {"source": "Gazette"})])
    read = [(file, list(items)) for file, items in LocalWorkers(ReadingSettings(), WordEmbedder).read(files, told)]
    assert [file for file, _ in read] == files
    opened, article = read[0][1]
    assert isinstance(opened, OpenedFile)
    assert opened.file.size == path.stat().st_size
    assert isinstance(article, Article)
    assert (article.title, article.source) == ("Quay shut", "Gazette")
    (error,) = read[1][1]
    assert isinstance(error, FileNotFoundError)
