"""Tests of the pending changes of files, and of the progress of a build."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.articles.readers import list_versions
from assistant.articles.source_file import SourceFile
from assistant.articles.sources import make_sources
from assistant.config.schema import Config, ReadingSettings
from assistant.engine import Assistant
from assistant.errors import LibraryDamaged
from assistant.indexing.changes import (
    ChangeWatcher,
    FileRecord,
    _find_earlier_places,
    fingerprint_reading_settings,
    scan_files,
)
from assistant.indexing.enrichment import DERIVATION_VERSION
from assistant.presentation.build_progress import ProgressTracker, format_duration, format_rate
from assistant.records.build import BuildReport, PendingChanges, ProgressUpdate
from assistant.system.files import compute_file_sha256
from tests.conftest import run_build

Write = Callable[..., Path]


@pytest.fixture
def harbour_file(write_article: Write) -> Path:
    return make_older(write_article("a.md", "The harbour was closed to ferries on Monday.", title="Harbour"))


def make_older(path: Path) -> Path:
    """Set the modification time one minute back, so that size and time suffice to find changes."""
    then = time.time() - 60
    os.utime(path, (then, then))
    return path


def file_names(paths: tuple[str, ...]) -> list[str]:
    return [Path(path).name for path in paths]


def list_changes(changes: PendingChanges) -> tuple[list[str], list[str], list[str]]:
    return file_names(changes.added), file_names(changes.changed), file_names(changes.removed)


def test_first_build_all_files_new(assistant: Assistant, harbour_file: Path, write_article: Write) -> None:
    """Before the first build every file is new."""
    write_article("README.md", "About these articles.")
    write_article("image.png", "none")
    assert list_changes(assistant.pending()) == (["a.md"], [], [])


def test_changes_reported_until_built(assistant: Assistant, harbour_file: Path, write_article: Write) -> None:
    """New, changed and removed files are reported until they are built."""
    gone = write_article("b.md", "The bridge was closed to lorries on Monday.", title="Bridge")
    run_build(assistant)
    assert not assistant.pending()
    harbour_file.write_text("The harbour is open again.")
    write_article("c.md", "The ferry sails again.", title="Ferry")
    gone.unlink()
    assert list_changes(assistant.pending()) == (["c.md"], ["a.md"], ["b.md"])
    report = run_build(assistant)
    assert (report.added, report.changed, report.removed) == (1, 1, 1)
    assert not assistant.pending()


def test_report_names_added_changed_removed(assistant: Assistant, harbour_file: Path, write_article: Write) -> None:
    """A build report names the articles added, changed and removed."""
    gone = write_article("b.md", "The bridge was closed to lorries on Monday.", title="Bridge")
    run_build(assistant)
    write_article("a.md", "The harbour is open again.", title="Harbour open")
    write_article("c.md", "The ferry sails again.", title="Ferry")
    gone.unlink()
    report = run_build(assistant)
    assert [(name.id, name.title) for name in report.added_articles] == [("c.md", "Ferry")]
    assert [(name.id, name.title) for name in report.changed_articles] == [("a.md", "Harbour open")]
    assert [(name.id, name.title) for name in report.removed_articles] == [("b.md", "Bridge")]


def test_touched_file_is_unchanged(assistant: Assistant, harbour_file: Path) -> None:
    """A file with a new time and the same content is not a change."""
    run_build(assistant)
    os.utime(harbour_file)
    assert not assistant.pending()


def test_same_size_edit_is_a_change(assistant: Assistant, harbour_file: Path) -> None:
    """Different text of the same length is a change."""
    run_build(assistant)
    text = harbour_file.read_text()
    harbour_file.write_text(text.replace("Monday", "Sunday"))
    assert list_changes(assistant.pending()) == ([], ["a.md"], [])
    harbour_file.write_text(text)
    assert not assistant.pending()


def test_skipped_file_reported_once(assistant: Assistant, harbour_file: Path, write_article: Write) -> None:
    """A file that an update cannot use is reported once and not again."""
    write_article("empty.md", "")
    write_article("twin.jsonl", '{"id": "a.md", "text": "Another harbour."}')
    assert list_changes(assistant.pending()) == (["a.md", "empty.md", "twin.jsonl"], [], [])
    run_build(assistant)
    assert not assistant.pending()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_not_reported(assistant: Assistant, harbour_file: Path, write_article: Write) -> None:
    """A file without read permission is not reported as a change."""
    write_article("closed.md", "Not for everybody.").chmod(0)
    run_build(assistant)
    assert not assistant.pending()


def test_unreachable_folder_not_empty(assistant: Assistant, harbour_file: Path) -> None:
    """A folder that cannot be reached is not treated as empty."""
    run_build(assistant)
    harbour_file.parent.rename(harbour_file.parent.with_name("unplugged"))
    assert not assistant.pending()
    assert run_build(assistant).unchanged == 1
    assert not assistant.pending()


def test_emptied_source_keeps_articles(tmp_path: Path) -> None:
    """Of a source without files, as the folder of a drive that is not mounted; one that has others lets files go."""
    known = [str(tmp_path / name) for name in ("near/a.md", "near/b.md", "drive/c.md")]
    for path in map(Path, known):
        path.parent.mkdir(exist_ok=True)
        path.write_text("It is shut.")
    sources = make_sources([tmp_path / "near", tmp_path / "drive"])
    for gone in known[1:]:
        Path(gone).unlink()
    scan = scan_files(sources, known)
    assert (scan.deleted, scan.unreachable) == ((known[1],), (known[2],))
    assert [notice.place for notice in scan.notices] == [str(tmp_path / "drive")]
    assert not scan_files(sources, known[:2]).notices


def test_changed_settings_and_folders_reported(assistant: Assistant, harbour_file: Path) -> None:
    """Changed reading settings and other article folders are reported."""
    run_build(assistant)
    assistant.configure(assistant.config.model_copy(update={"reading": ReadingSettings(max_file_mb=1)}))
    assert assistant.pending() == PendingChanges(otherwise=True)
    run_build(assistant)
    elsewhere = harbour_file.parent / "elsewhere"
    elsewhere.mkdir()
    assistant.configure(assistant.config.model_copy(update={"articles": (elsewhere,)}))
    changes = assistant.pending()
    assert changes.sources == (str(harbour_file.parent),)
    assert list_changes(changes) == ([], [], [])


@pytest.mark.parametrize("keeps_times", [True, False])
def test_copied_library_has_nothing_new(
    assistant: Assistant, harbour_file: Path, write_article: Write, tmp_path: Path, keeps_times: bool
) -> None:
    """A library that was moved or copied has moved files, none that is new or changed, and an update says so."""
    (harbour_file.parent / "sub").mkdir()
    make_older(write_article("sub/b.md", "The bridge was closed to lorries on Monday.", title="Bridge"))
    run_build(assistant)
    copy = tmp_path / "copy"
    shutil.copytree(assistant.config.index, copy / "index")
    for article in ("a.md", "sub/b.md"):
        (copy / "articles" / article).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copy2 if keeps_times else shutil.copy)(harbour_file.parent / article, copy / "articles" / article)
    settings = {"articles": (copy / "articles",), "index": copy / "index"}
    copied = Assistant(assistant.config.model_copy(update=settings))
    changes = copied.pending()
    assert (file_names(changes.moved), list_changes(changes)) == (["a.md", "b.md"], ([], [], []))
    assert changes.sources == ()
    report = run_build(copied)
    assert (report.unchanged, report.changed, report.embedded) == (2, 0, 0)
    assert copied.pending() == PendingChanges()
    with copied.open_library() as library:
        assert library.changed_articles() == []
        stored = library.article("a.md")
    assert stored is not None
    assert stored.path == str(copy / "articles" / "a.md")


def test_changed_file_of_a_copied_library_is_changed(
    assistant: Assistant, harbour_file: Path, write_article: Write
) -> None:
    """In a folder that was renamed, a file with other content is changed, and not new."""
    make_older(write_article("b.md", "The bridge was closed to lorries on Monday.", title="Bridge"))
    run_build(assistant)
    renamed = harbour_file.parent.rename(harbour_file.parent.with_name("renamed"))
    (renamed / "b.md").write_text("The bridge was opened to lorries on Tuesday.")
    assistant.configure(assistant.config.model_copy(update={"articles": (renamed,)}))
    changes = assistant.pending()
    assert (file_names(changes.moved), list_changes(changes)) == (["a.md"], ([], ["b.md"], []))
    assert (run_build(assistant).unchanged, assistant.pending()) == (1, PendingChanges())


def test_file_of_the_same_name_elsewhere_is_no_moved_one(
    assistant: Assistant, harbour_file: Path, write_article: Write
) -> None:
    """What is pending is what the build does: the name below the folder counts, with all of its parts."""
    for folder in ("x", "y"):
        (harbour_file.parent / folder).mkdir()
        make_older(write_article(f"{folder}/b.md", f"The bridge {folder} was closed on Monday.", title="Bridge"))
    run_build(assistant)
    for folder in ("x", "y"):
        (harbour_file.parent / folder / "b.md").unlink()
    make_older(write_article("b.md", "The market was opened on Tuesday.", title="Market"))
    changes = assistant.pending()
    assert (list_changes(changes), changes.moved) == ((["b.md"], [], ["b.md", "b.md"]), ())
    report = run_build(assistant)
    assert (report.added, report.changed, report.removed) == (1, 0, 2)


def test_each_gone_file_is_taken_once(assistant: Assistant, harbour_file: Path, tmp_path: Path) -> None:
    """Of two copies of a library that is gone, the first one takes its place."""
    run_build(assistant)
    copies = [tmp_path / "one", tmp_path / "two"]
    for copy in copies:
        shutil.copytree(harbour_file.parent, copy)
    shutil.rmtree(harbour_file.parent)
    changed = assistant.config.model_copy(update={"articles": tuple(copies)})
    assistant.configure(changed)
    changes = assistant.pending()
    assert (changes.moved, changes.added) == ((str(copies[0] / "a.md"),), (str(copies[1] / "a.md"),))


class CountedPath(str):
    """Counts how often a path is looked at in full."""

    __slots__ = ()
    looks = 0

    def replace(self, *values: Any) -> str:
        CountedPath.looks += 1
        return str.replace(self, *values)


def test_many_files_of_one_name_are_compared_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is compared with each of those that are gone."""
    monkeypatch.setattr(CountedPath, "looks", 0)
    names = [f"d{number}/index.html" for number in range(2_000)]
    files = [SourceFile(f"/new/{name}", name, 1, 1, ".html") for name in names]
    gone = [CountedPath(f"/old/{name}") for name in names]
    found = _find_earlier_places(files, gone, ["/other", "/old"])
    assert found == {file.uri: [uri] for file, uri in zip(files, gone, strict=True)}
    assert len(names) <= CountedPath.looks <= 3 * len(names)


def test_damaged_index_is_an_error(assistant: Assistant, harbour_file: Path) -> None:
    """A damaged index is an error and not a change."""
    run_build(assistant)
    for path in assistant.config.index.glob("library.sqlite3*"):
        path.write_bytes(b"not a database " * 100)
    with pytest.raises(LibraryDamaged):
        assistant.pending()


def test_scan_opens_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand files are compared without opening one; the list of what was added is another file."""
    folder = tmp_path / "articles"
    for number in range(100):
        (folder / f"{number:02}").mkdir(parents=True)
    for number in range(10_000):
        (folder / f"{number % 100:02}" / f"{number}.md").touch()
    files = scan_files(make_sources([folder]), ()).files
    config = Config(articles=(folder,))
    known = {path: FileRecord(file.size, file.mtime_ns, file.mtime_ns + 10**10, "") for path, file in files.items()}
    manifest = {"reading": fingerprint_reading_settings(config.reading), "deriving": str(DERIVATION_VERSION)}
    manifest["readers"] = json.dumps(list_versions())
    opened: list[Path] = []

    def note(method: Callable[..., Any]) -> Callable[..., Any]:
        def noted(path: Path, *arguments: Any, **options: Any) -> Any:
            if path.is_relative_to(folder):
                opened.append(path)
                raise AssertionError(f"{path} was opened")
            return method(path, *arguments, **options)

        return noted

    monkeypatch.setattr(Path, "open", note(Path.open))
    monkeypatch.setattr(Path, "read_bytes", note(Path.read_bytes))
    assert not ChangeWatcher().find_changes(config, known, manifest)
    assert not opened
    assert len(files) == 10_000


def test_hashed_file_not_hashed_again(harbour_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that had to be hashed is not hashed again."""
    hashed = []

    def counted(file: SourceFile) -> str:
        hashed.append(Path(file.uri).name)
        return compute_file_sha256(Path(file.uri))

    monkeypatch.setattr(SourceFile, "compute_sha256", counted)
    status = harbour_file.stat()
    known = {str(harbour_file): FileRecord(status.st_size, 0, 1, compute_file_sha256(harbour_file))}
    watch, config = ChangeWatcher(), Config(articles=(harbour_file.parent,))
    for _ in range(3):
        assert not watch.find_changes(config, known, {})
    assert hashed == ["a.md"]


# ------------------------------------------------------------------------------------ how fast a build goes


def update_steadily(pace: ProgressTracker, seconds: int, per_second: int, total: int) -> None:
    for second in range(seconds + 1):
        pace.update(ProgressUpdate("embedding", second * per_second, total), float(second))


def test_eta_hidden_until_known() -> None:
    """The remaining time is not shown before it can be estimated."""
    pace = ProgressTracker()
    assert pace.update(ProgressUpdate("embedding", 0, 1000), 0.0).seconds_left is None
    assert pace.update(ProgressUpdate("embedding", 10, 1000), 0.5).seconds_left is None
    assert pace.update(ProgressUpdate("embedding", 20, 1000), 1.0).seconds_left is None
    told = pace.update(ProgressUpdate("embedding", 50, 1000), 2.5)
    assert told.rate == pytest.approx(20)
    assert told.seconds_left == pytest.approx(47.5)


def test_eta_hidden_without_total() -> None:
    """No remaining time is shown if the total is not known."""
    pace = ProgressTracker()
    for second in range(10):
        told = pace.update(ProgressUpdate("reading", 0, None, second * 5), float(second))
    assert (told.seconds_left, told.share) == (None, None)
    assert told.rate == pytest.approx(5)


def test_eta_falls_steadily() -> None:
    """The remaining time falls steadily and does not jump after one slow step."""
    pace = ProgressTracker()
    update_steadily(pace, 10, 10, 1000)
    before = pace.stages[-1].seconds_left
    assert before == pytest.approx(90)
    after = pace.update(ProgressUpdate("embedding", 110, 1000), 16.0).seconds_left
    assert after is not None
    assert 84 < after < 105


def test_stages_have_rates_and_durations() -> None:
    """Each stage has its own rate, and finished stages show their duration."""
    pace = ProgressTracker()
    update_steadily(pace, 4, 100, 400)
    pace.update(ProgressUpdate("publishing", 0), 5.0)
    embedding, publishing = pace.stages
    assert (embedding.is_over, embedding.seconds, embedding.share) == (True, 5.0, 1.0)
    assert embedding.describe_progress() == "400 passages · 80 passages/s · 5.0 s"
    assert (publishing.is_over, publishing.describe_progress()) == (False, "")


def test_reading_stage_units() -> None:
    """The reading stage counts articles and measures bytes."""
    pace = ProgressTracker()
    for second in range(5):
        told = pace.update(ProgressUpdate("reading", second * 1000, 10_000, second * 3), float(second))
    assert told.describe_progress() == "12 articles · 3.0 articles/s · about 6 s left"


def test_durations_and_rates_precision() -> None:
    """Durations and rates are shown only as precisely as they are known."""
    assert [format_duration(seconds) for seconds in (0.2, 8.4, 89, 91, 600, 7_500)] == [
        "1 s",
        "8 s",
        "89 s",
        "2 min",
        "10 min",
        "2 h 5 min",
    ]
    assert [format_rate(rate) for rate in (0.84, 41.4, 1234)] == ["0.8", "41", "1,200"]


def test_build_stages_in_order(assistant: Assistant, harbour_file: Path) -> None:
    """The stages of a real build are reported in order."""
    pace = ProgressTracker()
    for event in assistant.build_events():
        if isinstance(event, ProgressUpdate):
            pace.update(event, time.monotonic())
        else:
            assert isinstance(event, BuildReport)
    pace.end_stage(time.monotonic())
    assert [one.stage for one in pace.stages] == ["reading", "deriving", "embedding", "publishing"]
    assert all(one.is_over for one in pace.stages)
    assert [one.count for one in pace.stages[:3]] == [1, 1, 1]
