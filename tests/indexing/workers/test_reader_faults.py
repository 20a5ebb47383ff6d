"""A reader that fails with one file, in a process of its own or on a file of an archive, costs that file only."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.articles.isolation import processes
from assistant.articles.readers import READER_BY_SUFFIX, markdown
from assistant.articles.source_file import SourceFile
from assistant.config.schema import Config
from assistant.doctor.content_checks import check_file_records
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.errors import BuildError
from assistant.store.library import SqliteLibrary
from tests.conftest import make_config
from tests.indexing.workers.test_faults import THINGS, build, write


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Three articles in files of their own."""
    (tmp_path / "articles").mkdir()
    for thing in THINGS:
        write(tmp_path, thing)
    return make_config(tmp_path / "articles", tmp_path / "index")


needs_process = pytest.mark.skipif(
    not processes.CAN_ISOLATE, reason="this system cannot hand a file to another process"
)
PAGE = "<html><body><article><h1>The {0}</h1><p>{1}</p></article></body></html>"
PAGES = ("bridge", "canal", "ferry")


@pytest.fixture
def pages(config: Config) -> Path:
    """Three pages beside the articles; their folder."""
    for thing in PAGES:
        write_page(config.articles[0], thing, "open")
    return config.articles[0]


def write_page(folder: Path, thing: str, state: str) -> Path:
    path = folder / f"{thing}.html"
    path.write_text(PAGE.format(thing, f"The {thing} is {state} again today, said the harbour office. " * 6))
    return path


@contextmanager
def failing_at(folder: Path, thing: str, how: str) -> Iterator[None]:
    """Processes that read files fail with those that name this thing: they raise KeyError, or end by a signal."""
    code = (
        "import os, signal, sys\n"
        "from assistant.articles.isolation import child\n"
        "from assistant.articles import readers\n"
        "find = readers.find_reader\n"
        "def read(reader, file, settings):\n"
        f"    if {thing!r} in file.uri:\n"
        f"        os.kill(os.getpid(), signal.{how}) if {how!r}.startswith('SIG') else {{}}[{how!r}]\n"
        "    yield from reader.read(file, settings)\n"
        "class Broken:\n"
        "    def __init__(self, reader): self.reader = reader\n"
        "    def read(self, file, settings): return read(self.reader, file, settings)\n"
        "child.find_reader = lambda suffix, settings: Broken(find(suffix, settings))\n"
        "import socket\n"
        "child.serve(socket.socket(fileno=os.dup(0)))\n"
    )
    script = folder / "broken_child.py"
    script.write_text(code)
    start = subprocess.Popen
    processes._POOL.end_all()
    with pytest.MonkeyPatch.context() as patch:
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
        patch.setattr(
            subprocess,
            "Popen",
            lambda _command, **options: start([sys.executable, str(script)], env=environment, **options),
        )
        yield
    processes._POOL.end_all()


@needs_process
@pytest.mark.parametrize(
    ("how", "words"), [("mark", "KeyError in assistant/"), ("SIGSEGV", "reading it crashed (SIGSEGV)")]
)
def test_process_that_fails_costs_its_file_only(
    config: Config, pages: Path, tmp_path: Path, how: str, words: str
) -> None:
    """The others are read, and the next build tries again; the doctor says it, and the library has no fault."""
    with failing_at(tmp_path, "canal", how):
        for added in (5, 0):
            report = build(config)
            assert report.added == added
            (notice,) = report.notices
            assert (notice.place, notice.skipped) == (str(pages / "canal.html"), True)
            assert notice.reason.startswith(f"its reader failed ({words}")
    with SqliteLibrary.open(config.index) as library:
        ok, note = check_file_records(Examination(config, Diagnosis(), opened=library))
    assert (ok.level, note.level) == ("ok", "note")
    assert "canal.html (its reader failed" in note.message
    report = build(config)
    assert (report.added, report.unchanged, report.notices) == (1, 5, ())


@needs_process
@pytest.mark.parametrize("how", ["mark", "SIGKILL"])
def test_process_that_fails_keeps_the_articles_of_its_file(
    config: Config, pages: Path, tmp_path: Path, how: str
) -> None:
    """What the library has of a page stays, also if the page has changed; a rebuild that would lose it is refused."""
    assert build(config).added == 6
    write_page(pages, "canal", "shut")
    with failing_at(tmp_path, "canal", how):
        report = build(config)
        assert (report.removed, report.changed, report.unchanged) == (0, 0, 6)
        assert "its reader failed and its articles of the last build are kept" in report.notices[0].reason
        with pytest.raises(BuildError, match=r"canal\.html: a rebuild would drop article 'canal\.html'.*--prune"):
            build(config, rebuild=True)
    report = build(config)
    assert (report.changed, report.unchanged, report.notices) == (1, 5, ())


@needs_process
@pytest.mark.parametrize("how", ["mark", "SIGSEGV"])
def test_file_in_an_archive_that_fails_costs_itself_only(config: Config, pages: Path, tmp_path: Path, how: str) -> None:
    """The archive is read on behind it, keeps what the library has of that file, and is tried again."""
    archive = pages / "pages.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for thing in PAGES:
            target.write(write_page(pages, thing, "open"), f"{thing}.html")
            (pages / f"{thing}.html").unlink()
    with failing_at(tmp_path, "canal", how):
        report = build(config)
        assert (report.added, len(report.notices)) == (5, 1)
        assert "canal.html" in report.notices[0].place
    assert build(config).added == 1
    with zipfile.ZipFile(archive, "a") as target:
        target.write(write_page(tmp_path, "dam", "open"), "dam.html")
    with failing_at(tmp_path, "canal", how):
        report = build(config)
        assert (report.added, report.removed, report.unchanged) == (1, 0, 6)


def test_reader_in_this_process_that_fails_within_an_archive(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process of its own: the files behind it are read."""
    with zipfile.ZipFile(config.articles[0] / "notes.zip", "w") as target:
        for thing in PAGES:
            target.writestr(f"{thing}.md", f"The {thing} is open again today.")

    def fail(file: SourceFile, settings: Any) -> Any:
        if "canal" in file.uri:
            raise KeyError("canal")
        return markdown.read(file, settings)

    broken = replace(READER_BY_SUFFIX[".md"], read=fail)
    monkeypatch.setitem(READER_BY_SUFFIX, ".md", broken)
    report = build(config)
    assert report.added == 5
    (notice,) = report.notices
    assert "canal.md" in notice.place
    assert notice.reason.startswith("its reader failed (KeyError in ")
    monkeypatch.undo()
    assert build(config).added == 1


def test_deep_nesting_is_no_fault_of_the_program(config: Config) -> None:
    """Messages within messages, more than Python calls: refused by name, and not read again by each build."""
    folder = config.articles[0]
    (folder / "deep.eml").write_text("From: a\nSubject: b\nContent-Type: message/rfc822\n\n" * 300 + "The end.")
    for added in (3, 0):
        report = build(config)
        (notice,) = report.notices
        assert (report.added, notice.place) == (added, str(folder / "deep.eml"))
        assert "nested too deeply" in notice.reason or "a damaged mail" in notice.reason
