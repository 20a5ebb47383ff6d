"""Tests of saved conversations: they are complete and unchanged, and errors do not prevent questions."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversations.record_json import decode_record, encode_record
from assistant.conversations.store import FILE_NAME, ConversationStore, create_conversation_id, replay_turn
from assistant.engine import Assistant
from assistant.errors import ConversationError
from assistant.records.answer import Answer, AskEvent, QuestionUnderstood, Turn
from assistant.records.conversation import LibraryKey
from assistant.records.query import Query
from tests.cli import test_cli
from tests.cli.test_cli import Run
from tests.support.sampling import WHOLE
from tests.support.terminals import Terminal

run = test_cli.run
QUESTIONS = (
    "what did Ushakov say about Europe?",
    "how many homes were evacuated?",
    "who said “a leap in the dark”?",
    "what did the Pope say about Europe?",
    "how did Valcourt’s view of the terminal change since March?",
)
LIBRARY = LibraryKey("/a/library/index", "1f")


def ask_questions(assistant: Assistant, *questions: str) -> list[Turn]:
    """The turns of a conversation with these questions."""
    turns: list[Turn] = []
    for question in questions:
        events: list[AskEvent] = list(assistant.stream(question, history=turns))
        (searching,) = [event for event in events if isinstance(event, QuestionUnderstood)]
        (answer,) = [event for event in events if isinstance(event, Answer)]
        turns.append(Turn(answer.standalone_question or answer.question, searching.query, answer))
    return turns


def make_turn(question: str = "why?", answer: str = "because") -> Turn:
    return Turn(question, Query(question, "other", ("why",)), Answer(question, answer, False, None, (), (), ()))


@pytest.fixture(scope="module")
def turns(seeds: Assistant) -> list[Turn]:
    return ask_questions(seeds, *QUESTIONS)


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, notices: list[str]) -> ConversationStore:
    return ConversationStore(tmp_path / "data", notices.append)


# ------------------------------------------------------------------------------------------ what is kept


def test_conversation_round_trip(store: ConversationStore, turns: list[Turn]) -> None:
    """A conversation is loaded exactly as it was saved."""
    for each in turns:
        store.save("c", LIBRARY, each)
    assert store.read_turns("c") == turns
    (session,) = store.list_conversations()
    assert (session.title, session.library, session.questions) == (QUESTIONS[0], LIBRARY.folder, len(QUESTIONS))
    assert session.created_at <= session.updated_at


def test_replay_gives_original_events(seeds: Assistant, turns: list[Turn]) -> None:
    """Replaying a turn gives the same events as the original answer."""
    assert len(turns) == len(QUESTIONS)
    for number, each in enumerate(turns):
        (first, *_) = replayed = list(replay_turn(each))
        assert isinstance(first, QuestionUnderstood)
        assert replayed[-1] == each.answer
        original = seeds.stream(each.answer.question, history=turns[:number])
        assert replayed[1:-1] == [event for event in original if not isinstance(event, QuestionUnderstood)][:-1]


@settings(max_examples=30 if WHOLE else 10, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Turn))
def test_any_turn_round_trip(made: Turn) -> None:
    """Any turn survives saving and loading."""
    text = encode_record(made)
    text.encode("ascii")
    assert repr(decode_record(Turn, text)) == repr(made)  # compared by repr, because NaN != NaN


@pytest.mark.parametrize("question", ["\ud800 half", "a\0b", "\x1b[2J“ß”", "x" * 100_000])
def test_malformed_question_text_saved(store: ConversationStore, question: str) -> None:
    """Questions with invalid Unicode are saved, too."""
    store.save("c", LIBRARY, make_turn(question))
    assert store.read_turns("c") == [make_turn(question)]
    assert len(store.list_conversations()) == 1


def test_old_turn_gets_defaults(turns: list[Turn]) -> None:
    """A turn of an older version gets defaults for missing fields."""
    record = json.loads(encode_record(turns[0]))
    del record["answer"]["notes"], record["query"]["cue"]
    record["answer"]["something_newer"] = 1
    without = replace(turns[0], answer=replace(turns[0].answer, notes=()), query=replace(turns[0].query, cue=None))
    assert decode_record(Turn, json.dumps(record)) == without


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"question": 1, "query": {}, "answer": {}}', "[" * 100_000, '{"question": "x"}']
)
def test_invalid_turn_refused(text: str) -> None:
    """Data that is not a turn is refused."""
    with pytest.raises(ValueError, match=r".+"):
        decode_record(Turn, text)


def test_unreadable_turn_named_others_shown(store: ConversationStore, turns: list[Turn], notices: list[str]) -> None:
    """A turn that cannot be read is named, and the others are shown."""
    for each in turns[:3]:
        store.save("c", LIBRARY, each)
    with contextlib.closing(sqlite3.connect(store.path)) as database, database:
        database.execute("UPDATE turn SET record = '{' WHERE number = 1")
        database.execute("UPDATE turn SET format = 9 WHERE number = 2")
    assert store.read_turns("c") == [turns[2]]
    assert [line.split(": question ")[1][:1] for line in notices] == ["1", "2"]
    assert "newer version" in notices[1]


# ----------------------------------------------------------------------------- finding, naming, deleting


def test_list_newest_first_and_last_of_library(store: ConversationStore) -> None:
    """Conversations are listed newest first, and the last one of a library is found."""
    for name, library in (("one", "/a"), ("two", "/b"), ("three", "/a")):
        store.save(name, LibraryKey(library), make_turn(name))
    assert [session.id for session in store.list_conversations()] == ["three", "two", "one"]
    store.save("one", LibraryKey("/a"), make_turn("again"))
    assert [session.id for session in store.list_conversations()] == ["one", "three", "two"]
    latest = [store.find_latest(LibraryKey(library)) for library in ("/a", "/b", "/c")]
    assert [found and found.id for found in latest] == ["one", "two", None]


def test_library_that_was_copied_or_renamed_is_known(store: ConversationStore) -> None:
    """By its id, in any folder; one without an id by its folder alone, which is remembered when it moves."""
    store.save("c", LIBRARY, make_turn("one"))
    moved = LibraryKey("/b/library/index", LIBRARY.id)
    for library in (moved, LibraryKey(LIBRARY.folder), LibraryKey(LIBRARY.folder, "built again")):
        found = store.find_latest(library)
        assert found is not None
        assert found.is_about(library)
    for library in (LibraryKey("/b"), LibraryKey("/b", "2e")):
        assert store.find_latest(library) is None
        assert not store.find("c").is_about(library)
    store.save("c", moved, make_turn("two"))
    assert store.find("c").library == moved.folder
    store.save("d", LibraryKey("/d"), make_turn("three"))
    assert not store.find("d").is_about(LibraryKey("/e"))


def test_conversations_of_an_earlier_version_are_kept(store: ConversationStore) -> None:
    """A file whose libraries have no ids yet is brought up to date when it is opened."""
    store.save("c", LIBRARY, make_turn("one"))
    with contextlib.closing(sqlite3.connect(store.path)) as database:
        database.execute("ALTER TABLE conversation DROP COLUMN library_id")
        database.execute("PRAGMA user_version = 1")
    (found,) = store.list_conversations()
    assert (found.library, found.library_id) == (LIBRARY.folder, "")
    store.save("c", LIBRARY, make_turn("two"))
    assert store.find("c").is_about(LibraryKey("/elsewhere", LIBRARY.id))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EUROPE", True),
        ("evacuated 410", True),  # a question, and an answer
        ("  homes\tushakov ", True),
        ("Größe", False),
        ("100%", False),
        ("_", False),
        ("zzz europe", False),
    ],
)
def test_search_questions_and_answers(store: ConversationStore, turns: list[Turn], text: str, found: bool) -> None:
    """Words of questions and answers find a conversation."""
    for each in turns[:2]:
        store.save("c", LIBRARY, each)
    assert bool(store.list_conversations(text)) is found


def test_search_title_ignores_case(store: ConversationStore) -> None:
    """A title finds a conversation regardless of case."""
    store.save("c", LIBRARY, make_turn())
    store.rename("c", "  Über die\nGRÖSSE ")
    assert [session.title for session in store.list_conversations("über größe")] == ["Über die GRÖSSE"]
    store.rename("c", " ")
    assert store.find("c").title == "why?"


def test_delete_erases_file_and_can_be_undone(store: ConversationStore, turns: list[Turn]) -> None:
    """A deleted conversation is erased from the file and can be restored."""
    for each in turns[:2]:
        store.save("c", LIBRARY, each)
    store.rename("c", "Europe")
    (before,) = store.list_conversations()
    deleted = store.delete("c")
    assert store.list_conversations() == []
    assert store.read_turns("c") == []
    for path in store.path.parent.iterdir():
        assert b"Ushakov" not in path.read_bytes()
    store.restore(deleted)
    store.restore(deleted)
    assert store.list_conversations() == [before]
    assert store.read_turns("c") == turns[:2]


def test_id_prefix_if_unique(store: ConversationStore) -> None:
    """An id may be shortened if the prefix is unique."""
    for name in ("abc1", "abc2", "d%_4"):
        store.save(name, LIBRARY, make_turn())
    assert store.find("abc1").id == "abc1"
    assert store.find("d").id == "d%_4"
    for wrong in ("abc", "", "%", "e"):
        with pytest.raises(ConversationError, match="assistant conversations list"):
            store.find(wrong)
    with pytest.raises(ConversationError, match="deleted elsewhere"):
        store.delete("e")


# ------------------------------------------------------------------------------------- the file and its state


def test_file_private_to_owner(store: ConversationStore) -> None:
    """Only the owner can read the saved conversations."""
    store.save("c", LIBRARY, make_turn())
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    for path in store.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store.path.chmod(0o644)
    store.save("c", LIBRARY, make_turn())
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_reading_creates_no_file(store: ConversationStore) -> None:
    """Listing conversations creates no file."""
    assert store.list_conversations("x") == []
    assert store.find_latest(LIBRARY) is None
    assert not store.path.parent.exists()


def damage_file(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[0:40] = b"not a database at all, but forty letters"
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.parametrize("use", [lambda s: s.save("d", LIBRARY, make_turn()), lambda s: s.list_conversations()])
def test_damaged_file_moved_aside(
    store: ConversationStore, notices: list[str], use: Callable[[ConversationStore], object]
) -> None:
    """A damaged file is kept under another name, and saving continues."""
    store.save("c", LIBRARY, make_turn())
    data = damage_file(store.path)
    use(store)
    (aside,) = store.path.parent.glob(f"{FILE_NAME}.damaged-*")
    assert aside.read_bytes() == data
    (notice,) = notices
    assert str(store.path) in notice
    assert str(aside) in notice
    store.save("e", LIBRARY, make_turn())
    assert "e" in [session.id for session in store.list_conversations()]


def test_damaged_file_moved_aside_once(store: ConversationStore, notices: list[str]) -> None:
    """Programs that detect the damage at the same time move the file aside once."""
    store.save("c", LIBRARY, make_turn())
    damage_file(store.path)
    at_once = [threading.Thread(target=store.save, args=(str(n), LIBRARY, make_turn())) for n in range(6)]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert len(list(store.path.parent.glob(f"{FILE_NAME}.damaged-*"))) == len(notices) == 1
    assert {session.id for session in store.list_conversations()} == set("012345")


def test_part_of_a_title_finds_a_conversation_if_unique(store: ConversationStore) -> None:
    """Where it is asked for, and no id begins so; case does not count."""
    for name, title in (("abc1", "The bridge"), ("abc2", "The ferry, abc1")):
        store.save(name, LIBRARY, make_turn())
        store.rename(name, title)
    assert store.find("FERRY", by_title=True).id == "abc2"
    assert store.find("abc1", by_title=True).id == "abc1"
    store.save("abc3", LIBRARY, make_turn())
    assert store.find("why", by_title=True).id == "abc3"  # its first question, as it has no other title
    store.save("abc4", LIBRARY, make_turn())
    store.rename("abc4", "Bridge")
    assert store.find("bridge", by_title=True).id == "abc4"  # the whole title comes before a part of another
    for wrong in ("the", "", "quay", "\udcff\udcfe"):
        with pytest.raises(ConversationError, match="with the id or title"):
            store.find(wrong, by_title=True)
    with pytest.raises(ConversationError, match="no conversation with the id 'ferry'"):
        store.find("ferry")


def test_newer_version_file_unchanged(store: ConversationStore) -> None:
    """A file of a newer version is left unchanged."""
    store.save("c", LIBRARY, make_turn())
    with contextlib.closing(sqlite3.connect(store.path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(ConversationError, match="newer version"):
        store.save("c", LIBRARY, make_turn())
    assert [path.name for path in store.path.parent.glob("*damaged*")] == []


def test_unwritable_file_error_names_remedy(tmp_path: Path) -> None:
    """If nothing can be written the error names the file and the remedy."""
    (tmp_path / "file").write_text("a file where a folder should be")
    store = ConversationStore(tmp_path / "file")
    with pytest.raises(ConversationError, match="set ASSISTANT_DATA to another folder") as failed:
        store.save("c", LIBRARY, make_turn())
    assert str(store.path) in str(failed.value)


# --------------------------------------------------------------------------------- several programs, killed ones

SAVING = """
import sys
from pathlib import Path
from assistant.records.answer import Answer, Turn\nfrom assistant.records.query import Query
from assistant.conversations import store
from assistant.conversations.store import ConversationStore
from assistant.records.conversation import LibraryKey
store.LOCK_TIMEOUT = 300  # on a busy machine a program may wait for several others
sessions = ConversationStore(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    question = f"{sys.argv[2]} {n}"
    answer = Answer(question, "yes", False, None, (), (), ())
    sessions.save(sys.argv[2], LibraryKey("/lib"), Turn(question, Query(question, "other", ()), answer))
    print(n, flush=True)
"""


def start_saving(store: ConversationStore, name: str, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", SAVING, str(store.path.parent), name, str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_concurrent_saves_lose_nothing(store: ConversationStore) -> None:
    """Several programs save at once, and nothing is lost."""
    together = [start_saving(store, name, 25) for name in ("a", "b", "a")]
    for one in together:
        one.communicate(timeout=300)
        assert one.returncode == 0
    assert {session.id: session.questions for session in store.list_conversations()} == {"a": 50, "b": 25}
    assert [each.question for each in store.read_turns("b")] == [f"b {n}" for n in range(25)]


def test_kill_while_saving_keeps_saved_turns(store: ConversationStore, notices: list[str]) -> None:
    """A kill while saving loses no turn that was saved."""
    saved = []
    with start_saving(store, "a", 1_000_000) as program:
        assert program.stdout is not None
        for line in program.stdout:
            saved.append(int(line))
            if len(saved) == 40:
                os.kill(program.pid, signal.SIGKILL)
    found = [each.question for each in store.read_turns("a")]
    assert len(found) >= len(saved) >= 40
    assert found == [f"a {n}" for n in range(len(found))]
    store.save("a", LibraryKey("/lib"), make_turn("after"))
    assert store.read_turns("a")[-1] == make_turn("after")
    assert notices == []


def test_ids_are_unique() -> None:
    """Conversation ids are unique."""
    assert len({create_conversation_id() for _ in range(1000)}) == 1000


# ------------------------------------------------------------------------------------------- the command line


@pytest.fixture
def saved(turns: list[Turn]) -> ConversationStore:
    """The store of `assistant conversations`, with two conversations."""
    store = ConversationStore()
    for each in turns[:2]:
        store.save("aaaa0001", LIBRARY, each)
    store.save("bbbb0002", LIBRARY, turns[3])
    return store


def test_command_lists_searches_shows(saved: ConversationStore, run: Run) -> None:
    """The commands list, search and show conversations."""
    listed = run("conversations", "list", "--json").json
    assert [(one["id"], one["questions"], one["title"]) for one in listed] == [
        ("bbbb0002", 1, QUESTIONS[3]),
        ("aaaa0001", 2, QUESTIONS[0]),
    ]
    assert [line.split("\t")[0] for line in run("conversations", "list", "homes", "ushakov").out.splitlines()] == [
        "aaaa0001"
    ]
    shown = run("conversations", "show", "aa").out
    assert QUESTIONS[0] in shown
    assert "The correct number is 385" in shown
    assert "[1] " in shown


def test_command_renames_and_deletes(saved: ConversationStore, run: Run) -> None:
    """The commands rename and delete a conversation."""
    assert run("conversations", "rename", "bb", "Rome").code == 0
    assert saved.find("bb").title == "Rome"
    deleted = run("conversations", "delete", "bb")
    assert (deleted.code, deleted.out) == (0, "")
    assert [session.id for session in saved.list_conversations()] == ["aaaa0001"]
    failed = run("conversations", "show", "bb")
    assert failed.code == 1
    assert failed.err.count("\n") == 1
    assert "assistant conversations list" in failed.err


@pytest.mark.parametrize("form", ["markdown", "html", "json", "bibtex", "csl-json"])
def test_command_exports_to_stdout_or_new_file(saved: ConversationStore, run: Run, form: str) -> None:
    """The command exports a conversation to stdout or to a new file."""
    printed = run("conversations", "export", "aa", "--format", form)
    assert printed.code == 0
    assert "Ushakov" in printed.out
    assert run("conversations", "export", "aa", "--format", form, "-o", "file").out == ""
    assert Path("file").read_text(encoding="utf-8") == printed.out
    again = run("conversations", "export", "aa", "--format", form, "-o", "file")
    assert (again.code, again.out) == (1, "")
    assert "already exists" in again.err


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# "), ("html", "<!DOCTYPE html>"), ("csl-json", "[\n")])
def test_ask_prints_other_formats(seeds: Assistant, run: Run, form: str, begins: str) -> None:
    """An answer is printed in another format."""
    done = run("--index", seeds.config.index, "ask", QUESTIONS[1], "--format", form)
    assert done.code == 0
    assert done.out.startswith(begins)
    both = run("--index", seeds.config.index, "ask", QUESTIONS[1], "--format", form, "--json")
    assert both.code == 2


# -------------------------------------------------------------------------------------- the program, killed


@pytest.mark.campaign
def test_kill_after_answer_keeps_conversation(seeds: Assistant, tmp_path: Path) -> None:
    """An answer is saved as soon as it is complete: a kill loses nothing, and --continue shows it again."""
    environment = {"ASSISTANT_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "assistant", "--index", str(seeds.config.index), "chat"]
    ending = "verbatim from its source"  # the end of the answer
    with Terminal(command, environment=environment, rows=48, cwd=tmp_path) as terminal:
        terminal.wait_until(lambda: "18 articles" in terminal.text)
        terminal.press(QUESTIONS[1] + "\r")
        terminal.wait_until(lambda: ending in terminal.text)
        store = ConversationStore(tmp_path / "data")
        terminal.wait_until(lambda: bool(store.list_conversations()))  # saved while the program goes on
        terminal.process.kill()
    (session,) = store.list_conversations()
    assert (session.title, session.questions) == (QUESTIONS[1], 1)
    assert not store.read_turns(session.id)[0].answer.abstained
    with Terminal([*command, "--continue"], environment=environment, rows=48, cwd=tmp_path) as terminal:
        terminal.wait_until(lambda: ending in terminal.text)
