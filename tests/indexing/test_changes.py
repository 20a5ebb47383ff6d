"""What changed in the files since the build: told as the next build will find it, and no longer than that."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.config.schema import Config, ReadingSettings
from assistant.engine import Assistant
from assistant.errors import LibraryDamaged
from assistant.indexing.changes import FileRecord, Watch, survey, way_of_reading
from assistant.indexing.enrichment import DERIVING
from assistant.presentation.build_progress import Pace, lasting, rounded
from assistant.records.build import BuildReport, Changes, Progress
from assistant.system.files import file_sha256
from tests.conftest import built

Write = Callable[..., Path]


@pytest.fixture
def harbour(write_article: Write) -> Path:
    return aged(write_article("a.md", "The harbour was closed to ferries on Monday.", title="Harbour"))


def aged(path: Path) -> Path:
    """As if it had been written a minute ago: its time then proves what it holds."""
    then = time.time() - 60
    os.utime(path, (then, then))
    return path


def names(paths: tuple[str, ...]) -> list[str]:
    return [Path(path).name for path in paths]


def told(changes: Changes) -> tuple[list[str], list[str], list[str]]:
    return names(changes.added), names(changes.changed), names(changes.removed)


def test_before_the_first_build_every_file_is_new(assistant: Assistant, harbour: Path, write_article: Write) -> None:
    write_article("README.md", "About these articles.")
    write_article("image.png", "none")
    assert told(assistant.pending()) == (["a.md"], [], [])


def test_new_changed_and_removed_files_are_told_until_they_are_built(
    assistant: Assistant, harbour: Path, write_article: Write
) -> None:
    gone = write_article("b.md", "The bridge was closed to lorries on Monday.", title="Bridge")
    built(assistant)
    assert not assistant.pending()
    harbour.write_text("The harbour is open again.")
    write_article("c.md", "The ferry sails again.", title="Ferry")
    gone.unlink()
    assert told(assistant.pending()) == (["c.md"], ["a.md"], ["b.md"])
    report = built(assistant)
    assert (report.added, report.changed, report.removed) == (1, 1, 1)
    assert not assistant.pending()


def test_a_report_names_what_was_added_changed_and_removed(
    assistant: Assistant, harbour: Path, write_article: Write
) -> None:
    gone = write_article("b.md", "The bridge was closed to lorries on Monday.", title="Bridge")
    built(assistant)
    write_article("a.md", "The harbour is open again.", title="Harbour open")
    write_article("c.md", "The ferry sails again.", title="Ferry")
    gone.unlink()
    report = built(assistant)
    assert [(name.id, name.title) for name in report.added_articles] == [("c.md", "Ferry")]
    assert [(name.id, name.title) for name in report.changed_articles] == [("a.md", "Harbour open")]
    assert [(name.id, name.title) for name in report.removed_articles] == [("b.md", "Bridge")]


def test_a_touched_file_is_no_change(assistant: Assistant, harbour: Path) -> None:
    built(assistant)
    os.utime(harbour)
    assert not assistant.pending()


def test_the_same_number_of_other_letters_is_a_change(assistant: Assistant, harbour: Path) -> None:
    built(assistant)
    text = harbour.read_text()
    harbour.write_text(text.replace("Monday", "Sunday"))
    assert told(assistant.pending()) == ([], ["a.md"], [])
    harbour.write_text(text)
    assert not assistant.pending()


def test_what_an_update_cannot_use_is_told_once_and_not_for_ever(
    assistant: Assistant, harbour: Path, write_article: Write
) -> None:
    write_article("empty.md", "")
    write_article("twin.jsonl", '{"id": "a.md", "text": "Another harbour."}')
    assert told(assistant.pending()) == (["a.md", "empty.md", "twin.jsonl"], [], [])
    built(assistant)
    assert not assistant.pending()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_not_told(assistant: Assistant, harbour: Path, write_article: Write) -> None:
    write_article("closed.md", "Not for everybody.").chmod(0)
    built(assistant)
    assert not assistant.pending()


def test_a_folder_that_is_out_of_reach_is_not_taken_for_empty(assistant: Assistant, harbour: Path) -> None:
    built(assistant)
    harbour.parent.rename(harbour.parent.with_name("unplugged"))
    assert not assistant.pending()
    assert built(assistant).unchanged == 1
    assert not assistant.pending()


def test_other_settings_for_reading_and_other_folders_are_told(assistant: Assistant, harbour: Path) -> None:
    built(assistant)
    assistant.configure(assistant.config.model_copy(update={"reading": ReadingSettings(max_file_mb=1)}))
    assert assistant.pending() == Changes(otherwise=True)
    built(assistant)
    elsewhere = harbour.parent / "elsewhere"
    elsewhere.mkdir()
    assistant.configure(assistant.config.model_copy(update={"articles": (elsewhere,)}))
    changes = assistant.pending()
    assert changes.sources == (str(harbour.parent),)
    assert told(changes) == ([], [], ["a.md"])


def test_a_damaged_index_is_an_error_and_not_a_change(assistant: Assistant, harbour: Path) -> None:
    built(assistant)
    for path in assistant.config.index.glob("library.sqlite3*"):
        path.write_bytes(b"not a database " * 100)
    with pytest.raises(LibraryDamaged):
        assistant.pending()


def test_ten_thousand_files_are_compared_without_opening_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "articles"
    for number in range(100):
        (folder / f"{number:02}").mkdir(parents=True)
    for number in range(10_000):
        (folder / f"{number % 100:02}" / f"{number}.md").touch()
    files = survey([folder], ()).files
    config = Config(articles=(folder,))
    known = {path: FileRecord(file.size, file.mtime_ns, file.mtime_ns + 10**10, "") for path, file in files.items()}
    manifest = {"reading": way_of_reading(config.reading), "deriving": str(DERIVING)}
    opened: list[Path] = []

    def noted(path: Path, *_: object, **__: object) -> None:
        opened.append(path)
        raise AssertionError(f"{path} was opened")

    monkeypatch.setattr(Path, "open", noted)
    monkeypatch.setattr(Path, "read_bytes", noted)
    assert not Watch().pending(config, known, manifest)
    assert not opened
    assert len(files) == 10_000


def test_what_had_to_be_hashed_is_not_hashed_twice(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []

    def counted(path: Path) -> str:
        hashed.append(path.name)
        return file_sha256(path)

    monkeypatch.setattr("assistant.indexing.changes.file_sha256", counted)
    status = harbour.stat()
    known = {str(harbour): FileRecord(status.st_size, 0, 1, file_sha256(harbour))}
    watch, config = Watch(), Config(articles=(harbour.parent,))
    for _ in range(3):
        assert not watch.pending(config, known, {})
    assert hashed == ["a.md"]


# ------------------------------------------------------------------------------------ how fast a build goes


def steady(pace: Pace, seconds: int, per_second: int, total: int) -> None:
    for second in range(seconds + 1):
        pace.take(Progress("embedding", second * per_second, total), float(second))


def test_the_time_left_is_not_told_before_it_can_be_known() -> None:
    pace = Pace()
    assert pace.take(Progress("embedding", 0, 1000), 0.0).left is None
    assert pace.take(Progress("embedding", 10, 1000), 0.5).left is None
    assert pace.take(Progress("embedding", 20, 1000), 1.0).left is None
    told = pace.take(Progress("embedding", 50, 1000), 2.5)
    assert told.rate == pytest.approx(20)
    assert told.left == pytest.approx(47.5)


def test_nothing_is_told_of_the_time_where_the_end_is_not_known() -> None:
    pace = Pace()
    for second in range(10):
        told = pace.take(Progress("reading", 0, None, second * 5), float(second))
    assert (told.left, told.share) == (None, None)
    assert told.rate == pytest.approx(5)


def test_the_time_left_runs_down_steadily_and_does_not_jump_at_one_slow_step() -> None:
    pace = Pace()
    steady(pace, 10, 10, 1000)
    before = pace.stages[-1].left
    assert before == pytest.approx(90)
    after = pace.take(Progress("embedding", 110, 1000), 16.0).left
    assert after is not None
    assert 84 < after < 105


def test_each_stage_has_its_own_pace_and_what_is_over_is_told_with_its_time() -> None:
    pace = Pace()
    steady(pace, 4, 100, 400)
    pace.take(Progress("publishing", 0), 5.0)
    embedding, publishing = pace.stages
    assert (embedding.over, embedding.seconds, embedding.share) == (True, 5.0, 1.0)
    assert embedding.told() == "400 passages · 80 passages/s · 5.0 s"
    assert (publishing.over, publishing.told()) == (False, "")


def test_reading_counts_articles_and_measures_bytes() -> None:
    pace = Pace()
    for second in range(5):
        told = pace.take(Progress("reading", second * 1000, 10_000, second * 3), float(second))
    assert told.told() == "12 articles · 3.0 articles/s · about 6 s left"


def test_lengths_of_time_and_rates_are_as_precise_as_they_are_true() -> None:
    assert [lasting(seconds) for seconds in (0.2, 8.4, 89, 91, 600, 7_500)] == [
        "1 s",
        "8 s",
        "89 s",
        "2 min",
        "10 min",
        "2 h 5 min",
    ]
    assert [rounded(rate) for rate in (0.84, 41.4, 1234)] == ["0.8", "41", "1,200"]


def test_the_stages_of_a_real_build_are_told_in_order(assistant: Assistant, harbour: Path) -> None:
    pace = Pace()
    for event in assistant.build():
        if isinstance(event, Progress):
            pace.take(event, time.monotonic())
        else:
            assert isinstance(event, BuildReport)
    pace.end(time.monotonic())
    assert [one.stage for one in pace.stages] == ["reading", "deriving", "embedding", "publishing"]
    assert all(one.over for one in pace.stages)
    assert [one.count for one in pace.stages[:3]] == [1, 1, 1]
