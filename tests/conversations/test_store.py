"""Saved conversations: nothing is lost, nothing is changed, and nothing that goes wrong keeps anybody from asking."""

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

from assistant.conversations.record_json import dumped, loaded
from assistant.conversations.store import FILE_NAME, Sessions, new_id, replayed
from assistant.engine import Assistant
from assistant.errors import SessionError
from assistant.records.answer import Answer, AskEvent, Searching, Turn
from assistant.records.query import Query
from tests.cli import test_cli
from tests.cli.test_cli import Run
from tests.support.terminals import Terminal

run = test_cli.run
QUESTIONS = (
    "what did Ushakov say about Europe?",
    "how many homes were evacuated?",
    "who said “a leap in the dark”?",
    "what did the Pope say about Europe?",
    "how did Valcourt’s view of the terminal change since March?",
)
LIBRARY = "/a/library/index"


def asked(assistant: Assistant, *questions: str) -> list[Turn]:
    """A conversation of these questions, as the interface leads it."""
    turns: list[Turn] = []
    for question in questions:
        events: list[AskEvent] = list(assistant.ask(question, history=turns))
        (searching,) = [event for event in events if isinstance(event, Searching)]
        (answer,) = [event for event in events if isinstance(event, Answer)]
        turns.append(Turn(answer.standalone_question or answer.question, searching.query, answer))
    return turns


def turn(question: str = "why?", answer: str = "because") -> Turn:
    return Turn(question, Query(question, "other", ("why",)), Answer(question, answer, False, None, (), (), ()))


@pytest.fixture(scope="module")
def turns(seeds: Assistant) -> list[Turn]:
    return asked(seeds, *QUESTIONS)


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def sessions(tmp_path: Path, notices: list[str]) -> Sessions:
    return Sessions(tmp_path / "data", notices.append)


# ------------------------------------------------------------------------------------------ what is kept


def test_a_conversation_comes_back_exactly_as_it_was(sessions: Sessions, turns: list[Turn]) -> None:
    for each in turns:
        sessions.save("c", LIBRARY, each)
    assert sessions.turns("c") == turns
    (session,) = sessions.listed()
    assert (session.title, session.library, session.questions) == (QUESTIONS[0], LIBRARY, len(QUESTIONS))
    assert session.created_at <= session.updated_at


def test_what_is_told_again_is_what_was_told_first(seeds: Assistant, turns: list[Turn]) -> None:
    for each in turns:
        (first, *_) = told = list(replayed(each))
        assert isinstance(first, Searching)
        assert told[-1] == each.answer
        assert (
            told[1:-1] == [event for event in seeds.ask(each.answer.question) if not isinstance(event, Searching)][:-1]
        )


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Turn))
def test_any_turn_at_all_survives_the_file(made: Turn) -> None:
    text = dumped(made)
    text.encode("ascii")
    assert repr(loaded(Turn, text)) == repr(made)  # not ==, for one NaN is not the other


@pytest.mark.parametrize("question", ["\ud800 half", "a\0b", "\x1b[2J“ß”", "x" * 100_000])
def test_questions_that_are_no_proper_text_are_kept_too(sessions: Sessions, question: str) -> None:
    sessions.save("c", LIBRARY, turn(question))
    assert sessions.turns("c") == [turn(question)]
    assert len(sessions.listed()) == 1


def test_a_turn_of_an_older_version_gets_the_defaults_of_what_it_lacks(turns: list[Turn]) -> None:
    record = json.loads(dumped(turns[0]))
    del record["answer"]["notes"], record["query"]["cue"]
    record["answer"]["something_newer"] = 1
    without = replace(turns[0], answer=replace(turns[0].answer, notes=()), query=replace(turns[0].query, cue=None))
    assert loaded(Turn, json.dumps(record)) == without


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"question": 1, "query": {}, "answer": {}}', "[" * 100_000, '{"question": "x"}']
)
def test_what_is_no_turn_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        loaded(Turn, text)


def test_a_turn_that_cannot_be_read_is_named_and_the_others_are_shown(
    sessions: Sessions, turns: list[Turn], notices: list[str]
) -> None:
    for each in turns[:3]:
        sessions.save("c", LIBRARY, each)
    with contextlib.closing(sqlite3.connect(sessions.path)) as database, database:
        database.execute("UPDATE turn SET record = '{' WHERE number = 1")
        database.execute("UPDATE turn SET format = 9 WHERE number = 2")
    assert sessions.turns("c") == [turns[2]]
    assert [line.split(": question ")[1][:1] for line in notices] == ["1", "2"]
    assert "newer version" in notices[1]


# ----------------------------------------------------------------------------- finding, naming, deleting


def test_the_newest_stands_first_and_the_last_of_a_library_is_found(sessions: Sessions) -> None:
    for name, library in (("one", "/a"), ("two", "/b"), ("three", "/a")):
        sessions.save(name, library, turn(name))
    assert [session.id for session in sessions.listed()] == ["three", "two", "one"]
    sessions.save("one", "/a", turn("again"))
    assert [session.id for session in sessions.listed()] == ["one", "three", "two"]
    assert [session.id for library in ("/a", "/b") if (session := sessions.last(library))] == ["one", "two"]
    assert sessions.last("/c") is None


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
def test_words_of_questions_and_answers_find_a_conversation(
    sessions: Sessions, turns: list[Turn], text: str, found: bool
) -> None:
    for each in turns[:2]:
        sessions.save("c", LIBRARY, each)
    assert bool(sessions.listed(text)) is found


def test_a_title_finds_a_conversation_whatever_the_case(sessions: Sessions) -> None:
    sessions.save("c", LIBRARY, turn())
    sessions.rename("c", "  Über die\nGRÖSSE ")
    assert [session.title for session in sessions.listed("über größe")] == ["Über die GRÖSSE"]
    sessions.rename("c", " ")
    assert sessions.find("c").title == "why?"


def test_a_deleted_conversation_is_gone_also_from_the_file_and_can_be_put_back(
    sessions: Sessions, turns: list[Turn]
) -> None:
    for each in turns[:2]:
        sessions.save("c", LIBRARY, each)
    sessions.rename("c", "Europe")
    (before,) = sessions.listed()
    deleted = sessions.delete("c")
    assert sessions.listed() == []
    assert sessions.turns("c") == []
    for path in sessions.path.parent.iterdir():
        assert b"Ushakov" not in path.read_bytes()
    sessions.put_back(deleted)
    sessions.put_back(deleted)
    assert sessions.listed() == [before]
    assert sessions.turns("c") == turns[:2]


def test_an_id_may_be_cut_short_where_it_is_the_only_one(sessions: Sessions) -> None:
    for name in ("abc1", "abc2", "d%_4"):
        sessions.save(name, LIBRARY, turn())
    assert sessions.find("abc1").id == "abc1"
    assert sessions.find("d").id == "d%_4"
    for wrong in ("abc", "", "%", "e"):
        with pytest.raises(SessionError, match="assistant conversations list"):
            sessions.find(wrong)
    with pytest.raises(SessionError, match="deleted elsewhere"):
        sessions.delete("e")


# ------------------------------------------------------------------------------------- the file and its state


def test_only_its_owner_can_read_what_was_asked(sessions: Sessions) -> None:
    sessions.save("c", LIBRARY, turn())
    assert stat.S_IMODE(sessions.path.parent.stat().st_mode) == 0o700
    for path in sessions.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sessions.path.chmod(0o644)
    sessions.save("c", LIBRARY, turn())
    assert stat.S_IMODE(sessions.path.stat().st_mode) == 0o600


def test_looking_makes_no_file(sessions: Sessions) -> None:
    assert sessions.listed("x") == []
    assert sessions.last(LIBRARY) is None
    assert not sessions.path.parent.exists()


def damage(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[0:40] = b"not a database at all, but forty letters"
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.parametrize("use", [lambda s: s.save("d", LIBRARY, turn()), lambda s: s.listed()])
def test_a_damaged_file_is_kept_under_another_name_and_saving_goes_on(
    sessions: Sessions, notices: list[str], use: Callable[[Sessions], object]
) -> None:
    sessions.save("c", LIBRARY, turn())
    data = damage(sessions.path)
    use(sessions)
    (aside,) = sessions.path.parent.glob(f"{FILE_NAME}.damaged-*")
    assert aside.read_bytes() == data
    (notice,) = notices
    assert str(sessions.path) in notice
    assert str(aside) in notice
    sessions.save("e", LIBRARY, turn())
    assert "e" in [session.id for session in sessions.listed()]


def test_programs_that_find_the_damage_together_move_it_aside_once(sessions: Sessions, notices: list[str]) -> None:
    sessions.save("c", LIBRARY, turn())
    damage(sessions.path)
    at_once = [threading.Thread(target=sessions.save, args=(str(n), LIBRARY, turn())) for n in range(6)]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert len(list(sessions.path.parent.glob(f"{FILE_NAME}.damaged-*"))) == len(notices) == 1
    assert {session.id for session in sessions.listed()} == set("012345")


def test_a_file_of_a_newer_version_is_left_as_it_is(sessions: Sessions) -> None:
    sessions.save("c", LIBRARY, turn())
    with contextlib.closing(sqlite3.connect(sessions.path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(SessionError, match="newer version"):
        sessions.save("c", LIBRARY, turn())
    assert [path.name for path in sessions.path.parent.glob("*damaged*")] == []


def test_where_nothing_can_be_written_the_file_and_the_remedy_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    sessions = Sessions(tmp_path / "file")
    with pytest.raises(SessionError, match="set ASSISTANT_DATA to another folder") as failed:
        sessions.save("c", LIBRARY, turn())
    assert str(sessions.path) in str(failed.value)


# --------------------------------------------------------------------------------- several programs, killed ones

SAVING = """
import sys
from pathlib import Path
from assistant.records.answer import Answer, Turn\nfrom assistant.records.query import Query
from assistant.conversations.store import Sessions
sessions = Sessions(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    question = f"{sys.argv[2]} {n}"
    answer = Answer(question, "yes", False, None, (), (), ())
    sessions.save(sys.argv[2], "/lib", Turn(question, Query(question, "other", ()), answer))
    print(n, flush=True)
"""


def saving(sessions: Sessions, name: str, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", SAVING, str(sessions.path.parent), name, str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_several_programs_save_at_once_and_nothing_is_lost(sessions: Sessions) -> None:
    together = [saving(sessions, name, 25) for name in ("a", "b", "a")]
    for one in together:
        one.communicate(timeout=60)
        assert one.returncode == 0
    assert {session.id: session.questions for session in sessions.listed()} == {"a": 50, "b": 25}
    assert [each.question for each in sessions.turns("b")] == [f"b {n}" for n in range(25)]


def test_a_kill_in_the_middle_of_saving_loses_no_turn_that_was_saved(sessions: Sessions, notices: list[str]) -> None:
    saved = []
    with saving(sessions, "a", 1_000_000) as program:
        assert program.stdout is not None
        for line in program.stdout:
            saved.append(int(line))
            if len(saved) == 40:
                os.kill(program.pid, signal.SIGKILL)
    found = [each.question for each in sessions.turns("a")]
    assert len(found) >= len(saved) >= 40
    assert found == [f"a {n}" for n in range(len(found))]
    sessions.save("a", "/lib", turn("after"))
    assert sessions.turns("a")[-1] == turn("after")
    assert notices == []


def test_ids_differ() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


# ------------------------------------------------------------------------------------------- the command line


@pytest.fixture
def saved(turns: list[Turn]) -> Sessions:
    """Where `assistant conversations` looks, with two conversations."""
    sessions = Sessions()
    for each in turns[:2]:
        sessions.save("aaaa0001", LIBRARY, each)
    sessions.save("bbbb0002", LIBRARY, turns[3])
    return sessions


def test_conversations_are_listed_searched_and_shown(saved: Sessions, run: Run) -> None:
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


def test_a_conversation_is_renamed_and_deleted(saved: Sessions, run: Run) -> None:
    assert run("conversations", "rename", "bb", "Rome").code == 0
    assert saved.find("bb").title == "Rome"
    deleted = run("conversations", "delete", "bb")
    assert (deleted.code, deleted.out) == (0, "")
    assert [session.id for session in saved.listed()] == ["aaaa0001"]
    failed = run("conversations", "show", "bb")
    assert failed.code == 1
    assert failed.err.count("\n") == 1
    assert "assistant conversations list" in failed.err


@pytest.mark.parametrize("form", ["markdown", "html", "json", "bibtex", "csl-json"])
def test_a_conversation_is_exported_to_the_output_or_a_new_file(saved: Sessions, run: Run, form: str) -> None:
    printed = run("conversations", "export", "aa", "--format", form)
    assert printed.code == 0
    assert "Ushakov" in printed.out
    assert run("conversations", "export", "aa", "--format", form, "-o", "file").out == ""
    assert Path("file").read_text(encoding="utf-8") == printed.out
    again = run("conversations", "export", "aa", "--format", form, "-o", "file")
    assert (again.code, again.out) == (1, "")
    assert "is there already" in again.err


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# "), ("html", "<!DOCTYPE html>"), ("csl-json", "[\n")])
def test_an_answer_is_printed_in_another_format(seeds: Assistant, run: Run, form: str, begins: str) -> None:
    done = run("--index", seeds.config.index, "ask", QUESTIONS[1], "--format", form)
    assert done.code == 0
    assert done.out.startswith(begins)
    both = run("--index", seeds.config.index, "ask", QUESTIONS[1], "--format", form, "--json")
    assert both.code == 2


# -------------------------------------------------------------------------------------- the program, killed


def test_a_kill_after_an_answer_loses_nothing_and_continue_shows_it_again(seeds: Assistant, tmp_path: Path) -> None:
    environment = {"ASSISTANT_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "assistant", "--index", str(seeds.config.index), "chat"]
    ending = "2 independent sources"  # the last of the answer
    with Terminal(command, environment=environment, rows=48, cwd=tmp_path) as terminal:
        terminal.until(lambda: "18 articles" in terminal.text)
        terminal.press(QUESTIONS[1] + "\r")
        terminal.until(lambda: ending in terminal.text)
        terminal.process.kill()
    sessions = Sessions(tmp_path / "data")
    (session,) = sessions.listed()
    assert (session.title, session.questions) == (QUESTIONS[1], 1)
    assert not sessions.turns(session.id)[0].answer.abstained
    with Terminal([*command, "--continue"], environment=environment, rows=48, cwd=tmp_path) as terminal:
        terminal.until(lambda: ending in terminal.text)
