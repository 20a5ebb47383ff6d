"""Readers of llama-index that the settings name for further suffixes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.articles.readers.foreign import read_with
from assistant.articles.source_file import SourceFile
from assistant.cli.app import main
from assistant.config.load import parse_config
from assistant.config.schema import ReadingSettings
from assistant.errors import ConfigError, ReadError

READER = '''
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

class WeirReader(BaseReader):
    """One document for each part between lines of dashes; with pages if the file begins so."""

    def load_data(self, file, extra_info=None):
        text = file.read_text(encoding="utf-8")
        if "FAULT" in text:
            raise ValueError("no weir")
        parts = text.removeprefix("PAGES").split("----")
        fields = lambda number: {"page_label": str(number)} if text.startswith("PAGES") else {"title": f"Part {number}"}
        return [Document(text=part, metadata=fields(number)) for number, part in enumerate(parts, 1)]

class Nothing:
    pass
'''


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library whose settings name a reader, which stands in a package of llama-index beside it."""
    package = tmp_path / "packages" / "llama_index" / "readers"
    package.mkdir(parents=True)
    (package / "weir.py").write_text(READER, encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "config.yaml").write_text(
        "reading: {readers: .weir=llama_index.readers.weir.WeirReader}\narticles: articles"
    )
    return tmp_path


def run(library: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program in the library."""
    paths = os.pathsep.join([str(library / "packages"), str(Path(__file__).parents[2])])
    return subprocess.run(
        [sys.executable, "-m", "assistant", *words],
        cwd=library,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


def test_documents_are_articles_and_pages_are_places(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each document is an article, or a page of one; a file that its reader cannot read is named with the reason."""
    articles = library / "articles"
    (articles / "two.weir").write_text("“The weir holds,” said Ada Tarn.\n----\n“It leaks,” said Ole Berg.")
    (articles / "book.weir").write_text("PAGES“It is old,” said Liv Moen.\n----\n“It is new,” said Nils Ek.")
    (articles / "bad.weir").write_text("FAULT")
    built = run(library, "build")
    assert built.returncode == 0, built.stderr
    assert "bad.weir: llama_index.readers.weir.WeirReader failed (ValueError: no weir)" in built.stderr

    def run_here(*words: str) -> tuple[str, str]:
        with contextlib.suppress(SystemExit):
            main([*words, "--config", str(library)])
        return capsys.readouterr()

    listed = run_here("articles", "list")[0]
    assert [line.split("\t")[3] for line in sorted(listed.splitlines())] == ["two.weir/1", "two.weir/2", "book.weir"]
    assert "· p. 2  book.weir" in run_here("ask", "What did Nils Ek say?")[0]
    (library / "config.yaml").write_text("articles: articles")
    assert "no reader for .weir" in run_here("build")[1]


def test_a_reader_that_is_none_is_named(library: Path) -> None:
    """What keeps a reader from being used is told beside each of its files."""
    messages = {
        "absent.Reader": "pip install llama-index-readers-absent",
        "weir.Absent": "has no Absent; correct reading.readers",
        "weir.Nothing": "is no reader of llama-index; correct reading.readers",
    }
    (library / "articles" / "a.md").write_text("The weir holds.")
    for number in range(len(messages)):
        (library / "articles" / f"a.weir{number}").write_text("The weir leaks.")
    named = ", ".join(f".weir{number}=llama_index.readers.{name}" for number, name in enumerate(messages))
    (library / "config.yaml").write_text(f"reading: {{readers: [{named}]}}\narticles: articles")
    built = run(library, "build")
    assert built.returncode == 0
    for number, message in enumerate(messages.values()):
        assert any(f"a.weir{number}" in line and message in line for line in built.stderr.splitlines())


def test_files_are_read_once_the_package_is_installed(library: Path) -> None:
    """A file that was refused for want of the package of its reader is read by the build after its installation."""
    (library / "articles" / "a.md").write_text("The weir holds.")
    (library / "articles" / "a.weir").write_text("The weir leaks.")
    package, hidden = library / "packages" / "llama_index", library / "elsewhere"
    package.rename(hidden)
    assert "pip install llama-index-readers-weir" in run(library, "build").stderr
    hidden.rename(package)
    assert "(1 added, 1 unchanged)" in run(library, "build").stdout


@pytest.mark.parametrize("item", ["weir=llama_index.x.Y", ".weir=os.system", ".weir=llama_index", ".weir"])
def test_only_classes_of_llama_index_are_accepted(item: str) -> None:
    """No other module is imported because a file of settings names it."""
    with pytest.raises(ConfigError, match="a list of SUFFIX=CLASS"):
        parse_config(f"reading: {{readers: ['{item}']}}", Path("config.yaml"))
    assert ReadingSettings().foreign_readers == {}


def test_a_reader_of_llama_index_itself_and_a_file_that_was_replaced(tmp_path: Path) -> None:
    """What llama-index brings can be named too; a file that takes the place of the surveyed one is not read."""
    path = tmp_path / "a.weir"
    path.write_text('{"note": "The weir holds."}')
    name = "llama_index.core.readers.json.JSONReader"
    file = SourceFile(str(path), "a.weir", 27, 0, ".weir")
    (article,) = read_with(name, file)
    assert "The weir holds." in article.text
    with path.open("rb") as stream:
        held = file.with_stream(stream)
        (tmp_path / "other").write_text('{"note": "A secret."}')
        (tmp_path / "other").replace(path)
        with pytest.raises(ReadError, match="was replaced while it was read"):
            list(read_with(name, held))
