"""Conversations that are saved, found again and gone on with, as a person does it: real library, keys and clicks."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.conversations.store import FILE_NAME, Sessions
from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.conversations import ConversationsScreen, SessionList
from tests.conversations.test_store import asked, damage
from tests.support.actions import answered, ask, box, conversation, marked, opened, plain, submit, text_of
from tests.support.backends import Gate, Paced
from tests.support.waiting import screen_text, until

TERMINAL = "What did Valcourt say about the terminal?"
HOMES = "how many homes were evacuated?"


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    """Makes events for workers to wait for, and sets them all when the test is over."""
    gates: list[threading.Event] = []

    def made() -> threading.Event:
        gates.append(threading.Event())
        return gates[-1]

    yield made
    for each in gates:
        each.set()


@pytest.fixture
def saved(seeds: Assistant) -> Sessions:
    """Two conversations over seeds/ and one of another library, the last."""
    sessions = Sessions()
    for name, library, questions in (
        ("first", str(seeds.config.index), [TERMINAL, "and Lindqvist?"]),
        ("second", str(seeds.config.index), [HOMES]),
        ("other", "/elsewhere/index", [HOMES]),
    ):
        for turn in asked(seeds, *questions):
            sessions.save(name, library, turn)
    return sessions


def kept() -> list[tuple[str, int]]:
    """What is saved: titles and numbers of questions, newest first."""
    return [(session.title, session.questions) for session in Sessions().listed()]


def titles(pilot: Pilot[None]) -> list[str]:
    listing = pilot.app.screen.query_one(SessionList)
    return [str(option.prompt).split("\n")[0] for option in listing.options]


def page(pilot: Pilot[None]) -> str:
    return plain(text_of(pilot.app.screen.query_one("#session-text", Static)))


async def show(pilot: Pilot[None], count: int) -> None:
    """Open the conversations and wait for so many lines."""
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(pilot.app.screen, ConversationsScreen))
    await until(pilot, lambda: len(titles(pilot)) == count)


def asking(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, AskScreen)


# --------------------------------------------------------------------------------------------- saving


async def test_answers_are_saved_as_they_come_and_a_new_conversation_is_another_one(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: kept() == [(TERMINAL, 1)])
        await ask(pilot, "and Lindqvist?", exchanges=2)
        await until(pilot, lambda: kept() == [(TERMINAL, 2)])
        await pilot.press("ctrl+l")
        await ask(pilot, HOMES)
        await until(pilot, lambda: kept() == [(HOMES, 1), (TERMINAL, 2)])


async def test_escape_while_answering_keeps_the_question_and_saves_nothing(seeds: Assistant, gate: Gate) -> None:
    paced = Paced(seeds, gate)
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await submit(pilot, TERMINAL)
        await until(pilot, lambda: paced.asked)
        await pilot.press("escape")
        paced.let_go()
        await until(pilot, lambda: paced.ask_over.is_set() and answered(pilot, 0))
        assert box(pilot).value == TERMINAL
        await ask(pilot, HOMES)
        await until(pilot, kept)
        assert kept() == [(HOMES, 1)]


async def test_where_nothing_can_be_saved_one_is_told_once_and_asks_on(
    app: AssistantApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "file"))
    app = AssistantApp(app._open_backend)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: "Not saved" in screen_text(app))
        assert "ASSISTANT_DATA" in screen_text(app)
        await ask(pilot, "and Lindqvist?", exchanges=2)
        assert len([one for one in app._notifications if one.title == "Not saved"]) == 1
        (tmp_path / "file").unlink()
        await ask(pilot, HOMES, exchanges=3)
        await until(pilot, lambda: kept() == [(TERMINAL, 3)])


async def test_a_damaged_file_is_moved_aside_with_a_notice_and_asking_goes_on(
    app: AssistantApp, saved: Sessions
) -> None:
    data = damage(saved.path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, lambda: kept() == [(TERMINAL, 1)])
        assert "are damaged; kept as" in plain(" ".join(one.message for one in app._notifications))
    (aside,) = saved.path.parent.glob(f"{FILE_NAME}.damaged-*")
    assert aside.read_bytes() == data


# ------------------------------------------------------------------------------------------- going on


async def test_enter_goes_on_with_a_conversation_its_sources_and_its_thread(
    app: AssistantApp, saved: Sessions, seeds: Assistant
) -> None:
    turns = saved.turns("first")
    async with app.run_test(size=(120, 48), notifications=True) as pilot:
        await show(pilot, 4)
        await pilot.press("down", "enter")
        await until(pilot, lambda: asking(pilot) and answered(pilot, 2))
        shown = conversation(pilot)
        assert "understood as: What did Lindqvist say about the terminal?" in shown
        for turn in turns:
            for citation in turn.answer.citations:
                assert plain(citation.quote) in plain(shown)
        await until(pilot, lambda: opened(pilot, turns[1].answer.citations[0]))
        await ask(pilot, "and about dredging?", exchanges=3)
        assert "understood as: What did Lindqvist say about dredging?" in conversation(pilot)
        await until(pilot, lambda: (TERMINAL, 3) in kept())
        assert len(kept()) == 3


async def test_what_is_shown_again_looks_as_it_did_at_first(app: AssistantApp, seeds: Assistant) -> None:
    async with app.run_test(size=(120, 48), notifications=True) as pilot:
        await ask(pilot, HOMES)
        await ask(pilot, "what did the Pope say about Europe?", exchanges=2)
        await until(pilot, lambda: kept() == [(HOMES, 2)])
        before = conversation(pilot)
    again = AssistantApp(lambda: seeds, go_on=True)
    async with again.run_test(size=(120, 48)) as pilot:
        await until(pilot, lambda: answered(pilot, 2))
        assert conversation(pilot) == before


async def test_continuing_the_last_takes_one_of_this_library_and_says_where_there_is_none(
    app: AssistantApp, saved: Sessions
) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        app.action_go_on()
        await until(pilot, lambda: answered(pilot, 1) and HOMES in conversation(pilot))
        app.action_go_on()
        await until(pilot, lambda: answered(pilot, 2) and TERMINAL in conversation(pilot))
        for name in ("first", "second"):
            saved.delete(name)
        app.action_go_on()
        await until(pilot, lambda: "There is no earlier conversation" in screen_text(app))


async def test_sources_of_another_library_are_shown_but_open_only_where_the_text_is_the_same(
    app: AssistantApp, saved: Sessions
) -> None:
    async with app.run_test(size=(160, 48), notifications=True) as pilot:
        await show(pilot, 4)
        assert titles(pilot) == [HOMES, TERMINAL, "In other libraries", HOMES]
        await pilot.press("end")
        await until(pilot, lambda: "Its sources are in another library: /elsewhere/index" in page(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: asking(pilot) and answered(pilot, 1))
        await until(pilot, lambda: "/elsewhere/index" in screen_text(app))
        await until(pilot, lambda: "385" in marked(pilot))  # the same article is in this library too
        await ask(pilot, TERMINAL, exchanges=2)
        await until(pilot, lambda: kept()[0] == (TERMINAL, 1))
        assert len(kept()) == 4


# ---------------------------------------------------------------------------------- finding and changing


@pytest.mark.parametrize("size", [(60, 24), (160, 48)])
async def test_words_of_an_answer_find_its_conversation(
    app: AssistantApp, saved: Sessions, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await show(pilot, 4)
        await pilot.press("slash", "l", "i")
        pilot.app.screen.query_one(Input).value = "lindqvist terminal"
        await until(pilot, lambda: titles(pilot) == [TERMINAL])
        assert "1 found" in screen_text(app)
        await pilot.press(*" zzz")
        await until(pilot, lambda: "No conversation holds all of these words." in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: len(titles(pilot)) == 4)
        await pilot.press("escape")
        await until(pilot, lambda: asking(pilot))
        assert app.focused is box(pilot)


async def test_renaming_deleting_and_bringing_back(app: AssistantApp, saved: Sessions) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await show(pilot, 4)
        await pilot.press("f6")
        await until(pilot, lambda: pilot.app.screen.query("#rename-title"))
        assert pilot.app.screen.query_one(Input).value == HOMES
        pilot.app.screen.query_one(Input).value = "The [b]flood[/b]"
        await pilot.press("enter")
        await until(pilot, lambda: titles(pilot)[0] == "The [b]flood[/b]")
        await until(pilot, lambda: page(pilot).startswith("The [b]flood[/b]"))
        await pilot.press("delete")
        await until(pilot, lambda: titles(pilot) == [TERMINAL, "In other libraries", HOMES])
        assert "Ctrl+Z brings it back" in screen_text(app)
        assert [title for title, _ in kept()] == [HOMES, TERMINAL]
        await pilot.press("ctrl+z")
        await until(pilot, lambda: titles(pilot)[0] == "The [b]flood[/b]")
        assert ("The [b]flood[/b]", 1) in kept()


async def test_letters_typed_in_the_list_search_and_change_nothing(app: AssistantApp, saved: Sessions) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await show(pilot, 4)
        await pilot.press(*"drune")
        await until(pilot, lambda: app.screen.query_one(Input).value == "drune")
        assert len(saved.listed()) == 3


async def test_a_deleted_conversation_does_not_stay_on_the_screen(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask(pilot, TERMINAL)
        await until(pilot, kept)
        await show(pilot, 1)
        await pilot.press("delete")
        await until(pilot, lambda: "No conversation is saved yet" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: asking(pilot) and answered(pilot, 0))
        await ask(pilot, HOMES)
        await until(pilot, lambda: kept() == [(HOMES, 1)])


async def test_all_of_it_by_mouse(app: AssistantApp, saved: Sessions) -> None:
    async with app.run_test(size=(140, 36), notifications=True) as pilot:
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ConversationsScreen) and len(titles(pilot)) == 4)
        await pilot.click(SessionList, offset=(4, 2))  # the first line of the second conversation
        await until(pilot, lambda: page(pilot).startswith(TERMINAL))
        assert not asking(pilot)
        await pilot.click(SessionList, offset=(4, 3))
        await until(pilot, lambda: asking(pilot) and answered(pilot, 2))


async def test_new_begins_a_conversation_of_its_own(app: AssistantApp, saved: Sessions) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await ask(pilot, TERMINAL)
        await show(pilot, 5)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: asking(pilot) and answered(pilot, 0))
        assert app.focused is box(pilot)


async def test_a_title_that_tries_to_be_more_is_shown_as_text(app: AssistantApp, saved: Sessions) -> None:
    saved.rename("second", "[red]\x1b[2J\u202eevil[/] " + "long " * 60)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await show(pilot, 4)
        assert titles(pilot)[0].startswith("[red]␛[2J⟨U+202E⟩evil[/] long")
        assert "\x1b" not in screen_text(app)
