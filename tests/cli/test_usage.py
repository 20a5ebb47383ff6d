"""The command line as somebody new uses it: what is typed, what is told, what is left behind."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli.app import main
from assistant.cli.usage.continuing import AskedConversation
from assistant.cli.usage.groups import summarize_help
from assistant.cli.usage.interruption import tell, tell_state_of_index
from assistant.cli.usage.output import write_export
from assistant.cli.usage.questions import collect_questions
from assistant.conversations.store import ConversationStore
from assistant.engine import Assistant
from assistant.errors import AssistantError, ConversationError, Interrupted
from assistant.presentation.filtering import choose_article
from assistant.records.conversation import LibraryKey
from tests.support.citations import make_answer, make_citation, make_turn

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Run `assistant` in an empty folder with this standard input; exit code, output, diagnostics."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        assert isinstance(ended.value.code, int)
        return ended.value.code, *capsys.readouterr()

    return run


# ------------------------------------------------------------------------------------------------- what is typed


def test_question_without_quotation_marks(command: Command, seeds: Assistant) -> None:
    """The words of a question need no quotation marks, and options may stand among them."""
    code, out, _ = command(
        "ask", "what", "did", "Ushakov", "--json", "say", "about", "Europe?", "--index", seeds.config.index
    )
    assert (code, json.loads(out)["question"]) == (0, "what did Ushakov say about Europe?")


def test_questions_from_standard_input(command: Command, seeds: Assistant) -> None:
    """`ask -`, or `ask` behind a pipe, asks each line."""
    lines = "What did Ushakov say about Europe?\n\nWho said “a leap in the dark”?\n"
    code, out, _ = command("ask", "-", "--json", "--index", seeds.config.index, stdin=lines)
    assert (code, [json.loads(line)["question"] for line in out.splitlines()]) == (0, lines.split("\n")[::2][:2])
    code, out, _ = command("ask", "--index", seeds.config.index, stdin=lines)
    assert out.startswith("> What did Ushakov say about Europe?\n")
    assert "\n\n> Who said “a leap in the dark”?\n" in out


def test_words_and_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are one question; without words nothing is read from a terminal."""
    assert collect_questions(["what", "did Lam", "say"]) == ["what did Lam say"]
    assert collect_questions(["a", "-"]) == ["a -"]
    monkeypatch.setattr(sys, "stdin", None)
    assert collect_questions([]) == []


@pytest.mark.parametrize("group", ["articles", "conversations", "feeds", "dossier", "standing"])
def test_group_without_command_lists(command: Command, seeds: Assistant, group: str) -> None:
    """`assistant articles` is `assistant articles list`, with its options too."""
    index = [] if group == "conversations" else ["--index", str(seeds.config.index)]
    listed = command(group, "list", *index, "--json")
    assert listed[0] == 0
    assert command(group, *index, "--json") == listed


def test_part_of_an_article_id_is_enough(command: Command, seeds: Assistant) -> None:
    """The beginning, the middle or words of the title are enough where they are of one article."""
    index = ("--index", seeds.config.index)
    shown = command("articles", "show", "2025-08-16-alaska-summit-in-anchorage.md", *index)
    assert shown[0] == 0
    assert command("articles", "show", "ALASKA", *index) == shown
    code, out, error = command("articles", "show", "2025", *index)
    assert (code, out) == (1, "")
    assert "matches 1" in error
    assert "give more of the id" in error


def test_article_is_chosen_by_id_before_title(seeds: Assistant) -> None:
    """A whole id is no part of another; the words of a title count where no id has them."""
    rows = seeds.catalog().articles()
    row = choose_article(rows, "anchorage putin trump meet")
    assert row.id.startswith("2025-08-16")
    assert choose_article(rows, row.id) is row


@pytest.mark.parametrize("typed", [["help", "ask"], ["ask", "--help"]], ids=" ".join)
def test_help_as_a_word(command: Command, typed: list[str]) -> None:
    """`assistant help ask` is `assistant ask --help`."""
    code, out, _ = command(*typed)
    assert code == 0
    assert "Answer a question from the articles" in out


def test_version_as_people_type_it(command: Command) -> None:
    """-V, --version and `version` print the version."""
    assert command("-V") == command("version") == command("--version")


def test_question_without_ask_is_told_how(command: Command) -> None:
    """Who types a question right behind `assistant` is told the command."""
    code, _, error = command("what", "did", "Lam", "say")
    assert code == 2
    assert "To ask a question: assistant ask QUESTION" in error
    assert "Did you mean 'ask'?" in command("asl", "x")[2]


def test_help_is_not_cut(command: Command) -> None:
    """Every command has its whole first sentence in the list, in 80 columns; arguments are called as in sentences."""
    for group in ("articles", "feeds", "library", "libraries", "dossier", "standing", "conversations", "eval"):
        assert "..." not in command(group, "--help")[1].partition("Commands:")[2]
    assert " speakers [OPTIONS] [NAME]" in " ".join(command("speakers", "--help")[1].split())
    assert " articles star [OPTIONS] {ID}..." in " ".join(command("articles", "star", "--help")[1].split())
    out = command("--help")[1]
    assert "..." not in out.partition("Commands:")[2]
    assert "config.yaml, seeds/ for your articles, and index/" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80
    assert summarize_help("Do this\nnow. Then that.\n\nMore.") == "Do this now"
    assert "JSON Lines" in command("speakers", "--help")[1]


def test_told_commands_can_be_pasted(command: Command) -> None:
    """A folder with a space is quoted in the command that `init` tells."""
    assert "cd 'my news' && assistant build" in command("init", "my news")[1]


def test_word_document_into_a_new_file(tmp_path: Path) -> None:
    """A format that is no text is written as it is; a file that exists is kept."""
    turns = [make_turn(make_answer(make_citation("One.")))]
    write_export(turns, "docx", None, tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    with pytest.raises(AssistantError, match="already exists"):
        write_export(turns, "markdown", None, tmp_path / "a.docx")
    with pytest.raises(AssistantError, match=r"docx: cannot be written"):
        write_export(turns, "docx", None, tmp_path / "a.docx" / "b.docx")


# ---------------------------------------------------------------------------------------------- what is left behind


@pytest.mark.parametrize(
    "arguments",
    ["ask x", "build", "add story.md", "stats", "doctor", "articles", "speakers", "quote abc", "feeds", "verify -"],
)
def test_no_library_here(command: Command, tmp_path: Path, arguments: str) -> None:
    """In a folder that is no library one line says how to make one, and nothing is left behind."""
    code, out, error = command(*arguments.split())
    assert (code, out) == (1, "")
    assert error == (
        f"error: {tmp_path}: no config.yaml here; change to the folder of your library, or make one: "
        "assistant init FOLDER\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_mistyped_index_is_named(command: Command, tmp_path: Path) -> None:
    """An index folder that does not exist is named as such."""
    code, _, error = command("ask", "x", "--index", "indxe")
    assert code == 1
    assert error.startswith("error: indxe: no such folder (named by --index)")
    assert list(tmp_path.iterdir()) == []


def test_failed_build_leaves_nothing(command: Command, tmp_path: Path) -> None:
    """A first build without articles leaves no folder; one that was there stays."""
    assert command("build", "nowhere")[0] == 1
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "notes").touch()
    assert command("build", "nowhere")[0] == 1
    assert (tmp_path / "index" / "notes").exists()


def test_failed_addition_leaves_nothing(command: Command, tmp_path: Path) -> None:
    """What cannot be added leaves no folder beside the index."""
    (tmp_path / "config.yaml").touch()
    assert command("add", "nowhere")[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


# ------------------------------------------------------------------------------------------------------ interrupted


@pytest.mark.parametrize("is_built", [True, False])
def test_interrupted_build_tells_the_state(seeds: Assistant, tmp_path: Path, is_built: bool) -> None:
    """An index that was there is unchanged; where there is none, that is told."""
    folder = seeds.config.index if is_built else tmp_path
    told = "the index is unchanged" if is_built else "there is no complete index yet"
    with pytest.raises(Interrupted, match=told), tell_state_of_index(folder):
        raise KeyboardInterrupt


def test_interrupted_command_tells_what_remains() -> None:
    """What was said of it, and nothing of an index."""
    with pytest.raises(Interrupted, match=r"^what was fetched is kept$"), tell("what was fetched is kept"):
        raise KeyboardInterrupt


# --------------------------------------------------------------------------------------------------- going on with it


def test_continue_goes_on_with_the_last_conversation(command: Command, seeds: Assistant) -> None:
    """The follow-up is understood from the conversation before, and saved in it."""
    index = seeds.config.index
    asked = AskedConversation(seeds.key(), goes_on=False, identifier=None)
    assert command("ask", "-c", "and about Alaska?", "--index", index)[2].startswith("error: this library has no saved")
    turn = make_turn(make_answer(make_citation("One."), question="What did Ushakov say about Europe?"))
    asked.add(turn)
    for option in (["--continue"], ["--conversation", asked.id[:5]]):
        code, out, _ = command("ask", *option, "and about Alaska?", "--index", index)
        assert code == 0
        assert out.startswith("(understood as: What did Ushakov say about Alaska?)\n")
    (saved,) = ConversationStore().list_conversations()
    assert (saved.id, saved.questions, saved.library) == (asked.id, 3, os.path.realpath(index))


def test_conversation_of_another_library_goes_on_as_a_new_one() -> None:
    """What was said before counts, and the other library's conversation stays as it is."""
    first = AskedConversation(LibraryKey("/a"), goes_on=False, identifier=None)
    first.add(make_turn(make_answer(make_citation("One."))))
    second = AskedConversation(LibraryKey("/b"), goes_on=False, identifier=first.id)
    assert (len(second.turns), second.id == first.id) == (1, False)
    with pytest.raises(ConversationError, match="no saved conversation: what is asked in a terminal"):
        AskedConversation(LibraryKey("/b"), goes_on=True, identifier=None)
