"""The parts of the screen for asking, each in a small app of its own."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.reactive import reactive
from textual.screen import Screen

from assistant.conversations.question_history import QuestionHistory
from assistant.engine import Assistant
from assistant.tui.messages import FollowUpsFound
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.screens.suggesting import SuggestingScreen
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt, PromptBox
from tests.support.waiting import wait_until


class SmallSuggestingScreen(SuggestingScreen):
    def compose(self) -> ComposeResult:
        yield self.panes
        yield BuildBar()
        yield FollowUps()
        yield PromptBox(QuestionHistory())


class ScreenApp(App[None]):
    """Shows one screen, while a library is being opened."""

    library: reactive[LibraryState] = reactive(LibraryState("Loading…", busy=True))
    building: reactive[BuildState] = reactive(BuildState())

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._first_screen = screen

    def get_default_screen(self) -> Screen[Any]:
        return self._first_screen


def open_nothing() -> Assistant:
    raise AssertionError("nothing here opens the library")


async def test_last_awaiting_action_runs_once() -> None:
    """Of several actions that wait for the answer the last one runs, once."""
    screen, done = ReadingScreen(open_nothing), list[str]()
    async with ScreenApp(screen).run_test():
        screen.run_after_answer(lambda: done.append("copy"), "Copied later.")
        screen.run_after_answer(lambda: done.append("export"), "Exported later.")
        assert done == []
        screen.run_awaiting_action()
        screen.run_awaiting_action()
    assert done == ["export"]


async def test_awaiting_action_forgotten() -> None:
    """An action is dropped when the answer will not arrive, or when the user has gone to another screen."""
    screen, done = ReadingScreen(open_nothing), list[str]()
    app = ScreenApp(screen)
    async with app.run_test() as pilot:
        screen.run_after_answer(lambda: done.append("cancelled"), "Later.")
        screen.forget_awaiting_action()
        screen.run_awaiting_action()
        screen.run_after_answer(lambda: done.append("elsewhere"), "Later.")
        await app.push_screen(Screen())
        screen.run_awaiting_action()
        app.pop_screen()
        await wait_until(pilot, lambda: app.screen is screen)
        screen.run_awaiting_action()
    assert done == []


async def test_follow_ups_of_newest_question_only() -> None:
    """Follow-ups are shown for the newest question, unless the user is typing the next one."""
    screen = SmallSuggestingScreen(open_nothing)
    async with ScreenApp(screen).run_test() as pilot:
        screen.question_number = 2
        line, prompt = screen.query_one(FollowUps), screen.query_one(Prompt)
        screen.post_message(FollowUpsFound(1, ["And the old one?"]))
        screen.post_message(FollowUpsFound(2, ["And Dray?"]))
        await wait_until(pilot, lambda: list(line.questions) == ["And Dray?"])
        screen.clear_follow_ups()
        prompt.value = "w"
        screen.post_message(FollowUpsFound(2, ["And Lindqvist?"]))
        await pilot.pause()
        assert not line.questions
