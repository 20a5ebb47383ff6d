"""What somebody new meets in the interface: typing anywhere, leaving, screens in front, going on."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from textual.events import Key
from textual.widgets import Input, TextArea

from assistant.conversations.store import ConversationStore
from assistant.engine import Assistant
from assistant.records.conversation import SavedConversation
from assistant.tui import preferences
from assistant.tui.app import AssistantApp
from assistant.tui.commands import letters
from assistant.tui.commands.guarded_screen import GuardedScreen
from assistant.tui.commands.line_editing import LineEditingApp
from assistant.tui.rendering.relative_dates import describe_time_ago
from assistant.tui.screens.article import ArticleScreen
from assistant.tui.screens.library import LibraryScreen
from assistant.tui.screens.settings import SettingsScreen
from assistant.tui.screens.typing import MOVES
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.start.welcome import StarterList, describe_conversation
from assistant.tui.workers.autosave import find_library
from tests.support.actions import ask_question, find_prompt
from tests.support.citations import make_answer, make_citation, make_turn
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


async def test_question_typed_in_the_answers_ends_in_the_prompt(app: AssistantApp) -> None:
    """From the first letter that is no command on; nothing is copied or opened. Escape empties and gives back."""
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await ask_question(pilot, USHAKOV)
        app.query_one(ConversationView).focus()
        await pilot.pause()
        await pilot.press(*"what 12")
        await wait_until(pilot, lambda: find_prompt(pilot).value == "what 12")
        assert find_prompt(pilot).has_focus
        assert "Copied" not in screen_text(app)
        await pilot.press("escape")
        assert find_prompt(pilot).value == ""
        await pilot.press("escape")
        assert find_prompt(pilot).value == "what 12"
        await pilot.press("ctrl+a", "ctrl+k")
        assert find_prompt(pilot).value == ""
        await pilot.press("ctrl+d")
        await wait_until(pilot, lambda: not app.is_running)
    assert {"step", "number"} <= MOVES


@pytest.mark.parametrize("key", ["article", *in_campaign("f12", "alt+n", "f5")])
async def test_question_typed_on_another_screen_ends_in_the_prompt(
    app: AssistantApp, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No letter of it acts: nothing is starred, no dialog opens, no setting is changed; one letter alone does act.

    A letter that has acted is not typed as well, however soon the next one follows.
    """
    monkeypatch.setattr(letters, "BURST", 600.0)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("f3" if key == "article" else key)
        if key == "article":
            await wait_until(pilot, lambda: "Mayor concedes" in screen_text(app))
            await pilot.press("enter")
            await wait_until(pilot, lambda: isinstance(app.screen, ArticleScreen) and "Port Ellery" in screen_text(app))
            await pilot.press("s")
            await wait_until(pilot, lambda: "★" in screen_text(app))
        else:
            await wait_until(pilot, lambda: isinstance(app.screen, GuardedScreen))
        for letter in "stores and contracts":  # all at once, as the fastest typist
            app.post_message(Key("space" if letter == " " else letter, letter))
        await wait_until(pilot, lambda: find_prompt(pilot).value == "stores and contracts")
        assert app.screen is app.ask_screen
        assert find_prompt(pilot).has_focus
        await pilot.press("ctrl+u", "f3")
        await wait_until(pilot, lambda: "Mayor concedes" in screen_text(app))
        assert ("★" in screen_text(app)) == (key == "article")


async def test_key_bar_names_first_what_letters_do_at_a_source(app: AssistantApp) -> None:
    """Once the sources have the focus, before what works everywhere on the screen; the way back stays in front."""
    async with app.run_test(size=(120, 30)) as pilot:
        await ask_question(pilot, USHAKOV)
        app.ask_screen.sources.article.focus()
        bar = app.screen.query_one(KeyBar)
        await wait_until(pilot, lambda: "q" in [shown.name for shown in bar.keys])
        names = [shown.name for shown in bar.keys]
        assert names[: names.index("d") + 1] == ["z", "Esc", "y", "q", "c", "d"]
        assert {"F1", "Ctrl+P"} <= set(names)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_notice_covers_nothing(app: AssistantApp, size: tuple[int, int]) -> None:
    """It is told beside the keys, a long one in lines of its own; a click ends it, and the keys are back."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await ask_question(pilot, USHAKOV)
        bar, screen = app.screen.query_one(KeyBar), app.screen
        await wait_until(pilot, lambda: screen.query_one(FollowUps).display)
        read = [*screen.query("ConversationView, SourcesPane, FollowUps, Prompt")]
        before, keys = [one.region for one in read], bar.keys
        app.notify("Two sources.", title="Copied", timeout=600)
        await wait_until(pilot, lambda: re.search(r"\n Copied: Two sources\. .* F1 Help.*$", screen_text(app)))
        assert [one.region for one in read] == before
        app.notify("The file of the settings cannot be written now. " * 4, severity="error", timeout=600)
        await wait_until(pilot, lambda: bar.region.height > 1)
        assert screen_text(app).splitlines()[bar.region.y].startswith(" ! The file of the settings")
        assert not bar.keys
        assert all(not one.region.overlaps(bar.region) and one.region.height for one in read)
        await pilot.click(KeyBar)
        await wait_until(pilot, lambda: bar.keys == keys)
        assert [one.region for one in read] == before
        app.notify("Only for a moment.", timeout=0.01)
        await wait_until(pilot, lambda: not app.notices and bar.keys == keys)
        await pilot.press("f1")
        app.notify("In a dialog.", timeout=600)
        await wait_until(pilot, lambda: "In a dialog." in screen_text(app).splitlines()[-1])
        await pilot.press("escape")
        await wait_until(pilot, lambda: "In a dialog.  " in screen_text(app) and [one.region for one in read] == before)
        app.notify("The newest only.", timeout=600)  # or several would leave no key to click on
        await wait_until(pilot, lambda: re.search(r"\n The newest only\. .* F1 Help", screen_text(app)))
        assert "In a dialog." not in screen_text(app)


@pytest.mark.campaign
async def test_f_keys_bring_their_screen_to_the_top(app: AssistantApp) -> None:
    """A screen that lies under another one comes to the front; digits are text of the filter there."""
    async with app.run_test(size=(100, 30)) as pilot:
        for key, kind in (("f5", SettingsScreen), ("f3", LibraryScreen), ("f5", SettingsScreen)):
            await pilot.press(key)
            await wait_until(pilot, lambda kind=kind: isinstance(app.screen, kind))  # type: ignore[misc]
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.screen, LibraryScreen) and app.focused is not None)
        await pilot.press(*"2025")
        assert app.screen.query(FilterBox).first().value == "2025"


async def test_terminal_of_a_few_lines_shows_the_answer(app: AssistantApp) -> None:
    """At 20 by 5 the answer has the room; every screen can be opened and left."""
    async with app.run_test(size=(20, 5)) as pilot:
        await ask_question(pilot, USHAKOV)
        assert "what did Ushakov" in screen_text(app)
        await app.workers.wait_for_complete()  # then the line of follow-ups leaves the answer a single line
        await pilot.pause()
        view, shown = app.query_one(ConversationView), ""
        for row in range(view.max_scroll_y - 3, view.max_scroll_y + 1):
            view.scroll_to(y=row, animate=False, immediate=True)
            await pilot.pause()
            shown += screen_text(app)
        assert "source." in shown
        for key in ("f1", "f2", "f3", "f4", "f5", "f6", "f8", "ctrl+s", "ctrl+p"):
            await pilot.press(key)
            await wait_until(pilot, lambda: app.screen is not app.ask_screen)
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is app.ask_screen)


async def test_field_of_the_filter_has_the_style_of_the_others(app: AssistantApp) -> None:
    """Also where two dialogs have a field for a speaker; fast typing goes where it was meant to go."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await wait_until(pilot, lambda: app.screen.query("#filters"))
        for key, character in (("x", "x"), ("down", None), ("y", "y")):  # faster than the fields can follow
            app.post_message(Key(key, character))
        await wait_until(pilot, lambda: [box.value for box in app.screen.query(Input)][:2] == ["x", "y"])
        assert len({(box.size, box.region.x, box.styles.padding) for box in app.screen.query("#filters Input")}) == 1


@pytest.mark.parametrize("keys", ["f6", "f8", "f1", "ctrl+p", *in_campaign("f7", "ctrl+o", "f3 slash")])
async def test_every_field_is_edited_as_in_a_shell(app: AssistantApp, keys: str) -> None:
    """Also where the terminal sends Alt+B as such, and not as Esc and B, which Textual knows."""
    assert isinstance(app, LineEditingApp)
    async with app.run_test(size=(100, 30)) as pilot:
        for key in keys.split():
            await pilot.press(key)
            await wait_until(pilot, lambda: app.screen is not app.ask_screen and app.focused is not None)
        await wait_until(pilot, lambda: isinstance(app.focused, Input | TextArea))
        field = app.focused
        await pilot.press(*"one two three")
        for key, left in (
            ("alt+b", "onetwo|three"),
            ("alt+b", "one|twothree"),
            ("ctrl+f", "onet|wothree"),
            ("ctrl+b", "one|twothree"),
            ("alt+f", "onetwo|three"),
            ("alt+backspace", "one|three"),
            ("alt+d", "one|"),
            ("ctrl+a", "|one"),
            ("ctrl+e", "one|"),
            ("ctrl+w", "|"),
        ):
            await pilot.press(key, "vertical_line")
            # Without spaces: the two kinds of fields go on by a word to its end, or to the next one.
            await wait_until(pilot, partial(has_text, field, left))
            await pilot.press("backspace")


def has_text(field: object, expected: str) -> bool:
    """Whether this is in a field, but for spaces."""
    text = field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else ""
    return text.replace(" ", "") == expected


async def test_page_of_a_browser_is_left_by_a_key_that_browsers_do_not_keep(
    app: AssistantApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+Q ends Firefox with all its windows: in a page the bar names Alt+Q."""
    monkeypatch.setattr(AssistantApp, "is_web", True)
    async with app.run_test(size=(250, 24)) as pilot:
        await wait_until(pilot, lambda: "Alt+Q Quit" in " ".join(screen_text(app).split()))
        await pilot.press("alt+q")
        await wait_until(pilot, lambda: not app.is_running)


async def test_ctrl_c_twice_leaves(app: AssistantApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first Ctrl+C says in our words how to leave, the second leaves."""
    monkeypatch.setattr(AssistantApp, "quit_within", 600.0)  # also on a busy machine
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: "Press Ctrl+C again to quit" in screen_text(app))
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: not app.is_running)


async def test_start_offers_the_last_conversation(app: AssistantApp, seeds: Assistant) -> None:
    """The welcome offers to go on with it, above the suggestions; Enter shows it again."""
    turn = make_turn(make_answer(make_citation("One.", article_id="x"), question="Who built the bridge?"))
    ConversationStore().save("abcd", find_library(lambda: seeds), turn)
    async with app.run_test(size=(160, 30)) as pilot:
        await wait_until(pilot, lambda: "Go on with: Who built the bridge? (1 question" in screen_text(app))
        await pilot.press("down")
        await wait_until(pilot, lambda: isinstance(app.focused, StarterList))
        await pilot.press("enter")
        await wait_until(pilot, lambda: [one.question for one in app.ask_screen.turns] == ["Who built the bridge?"])
        assert isinstance(app.focused, Prompt)


def test_reloaded_page_goes_on(app: AssistantApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was left a moment ago goes on with its conversation; another conversation or a later one does not."""
    monkeypatch.setattr(AssistantApp, "is_web", True)
    left = preferences.Preferences(left_conversation="abcd", left_at=datetime.now(UTC).timestamp() - 5)
    preferences.save(left)  # after this page has begun, when the one before has ended
    assert app.goes_on_with("abcd")
    assert not app.goes_on_with("other")
    preferences.save(preferences.Preferences(left_conversation="abcd", left_at=left.left_at - 100))
    assert not app.goes_on_with("abcd")


async def test_page_remembers_what_it_left(app: AssistantApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a page ends, its conversation and the time are on disk for the page that is loaded next."""
    monkeypatch.setattr(AssistantApp, "is_web", True)
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask_screen.autosave.conversation_id = "abcd"
        await pilot.pause()
    assert app.goes_on_with("abcd")


async def test_page_without_the_focus_has_its_keys(app: AssistantApp) -> None:
    """A page of a browser may begin in the background: the key bar is drawn all the same."""
    async with app.run_test(size=(80, 24)) as pilot:
        bar = app.screen.query_one(KeyBar)
        app.app_focus, bar.keys = False, ()
        app.ask_screen.refresh_bindings()
        await wait_until(pilot, lambda: "Help" in screen_text(app).splitlines()[-1])
        few = len(bar.keys)
        await pilot.resize_terminal(160, 24)
        await wait_until(pilot, lambda: len(bar.keys) > few)


def test_layout_is_remembered_and_damage_ignored() -> None:
    """What is saved is loaded; a value of another type is the default."""
    assert preferences.save(preferences.Preferences(share=30, answers_alone=True)) is None
    assert (preferences.load().share, preferences.load().answers_alone) == (30, True)
    preferences.preferences_path().write_text(json.dumps({"share": "wide", "stacked_share": True}), encoding="utf-8")
    assert preferences.load() == preferences.Preferences()


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=3, minutes=5), "3 hours ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_time_ago(ago: timedelta, told: str) -> None:
    """In minutes, then hours, then days."""
    assert describe_time_ago(NOW - ago, NOW) == told


def test_last_conversation_is_described() -> None:
    """Title, questions, age."""
    saved = SavedConversation("abcd", "Bridge?", "/index", NOW, NOW - timedelta(minutes=10), 3)
    assert describe_conversation(saved, NOW) == "Go on with: Bridge? (3 questions, 10 minutes ago)"
