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
    NoLibrary,
)
from assistant.indexing import writer as storing
from assistant.indexing.embedding_worker import CHUNK
from assistant.indexing.lock import OWNER
from assistant.indexing.publish import REBUILDING
from assistant.indexing.staging import ASIDE
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, BuildReport, Progress
from assistant.store.library import DATABASE, Library
from assistant.store.manifest import check_manifest
from assistant.store.schema import FORMAT
from tests.conftest import article
from tests.support.workspace import Desk, Recording, assert_holds_together, counts, jsonl, many


@pytest.fixture
def desk(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Desk:
    return Desk(tmp_path, model, embedder)


# -------------------------------------------------------------------------------- what changed, and only that


def test_articles_added_changed_and_removed_are_counted_and_found(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open. 😀 Boats came in.")
    desk.write("deep/er/b.md", "---\ntitle: The quay\n---\nThe quay is closed, “for good” 🇪🇺.")
    assert counts(desk.build()) == {"added": 2}
    assert_holds_together(desk)

    desk.write("c.jsonl", jsonl(x="One more.", y="And another."))
    assert counts(desk.build()) == {"added": 2, "unchanged": 2}
    assert_holds_together(desk)

    desk.write("deep/er/b.md", "---\ntitle: The quay\n---\nThe quay is open again.")
    desk.write("c.jsonl", jsonl(x="One more.", z="A third."))
    (desk.articles / "a.txt").unlink()
    assert counts(desk.build()) == {"added": 1, "changed": 1, "removed": 2, "unchanged": 1}
    assert desk.contents() == {"deep/er/b.md": "The quay is open again.", "x": "One more.", "z": "A third."}
    assert_holds_together(desk)


def test_a_second_build_reads_and_embeds_nothing_and_needs_no_model(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    assert desk.build().embedded == 1
    with Library.open(desk.index) as library:
        generation = library.generation
    report = desk.build()
    assert (counts(report), report.passages, report.embedded, report.reused) == ({"unchanged": 1}, 1, 0, 0)
    assert desk.loads == 0
    with Library.open(desk.index) as library:
        assert library.generation == generation


def test_a_file_with_a_new_time_and_the_same_words_is_not_cut_again(desk: Desk) -> None:
    path = desk.write("a.jsonl", jsonl(a="The harbour is open.") + "broken\n")
    desk.build()
    desk.touch(path)
    report = desk.build()
    assert (counts(report), desk.loads) == ({"unchanged": 1}, 0)
    assert [notice.place for notice in report.notices] == [f"{path}, line 2"]


def test_a_file_changed_within_one_tick_of_the_clock_is_seen(desk: Desk) -> None:
    path = desk.write("a.txt", "The harbour is open.")
    path.touch()
    now = path.stat()
    desk.build()
    desk.write("a.txt", "The harbour is shut.")
    os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert counts(desk.build()) == {"changed": 1}


def test_a_changed_article_embeds_only_the_passages_that_changed(desk: Desk) -> None:
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
    assert (counts(report), report.embedded, report.reused) == ({"changed": 1, "unchanged": 1}, 1, passages - 2)
    (embedded,) = desk.recording.texts
    assert embedded.endswith("It sank.")
    assert_holds_together(desk)


def test_the_same_words_in_two_articles_are_embedded_once(desk: Desk) -> None:
    wire = "---\ntitle: Wire\npublished_at: 2025-03-01\n---\nThe harbour is open."
    desk.write("one.md", wire)
    desk.write("two.md", wire)
    report = desk.build()
    assert (report.passages, report.embedded) == (2, 1)
    (desk.articles / "one.md").unlink()
    assert counts(desk.build()) == {"removed": 1, "unchanged": 1}
    assert_holds_together(desk)


def test_articles_that_come_from_no_file_are_added_and_leave_with_their_build(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    given: list[Article | Notice] = [
        article("Given words.", id="given"),
        Notice("elsewhere", "no text"),
        article("Taken.", id="a.txt"),
    ]
    report = desk.build(extra=given)
    assert counts(report) == {"added": 2}
    assert [notice.place for notice in report.notices] == ["elsewhere", "(given)"]
    assert counts(desk.build()) == {"removed": 1, "unchanged": 1}


def test_of_two_given_folders_one_inside_the_other_each_file_is_read_once(desk: Desk) -> None:
    desk.write("town/a.txt", "The harbour is open.")
    desk.config = desk.config.model_copy(update={"articles": (desk.articles, desk.articles / "town")})
    assert counts(desk.build()) == {"added": 1}
    assert counts(desk.build()) == {"unchanged": 1}
    assert list(desk.contents()) == ["town/a.txt"]


def test_a_file_that_was_too_long_is_read_once_it_is_allowed(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.write("long.txt", "Words. " * 200)
    allowed = desk.config
    desk.config = allowed.model_copy(update={"reading": ReadingSettings(max_article_characters=1000)})
    assert desk.build().skipped == 1
    desk.config = allowed
    report = desk.build()
    assert (counts(report), report.skipped) == ({"added": 1, "unchanged": 1}, 0)
    assert counts(desk.build()) == {"unchanged": 2}
    assert desk.loads == 0


def test_progress_never_goes_back_and_a_report_comes_last(desk: Desk) -> None:
    for number in range(5):
        desk.write(f"{number}.txt", f"Boat {number} came in.")
    desk.build()
    desk.write("3.txt", "Boat 3 sank.")
    *events, report = desk.events()
    assert isinstance(report, BuildReport)
    for stage in ("reading", "embedding"):
        done = [one.done for one in events if isinstance(one, Progress) and one.stage == stage and one.total]
        totals = {one.total for one in events if isinstance(one, Progress) and one.stage == stage and one.total}
        assert done == sorted(done)
        assert totals == {done[-1]}


# ------------------------------------------------------------------------------------------ one id, one article


def test_an_id_used_twice_in_a_file_keeps_the_first_and_names_the_place(desk: Desk) -> None:
    path = desk.write("a.jsonl", jsonl(x="First.") + jsonl(x="Second."))
    report = desk.build()
    (notice,) = report.notices
    assert str(notice) == f"{path}: id 'x' is used twice; the article in this file was kept"
    assert desk.contents() == {"x": "First."}
    again = desk.build()
    assert (again.notices, counts(again), desk.loads) == (report.notices, {"unchanged": 1}, 0)


def test_an_id_used_in_two_files_keeps_one_and_the_other_comes_when_it_goes(desk: Desk) -> None:
    winner = desk.write("a.jsonl", jsonl(x="From a.", y="Also a."))
    desk.write("b.jsonl", jsonl(x="From b."))
    for _ in range(2):
        (notice,) = desk.build().notices
        assert str(winner) in notice.reason
        assert desk.contents() == {"x": "From a.", "y": "Also a."}
    winner.unlink()
    assert counts(desk.build()) == {"changed": 1, "removed": 1}
    assert desk.contents() == {"x": "From b."}
    assert_holds_together(desk)


@pytest.mark.parametrize("touched", [False, True])
def test_a_new_file_cannot_take_an_id_from_one_that_has_not_changed(desk: Desk, touched: bool) -> None:
    owner = desk.write("z.jsonl", jsonl(x="From z.", y="Also z."))
    desk.build()
    if touched:
        desk.touch(owner)
    newcomer = desk.write("a.jsonl", jsonl(x="From a."))
    report = desk.build()
    assert (counts(report), len(report.notices)) == ({"unchanged": 2}, 1)
    newcomer.unlink()
    desk.build()
    assert desk.contents() == {"x": "From z.", "y": "Also z."}


def test_an_article_that_moves_to_another_file_is_neither_lost_nor_doubled(desk: Desk) -> None:
    desk.write("a.jsonl", jsonl(x="Moved.", y="Stays."))
    desk.write("b.jsonl", jsonl(z="Here."))
    desk.build()
    desk.write("a.jsonl", jsonl(y="Stays."))
    desk.write("b.jsonl", jsonl(z="Here.", x="Moved."))
    report = desk.build()
    assert (counts(report), report.notices) == ({"changed": 1, "unchanged": 2}, ())
    assert desk.contents() == {"x": "Moved.", "y": "Stays.", "z": "Here."}


# ---------------------------------------------------------------------------------------------- bad files


def test_a_broken_file_is_named_and_skipped_and_the_others_are_built(desk: Desk) -> None:
    broken = desk.write("broken.md", "---\ntitle: [\n---\nText.")
    desk.write("binary.txt", "")
    (desk.articles / "binary.txt").write_bytes(bytes(range(256)) * 20)
    desk.write("empty.txt", "")
    desk.write("good.txt", "The harbour is open.")
    report = desk.build()
    assert {Path(notice.place).name for notice in report.notices} == {"broken.md", "binary.txt", "empty.txt"}
    assert (list(desk.contents()), report.skipped) == (["good.txt"], 3)
    again = desk.build()
    assert again.notices == report.notices, "a file that did not change still has its fault"
    desk.write("broken.md", "---\ntitle: Whole\n---\nText.")
    assert str(broken) not in {notice.place for notice in desk.build().notices}
    assert set(desk.contents()) == {"good.txt", "broken.md"}


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
@pytest.mark.parametrize(
    ("happens", "reason"),
    [(Path.unlink, "vanished"), (lambda path: (path.unlink(), path.mkdir()), "cannot be read")],
    ids=["vanishes", "becomes a folder"],
)
def test_a_file_that_goes_while_it_is_read_costs_nothing_else(
    desk: Desk, known: bool, happens: Callable[[Path], object], reason: str
) -> None:
    path = desk.write("a.txt", "The harbour is open.")
    desk.write("b.txt", "The quay is closed.")
    if known:
        desk.build()
        desk.write("a.txt", "The harbour is shut.")
    events = desk.events()
    seen = [next(events)]
    happens(path)
    seen += events
    (notice,) = [event for event in seen if isinstance(event, Notice)]
    assert (notice.place, reason in notice.reason) == (str(path), True)
    assert desk.contents() == {"b.txt": "The quay is closed.", **({"a.txt": "The harbour is open."} if known else {})}
    desk.build()
    assert list(desk.contents()) == ["b.txt"], "once it is known to be gone, so is its article"


def test_a_folder_out_of_reach_keeps_its_articles(desk: Desk, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "far.txt").write_text("A far harbour.")
    desk.write("near.txt", "A near harbour.")
    desk.config = desk.config.model_copy(update={"articles": (desk.articles, drive)})
    desk.build()
    drive.rename(tmp_path / "unplugged")
    report = desk.build()
    assert (counts(report), [notice.place for notice in report.notices]) == ({"unchanged": 2}, [str(drive)])
    assert set(desk.contents()) == {"near.txt", "far.txt"}


@pytest.mark.parametrize("empty", [True, False])
def test_where_nothing_can_be_read_the_old_index_stays(desk: Desk, empty: bool) -> None:
    path = desk.write("a.txt", "The harbour is open.")
    desk.build()
    path.unlink()
    if not empty:
        desk.write("b.jsonl", "{\n")
    why = "no .md, .txt, .html or .jsonl file there" if empty else "see the notices above"
    with pytest.raises(BuildError, match=why):
        desk.build()
    assert desk.contents() == {"a.txt": "The harbour is open."}


def test_a_build_of_nothing_leaves_no_index(desk: Desk) -> None:
    with pytest.raises(BuildError, match=str(desk.articles)):
        desk.build()
    with pytest.raises(NoLibrary, match="run: assistant build"):
        Library.open(desk.index)


# ------------------------------------------------------------------------------------------ stopped, or killed


def stages(event: BuildEvent) -> str:
    if not isinstance(event, Progress):
        return type(event).__name__
    return f"{event.stage} {event.done if event.count is None else event.count}"


@pytest.mark.parametrize(
    ("moment", "count", "rebuild"),
    [
        ("reading 1", 20, False),
        ("reading 10", 20, False),
        ("embedding 0", 20, False),
        (f"embedding {CHUNK}", CHUNK + 20, False),
        ("publishing 0", 20, False),
        ("publishing 0", 20, True),
    ],
)
def test_a_build_that_is_stopped_leaves_the_old_index_and_the_next_takes_up_its_work(
    desk: Desk, moment: str, count: int, rebuild: bool
) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("n.jsonl", many(count))
    events = desk.events(rebuild=rebuild)
    assert any(stages(event) == moment for event in events)
    assert list(desk.contents()) == ["a.txt"], "while it runs"
    assert isinstance(events, Generator)
    events.close()
    kept = len(desk.recording.texts) - rebuild  # which embeds the old article too
    assert list(desk.contents()) == ["a.txt"], "once it is stopped"
    report = desk.build()
    assert counts(report) == {"added": count, "unchanged": 1}
    assert (report.embedded, report.reused) == (count - kept, kept)
    assert_holds_together(desk)
    assert not list(desk.index.glob("embedded*")) + list(desk.index.glob("rebuilding*"))


def test_a_build_that_is_killed_leaves_the_old_index_and_nothing_in_the_way(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("n.jsonl", many(20))
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.conftest import configured; from tests.indexing.test_build import stages\n"
        "from assistant.engine import Assistant\n"
        "for event in Assistant(configured(Path(sys.argv[1]), Path(sys.argv[2]))).build():\n"
        "    if stages(event) == 'publishing 0': os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, desk.articles, desk.index], cwd=Path(__file__).parents[2])
    assert done.returncode < 0
    (desk.index / f".vectors-0.faiss.{os.getpid()}.tmp").write_bytes(b"half")
    assert list(desk.contents()) == ["a.txt"]
    report = desk.build()
    assert (report.embedded, report.reused) == (0, 20)
    assert_holds_together(desk)


def test_a_reader_keeps_what_it_opened_while_the_index_is_built_and_rebuilt(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    with Library.open(desk.index) as before:
        desk.write("a.txt", "The harbour is shut.")
        desk.write("b.txt", "The quay is closed.")
        desk.build()
        with Library.open(desk.index) as between:
            desk.write("c.txt", "The mole is new.")
            (desk.articles / "b.txt").unlink()
            desk.build(rebuild=True)
            assert [one.text for one in before.articles()] == ["The harbour is open."]
            assert {one.id for one in between.articles()} == {"a.txt", "b.txt"}
            assert [len(library.vector_index()) for library in (before, between)] == [1, 2]
            assert before.search_words('"open"', 10, 1.0)
            assert not between.search_words('"open"', 10, 1.0)
    assert set(desk.contents()) == {"a.txt", "c.txt"}
    assert_holds_together(desk)


def test_a_build_leaves_the_log_that_readers_need_who_may_not_write(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    for rebuild in (False, True):
        desk.build(rebuild=rebuild)
        assert (desk.index / f"{DATABASE}-wal").stat().st_size == 0
        assert (desk.index / f"{DATABASE}-shm").exists()


def test_a_reader_that_fails_midway_leaves_no_warning(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("a.jsonl", many(5))
    desk.build()
    with Library.open(desk.index) as library:
        rows = library.rows("SELECT number FROM passage")
        next(rows)
    del rows
    assert capsys.readouterr().err == ""


def test_a_rebuild_embeds_everything_anew(desk: Desk) -> None:
    desk.write("a.jsonl", many(5))
    desk.build()
    report = desk.build(rebuild=True)
    assert (counts(report), report.embedded, report.reused) == ({"added": 5}, 5, 0)


def test_a_rebuild_that_was_stopped_is_taken_up_by_the_next(desk: Desk) -> None:
    desk.write("a.jsonl", many(CHUNK + 20))
    desk.build()
    events = desk.events(rebuild=True)
    assert any(stages(event) == f"embedding {CHUNK}" for event in events)
    assert isinstance(events, Generator)
    events.close()
    report = desk.build(rebuild=True)
    assert report.embedded + report.reused == CHUNK + 20
    assert report.reused >= CHUNK  # the chunk under way may have been finished as well
    assert_holds_together(desk)


def test_what_a_killed_build_left_behind_goes_with_the_next_that_ends(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    whole = {path.name for path in desk.index.iterdir()}
    for name in (
        f".vectors-0.faiss.{os.getpid()}.tmp",
        f".{OWNER}.1.tmp",
        "vectors-0.faiss",
        ASIDE,
        f"{REBUILDING}-wal",
    ):
        (desk.index / name).write_bytes(b"half")
    assert counts(desk.build()) == {"unchanged": 1}
    assert {path.name for path in desk.index.iterdir()} == whole


def test_a_passage_that_has_lost_its_vector_is_embedded_again(desk: Desk) -> None:
    desk.write("a.jsonl", many(5))
    desk.build()
    with closing(desk.database()) as database:
        database.execute("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE number = 3)")
    report = desk.build()
    assert (counts(report), report.embedded) == ({"unchanged": 5}, 1)
    assert_holds_together(desk)


def test_in_a_large_library_a_lost_vector_is_left_to_the_doctor(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "LOOKED_THROUGH", 4)
    desk.write("a.jsonl", many(5))
    desk.build()
    with closing(desk.database()) as database:
        database.execute("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE number = 3)")
    assert desk.build().embedded == 0
    desk.write("b.txt", "The harbour is open.")
    assert desk.build().embedded == 1, "others come in all the same"
    (file,) = desk.index.glob("vectors-*.faiss")
    file.unlink()
    desk.write("b.txt", "The harbour is closed.")
    with pytest.raises(LibraryDamaged, match="passage 3 is missing or damaged; run: assistant doctor --fix"):
        desk.build()
    assert desk.contents()["b.txt"] == "The harbour is open."


def test_vectors_kept_aside_that_were_harmed_are_not_taken_up(desk: Desk) -> None:
    desk.write("a.jsonl", many(5))
    events = desk.events()
    assert any(stages(event) == "embedding 5" for event in events)
    assert isinstance(events, Generator)
    events.close()
    with closing(sqlite3.connect(desk.index / ASIDE, isolation_level=None)) as aside:
        aside.execute("UPDATE vector SET data = zeroblob(length(data)) WHERE key = (SELECT min(key) FROM vector)")
    report = desk.build()
    assert (report.embedded, report.reused) == (1, 4)
    assert_holds_together(desk)


@pytest.mark.parametrize("owner", [None, "", "[]", "{}"], ids=["named", "empty", "list", "object"])
def test_a_second_build_at_the_same_time_is_told_who_is_writing(desk: Desk, owner: str | None) -> None:
    desk.write("a.txt", "The harbour is open.")
    first = desk.events()
    next(first)
    if owner is not None:
        (desk.index / OWNER).write_text(owner)
    with pytest.raises(LibraryLocked, match=f"process {os.getpid()}, since" if owner is None else "wait for it"):
        desk.build()
    assert any(isinstance(event, BuildReport) for event in first)
    assert counts(desk.build()) == {"unchanged": 1}


def test_a_dead_process_holds_no_lock_and_is_not_named_as_the_holder(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    desk.index.mkdir()
    note = json.dumps({"pid": ended.pid, "since": "2001-01-01"})
    (desk.index / OWNER).write_text(note)
    events = desk.events()
    next(events)
    (desk.index / OWNER).write_text(note)
    with pytest.raises(LibraryLocked, match=r"another build is writing here; wait"):
        desk.build()
    assert any(isinstance(event, BuildReport) for event in events)


@pytest.mark.parametrize(
    ("failure", "words"),
    [(MemoryError(), "not enough memory"), (RuntimeError("std::bad_alloc"), "not enough memory")],
)
def test_a_model_that_runs_out_of_memory_leaves_the_old_index_and_what_it_made(
    desk: Desk, failure: Exception, words: str
) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("n.jsonl", many(CHUNK + 20))
    whole, real = desk.recording, desk.recording.embed

    class Failing(Recording):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if len(texts) < CHUNK:
                raise failure
            return real(texts)

    desk.recording = Failing(whole)
    with pytest.raises(BuildError, match=f"{words} to build; .*embedding.batch_size.*unchanged"):
        desk.build()
    assert list(desk.contents()) == ["a.txt"]
    desk.recording = whole
    report = desk.build()
    assert (report.embedded, report.reused) == (20, CHUNK)


# ------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "harm",
    [Path.unlink, lambda path: path.write_bytes(b"other"), lambda path: os.truncate(path, path.stat().st_size - 1)],
    ids=["lost", "altered", "shortened"],
)
def test_a_harmed_faiss_file_is_served_from_the_stored_vectors_and_mended(
    desk: Desk, harm: Callable[[Path], object]
) -> None:
    desk.write("a.jsonl", many(5))
    desk.build()
    question = desk.recording.embed(["Boat number 3 came in."])[0]

    def nearest() -> tuple[Path, list[int]]:
        with Library.open(desk.index) as library:
            found = library.vector_index().search(question, 5)
            return desk.index / library.manifest["vectors_file"], [number for number, _ in found]

    file, ranking = nearest()
    harm(file)
    assert nearest() == (file, ranking)
    report = desk.build()
    assert (counts(report), report.embedded, desk.loads) == ({"unchanged": 5}, 0, 0)
    assert nearest()[0].is_file()
    assert nearest()[1] == ranking
    assert_holds_together(desk)


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
def test_a_damaged_library_names_the_command_that_mends_it(desk: Desk, harm: Callable[[Path], object]) -> None:
    desk.write("a.jsonl", many(50))
    desk.build()
    harm(desk.index / DATABASE)
    assistant = Assistant(desk.config)
    for use in (lambda: list(assistant.ask("Which boat came in?")), assistant.stats, desk.build, desk.contents):
        with pytest.raises(LibraryDamaged, match=f"{DATABASE}: .*run: assistant build --rebuild"):
            use()
    desk.build(rebuild=True)
    assert len(desk.contents()) == 50
    assert_holds_together(desk)


def test_an_empty_database_file_is_no_index_and_can_be_built_into(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.index.mkdir()
    (desk.index / DATABASE).touch()
    with pytest.raises(NoLibrary, match="run: assistant build"):
        Library.open(desk.index)
    assert counts(desk.build()) == {"added": 1}


def test_the_database_of_another_program_is_left_alone(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.index.mkdir()
    with closing(desk.database()) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    before = (desk.index / DATABASE).read_bytes()
    with pytest.raises(LibraryMismatch, match=r"not an index of this program.*--index"):
        desk.build()
    assert (desk.index / DATABASE).read_bytes() == before


# --------------------------------------------------------------------------------------- built otherwise


@pytest.mark.parametrize(("version", "remedy"), [("99", "update the assistant"), ("0", "build --rebuild")])
def test_an_index_of_another_format_names_the_command_to_run(desk: Desk, version: str, remedy: str) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    with closing(desk.database()) as database:
        database.execute("UPDATE manifest SET value = ? WHERE key = 'format'", (version,))
    with pytest.raises(LibraryMismatch, match=f"format {version}, this version reads {FORMAT}; .*{remedy}"):
        Library.open(desk.index)
    with pytest.raises(LibraryMismatch, match=f"format {version}.*run: assistant build --rebuild"):
        desk.build()
    assert counts(desk.build(rebuild=True)) == {"added": 1}
    assert list(desk.contents()) == ["a.txt"]


@pytest.mark.parametrize("what", ["model", "weights", "passages"])
def test_an_index_built_with_other_settings_names_the_command_to_run(desk: Desk, what: str) -> None:
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
    with Library.open(desk.index) as library, pytest.raises(LibraryMismatch, match=message):
        check_manifest(library, desk.config, desk.model)
    with pytest.raises(LibraryMismatch, match=message):
        desk.build()
    desk.build(rebuild=True)
    with Library.open(desk.index) as library:
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
def test_a_disk_that_fills_up_leaves_the_old_index(
    desk: Desk, file_size_limit: Callable[[int], None], size: int, rebuild: bool
) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    bulky = {"id": "bulky", "text": "Words.", "url": "https://example.org/" + "long/" * 50_000}
    desk.write("n.jsonl", many(60) + json.dumps(bulky))
    file_size_limit(size)
    with pytest.raises(LibraryError, match=r"the disk|cannot be written"):
        desk.build(rebuild=rebuild)
    assert list(desk.contents()) == ["a.txt"]
    file_size_limit(resource.RLIM_INFINITY)
    assert counts(desk.build()) == {"added": 61, "unchanged": 1}
    assert_holds_together(desk)


@pytest.mark.parametrize("below", ["", "index"])
def test_an_index_that_cannot_be_a_folder_is_an_error_that_names_it(desk: Desk, below: str) -> None:
    desk.write("a.txt", "The harbour is open.")
    file = desk.articles.parent / "file"
    file.touch()
    desk.config = Config(articles=desk.config.articles, index=file / below)
    with pytest.raises(LibraryError, match=f"^{file / below}: cannot be written: .*name another with --index"):
        desk.build()
    with pytest.raises(AssistantError, match="no index here yet"):
        Library.open(file / below)


def test_what_fails_after_reading_is_not_taken_for_a_file_that_cannot_be_read(desk: Desk) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    desk.write("a.txt", "The harbour is shut.")

    class WithoutHandles(Recording):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            raise OSError(errno.EMFILE, f"{os.strerror(errno.EMFILE)} for {len(texts)} texts")

    whole, desk.recording = desk.recording, WithoutHandles(desk.recording)
    with pytest.raises(LibraryError, match="too many files are open; close other programs, or raise the limit"):
        desk.build()
    assert desk.contents() == {"a.txt": "The harbour is open."}
    desk.recording = whole
    assert counts(desk.build()) == {"changed": 1}


def test_an_index_copied_elsewhere_is_as_good(desk: Desk, tmp_path: Path) -> None:
    desk.write("a.txt", "The harbour is open.")
    desk.build()
    shutil.copytree(desk.index, tmp_path / "copy")
    with Library.open(tmp_path / "copy") as library:
        assert len(library.vector_index()) == 1
