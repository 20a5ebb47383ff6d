"""Tests of saving, searching, resuming and changing conversations in the interface."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.conversations.store import FILE_NAME, ConversationStore
from assistant.engine import Assistant
from assistant.records.conversation import LibraryKey
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.rename import RenameScreen
from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.conversations import ConversationList, ConversationsScreen
from tests.conversations.test_store import ask_questions, damage_file
from tests.support.actions import (
    all_answered,
    ask_question,
    collapse_spaces,
    conversation_text,
    find_prompt,
    highlighted_text,
    is_citation_open,
    static_text,
    submit_question,
)
from tests.support.backends import Gate, GatedAssistant
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until

TERMINAL = "What did Valcourt say about the terminal?"
HOMES = "how many homes were evacuated?"


@pytest.fixture
def saved(seeds: Assistant) -> ConversationStore:
    """Two conversations over seeds/ and a later one of another library."""
    store = ConversationStore()
    for name, library, questions in (
        ("first", seeds.key(), [TERMINAL, "and Lindqvist?"]),
        ("second", seeds.key(), [HOMES]),
        ("other", LibraryKey("/elsewhere/index"), [HOMES]),
    ):
        for turn in ask_questions(seeds, *questions):
            store.save(name, library, turn)
    return store


def list_saved() -> list[tuple[str, int]]:
    """Titles and numbers of questions of the saved conversations, newest first."""
    return [(session.title, session.questions) for session in ConversationStore().list_conversations()]


def read_titles(pilot: Pilot[None]) -> list[str]:
    listing = pilot.app.screen.query_one(ConversationList)
    return [str(option.prompt).split("\n")[0] for option in listing.options]


def read_preview(pilot: Pilot[None]) -> str:
    return collapse_spaces(static_text(pilot.app.screen.query_one("#conversation-text", Static)))


async def open_conversations(pilot: Pilot[None], count: int) -> None:
    """Open the list of conversations and wait until it has `count` lines."""
    await pilot.press("f2")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ConversationsScreen))
    await wait_until(pilot, lambda: len(read_titles(pilot)) == count)


def is_ask_screen(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, AskScreen)


# --------------------------------------------------------------------------------------------- saving


@pytest.mark.campaign
async def test_answers_saved_and_new_conversation(app: AssistantApp) -> None:
    """Answers are saved as they arrive, and a new conversation is saved separately."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, TERMINAL)
        await wait_until(pilot, lambda: list_saved() == [(TERMINAL, 1)])
        await ask_question(pilot, "and Lindqvist?", exchanges=2)
        await wait_until(pilot, lambda: list_saved() == [(TERMINAL, 2)])
        await pilot.press("ctrl+l")
        await ask_question(pilot, HOMES)
        await wait_until(pilot, lambda: list_saved() == [(HOMES, 1), (TERMINAL, 2)])


@pytest.mark.campaign
async def test_escape_while_answering_saves_nothing(seeds: Assistant, gate: Gate) -> None:
    """Escape during an answer restores the question and saves nothing."""
    paced = GatedAssistant(seeds, gate)
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await submit_question(pilot, TERMINAL)
        await wait_until(pilot, lambda: paced.asked_questions)
        await pilot.press("escape")
        paced.release()
        await wait_until(pilot, lambda: paced.ask_finished.is_set() and all_answered(pilot, 0))
        assert find_prompt(pilot).value == TERMINAL
        await ask_question(pilot, HOMES)
        await wait_until(pilot, list_saved)
        assert list_saved() == [(HOMES, 1)]


async def test_save_failure_reported_once(app: AssistantApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If nothing can be saved this is reported once, and questions can still be asked."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "file"))
    app = AssistantApp(app._open_backend)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, TERMINAL)
        await wait_until(pilot, lambda: "Conversation not saved" in screen_text(app))
        assert "ASSISTANT_DATA" in screen_text(app)
        await ask_question(pilot, "and Lindqvist?", exchanges=2)
        assert len([one for one in app.notices if one.title == "Conversation not saved"]) == 1
        (tmp_path / "file").unlink()
        await ask_question(pilot, HOMES, exchanges=3)
        await wait_until(pilot, lambda: list_saved() == [(TERMINAL, 3)])


@pytest.mark.campaign
async def test_damaged_file_moved_aside_with_notice(app: AssistantApp, saved: ConversationStore) -> None:
    """A damaged file is moved aside with a notice, and questions can still be asked."""
    data = damage_file(saved.path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, TERMINAL)
        await wait_until(pilot, lambda: list_saved() == [(TERMINAL, 1)])
        assert "are damaged; the file is now" in collapse_spaces(" ".join(one.message for one in app.notices))
    (aside,) = saved.path.parent.glob(f"{FILE_NAME}.damaged-*")
    assert aside.read_bytes() == data


# ------------------------------------------------------------------------------------------- resuming


async def test_enter_resumes_conversation(app: AssistantApp, saved: ConversationStore, seeds: Assistant) -> None:
    """Enter resumes a conversation with its sources and context."""
    turns = saved.read_turns("first")
    async with app.run_test(size=(120, 48), notifications=True) as pilot:
        await open_conversations(pilot, 4)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: is_ask_screen(pilot) and all_answered(pilot, 2))
        shown = conversation_text(pilot)
        assert "understood as: What did Lindqvist say about the terminal?" in shown
        for turn in turns:
            for citation in turn.answer.citations:
                assert collapse_spaces(citation.quote) in collapse_spaces(shown)
        await wait_until(pilot, lambda: is_citation_open(pilot, turns[1].answer.citations[0]))
        await ask_question(pilot, "and about dredging?", exchanges=3)
        assert "understood as: What did Lindqvist say about dredging?" in conversation_text(pilot)
        await wait_until(pilot, lambda: (TERMINAL, 3) in list_saved())
        assert len(list_saved()) == 3


@pytest.mark.campaign
async def test_resumed_conversation_looks_unchanged(app: AssistantApp, seeds: Assistant) -> None:
    """A resumed conversation looks the same as before."""
    async with app.run_test(size=(120, 48), notifications=True) as pilot:
        await ask_question(pilot, HOMES)
        await ask_question(pilot, "what did the Pope say about Europe?", exchanges=2)
        await wait_until(pilot, lambda: list_saved() == [(HOMES, 2)])
        before = conversation_text(pilot)
    again = AssistantApp(lambda: seeds, resume_last=True)
    async with again.run_test(size=(120, 48)) as pilot:
        await wait_until(pilot, lambda: all_answered(pilot, 2))
        assert conversation_text(pilot) == before


async def test_continue_last_of_library_or_says_none(app: AssistantApp, saved: ConversationStore) -> None:
    """Continue resumes the last conversation of the library or says that there is none."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        app.action_resume_last()
        await wait_until(pilot, lambda: all_answered(pilot, 1) and HOMES in conversation_text(pilot))
        app.action_resume_last()
        await wait_until(pilot, lambda: all_answered(pilot, 2) and TERMINAL in conversation_text(pilot))
        for name in ("first", "second"):
            saved.delete(name)
        app.action_resume_last()
        await wait_until(pilot, lambda: "This library has no earlier conversation" in screen_text(app))


async def test_other_library_sources_open_if_text_same(app: AssistantApp, saved: ConversationStore) -> None:
    """Sources of another library open only if the text is the same."""
    async with app.run_test(size=(160, 48), notifications=True) as pilot:
        await open_conversations(pilot, 4)
        assert read_titles(pilot) == [HOMES, TERMINAL, "In other libraries", HOMES]
        await pilot.press("end")
        await wait_until(pilot, lambda: "Its sources are in another library: /elsewhere/index" in read_preview(pilot))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_ask_screen(pilot) and all_answered(pilot, 1))
        await wait_until(pilot, lambda: "/elsewhere/index" in screen_text(app))
        await wait_until(pilot, lambda: "385" in highlighted_text(pilot))  # the same article is in this library too
        await ask_question(pilot, TERMINAL, exchanges=2)
        await wait_until(pilot, lambda: list_saved()[0] == (TERMINAL, 1))
        assert len(list_saved()) == 4


# ---------------------------------------------------------------------------------- finding and changing


@pytest.mark.parametrize("size", [(60, 24), *in_campaign(((160, 48),))])
async def test_search_by_words_of_answer(app: AssistantApp, saved: ConversationStore, size: tuple[int, int]) -> None:
    """Words of an answer find its conversation."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_conversations(pilot, 4)
        await pilot.press("slash", "l", "i")
        pilot.app.screen.query_one(Input).value = "lindqvist terminal"
        await wait_until(pilot, lambda: read_titles(pilot) == [TERMINAL])
        assert "1 found" in screen_text(app)
        await pilot.press(*" zzz")
        await wait_until(pilot, lambda: "No conversation contains all of these words." in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(read_titles(pilot)) == 4)
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_ask_screen(pilot))
        assert app.focused is find_prompt(pilot)


async def test_rename_delete_and_restore(app: AssistantApp, saved: ConversationStore) -> None:
    """A conversation is renamed, deleted and restored."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await open_conversations(pilot, 4)
        await pilot.press("f6")
        await wait_until(pilot, lambda: isinstance(app.screen, RenameScreen))
        assert pilot.app.screen.query_one(Input).value == HOMES
        pilot.app.screen.query_one(Input).value = "The [b]flood[/b]"
        await pilot.press("enter")
        await wait_until(pilot, lambda: read_titles(pilot)[0] == "The [b]flood[/b]")
        await wait_until(pilot, lambda: read_preview(pilot).startswith("The [b]flood[/b]"))
        await pilot.press("delete")
        await wait_until(pilot, lambda: read_titles(pilot) == [TERMINAL, "In other libraries", HOMES])
        assert "Ctrl+Z restores it" in screen_text(app)
        assert [title for title, _ in list_saved()] == [HOMES, TERMINAL]
        await pilot.press("ctrl+z")
        await wait_until(pilot, lambda: read_titles(pilot)[0] == "The [b]flood[/b]")
        assert ("The [b]flood[/b]", 1) in list_saved()
        await wait_until(pilot, lambda: read_preview(pilot).startswith("The [b]flood[/b]"))  # it is the selected one
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.ask_screen and app.ask_screen.turns)
        assert app.ask_screen.turns[0].answer.question == HOMES


@pytest.mark.campaign
async def test_letters_in_list_only_search(app: AssistantApp, saved: ConversationStore) -> None:
    """Letters typed in the list search it and change nothing."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await open_conversations(pilot, 4)
        await pilot.press(*"drune")
        await wait_until(pilot, lambda: app.screen.query_one(Input).value == "drune")
        assert len(saved.list_conversations()) == 3


@pytest.mark.campaign
async def test_delete_removes_conversation_from_screen(app: AssistantApp) -> None:
    """A deleted conversation does not stay on the screen."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, TERMINAL)
        await wait_until(pilot, list_saved)
        await open_conversations(pilot, 1)
        await pilot.press("delete")
        await wait_until(pilot, lambda: "No conversation is saved yet" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_ask_screen(pilot) and all_answered(pilot, 0))
        await ask_question(pilot, HOMES)
        await wait_until(pilot, lambda: list_saved() == [(HOMES, 1)])


@pytest.mark.campaign
async def test_resume_conversation_by_mouse(app: AssistantApp, saved: ConversationStore) -> None:
    """A conversation is selected and resumed by mouse only."""
    async with app.run_test(size=(140, 36), notifications=True) as pilot:
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app.screen, ConversationsScreen) and len(read_titles(pilot)) == 4)
        await pilot.click(ConversationList, offset=(4, 2))  # the first line of the second conversation
        await wait_until(pilot, lambda: read_preview(pilot).startswith(TERMINAL))
        assert not is_ask_screen(pilot)
        await pilot.click(ConversationList, offset=(4, 3))
        await wait_until(pilot, lambda: is_ask_screen(pilot) and all_answered(pilot, 2))


@pytest.mark.campaign
async def test_new_starts_separate_conversation(app: AssistantApp, saved: ConversationStore) -> None:
    """New starts a separate conversation."""
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask_question(pilot, TERMINAL)
        await open_conversations(pilot, 5)
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: is_ask_screen(pilot) and all_answered(pilot, 0))
        assert app.focused is find_prompt(pilot)


async def test_title_markup_shown_as_text(app: AssistantApp, saved: ConversationStore) -> None:
    """Markup and control characters in a title are shown as text."""
    saved.rename("second", "[red]\x1b[2J\u202eevil[/] " + "long " * 60)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_conversations(pilot, 4)
        assert read_titles(pilot)[0].startswith("[red]␛[2J⟨U+202E⟩evil[/] long")
        assert "\x1b" not in screen_text(app)
