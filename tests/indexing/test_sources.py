"""Builds from sources whose files have no path, and builds after a reader has changed."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from assistant.articles.readers import list_versions
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.engine import Assistant
from assistant.indexing.build import build_library
from assistant.indexing.changes import ChangeWatcher, load_file_records
from assistant.records.article import Notice
from assistant.records.build import BuildReport, PendingChanges, ProgressUpdate
from assistant.store.library import DATABASE
from tests.conftest import run_build

SITE = "https://news.example"
HARBOUR, BRIDGE = f"{SITE}/harbour", f"{SITE}/bridge"


class Site:
    """A toy web site: pages of Markdown by URI. It can be out of reach."""

    uri = SITE

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = dict(pages)
        self.is_reachable = True
        self.opened: list[str] = []

    def find_files(self) -> Iterator[SourceFile | Notice]:
        """The pages, in the order in which they were added."""
        if not self.is_reachable:
            yield Notice(SITE, "no connection")
            return
        for uri, text in self.pages.items():
            yield SourceFile(uri, uri.rsplit("/", 1)[1], len(text.encode()), UNKNOWN_TIME, ".md", self._open)

    def _open(self, uri: str) -> io.BufferedIOBase:
        self.opened.append(uri)
        return io.BytesIO(self.pages[uri].encode())


@pytest.fixture
def site() -> Site:
    return Site({HARBOUR: "The harbour was closed on Monday.", BRIDGE: "The bridge was closed on Monday."})


def build(assistant: Assistant, site: Site) -> BuildReport:
    """Build the index from the site alone."""
    model = assistant.model
    *_, report = build_library(assistant.config, model.files(), model.embedder, sources=[site])
    assert isinstance(report, BuildReport)
    return report


def find_changes(assistant: Assistant, site: Site) -> PendingChanges:
    """What a build from the site would change."""
    with assistant.open_library() as library:
        known, manifest = load_file_records(library.file_rows()), library.manifest
    return ChangeWatcher().find_changes(assistant.config, known, manifest, [site])


def test_web_pages_built_and_unchanged(assistant: Assistant, site: Site) -> None:
    """Pages are built once. Without a time of change, their content shows that they are the same."""
    assert build(assistant, site).added == 2
    assert not find_changes(assistant, site)
    again = build(assistant, site)
    assert (again.added, again.changed, again.removed, again.unchanged, again.embedded) == (0, 0, 0, 2, 0)
    with assistant.open_library() as library:
        assert sorted(row[0] for row in library.file_rows()) == [BRIDGE, HARBOUR]
        assert [article.url for article in library.articles()] == [BRIDGE, HARBOUR]


def test_web_page_changed_and_removed(assistant: Assistant, site: Site) -> None:
    """A changed page and a removed page are found by URI, and the build follows."""
    build(assistant, site)
    site.pages[HARBOUR] = "The harbour was opened on Monday."
    del site.pages[BRIDGE]
    changes = find_changes(assistant, site)
    assert (changes.added, changes.changed, changes.removed) == ((), (HARBOUR,), (BRIDGE,))
    report = build(assistant, site)
    assert (report.changed, report.removed, report.unchanged) == (1, 1, 0)
    assert not find_changes(assistant, site)


def test_unreachable_site_keeps_articles(assistant: Assistant, site: Site) -> None:
    """Pages of a site that is out of reach are not removed."""
    build(assistant, site)
    site.is_reachable = False
    assert find_changes(assistant, site).removed == ()
    report = build(assistant, site)
    assert (report.removed, report.unchanged) == (0, 2)
    assert [str(notice) for notice in report.notices] == [f"{SITE}: no connection"]


# ------------------------------------------------------------------------------- versions of the readers


def edit_manifest(assistant: Assistant, statement: str, *values: str) -> None:
    """Change the manifest of the index as another version of the program would have written it."""
    with contextlib.closing(sqlite3.connect(assistant.config.index / DATABASE)) as database, database:
        database.execute(statement, values)


@pytest.fixture
def built(assistant: Assistant, write_article: Callable[..., Path]) -> Assistant:
    """An index of a Markdown file and a text file."""
    write_article("a.md", "The harbour was closed on Monday.")
    write_article("b.txt", "The bridge was closed on Monday.")
    run_build(assistant)
    return assistant


def read_again(assistant: Assistant) -> int:
    """How many bytes of files the next build reads."""
    events = [event for event in assistant.build_events() if isinstance(event, ProgressUpdate)]
    totals = [event.total for event in events if event.stage == "reading"]
    assert totals
    return totals[-1] or 0


def test_index_without_reader_versions_read_again(built: Assistant) -> None:
    """An index from before readers had versions holds files as version 1 read them; newer readers read them again."""
    edit_manifest(built, "DELETE FROM manifest WHERE key = 'readers'")
    assert built.pending()
    assert read_again(built) > 0
    assert not built.pending()


def test_newer_reader_reads_its_files_again(built: Assistant) -> None:
    """Only the files of the reader that changed are read again, and nothing is embedded."""
    older = json.dumps({**list_versions(), ".txt": "text 0"})
    edit_manifest(built, "UPDATE manifest SET value = ? WHERE key = 'readers'", older)
    assert built.pending().otherwise
    assert read_again(built) == len("The bridge was closed on Monday.")
    assert not built.pending()
    assert read_again(built) == 0


def test_newer_reader_without_files(built: Assistant) -> None:
    """A reader that changed and has no files makes nothing pending."""
    older = json.dumps({**list_versions(), ".html": "html 0"})
    edit_manifest(built, "UPDATE manifest SET value = ? WHERE key = 'readers'", older)
    assert not built.pending()
