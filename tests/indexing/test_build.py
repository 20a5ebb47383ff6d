"""Building the library: it mirrors the files, does nothing twice, loses nothing to bad files, full disks,
damage or being stopped, and never shows half of itself."""

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
from assistant.indexing.embedding_worker import BATCH_SIZE
from assistant.indexing.lock import OWNER_FILE
from assistant.indexing.publish import REBUILD_DATABASE
from assistant.indexing.staging import STAGING_DATABASE
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, BuildReport, ProgressUpdate
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.manifest import check_manifest
from assistant.store.protocol import WordQuery
from assistant.store.schema import FORMAT_VERSION
from tests.conftest import make_article
from tests.support.workspace import (
    RecordingEmbedder,
    Workspace,
    assert_library_consistent,
    make_jsonl,
    make_numbered_articles,
    nonzero_counts,
)


@pytest.fixture
def desk(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    return Workspace(tmp_path, model, embedder)


# -------------------------------------------------------------------------------- what changed, and only that


def test_build_counts_added_changed_removed(desk: Workspace) -> None:
    """Added, changed and removed articles are counted, and the library reflects them."""
    desk.write("a.txt", "The harbour is open. 😀 Boats came in.")
    desk.write("deep/er/b.md", "---\ntitle: The quay\n---\nThe quay is closed, “for good” 🇪🇺.")
    assert nonzero_counts(desk.build()) == {"added": 2}
    assert_library_consistent(desk)

    desk.write("c.jsonl", make_jsonl(x="One more.", y="And another."))
    assert nonzero_counts(desk.build()) == {"added": 2, "unchanged": 2}
    assert_library_consistent(desk)

    desk.write("deep/er/b.md", "---\ntitle: The quay\n---\nThe quay is open again.")
    desk.write("c.jsonl", make_jsonl(x="One more.", z="A third."))
    (desk.articles / "a.txt").unlink()
    assert nonzero_counts(desk.build()) == {"added": 1, "changed": 1, "removed": 2, "unchanged": 1}
    assert desk.read_article_texts() == {"deep/er/b.md": "The quay is open again.", "x": "One more.", "z": "A third."}
    assert_library_consistent(desk)


def test_build_unchanged_needs_no_model(desk: Workspace) -> None:
    """A second build reads and embeds nothing and does not load the model."""
    desk.write("a.txt", "The harbour is open.")
    assert desk.build().embedded == 1
    with SqliteLibrary.open(desk.index) as library:
        generation = library.generation
    report = desk.build()
    assert (nonzero_counts(report), report.passages, report.embedded, report.reused) == ({"unchanged": 1}, 1, 0, 0)
    assert desk.load_count == 0
    with SqliteLibrary.open(desk.index) as library:
        assert library.generation == generation


def test_touched_file_not_split_again(desk: Workspace) -> None:
    """A file with a new time and the same text is not split again."""
    path = desk.write("a.jsonl", make_jsonl(a="The harbour is open.") + "broken\n")
    desk.build()
    desk.set_next_mtime(path)
    report = desk.build()
    assert (nonzero_counts(report), desk.load_count) == ({"unchanged": 1}, 0)
    assert [notice.place for notice in report.notices] == [f"{path}, line 2"]


def test_change_within_clock_tick_detected(desk: Workspace) -> None:
    """A file changed within one clock tick is detected."""
    path = desk.write("a.txt", "The harbour is open.")
    path.touch()
    now = path.stat()
    desk.build()
    desk.write("a.txt", "The harbour is shut.")
    os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert nonzero_counts(desk.build()) == {"changed": 1}


def test_changed_article_embeds_changed_passages(desk: Workspace) -> None:
    """For a changed article only the changed passages are embedded."""
    sentences = [
        f"The harbour master said on day {day} that boat {day} had come in with the tide." for day in range(60)
    ]
    head = "---\ntitle: Boats\n---\n"
    desk.write("boats.md", head + " ".join(sentences))
    desk.write("other.txt", "Nothing new here.")
    passages = desk.build().passages
    assert passages > 4
    desk.write("boats.md", head + " ".join([*sentences[:-1], "It sank."]))
    report = desk.build()
    assert (nonzero_counts(report), report.embedded, report.reused) == ({"changed": 1, "unchanged": 1}, 1, passages - 2)
    (embedded,) = desk.recording_embedder.embedded_texts
    assert embedded.endswith("It sank.")
    assert_library_consistent(desk)


def test_identical_passages_embedded_once(desk: Workspace) -> None:
    """The same text in two articles is embedded once."""
    wire = "---\ntitle: Wire\npublished_at: 2025-03-01\n---\nThe harbour is open."
    desk.write("one.md", wire)
    desk.write("two.md", wire)
    report = desk.build()
    assert (report.passages, report.embedded) == (2, 1)
    (desk.articles / "one.md").unlink()
    assert nonzero_counts(desk.build()) == {"removed": 1, "unchanged": 1}
    assert_library_consistent(desk)


def test_extra_articles_removed_by_next_build(desk: Workspace) -> None:
    """Articles passed without a file are added, and the next build without them removes them."""
    desk.write("a.txt", "The harbour is open.")
    given: list[Article | Notice] = [
        make_article("Given words.", id="given"),
        Notice("elsewhere", "no text"),
        make_article("Taken.", id="a.txt"),
    ]
    report = desk.build(extra=given)
    assert nonzero_counts(report) == {"added": 2}
    assert [notice.place for notice in report.notices] == ["elsewhere", "(given)"]
    assert nonzero_counts(desk.build()) == {"removed": 1, "unchanged": 1}


def test_nested_folders_read_once(desk: Workspace) -> None:
    """If one given folder is inside another each file is read once."""
    desk.write("town/a.txt", "The harbour is open.")
    desk.config = desk.config.model_copy(update={"articles": (desk.articles, desk.articles / "town")})
    assert nonzero_counts(desk.build()) == {"added": 1}
    assert nonzero_counts(desk.build()) == {"unchanged": 1}
    assert list(desk.read_article_texts()) == ["town/a.txt"]


def test_too_long_file_read_after_limit_raised(desk: Workspace) -> None:
    """A file that was too long is read once the limit allows it."""
    desk.write("a.txt", "The harbour is open.")
    desk.write("long.txt", "Words. " * 200)
    allowed = desk.config
    desk.config = allowed.model_copy(update={"reading": ReadingSettings(max_article_characters=1000)})
    assert desk.build().skipped == 1
    desk.config = allowed
    report = desk.build()
    assert (nonzero_counts(report), report.skipped) == ({"added": 1, "unchanged": 1}, 0)
    assert nonzero_counts(desk.build()) == {"unchanged": 2}
    assert desk.load_count == 0


def test_progress_monotonic_report_last(desk: Workspace) -> None:
    """Progress never goes back, and the report is the last event."""
    for number in range(5):
        desk.write(f"{number}.txt", f"Boat {number} came in.")
    desk.build()
    desk.write("3.txt", "Boat 3 sank.")
    *events, report = desk.run_events()
    assert isinstance(report, BuildReport)
    for stage in ("reading", "embedding"):
        done = [one.done for one in events if isinstance(one, ProgressUpdate) and one.stage == stage and one.total]
        totals = {one.total for one in events if isinstance(one, ProgressUpdate) and one.stage == stage and one.total}
        assert done == sorted(done)
        assert totals == {done[-1]}


# ------------------------------------------------------------------------------------------ one id, one article


def test_duplicate_id_in_file_keeps_first(desk: Workspace) -> None:
    """For an id used twice in a file the first article is kept and the place is named."""
    path = desk.write("a.jsonl", make_jsonl(x="First.") + make_jsonl(x="Second."))
    report = desk.build()
    (notice,) = report.notices
    assert str(notice) == f"{path}: id 'x' is used twice; the article in this file was kept"
    assert desk.read_article_texts() == {"x": "First."}
    again = desk.build()
    assert (again.notices, nonzero_counts(again), desk.load_count) == (report.notices, {"unchanged": 1}, 0)


def test_duplicate_id_in_two_files(desk: Workspace) -> None:
    """For an id in two files one article is kept; the other follows when that file is removed."""
    winner = desk.write("a.jsonl", make_jsonl(x="From a.", y="Also a."))
    desk.write("b.jsonl", make_jsonl(x="From b."))
    for _ in range(2):
        (notice,) = desk.build().notices
        assert str(winner) in notice.reason
        assert desk.read_article_texts() == {"x": "From a.", "y": "Also a."}
    winner.unlink()
    assert nonzero_counts(desk.build()) == {"changed": 1, "removed": 1}
    assert desk.read_article_texts() == {"x": "From b."}
    assert_library_consistent(desk)


@pytest.mark.parametrize("touched", [False, True])
def test_new_file_cannot_take_existing_id(desk: Workspace, touched: bool) -> None:
    """A new file cannot take an id from an unchanged file."""
    owner = desk.write("z.jsonl", make_jsonl(x="From z.", y="Also z."))
    desk.build()
    if touched:
        desk.set_next_mtime(owner)
    newcomer = desk.write("a.jsonl", make_jsonl(x="From a."))
    report = desk.build()
    assert (nonzero_counts(report), len(report.notices)) == ({"unchanged": 2}, 1)
    newcomer.unlink()
    desk.build()
    assert desk.read_article_texts() == {"x": "From z.", "y": "Also z."}


def test_moved_article_kept_once(desk: Workspace) -> None:
    """An article that moves to another file is neither lost nor duplicated."""
    desk.write("a.jsonl", make_jsonl(x="Moved.", y="Stays."))
    desk.write("b.jsonl", make_jsonl(z="Here."))
    desk.build()
    desk.write("a.jsonl", make_jsonl(y="Stays."))
    desk.write("b.jsonl", make_jsonl(z="Here.", x="Moved."))
    report = desk.build()
    assert (nonzero_counts(report), report.notices) == ({"changed": 1, "unchanged": 2}, ())
    assert desk.read_article_texts() == {"x": "Moved.", "y": "Stays.", "z": "Here."}


# ---------------------------------------------------------------------------------------------- bad files


def test_broken_file_named_and_skipped(desk: Workspace) -> None:
    """A broken file is named and skipped, and the others are built."""
    broken = desk.write("broken.md", "---\ntitle: [\n---\nText.")
    desk.write("binary.txt", "")
    (desk.articles / "binary.txt").write_bytes(bytes(range(256)) * 20)
    desk.write("empty.txt", "")
    desk.write("good.txt", "The harbour is open.")
    report = desk.build()
    assert {Path(notice.place).name for notice in report.notices} == {"broken.md", "binary.txt", "empty.txt"}
    assert (list(desk.read_article_texts()), report.skipped) == (["good.txt"], 3)
    again = desk.build()
    assert again.notices == report.notices, "a file that did not change still has its fault"
    desk.write("broken.md", "---\ntitle: Whole\n---\nText.")
    assert str(broken) not in {notice.place for notice in desk.build().notices}
    assert set(desk.read_article_texts()) == {"good.txt", "broken.md"}


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
@pytest.mark.parametrize(
    ("happens", "reason"),
    [(Path.unlink, "deleted while it was read"), (lambda path: (path.unlink(), path.mkdir()), "cannot be read")],
    ids=["vanishes", "becomes a folder"],
)
def test_file_removed_while_reading(
    desk: Workspace, known: bool, happens: Callable[[Path], object], reason: str
) -> None:
    """A file that disappears while it is read affects no other file."""
    path = desk.write("a.txt", "The harbour is open.")
    desk.write("b.txt", "The quay is closed.")
    if known:
        desk.build()
        desk.write("a.txt", "The harbour is shut.")
    events = desk.run_events()
    seen = [next(events)]
    happens(path)
    seen += events
    (notice,) = [event for event in seen if isinstance(event, Notice)]
    assert (notice.place, reason in notice.reason) == (str(path), True)
    assert desk.read_article_texts() == {
        "b.txt": "The quay is closed.",
        **({"a.txt": "The harbour is open."} if known else {}),
    }
    desk.build()
    assert list(desk.read_article_texts()) == ["b.txt"], "once it is known to be gone, so is its article"


def test_unreachable_folder_keeps_articles(desk: Workspace, tmp_path: Path) -> None:
    """Articles of an unreachable folder are kept."""
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "far.txt").write_text("A far harbour.")
    desk.write("near.txt", "A near harbour.")
    desk.config = desk.config.model_copy(update={"articles": (desk.articles, drive)})
    desk.build()
    drive.rename(tmp_path / "unplugged")
    report = desk.build()
    assert (nonzero_counts(report), [notice.place for notice in report.notices]) == ({"unchanged": 2}, [str(drive)])
    assert set(desk.read_article_texts()) == {"near.txt", "far.txt"}


@pytest.mark.parametrize("empty", [True, False])
def test_nothing_readable_keeps_index(desk: Workspace, empty: bool) -> None:
    """If nothing can be read the old index is kept."""
    path = desk.write("a.txt", "The harbour is open.")
    desk.build()
    path.unlink()
    if not empty:
        desk.write("b.jsonl", "{\n")
    why = "no .md, .txt, .html or .jsonl file there" if empty else "see the notices above"
    with pytest.raises(BuildError, match=why):
        desk.build()
    assert desk.read_article_texts() == {"a.txt": "The harbour is open."}


def test_empty_build_leaves_no_index(desk: Workspace) -> None:
    """A build without articles leaves no index."""
    with pytest.raises(BuildError, match=str(desk.articles)):
        desk.build()
    with pytest.raises(LibraryMissing, match="run: assistant build"):
        SqliteLibrary.open(desk.index)


# ------------------------------------------------------------------------------------------ stopped, or killed


def stages(event: BuildEvent) -> str:
    if not isinstance(event, ProgressUpdate):
        return type(event).__name__
    return f"{event.stage} {event.done if event.count is None else event.count}"


@pytest.mark.parametrize(
    ("moment", "count", "rebuild"),
    [
        ("reading 1", 20, False),
        ("reading 10", 20, False),
        ("embedding 0", 20, False),
        (f"embedding {BATCH_SIZE}", BATCH_SIZE + 20, False),
        ("publishing 0", 20, False),
        ("publishing 0", 20, True),
    ],
)
def test_stopped_build_resumed(desk: Workspace, moment: str, count: int, rebuild: bool) -> None:
    """A stopped build leaves the old index, and the next build resumes its work."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("n.jsonl", make_numbered_articles(count))
    events = desk.run_events(rebuild=rebuild)
    assert any(stages(event) == moment for event in events)
    assert list(desk.read_article_texts()) == ["a.txt"], "while it runs"
    assert isinstance(events, Generator)
    events.close()
    kept = len(desk.recording_embedder.embedded_texts) - rebuild  # which embeds the old article too
    assert list(desk.read_article_texts()) == ["a.txt"], "once it is stopped"
    report = desk.build()
    assert nonzero_counts(report) == {"added": count, "unchanged": 1}
    assert (report.embedded, report.reused) == (count - kept, kept)
    assert_library_consistent(desk)
    assert not list(desk.index.glob("embedded*")) + list(desk.index.glob("rebuilding*"))


def test_killed_build_keeps_old_index(desk: Workspace) -> None:
    """A killed build leaves the old index and does not block the next build."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("n.jsonl", make_numbered_articles(20))
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.conftest import make_config; from tests.indexing.test_build import stages\n"
        "from assistant.engine import Assistant\n"
        "for event in Assistant(make_config(Path(sys.argv[1]), Path(sys.argv[2]))).build_events():\n"
        "    if stages(event) == 'publishing 0': os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, desk.articles, desk.index], cwd=Path(__file__).parents[2])
    assert done.returncode < 0
    (desk.index / f".vectors-0.faiss.{os.getpid()}.tmp").write_bytes(b"half")
    assert list(desk.read_article_texts()) == ["a.txt"]
    report = desk.build()
    assert (report.embedded, report.reused) == (0, 20)
    assert_library_consistent(desk)


def test_reader_keeps_snapshot_during_build(desk: Workspace) -> None:
    """A reader keeps the library that it opened during builds and rebuilds."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    with SqliteLibrary.open(desk.index) as before:
        desk.write("a.txt", "The harbour is shut.")
        desk.write("b.txt", "The quay is closed.")
        desk.build()
        with SqliteLibrary.open(desk.index) as between:
            desk.write("c.txt", "The mole is new.")
            (desk.articles / "b.txt").unlink()
            desk.build(rebuild=True)
            assert [one.text for one in before.articles()] == ["The harbour is open."]
            assert {one.id for one in between.articles()} == {"a.txt", "b.txt"}
            assert [len(library.vector_index()) for library in (before, between)] == [1, 2]
            assert before.search_words(WordQuery.any_of(["open"]), 10, 1.0)
            assert not between.search_words(WordQuery.any_of(["open"]), 10, 1.0)
    assert set(desk.read_article_texts()) == {"a.txt", "c.txt"}
    assert_library_consistent(desk)


def test_wal_files_kept_for_read_only_users(desk: Workspace) -> None:
    """A build leaves the log files that users without write permission need to read."""
    desk.write("a.txt", "The harbour is open.")
    for rebuild in (False, True):
        desk.build(rebuild=rebuild)
        assert (desk.index / f"{DATABASE}-wal").stat().st_size == 0
        assert (desk.index / f"{DATABASE}-shm").exists()


def test_abandoned_query_leaves_no_warning(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A query that is abandoned midway causes no warning."""
    desk.write("a.jsonl", make_numbered_articles(5))
    desk.build()
    with SqliteLibrary.open(desk.index) as library:
        rows = library.select("SELECT number FROM passage")
        next(rows)
    del rows
    assert capsys.readouterr().err == ""


def test_rebuild_embeds_everything(desk: Workspace) -> None:
    """A rebuild embeds everything again."""
    desk.write("a.jsonl", make_numbered_articles(5))
    desk.build()
    report = desk.build(rebuild=True)
    assert (nonzero_counts(report), report.embedded, report.reused) == ({"added": 5}, 5, 0)


def test_stopped_rebuild_resumed(desk: Workspace) -> None:
    """A stopped rebuild is resumed by the next one."""
    desk.write("a.jsonl", make_numbered_articles(BATCH_SIZE + 20))
    desk.build()
    events = desk.run_events(rebuild=True)
    assert any(stages(event) == f"embedding {BATCH_SIZE}" for event in events)
    assert isinstance(events, Generator)
    events.close()
    report = desk.build(rebuild=True)
    assert report.embedded + report.reused == BATCH_SIZE + 20
    assert report.reused >= BATCH_SIZE  # the chunk under way may have been finished as well
    assert_library_consistent(desk)


def test_killed_build_leftovers_removed(desk: Workspace) -> None:
    """Files left by a killed build are removed by the next build that completes."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    whole = {path.name for path in desk.index.iterdir()}
    for name in (
        f".vectors-0.faiss.{os.getpid()}.tmp",
        f".{OWNER_FILE}.1.tmp",
        "vectors-0.faiss",
        STAGING_DATABASE,
        f"{REBUILD_DATABASE}-wal",
    ):
        (desk.index / name).write_bytes(b"half")
    assert nonzero_counts(desk.build()) == {"unchanged": 1}
    assert {path.name for path in desk.index.iterdir()} == whole


def test_missing_vector_embedded_again(desk: Workspace) -> None:
    """A passage that has lost its vector is embedded again."""
    desk.write("a.jsonl", make_numbered_articles(5))
    desk.build()
    with closing(desk.connect_database()) as database:
        database.execute("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE number = 3)")
    report = desk.build()
    assert (nonzero_counts(report), report.embedded) == ({"unchanged": 5}, 1)
    assert_library_consistent(desk)


def test_missing_vector_in_large_library(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large library a missing vector is left to the doctor."""
    monkeypatch.setattr(writer, "MAX_PASSAGES_CHECKED", 4)
    desk.write("a.jsonl", make_numbered_articles(5))
    desk.build()
    with closing(desk.connect_database()) as database:
        database.execute("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE number = 3)")
    assert desk.build().embedded == 0
    desk.write("b.txt", "The harbour is open.")
    assert desk.build().embedded == 1, "others come in all the same"
    (file,) = desk.index.glob("vectors-*.faiss")
    file.unlink()
    desk.write("b.txt", "The harbour is closed.")
    with pytest.raises(LibraryDamaged, match="passage 3 is missing or damaged; run: assistant doctor --fix"):
        desk.build()
    assert desk.read_article_texts()["b.txt"] == "The harbour is open."


def test_damaged_saved_vectors_not_reused(desk: Workspace) -> None:
    """Damaged vectors of a stopped build are not reused."""
    desk.write("a.jsonl", make_numbered_articles(5))
    events = desk.run_events()
    assert any(stages(event) == "embedding 5" for event in events)
    assert isinstance(events, Generator)
    events.close()
    with closing(sqlite3.connect(desk.index / STAGING_DATABASE, isolation_level=None)) as aside:
        aside.execute("UPDATE vector SET data = zeroblob(length(data)) WHERE key = (SELECT min(key) FROM vector)")
    report = desk.build()
    assert (report.embedded, report.reused) == (1, 4)
    assert_library_consistent(desk)


@pytest.mark.parametrize("owner", [None, "", "[]", "{}"], ids=["named", "empty", "list", "object"])
def test_concurrent_build_names_lock_holder(desk: Workspace, owner: str | None) -> None:
    """A second concurrent build gets an error naming the process that is writing."""
    desk.write("a.txt", "The harbour is open.")
    first = desk.run_events()
    next(first)
    if owner is not None:
        (desk.index / OWNER_FILE).write_text(owner)
    with pytest.raises(LibraryLocked, match=f"process {os.getpid()}, since" if owner is None else "wait for it"):
        desk.build()
    assert any(isinstance(event, BuildReport) for event in first)
    assert nonzero_counts(desk.build()) == {"unchanged": 1}


def test_dead_process_holds_no_lock(desk: Workspace) -> None:
    """A dead process holds no lock and is not named as the holder."""
    desk.write("a.txt", "The harbour is open.")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    desk.index.mkdir()
    note = json.dumps({"pid": ended.pid, "since": "2001-01-01"})
    (desk.index / OWNER_FILE).write_text(note)
    events = desk.run_events()
    next(events)
    (desk.index / OWNER_FILE).write_text(note)
    with pytest.raises(LibraryLocked, match=r"another build is writing here; wait"):
        desk.build()
    assert any(isinstance(event, BuildReport) for event in events)


@pytest.mark.parametrize(
    ("failure", "words"),
    [(MemoryError(), "not enough memory"), (RuntimeError("std::bad_alloc"), "not enough memory")],
)
def test_out_of_memory_keeps_index_and_vectors(desk: Workspace, failure: Exception, words: str) -> None:
    """If the model runs out of memory the old index and the finished vectors are kept."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("n.jsonl", make_numbered_articles(BATCH_SIZE + 20))
    whole, real = desk.recording_embedder, desk.recording_embedder.embed

    class Failing(RecordingEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if len(texts) < BATCH_SIZE:
                raise failure
            return real(texts)

    desk.recording_embedder = Failing(whole)
    with pytest.raises(BuildError, match=f"{words} to build; .*embedding.batch_size.*unchanged"):
        desk.build()
    assert list(desk.read_article_texts()) == ["a.txt"]
    desk.recording_embedder = whole
    report = desk.build()
    assert (report.embedded, report.reused) == (20, BATCH_SIZE)


# ------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "harm",
    [Path.unlink, lambda path: path.write_bytes(b"other"), lambda path: os.truncate(path, path.stat().st_size - 1)],
    ids=["lost", "altered", "shortened"],
)
def test_damaged_faiss_file_served_and_repaired(desk: Workspace, harm: Callable[[Path], object]) -> None:
    """A damaged FAISS file is replaced by the stored vectors and repaired."""
    desk.write("a.jsonl", make_numbered_articles(5))
    desk.build()
    question = desk.recording_embedder.embed(["Boat number 3 came in."])[0]

    def nearest() -> tuple[Path, list[int]]:
        with SqliteLibrary.open(desk.index) as library:
            found = library.vector_index().search(question, 5)
            return desk.index / library.manifest["vectors_file"], [number for number, _ in found]

    file, ranking = nearest()
    harm(file)
    assert nearest() == (file, ranking)
    report = desk.build()
    assert (nonzero_counts(report), report.embedded, desk.load_count) == ({"unchanged": 5}, 0, 0)
    assert nearest()[0].is_file()
    assert nearest()[1] == ranking
    assert_library_consistent(desk)


def spoilt(path: Path, every: int, first: int = 0) -> None:
    data = bytearray(path.read_bytes())
    for start in range(first, len(data), every):
        data[start : start + 500] = b"\xff" * len(data[start : start + 500])
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"not a database at all, but long enough to be looked at. " * 100),
        lambda path: spoilt(path, 4096, first=8192),
        lambda path: os.truncate(path, 6000),
    ],
    ids=["garbage", "spoilt pages", "cut short"],
)
def test_damaged_library_names_repair_command(desk: Workspace, harm: Callable[[Path], object]) -> None:
    """A damaged library names the command that repairs it."""
    desk.write("a.jsonl", make_numbered_articles(50))
    desk.build()
    harm(desk.index / DATABASE)
    assistant = Assistant(desk.config)
    for use in (
        lambda: list(assistant.stream("Which boat came in?")),
        assistant.stats,
        desk.build,
        desk.read_article_texts,
    ):
        with pytest.raises(LibraryDamaged, match=f"{DATABASE}: .*run: assistant build --rebuild"):
            use()
    desk.build(rebuild=True)
    assert len(desk.read_article_texts()) == 50
    assert_library_consistent(desk)


def test_empty_database_is_no_index(desk: Workspace) -> None:
    """An empty database file is not an index and can be built into."""
    desk.write("a.txt", "The harbour is open.")
    desk.index.mkdir()
    (desk.index / DATABASE).touch()
    with pytest.raises(LibraryMissing, match="run: assistant build"):
        SqliteLibrary.open(desk.index)
    assert nonzero_counts(desk.build()) == {"added": 1}


def test_foreign_database_unchanged(desk: Workspace) -> None:
    """The database of another program is left unchanged."""
    desk.write("a.txt", "The harbour is open.")
    desk.index.mkdir()
    with closing(desk.connect_database()) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    before = (desk.index / DATABASE).read_bytes()
    with pytest.raises(LibraryMismatch, match=r"not an index of this program.*--index"):
        desk.build()
    assert (desk.index / DATABASE).read_bytes() == before


# --------------------------------------------------------------------------------------- built otherwise


@pytest.mark.parametrize(("version", "remedy"), [("99", "update the assistant"), ("0", "build --rebuild")])
def test_other_format_names_command(desk: Workspace, version: str, remedy: str) -> None:
    """An index of another format names the command to run."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    with closing(desk.connect_database()) as database:
        database.execute("UPDATE manifest SET value = ? WHERE key = 'format'", (version,))
    with pytest.raises(LibraryMismatch, match=f"format {version}, this version reads {FORMAT_VERSION}; .*{remedy}"):
        SqliteLibrary.open(desk.index)
    with pytest.raises(LibraryMismatch, match=f"format {version}.*run: assistant build --rebuild"):
        desk.build()
    assert nonzero_counts(desk.build(rebuild=True)) == {"added": 1}
    assert list(desk.read_article_texts()) == ["a.txt"]


@pytest.mark.parametrize("what", ["model", "weights", "passages"])
def test_other_settings_name_command(desk: Workspace, what: str) -> None:
    """An index built with other settings names the command to run."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    if what == "passages":
        desk.config = desk.config.model_copy(update={"passages": PassageSettings(max_tokens=64)})
    else:
        name, sha256 = ("other-model", desk.model.sha256) if what == "model" else (desk.model.name, "0" * 64)
        desk.model = replace(desk.model, name=name, sha256=sha256)
    message = (
        "(model|model sha256|passage max tokens) .*, configured (other-model|000|64).*run: assistant build --rebuild"
    )
    with SqliteLibrary.open(desk.index) as library, pytest.raises(LibraryMismatch, match=message):
        check_manifest(library, desk.config, desk.model)
    with pytest.raises(LibraryMismatch, match=message):
        desk.build()
    desk.build(rebuild=True)
    with SqliteLibrary.open(desk.index) as library:
        check_manifest(library, desk.config, desk.model)


# ------------------------------------------------------------------------------------------ nowhere to write


@pytest.fixture
def file_size_limit() -> Iterator[Callable[[int], None]]:
    """Lets no file grow beyond so many bytes, as a full disk would not."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("size", "rebuild"),
    [(16_000, False), (40_000, False), (80_000, False), (110_000, False), (110_000, True)],
    ids=["at once", "at the vectors kept aside", "at the FAISS file", "at the commit", "at the commit of a rebuild"],
)
def test_full_disk_keeps_old_index(
    desk: Workspace, file_size_limit: Callable[[int], None], size: int, rebuild: bool
) -> None:
    """A full disk leaves the old index."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    bulky = {"id": "bulky", "text": "Words.", "url": "https://example.org/" + "long/" * 50_000}
    desk.write("n.jsonl", make_numbered_articles(60) + json.dumps(bulky))
    file_size_limit(size)
    with pytest.raises(LibraryError, match=r"the disk|cannot be written"):
        desk.build(rebuild=rebuild)
    assert list(desk.read_article_texts()) == ["a.txt"]
    file_size_limit(resource.RLIM_INFINITY)
    assert nonzero_counts(desk.build()) == {"added": 61, "unchanged": 1}
    assert_library_consistent(desk)


@pytest.mark.parametrize("below", ["", "index"])
def test_index_path_not_a_folder(desk: Workspace, below: str) -> None:
    """An index path that cannot be a folder is an error that names it."""
    desk.write("a.txt", "The harbour is open.")
    file = desk.articles.parent / "file"
    file.touch()
    desk.config = Config(articles=desk.config.articles, index=file / below)
    with pytest.raises(LibraryError, match=f"^{file / below}: cannot be written: .*name another with --index"):
        desk.build()
    with pytest.raises(AssistantError, match="no index here yet"):
        SqliteLibrary.open(file / below)


def test_error_after_reading_not_unreadable_file(desk: Workspace) -> None:
    """An error after reading is not reported as an unreadable file."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("a.txt", "The harbour is shut.")

    class WithoutHandles(RecordingEmbedder):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            raise OSError(errno.EMFILE, f"{os.strerror(errno.EMFILE)} for {len(texts)} texts")

    whole, desk.recording_embedder = desk.recording_embedder, WithoutHandles(desk.recording_embedder)
    with pytest.raises(LibraryError, match="too many files are open; close other programs, or raise the limit"):
        desk.build()
    assert desk.read_article_texts() == {"a.txt": "The harbour is open."}
    desk.recording_embedder = whole
    assert nonzero_counts(desk.build()) == {"changed": 1}


def test_copied_index_works(desk: Workspace, tmp_path: Path) -> None:
    """An index copied to another place works the same."""
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    shutil.copytree(desk.index, tmp_path / "copy")
    with SqliteLibrary.open(tmp_path / "copy") as library:
        assert len(library.vector_index()) == 1
