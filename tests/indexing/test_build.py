"""Tests of builds: the library matches the files, work is not repeated, and errors never damage or expose it."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.articles.readers import list_suffixes
from assistant.config.schema import Config, PassageSettings, ReadingSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles, Vectors
from assistant.engine import Assistant
from assistant.errors import (
    AssistantError,
    BuildError,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryMismatch,
    LibraryMissing,
)
from assistant.indexing import writer
from assistant.indexing.lock import OWNER_FILE
from assistant.indexing.publish import REBUILD_DATABASE
from assistant.indexing.staging import STAGING_DATABASE
from assistant.indexing.workers.local import BATCH_SIZE
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, BuildReport, ProgressUpdate
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.manifest import check_manifest
from assistant.store.protocol import WordQuery
from assistant.store.schema import FORMAT_VERSION
from tests.conftest import make_article
from tests.support.sampling import in_campaign
from tests.support.workspace import (
    RecordingEmbedder,
    Workspace,
    assert_library_consistent,
    make_jsonl,
    make_numbered_articles,
    nonzero_counts,
)


@pytest.fixture
def workspace(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    return Workspace(tmp_path, model, embedder)


# -------------------------------------------------------------------------------- what changed, and only that


def test_build_counts_added_changed_removed(workspace: Workspace) -> None:
    """Added, changed and removed articles are counted, and the library reflects them."""
    workspace.write("a.txt", "The harbour is open. 😀 Boats came in.")
    workspace.write("deep/er/b.md", "---\ntitle: The quay\n---\nThe quay is closed, “for good” 🇪🇺.")
    assert nonzero_counts(workspace.build()) == {"added": 2}
    assert_library_consistent(workspace)

    workspace.write("c.jsonl", make_jsonl(x="One more.", y="And another."))
    assert nonzero_counts(workspace.build()) == {"added": 2, "unchanged": 2}
    assert_library_consistent(workspace)

    workspace.write("deep/er/b.md", "---\ntitle: The quay\n---\nThe quay is open again.")
    workspace.write("c.jsonl", make_jsonl(x="One more.", z="A third."))
    (workspace.articles / "a.txt").unlink()
    assert nonzero_counts(workspace.build()) == {"added": 1, "changed": 1, "removed": 2, "unchanged": 1}
    assert workspace.read_article_texts() == {
        "deep/er/b.md": "The quay is open again.",
        "x": "One more.",
        "z": "A third.",
    }
    assert_library_consistent(workspace)


def test_build_unchanged_needs_no_model(workspace: Workspace) -> None:
    """A second build reads and embeds nothing and does not load the model."""
    workspace.write("a.txt", "The harbour is open.")
    assert workspace.build().embedded == 1
    with SqliteLibrary.open(workspace.index) as library:
        generation = library.generation
    report = workspace.build()
    assert (nonzero_counts(report), report.passages, report.embedded, report.reused) == ({"unchanged": 1}, 1, 0, 0)
    assert workspace.load_count == 0
    with SqliteLibrary.open(workspace.index) as library:
        assert library.generation == generation


def test_touched_file_not_split_again(workspace: Workspace) -> None:
    """A file with a new time and the same text is not split again."""
    path = workspace.write("a.jsonl", make_jsonl(a="The harbour is open.") + "broken\n")
    workspace.build()
    workspace.set_next_mtime(path)
    report = workspace.build()
    assert (nonzero_counts(report), workspace.load_count) == ({"unchanged": 1}, 0)
    assert [notice.place for notice in report.notices] == [f"{path}, line 2"]


def test_change_within_clock_tick_detected(workspace: Workspace) -> None:
    """A file changed within one clock tick is detected."""
    path = workspace.write("a.txt", "The harbour is open.")
    path.touch()
    now = path.stat()
    workspace.build()
    workspace.write("a.txt", "The harbour is shut.")
    os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert nonzero_counts(workspace.build()) == {"changed": 1}


def test_change_with_same_size_and_time_found_by_check(workspace: Workspace) -> None:
    """A change that neither size nor time shows is found by `check`, for every kind of file."""
    texts = {"a.txt": "The {} is open.", "b.md": "---\ntitle: {}\n---\nIt rained.", "c.jsonl": make_jsonl(c="A {}.")}
    for name, text in texts.items():
        workspace.write(name, text.replace("{}", "harbour"))
    workspace.write("same.txt", "The ferry is late.")
    workspace.build()
    assert nonzero_counts(workspace.build(check=True)) == {"unchanged": 4}
    for name, text in texts.items():
        before = (workspace.articles / name).stat()
        (workspace.articles / name).write_text(text.replace("{}", "airport"), encoding="utf-8")
        os.utime(workspace.articles / name, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert nonzero_counts(workspace.build()) == {"unchanged": 4}
    assert nonzero_counts(workspace.build(check=True)) == {"changed": 3, "unchanged": 1}
    assert workspace.read_article_texts()["c"] == "A airport."
    assert nonzero_counts(workspace.build(check=True)) == {"unchanged": 4}
    assert_library_consistent(workspace)


def test_changed_article_embeds_changed_passages(workspace: Workspace) -> None:
    """For a changed article only the changed passages are embedded."""
    sentences = [
        f"The harbour master said on day {day} that boat {day} had come in with the tide." for day in range(60)
    ]
    head = "---\ntitle: Boats\n---\n"
    workspace.write("boats.md", head + " ".join(sentences))
    workspace.write("other.txt", "Nothing new here.")
    passages = workspace.build().passages
    assert passages > 4
    workspace.write("boats.md", head + " ".join([*sentences[:-1], "It sank."]))
    report = workspace.build()
    assert (nonzero_counts(report), report.embedded, report.reused) == ({"changed": 1, "unchanged": 1}, 1, passages - 2)
    (embedded,) = workspace.recording_embedder.embedded_texts
    assert embedded.endswith("It sank.")
    assert_library_consistent(workspace)


def test_identical_passages_embedded_once(workspace: Workspace) -> None:
    """The same text in two articles is embedded once."""
    wire = "---\ntitle: Wire\npublished_at: 2025-03-01\n---\nThe harbour is open."
    workspace.write("one.md", wire)
    workspace.write("two.md", wire)
    report = workspace.build()
    assert (report.passages, report.embedded) == (2, 1)
    (workspace.articles / "one.md").unlink()
    assert nonzero_counts(workspace.build()) == {"removed": 1, "unchanged": 1}
    assert_library_consistent(workspace)


def test_extra_articles_stay_until_they_are_pruned(workspace: Workspace) -> None:
    """Articles passed without a file are added; a build that passes none keeps them, unless it prunes."""
    workspace.write("a.txt", "The harbour is open.")
    given: list[Article | Notice] = [
        make_article("Given words.", id="given"),
        Notice("elsewhere", "no text"),
        make_article("Taken.", id="a.txt"),
    ]
    report = workspace.build(extra=given)
    assert nonzero_counts(report) == {"added": 2}
    assert [notice.place for notice in report.notices] == ["elsewhere", "(given)"]
    report = workspace.build()
    assert (nonzero_counts(report), [notice.place for notice in report.notices]) == ({"unchanged": 2}, ["(given)"])
    assert nonzero_counts(workspace.build(extra=given[2:])) == {"removed": 1, "unchanged": 1}
    workspace.build(extra=given)
    assert nonzero_counts(workspace.build(prune=True)) == {"removed": 1, "unchanged": 1}


def test_nested_folders_read_once(workspace: Workspace) -> None:
    """If one given folder is inside another each file is read once."""
    workspace.write("town/a.txt", "The harbour is open.")
    workspace.config = workspace.config.model_copy(
        update={"articles": (workspace.articles, workspace.articles / "town")}
    )
    assert nonzero_counts(workspace.build()) == {"added": 1}
    assert nonzero_counts(workspace.build()) == {"unchanged": 1}
    assert list(workspace.read_article_texts()) == ["town/a.txt"]


def test_too_long_file_read_after_limit_raised(workspace: Workspace) -> None:
    """A file that was too long is read once the limit allows it."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.write("long.txt", "Words. " * 200)
    allowed = workspace.config
    workspace.config = allowed.model_copy(update={"reading": ReadingSettings(max_article_characters=1000)})
    assert workspace.build().skipped == 1
    workspace.config = allowed
    report = workspace.build()
    assert (nonzero_counts(report), report.skipped) == ({"added": 1, "unchanged": 1}, 0)
    assert nonzero_counts(workspace.build()) == {"unchanged": 2}
    assert workspace.load_count == 0


def test_progress_monotonic_report_last(workspace: Workspace) -> None:
    """Progress never goes back, and the report is the last event."""
    for number in range(5):
        workspace.write(f"{number}.txt", f"Boat {number} came in.")
    workspace.build()
    workspace.write("3.txt", "Boat 3 sank.")
    *events, report = workspace.run_events()
    assert isinstance(report, BuildReport)
    for stage in ("reading", "embedding"):
        done = [one.done for one in events if isinstance(one, ProgressUpdate) and one.stage == stage and one.total]
        totals = {one.total for one in events if isinstance(one, ProgressUpdate) and one.stage == stage and one.total}
        assert done == sorted(done)
        assert totals == {done[-1]}


# ------------------------------------------------------------------------------------------ one id, one article


def test_duplicate_id_in_file_keeps_first(workspace: Workspace) -> None:
    """For an id used twice in a file the first article is kept and the place is named."""
    path = workspace.write("a.jsonl", make_jsonl(x="First.") + make_jsonl(x="Second."))
    report = workspace.build()
    (notice,) = report.notices
    assert str(notice) == f"{path}: id 'x' is used twice; the article in this file was kept"
    assert workspace.read_article_texts() == {"x": "First."}
    again = workspace.build()
    assert (again.notices, nonzero_counts(again), workspace.load_count) == (report.notices, {"unchanged": 1}, 0)


def test_duplicate_id_in_two_files(workspace: Workspace) -> None:
    """For an id in two files one article is kept; the other follows when that file is removed."""
    winner = workspace.write("a.jsonl", make_jsonl(x="From a.", y="Also a."))
    workspace.write("b.jsonl", make_jsonl(x="From b."))
    for _ in range(2):
        (notice,) = workspace.build().notices
        assert str(winner) in notice.reason
        assert workspace.read_article_texts() == {"x": "From a.", "y": "Also a."}
    winner.unlink()
    assert nonzero_counts(workspace.build()) == {"changed": 1, "removed": 1}
    assert workspace.read_article_texts() == {"x": "From b."}
    assert_library_consistent(workspace)


@pytest.mark.parametrize("touched", [False, True])
def test_new_file_cannot_take_existing_id(workspace: Workspace, touched: bool) -> None:
    """A new file cannot take an id from an unchanged file."""
    owner = workspace.write("z.jsonl", make_jsonl(x="From z.", y="Also z."))
    workspace.build()
    if touched:
        workspace.set_next_mtime(owner)
    newcomer = workspace.write("a.jsonl", make_jsonl(x="From a."))
    report = workspace.build()
    assert (nonzero_counts(report), len(report.notices)) == ({"unchanged": 2}, 1)
    newcomer.unlink()
    workspace.build()
    assert workspace.read_article_texts() == {"x": "From z.", "y": "Also z."}


def test_moved_article_kept_once(workspace: Workspace) -> None:
    """An article that moves to another file is neither lost nor duplicated."""
    workspace.write("a.jsonl", make_jsonl(x="Moved.", y="Stays."))
    workspace.write("b.jsonl", make_jsonl(z="Here."))
    workspace.build()
    workspace.write("a.jsonl", make_jsonl(y="Stays."))
    workspace.write("b.jsonl", make_jsonl(z="Here.", x="Moved."))
    report = workspace.build()
    assert (nonzero_counts(report), report.notices) == ({"unchanged": 3}, ())
    assert workspace.read_article_texts() == {"x": "Moved.", "y": "Stays.", "z": "Here."}


# ---------------------------------------------------------------------------------------------- bad files


def test_broken_file_named_and_skipped(workspace: Workspace) -> None:
    """A broken file is named and skipped, and the others are built."""
    broken = workspace.write("broken.md", "---\ntitle: Whole\n---\n")
    workspace.write("binary.txt", "")
    (workspace.articles / "binary.txt").write_bytes(bytes(range(256)) * 20)
    workspace.write("empty.txt", "")
    workspace.write("good.txt", "The harbour is open.")
    report = workspace.build()
    assert {Path(notice.place).name for notice in report.notices} == {"broken.md", "binary.txt", "empty.txt"}
    assert (list(workspace.read_article_texts()), report.skipped) == (["good.txt"], 3)
    again = workspace.build()
    assert again.notices == report.notices, "a file that did not change still has its fault"
    workspace.write("broken.md", "---\ntitle: Whole\n---\nText.")
    assert str(broken) not in {notice.place for notice in workspace.build().notices}
    assert set(workspace.read_article_texts()) == {"good.txt", "broken.md"}


def test_other_languages_noted(workspace: Workspace) -> None:
    """A build says how many articles are not in English, as often as it is run."""
    workspace.write("a.txt", "The harbour is open, and the ferry goes to the islands again.")
    workspace.write("b.txt", "Der Hafen ist nicht zu, und die Fähre geht zu den Inseln.")
    workspace.write("c.md", "---\nlang: nl\n---\nHaven open.")
    reason = "2 articles are not in English: who said what is read in English only"
    assert [notice.reason for notice in workspace.build().notices] == [reason]
    (workspace.articles / "c.md").unlink()
    (notice,) = workspace.build().notices
    assert (notice.reason[:24], notice.skipped) == ("1 article is not in Engl", False)


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
@pytest.mark.parametrize(
    ("happens", "reason"),
    [(Path.unlink, "deleted while it was read"), (lambda path: (path.unlink(), path.mkdir()), "cannot be read")],
    ids=["vanishes", "becomes a folder"],
)
def test_file_removed_while_reading(
    workspace: Workspace, known: bool, happens: Callable[[Path], object], reason: str
) -> None:
    """A file that disappears while it is read affects no other file."""
    path = workspace.write("a.txt", "The harbour is open.")
    workspace.write("b.txt", "The quay is closed.")
    if known:
        workspace.build()
        workspace.write("a.txt", "The harbour is shut.")
    events = workspace.run_events()
    seen = [next(events)]
    happens(path)
    seen += events
    (notice,) = [event for event in seen if isinstance(event, Notice)]
    assert (notice.place, reason in notice.reason) == (str(path), True)
    assert workspace.read_article_texts() == {
        "b.txt": "The quay is closed.",
        **({"a.txt": "The harbour is open."} if known else {}),
    }
    workspace.build()
    assert list(workspace.read_article_texts()) == ["b.txt"], "once it is known to be gone, so is its article"


def test_unreachable_folder_keeps_articles(workspace: Workspace, tmp_path: Path) -> None:
    """Articles of an unreachable folder are kept."""
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "far.txt").write_text("A far harbour.")
    workspace.write("near.txt", "A near harbour.")
    workspace.config = workspace.config.model_copy(update={"articles": (workspace.articles, drive)})
    workspace.build()
    drive.rename(tmp_path / "unplugged")
    report = workspace.build()
    assert (nonzero_counts(report), [notice.place for notice in report.notices]) == ({"unchanged": 2}, [str(drive)])
    assert set(workspace.read_article_texts()) == {"near.txt", "far.txt"}


def test_nothing_readable_keeps_index(workspace: Workspace) -> None:
    """If nothing can be read the old index is kept: the folder may be that of a drive that is not mounted."""
    workspace.write("a.txt", "The harbour is open.").unlink()
    with pytest.raises(BuildError, match=f"no {list_suffixes('or')} file there"):
        workspace.build()
    path = workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    path.unlink()
    report = workspace.build()
    assert (nonzero_counts(report), [notice.skipped for notice in report.notices]) == ({"unchanged": 1}, [False])
    workspace.write("b.jsonl", "{\n")
    with pytest.raises(BuildError, match=r"could be read \(\S+b\.jsonl, line 1: .+\); the index is unchanged"):
        workspace.build()
    assert workspace.read_article_texts() == {"a.txt": "The harbour is open."}


def test_empty_build_leaves_no_index(workspace: Workspace) -> None:
    """A build without articles leaves no index."""
    with pytest.raises(BuildError, match=str(workspace.articles)):
        workspace.build()
    with pytest.raises(LibraryMissing, match="run: assistant build"):
        SqliteLibrary.open(workspace.index)


# ------------------------------------------------------------------------------------------ stopped, or killed


def describe_event(event: BuildEvent) -> str:
    if not isinstance(event, ProgressUpdate):
        return type(event).__name__
    return f"{event.stage} {event.done if event.count is None else event.count}"


@pytest.mark.parametrize(
    ("moment", "count", "rebuild"),
    [
        ("reading 10", 20, False),
        ("publishing 0", 20, True),
        *in_campaign(
            ("reading 1", 20, False),
            ("embedding 0", 20, False),
            (f"embedding {BATCH_SIZE}", BATCH_SIZE + 20, False),
            ("publishing 0", 20, False),
        ),
    ],
)
def test_stopped_build_resumed(workspace: Workspace, moment: str, count: int, rebuild: bool) -> None:
    """A stopped build leaves the old index, and the next build resumes its work."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    workspace.write("n.jsonl", make_numbered_articles(count))
    events = workspace.run_events(rebuild=rebuild)
    assert any(describe_event(event) == moment for event in events)
    assert list(workspace.read_article_texts()) == ["a.txt"], "while it runs"
    assert isinstance(events, Generator)
    events.close()
    kept = len(workspace.recording_embedder.embedded_texts) - rebuild  # which embeds the old article again
    assert list(workspace.read_article_texts()) == ["a.txt"], "once it is stopped"
    report = workspace.build()
    assert nonzero_counts(report) == {"added": count, "unchanged": 1}
    assert (report.embedded, report.reused) == (count - kept, kept)
    assert_library_consistent(workspace)
    assert not list(workspace.index.glob("embedded*")) + list(workspace.index.glob("rebuilding*"))


@pytest.mark.campaign
def test_killed_build_keeps_old_index(workspace: Workspace) -> None:
    """A killed build leaves the old index and does not block the next build."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    workspace.write("n.jsonl", make_numbered_articles(20))
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.conftest import make_config; from tests.indexing.test_build import describe_event\n"
        "from assistant.engine import Assistant\n"
        "for event in Assistant(make_config(Path(sys.argv[1]), Path(sys.argv[2]))).build_events():\n"
        "    if describe_event(event) == 'publishing 0': os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, workspace.articles, workspace.index], cwd=Path(__file__).parents[2]
    )
    assert done.returncode < 0
    (workspace.index / f".vectors-0.faiss.{os.getpid()}.tmp").write_bytes(b"half")
    assert list(workspace.read_article_texts()) == ["a.txt"]
    report = workspace.build()
    assert (report.embedded, report.reused) == (0, 20)
    assert_library_consistent(workspace)


def test_reader_keeps_snapshot_during_build(workspace: Workspace) -> None:
    """A reader keeps the library that it opened during builds and rebuilds."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    with SqliteLibrary.open(workspace.index) as before:
        workspace.write("a.txt", "The harbour is shut.")
        workspace.write("b.txt", "The quay is closed.")
        workspace.build()
        with SqliteLibrary.open(workspace.index) as between:
            workspace.write("c.txt", "The mole is new.")
            (workspace.articles / "b.txt").unlink()
            workspace.build(rebuild=True)
            assert [one.text for one in before.articles()] == ["The harbour is open."]
            assert {one.id for one in between.articles()} == {"a.txt", "b.txt"}
            assert [len(library.vector_index()) for library in (before, between)] == [1, 2]
            assert before.search_words(WordQuery.any_of(["open"]), 10, 1.0)
            assert not between.search_words(WordQuery.any_of(["open"]), 10, 1.0)
    assert set(workspace.read_article_texts()) == {"a.txt", "c.txt"}
    assert_library_consistent(workspace)


def test_wal_files_kept_for_read_only_users(workspace: Workspace) -> None:
    """A build leaves the log files that users without write permission need to read."""
    workspace.write("a.txt", "The harbour is open.")
    for rebuild in (False, True):
        workspace.build(rebuild=rebuild)
        assert (workspace.index / f"{DATABASE}-wal").stat().st_size == 0
        assert (workspace.index / f"{DATABASE}-shm").exists()


def test_abandoned_query_leaves_no_warning(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A query that is abandoned midway causes no warning."""
    workspace.write("a.jsonl", make_numbered_articles(5))
    workspace.build()
    with SqliteLibrary.open(workspace.index) as library:
        rows = library.select("SELECT number FROM passage")
        next(rows)
    del rows
    assert capsys.readouterr().err == ""


def test_library_keeps_its_id(workspace: Workspace) -> None:
    """In every build, also in one from scratch."""
    ids: list[str] = []
    for rebuild in (False, False, True):
        workspace.write("a.txt", f"Sentence {len(ids)} is here.")
        workspace.build(rebuild=rebuild)
        with SqliteLibrary.open(workspace.index) as library:
            ids.append(library.manifest["library"])
    assert len(ids[0]) == 16
    assert ids == ids[:1] * 3


def test_rebuild_embeds_everything(workspace: Workspace) -> None:
    """A rebuild embeds everything again."""
    workspace.write("a.jsonl", make_numbered_articles(5))
    workspace.build()
    report = workspace.build(rebuild=True)
    assert (nonzero_counts(report), report.embedded, report.reused) == ({"added": 5}, 5, 0)


@pytest.mark.campaign
def test_stopped_rebuild_resumed(workspace: Workspace) -> None:
    """A stopped rebuild is resumed by the next one."""
    workspace.write("a.jsonl", make_numbered_articles(BATCH_SIZE + 20))
    workspace.build()
    events = workspace.run_events(rebuild=True)
    assert any(describe_event(event) == f"embedding {BATCH_SIZE}" for event in events)
    assert isinstance(events, Generator)
    events.close()
    report = workspace.build(rebuild=True)
    assert report.embedded + report.reused == BATCH_SIZE + 20
    assert report.reused >= BATCH_SIZE  # the batch in progress may have been finished, too
    assert_library_consistent(workspace)


def test_killed_build_leftovers_removed(workspace: Workspace) -> None:
    """Files left by a killed build are removed by the next build that completes."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    whole = {path.name for path in workspace.index.iterdir()}
    for name in (
        f".vectors-0.faiss.{os.getpid()}.tmp",
        f".{OWNER_FILE}.1.tmp",
        "vectors-0.faiss",
        STAGING_DATABASE,
        f"{REBUILD_DATABASE}-wal",
    ):
        (workspace.index / name).write_bytes(b"half")
    assert nonzero_counts(workspace.build()) == {"unchanged": 1}
    assert {path.name for path in workspace.index.iterdir()} == whole


def test_missing_vector_embedded_again(workspace: Workspace) -> None:
    """A passage that has lost its vector is embedded again."""
    workspace.write("a.jsonl", make_numbered_articles(5))
    workspace.build()
    with closing(workspace.connect_database()) as database:
        database.execute("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE number = 3)")
    report = workspace.build()
    assert (nonzero_counts(report), report.embedded) == ({"unchanged": 5}, 1)
    assert_library_consistent(workspace)


def test_missing_vector_in_large_library(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large library a missing vector is left to the doctor."""
    monkeypatch.setattr(writer, "MAX_PASSAGES_CHECKED", 4)
    workspace.write("a.jsonl", make_numbered_articles(5))
    workspace.build()
    with closing(workspace.connect_database()) as database:
        database.execute("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE number = 3)")
    assert workspace.build().embedded == 0
    workspace.write("b.txt", "The harbour is open.")
    assert workspace.build().embedded == 1, "others come in all the same"
    (file,) = workspace.index.glob("vectors-*.faiss")
    file.unlink()
    workspace.write("b.txt", "The harbour is closed.")
    with pytest.raises(LibraryDamaged, match="passage 3 is missing or damaged; run: assistant doctor --fix"):
        workspace.build()
    assert workspace.read_article_texts()["b.txt"] == "The harbour is open."


def test_damaged_saved_vectors_not_reused(workspace: Workspace) -> None:
    """Damaged vectors of a stopped build are not reused."""
    workspace.write("a.jsonl", make_numbered_articles(5))
    events = workspace.run_events()
    assert any(describe_event(event) == "embedding 5" for event in events)
    assert isinstance(events, Generator)
    events.close()
    with closing(sqlite3.connect(workspace.index / STAGING_DATABASE, isolation_level=None)) as aside:
        aside.execute("UPDATE vector SET data = zeroblob(length(data)) WHERE key = (SELECT min(key) FROM vector)")
    report = workspace.build()
    assert (report.embedded, report.reused) == (1, 4)
    assert_library_consistent(workspace)


@pytest.mark.parametrize("owner", [None, "", "[]", "{}"], ids=["named", "empty", "list", "object"])
def test_concurrent_build_names_lock_holder(workspace: Workspace, owner: str | None) -> None:
    """A second concurrent build gets an error naming the process that is writing."""
    workspace.write("a.txt", "The harbour is open.")
    first = workspace.run_events()
    next(first)
    if owner is not None:
        (workspace.index / OWNER_FILE).write_text(owner)
    with pytest.raises(LibraryLocked, match=f"process {os.getpid()}, since" if owner is None else "wait for it"):
        workspace.build()
    assert any(isinstance(event, BuildReport) for event in first)
    assert nonzero_counts(workspace.build()) == {"unchanged": 1}


def test_dead_process_holds_no_lock(workspace: Workspace) -> None:
    """A dead process holds no lock and is not named as the holder."""
    workspace.write("a.txt", "The harbour is open.")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    workspace.index.mkdir()
    note = json.dumps({"pid": ended.pid, "since": "2001-01-01"})
    (workspace.index / OWNER_FILE).write_text(note)
    events = workspace.run_events()
    next(events)
    (workspace.index / OWNER_FILE).write_text(note)
    with pytest.raises(LibraryLocked, match=r"another build is writing here; wait"):
        workspace.build()
    assert any(isinstance(event, BuildReport) for event in events)


@pytest.mark.parametrize(
    ("failure", "words"),
    [(RuntimeError("std::bad_alloc"), "not enough memory"), *in_campaign((MemoryError(), "not enough memory"))],
)
def test_out_of_memory_keeps_index_and_vectors(workspace: Workspace, failure: Exception, words: str) -> None:
    """If the model runs out of memory the old index and the finished vectors are kept."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    workspace.write("n.jsonl", make_numbered_articles(BATCH_SIZE + 20))
    whole, real = workspace.recording_embedder, workspace.recording_embedder.embed

    class Failing(RecordingEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if len(texts) < BATCH_SIZE:
                raise failure
            return real(texts)

    workspace.recording_embedder = Failing(whole)
    with pytest.raises(BuildError, match=f"{words} to build; .*embedding.batch_size.*unchanged"):
        workspace.build()
    assert list(workspace.read_article_texts()) == ["a.txt"]
    workspace.recording_embedder = whole
    report = workspace.build()
    assert (report.embedded, report.reused) == (20, BATCH_SIZE)


# ------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "harm",
    [Path.unlink, lambda path: path.write_bytes(b"other"), lambda path: os.truncate(path, path.stat().st_size - 1)],
    ids=["lost", "altered", "shortened"],
)
def test_damaged_faiss_file_served_and_repaired(workspace: Workspace, harm: Callable[[Path], object]) -> None:
    """A damaged FAISS file is replaced by the stored vectors and repaired."""
    workspace.write("a.jsonl", make_numbered_articles(5))
    workspace.build()
    question = workspace.recording_embedder.embed(["Boat number 3 came in."])[0]

    def nearest() -> tuple[Path, list[int]]:
        with SqliteLibrary.open(workspace.index) as library:
            found = library.vector_index().search(question, 5)
            return workspace.index / library.manifest["vectors_file"], [number for number, _ in found]

    file, ranking = nearest()
    harm(file)
    assert nearest() == (file, ranking)
    report = workspace.build()
    assert (nonzero_counts(report), report.embedded, workspace.load_count) == ({"unchanged": 5}, 0, 0)
    assert nearest()[0].is_file()
    assert nearest()[1] == ranking
    assert_library_consistent(workspace)


def damage_blocks(path: Path, every: int, first: int = 0) -> None:
    data = bytearray(path.read_bytes())
    for start in range(first, len(data), every):
        data[start : start + 500] = b"\xff" * len(data[start : start + 500])
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: damage_blocks(path, 4096, first=8192),
        *in_campaign(
            lambda path: path.write_bytes(b"not a database at all, but long enough to be looked at. " * 100),
            lambda path: os.truncate(path, 6000),
        ),
    ],
    ids=["spoilt pages", "garbage", "cut short"],
)
def test_damaged_library_names_repair_command(workspace: Workspace, harm: Callable[[Path], object]) -> None:
    """A damaged library names the command that repairs it."""
    workspace.write("a.jsonl", make_numbered_articles(50))
    workspace.build()
    harm(workspace.index / DATABASE)
    assistant = Assistant(workspace.config)
    for use in (
        lambda: list(assistant.stream("Which boat came in?")),
        assistant.stats,
        workspace.build,
        workspace.read_article_texts,
    ):
        with pytest.raises(LibraryDamaged, match=f"{DATABASE}: .*run: assistant build --rebuild"):
            use()
    workspace.build(rebuild=True)
    assert len(workspace.read_article_texts()) == 50
    assert_library_consistent(workspace)


def test_empty_database_is_no_index(workspace: Workspace) -> None:
    """An empty database file is not an index and can be built into."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.index.mkdir()
    (workspace.index / DATABASE).touch()
    with pytest.raises(LibraryMissing, match="run: assistant build"):
        SqliteLibrary.open(workspace.index)
    assert nonzero_counts(workspace.build()) == {"added": 1}


def test_foreign_database_unchanged(workspace: Workspace) -> None:
    """The database of another program is left unchanged."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.index.mkdir()
    with closing(workspace.connect_database()) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    before = (workspace.index / DATABASE).read_bytes()
    with pytest.raises(LibraryMismatch, match=r"not an index of this program.*--index"):
        workspace.build()
    assert (workspace.index / DATABASE).read_bytes() == before


# --------------------------------------------------------------------------------------- built otherwise


def test_other_format_names_command(workspace: Workspace) -> None:
    """An index of a newer format names the command to run; what is no format is damage, see tests/doctor."""
    version, remedy = "99", "update the assistant"
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    with closing(workspace.connect_database()) as database:
        database.execute("UPDATE manifest SET value = ? WHERE key = 'format'", (version,))
    with pytest.raises(LibraryMismatch, match=f"format {version}, this version reads {FORMAT_VERSION}; .*{remedy}"):
        SqliteLibrary.open(workspace.index)
    with pytest.raises(LibraryMismatch, match=f"format {version}.*run: assistant build --rebuild"):
        workspace.build()
    assert nonzero_counts(workspace.build(rebuild=True)) == {"added": 1}
    assert list(workspace.read_article_texts()) == ["a.txt"]


@pytest.mark.parametrize("what", ["model", "weights", "passages"])
def test_other_settings_name_command(workspace: Workspace, what: str) -> None:
    """An index built with other settings names the command to run."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    if what == "passages":
        workspace.config = workspace.config.model_copy(update={"passages": PassageSettings(max_tokens=64)})
    else:
        name, sha256 = ("other-model", workspace.model.sha256) if what == "model" else (workspace.model.name, "0" * 64)
        workspace.model = replace(workspace.model, name=name, sha256=sha256)
    message = (
        "(model|model sha256|passage max tokens) .*, configured (other-model|000|64).*run: assistant build --rebuild"
    )
    with SqliteLibrary.open(workspace.index) as library, pytest.raises(LibraryMismatch, match=message):
        check_manifest(library, workspace.config, workspace.model)
    with pytest.raises(LibraryMismatch, match=message):
        workspace.build()
    workspace.build(rebuild=True)
    with SqliteLibrary.open(workspace.index) as library:
        check_manifest(library, workspace.config, workspace.model)


# ------------------------------------------------------------------------------------------ nowhere to write


@pytest.fixture
def file_size_limit() -> Iterator[Callable[[int], None]]:
    """Limits the size of files in bytes, like a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("size", "rebuild"),
    [(80_000, False), (110_000, False), *in_campaign((16_000, False), (40_000, False), (110_000, True))],
    ids=["at the FAISS file", "at the commit", "at once", "at the vectors kept aside", "at the commit of a rebuild"],
)
def test_full_disk_keeps_old_index(
    workspace: Workspace, file_size_limit: Callable[[int], None], size: int, rebuild: bool
) -> None:
    """A full disk leaves the old index."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    bulky = {"id": "bulky", "text": "Words.", "url": "https://example.org/" + "long/" * 50_000}
    workspace.write("n.jsonl", make_numbered_articles(60) + json.dumps(bulky))
    file_size_limit(size)
    with pytest.raises(LibraryError, match=r"the disk|cannot be written"):
        workspace.build(rebuild=rebuild)
    assert list(workspace.read_article_texts()) == ["a.txt"]
    file_size_limit(resource.RLIM_INFINITY)
    assert nonzero_counts(workspace.build()) == {"added": 61, "unchanged": 1}
    assert_library_consistent(workspace)


@pytest.mark.parametrize("below", ["", "index"])
def test_index_path_not_a_folder(workspace: Workspace, below: str) -> None:
    """An index path that cannot be a folder is an error that names it."""
    workspace.write("a.txt", "The harbour is open.")
    file = workspace.articles.parent / "file"
    file.touch()
    workspace.config = Config(articles=workspace.config.articles, index=file / below)
    with pytest.raises(LibraryError, match=f"^{file / below}: cannot be written: .*name another with --index"):
        workspace.build()
    with pytest.raises(AssistantError, match="no index here yet"):
        SqliteLibrary.open(file / below)


def test_error_after_reading_not_unreadable_file(workspace: Workspace) -> None:
    """An error after reading is not reported as an unreadable file."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    workspace.write("a.txt", "The harbour is shut.")

    class WithoutHandles(RecordingEmbedder):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            raise OSError(errno.EMFILE, f"{os.strerror(errno.EMFILE)} for {len(texts)} texts")

    whole, workspace.recording_embedder = workspace.recording_embedder, WithoutHandles(workspace.recording_embedder)
    with pytest.raises(LibraryError, match="too many files are open; close other programs, or raise the limit"):
        workspace.build()
    assert workspace.read_article_texts() == {"a.txt": "The harbour is open."}
    workspace.recording_embedder = whole
    assert nonzero_counts(workspace.build()) == {"changed": 1}


def test_copied_index_works(workspace: Workspace, tmp_path: Path) -> None:
    """An index copied to another place works the same."""
    workspace.write("a.txt", "The harbour is open.")
    workspace.build()
    shutil.copytree(workspace.index, tmp_path / "copy")
    with SqliteLibrary.open(tmp_path / "copy") as library:
        assert len(library.vector_index()) == 1
