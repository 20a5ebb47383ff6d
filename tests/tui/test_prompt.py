"""The prompt and the empty screen as a person uses them: typing, earlier questions, completions, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.conversations.question_history import Asked
from assistant.engine import Assistant
from assistant.errors import LibraryError
from assistant.records.library import Holdings
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.question_history import EarlierScreen
from assistant.tui.widgets.answer.conversation import Exchange
from assistant.tui.widgets.prompt.completion import Completions
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.prompt.welcome import Suggestions
from tests.conftest import article
from tests.support.actions import answered, ask, box, conversation
from tests.support.backends import Real
from tests.support.waiting import screen_text, until

USHAKOV = "what did Ushakov say about Europe?"


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


def learnt(pilot: Pilot[None]) -> bool:
    return box(pilot).completer is not None


def offered(pilot: Pilot[None]) -> list[str]:
    """The names in the list above the prompt, if it is on the screen."""
    completions = pilot.app.query_one(Completions)
    return [one.text for one in completions._offered] if completions.display else []


def welcome(pilot: Pilot[None]) -> str:
    """What is on the left half of a screen of 120 columns, in one line."""
    return " ".join(line[:60].strip(" │") for line in screen_text(pilot.app).splitlines())


async def put(pilot: Pilot[None], text: str) -> None:
    """Paste a text and wait until it is there."""
    before = box(pilot).value
    pilot.app.post_message(Paste(text))
    await until(pilot, lambda: box(pilot).value != before)


async def type_on(pilot: Pilot[None], text: str) -> None:
    """Type a text behind what is there; all but its last letter at once, which is quicker to test."""
    await pilot.pause()
    prompt = box(pilot)
    prompt.value += text[:-1]
    await pilot.press(text[-1])


# ----------------------------------------------------------------------------------------- the text


async def test_the_prompt_grows_with_its_lines_to_six_and_no_further(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 36)) as pilot:
        heights = []
        for _ in range(9):
            await pilot.pause()
            heights.append(box(pilot).content_size.height)
            await pilot.press("a", "ctrl+j")
        assert heights == [1, 2, 3, 4, 5, 6, 6, 6, 6]
        await pilot.press("ctrl+l")
        assert box(pilot).value == "a\n" * 9


async def test_a_long_line_wraps_and_the_prompt_grows(app: AssistantApp) -> None:
    async with app.run_test(size=(60, 36)) as pilot:
        await put(pilot, "what did somebody say " * 6)
        await until(pilot, lambda: box(pilot).content_size.height == 3)


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter", "alt+enter"])
async def test_a_question_of_two_lines_is_asked_as_one(app: AssistantApp, key: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await type_on(pilot, "what did Ushakov say")
        await pilot.press(key)
        await type_on(pilot, "about Europe?")
        assert box(pilot).value == "what did Ushakov say\nabout Europe?"
        await pilot.press("enter")
        await until(pilot, lambda: answered(pilot))
        assert "what did Ushakov say about Europe?" in conversation(pilot)
        assert "do not answer" not in conversation(pilot)
        assert box(pilot).value == ""
        await until(pilot, lambda: box(pilot).content_size.height == 1)


@pytest.mark.parametrize("text", ["line of some words\n" * 5_000 + "end", "words and more " * 7_000, "x" * 100_000])
async def test_a_long_paste_is_there_whole_and_typing_goes_on(app: AssistantApp, text: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await put(pilot, text)
        await pilot.press("!", "backspace", "?")
        assert box(pilot).value == text + "?"


async def test_too_long_a_question_says_so_and_is_not_lost(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        text = "why is that\n" * 500 + "so?"
        await put(pilot, text)
        await pilot.press("enter")
        await until(pilot, lambda: "characters; at most" in conversation(pilot))
        assert box(pilot).value == text


async def test_undo_brings_back_what_was_cleared_and_what_was_asked(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await type_on(pilot, "one two")
        await pilot.press("ctrl+w")
        assert box(pilot).value == "one "
        await pilot.press("ctrl+z")
        assert box(pilot).value == "one two"
        await pilot.press("ctrl+y")
        assert box(pilot).value == "one "
        await put(pilot, "three")
        await pilot.press("ctrl+z")
        assert box(pilot).value == "one "


# --------------------------------------------------------------------------------- earlier questions


async def test_up_goes_to_earlier_questions_of_all_conversations_and_down_back_to_the_draft(
    app: AssistantApp,
) -> None:
    for question in ("oldest?", "two\nlines?", "newest?"):
        Asked().save(question)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.ask_screen._asked.questions)
        seen = []
        for key in ("up", "up", "up", "up", "down", "down", "down", "down"):
            await pilot.press(key)
            seen.append(box(pilot).value)
        # The question of two lines is gone through line by line on the way down.
        assert seen == ["newest?", "two\nlines?", "oldest?", "oldest?", "two\nlines?", "newest?", "", ""]


async def test_what_was_being_typed_restricts_the_earlier_questions_and_comes_back(app: AssistantApp) -> None:
    for question in ("what about Bo?", "who is Lee?", "What about Lee?", "who is Bo?"):
        Asked().save(question)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.ask_screen._asked.questions)
        await type_on(pilot, "what")
        seen = []
        for key in ("up", "up", "up", "down", "down"):
            await pilot.press(key)
            seen.append(box(pilot).value)
        assert seen == ["What about Lee?", "what about Bo?", "what about Bo?", "What about Lee?", "what"]
        await pilot.press("up", "!", "down", "down")
        assert box(pilot).value == "What about Lee?!"  # what has been changed is a draft itself


async def test_a_question_is_among_the_earlier_ones_at_once_and_at_the_next_start(
    app: AssistantApp, seeds: Assistant
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(pilot, USHAKOV)
        await pilot.press("up")
        assert box(pilot).value == USHAKOV
        await until(pilot, lambda: USHAKOV in Asked().load())
    later = AssistantApp(lambda: seeds)
    async with later.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: later.ask_screen._asked.questions)
        await pilot.press("up")
        assert box(pilot).value == USHAKOV


async def test_earlier_questions_are_searched_by_typing_and_put_into_the_prompt(app: AssistantApp) -> None:
    for number in range(300):
        Asked().save(f"question {number} about ferries?")
    Asked().save("what was \x1b[31mflooded?")
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.ask_screen._asked.questions)
        await type_on(pilot, "draft")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, EarlierScreen))
        assert "\x1b" not in screen_text(app)
        await pilot.press(*"FERR 17")
        assert "question 217 about" in screen_text(app)
        assert "flooded" not in screen_text(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: not isinstance(app.screen, EarlierScreen))
        assert box(pilot).value == "question 179 about ferries?"
        assert box(pilot).has_focus
        assert not app.query(Exchange)  # it is put there, not asked


async def test_a_search_that_finds_nothing_says_so_and_escape_leaves_the_draft(app: AssistantApp) -> None:
    Asked().save("who?")
    async with app.run_test(size=(60, 24)) as pilot:
        await until(pilot, lambda: app.ask_screen._asked.questions)
        await type_on(pilot, "draft")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, EarlierScreen))
        await pilot.press(*"zzz")
        assert "No earlier question has these words." in screen_text(app)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: not isinstance(app.screen, EarlierScreen))
        assert box(pilot).value == "draft"


# --------------------------------------------------------------------------------------- completions


async def test_tab_puts_in_the_name_that_is_offered_and_one_types_on(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "what did ush")
        assert offered(pilot) == ["Yuri Ushakov"]
        assert "Yuri Ushakov  speaker · " in screen_text(app)
        await pilot.press("tab")
        await type_on(pilot, " say")
        assert box(pilot).value == "what did Yuri Ushakov say"
        assert offered(pilot) == []


async def test_undo_takes_a_completion_back(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "what did ush")
        await pilot.press("tab", "ctrl+z")
        assert box(pilot).value == "what did ush"


async def test_enter_asks_unless_a_name_was_gone_to(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "what did marc")
        assert offered(pilot) == ["Odile Marchant-Stane"]
        await pilot.press("down", "enter")
        assert box(pilot).value == "what did Odile Marchant-Stane"
        assert not app.query(Exchange)
        await type_on(pilot, " say about val")
        assert offered(pilot) == ["Idris Valcourt"]
        await pilot.press("enter")
        await until(pilot, lambda: answered(pilot))
        assert "what did Odile Marchant-Stane say about val" in conversation(pilot)


async def test_escape_closes_the_names_and_leaves_the_text(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "what did val")
        await pilot.press("escape")
        assert offered(pilot) == []
        assert box(pilot).value == "what did val"
        await pilot.press("c")
        assert offered(pilot) == ["Idris Valcourt"]


async def test_a_click_puts_in_the_name_and_the_prompt_keeps_the_keys(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "what did val")
        await until(pilot, lambda: app.query_one(Completions).region.height == 3)
        region = app.query_one(Completions).region
        assert region.bottom == box(pilot).region.y  # just above the prompt, and covers none of it
        await pilot.click(Completions, offset=(4, 1))
        await until(pilot, lambda: box(pilot).value == "what did Idris Valcourt")
        await pilot.press("?")
        assert box(pilot).value == "what did Idris Valcourt?"


async def test_a_title_is_completed_in_its_marks_and_the_question_is_answered_from_it(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "in the article 410 ho")
        await pilot.press("tab")
        await type_on(pilot, ", how many homes were evacuated?")
        assert box(pilot).value == (
            "in the article “410 homes emptied as sea breaks into Port Ellery”, how many homes were evacuated?"
        )
        await pilot.press("enter")
        await until(pilot, lambda: answered(pilot))
        assert "410 homes were evacuated" in conversation(pilot)


async def test_names_of_a_library_are_shown_and_not_obeyed(assistant: Assistant) -> None:
    class Hostile(Real):
        def holdings(self) -> Holdings:
            return Holdings((("Ann \x1b[31m[bold]Lee[/]", 3), ("Bo \x1b]0;x\x07Ek", 2)), (), (), 1)

        def suggestions(self) -> Iterator[str | None]:
            yield "What did \x1b[31m[@click=app.quit]Lee[/] say?"

    list(assistant.build(articles=[article("It rained.", id="h", title="Harbour")]))
    app = AssistantApp(lambda: Hostile(assistant))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: app.query_one(Suggestions).display)
        assert "› What did ␛[31m[@click=app.quit]Lee[/] say?" in screen_text(app)
        assert "Ann ␛[31m[bold]Lee[/] and Bo ␛]0;x␇Ek." in welcome(pilot)
        await type_on(pilot, "what did lee")
        assert offered(pilot)
        assert "Ann ␛[31m[bold]Lee[/]  speaker" in screen_text(app)
        await pilot.press("tab")
        assert box(pilot).value == "what did Ann ␛[31m[bold]Lee[/]"
        assert "\x1b" not in screen_text(app)


# ----------------------------------------------------------------------------------- an empty screen


async def test_an_empty_screen_says_what_the_library_holds_and_what_to_ask(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.query_one(Suggestions).display)
        left = welcome(pilot)
        assert "18 articles from" in left
        assert "It quotes 19 speakers, most often Teresa Oakhurst, Yuri Ushakov" in left
        assert "› Who said “a leap in the dark”?" in left
        assert 4 <= app.query_one(Suggestions).option_count <= 6


@pytest.mark.parametrize("size", [(60, 24), (160, 48)])
async def test_a_suggestion_is_chosen_by_keyboard_and_answered(app: AssistantApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.query_one(Suggestions).display)
        await pilot.press("down", "down", "down", "up", "enter")
        await until(pilot, lambda: answered(pilot))
        assert "How many homes were evacuated?" in conversation(pilot)
        assert "do not answer" not in conversation(pilot)
        assert box(pilot).has_focus
        assert not app.query_one(Suggestions).region  # the answer has its room


async def test_a_suggestion_is_asked_by_a_click(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.query_one(Suggestions).display)
        await pilot.click(Suggestions, offset=(6, 0))
        await until(pilot, lambda: answered(pilot))
        assert "What did Teresa Oakhurst say about" in conversation(pilot)


async def test_the_arrows_lead_out_of_the_suggestions_and_back(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.query_one(Suggestions).display)
        suggestions = app.query_one(Suggestions)
        await pilot.press("down")
        assert suggestions.has_focus
        await pilot.press("up")
        assert box(pilot).has_focus
        await pilot.press("down", *["down"] * suggestions.option_count)
        assert box(pilot).has_focus
        await pilot.press("down", "escape", *"ab", "down")
        assert box(pilot).value == "ab"
        assert box(pilot).has_focus  # what is being typed stays


async def test_a_library_that_cannot_be_used_offers_nothing_and_can_be_asked_nothing(seeds: Assistant) -> None:
    class Broken(Real):
        def holdings(self) -> Holdings:
            raise LibraryError("/x: the disk is on fire; pour water on it")

    app = AssistantApp(lambda: Broken(seeds))
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(pilot, USHAKOV)  # answers do not need what completions need
        assert "do not answer" not in conversation(pilot)
        await pilot.press(*"ush")
        assert offered(pilot) == []


async def test_what_a_build_adds_is_offered(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    list(assistant.build())
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: learnt(pilot))
        await type_on(pilot, "what did far")
        assert offered(pilot) == []
        write_article("b.md", "Maud Farrant said on Tuesday that the harbour was open.", title="Open")
        first = box(pilot).completer
        list(assistant.build())
        app._load()
        await until(pilot, lambda: box(pilot).completer is not first)
        await pilot.press("r")
        assert offered(pilot) == ["Maud Farrant"]


async def test_the_one_line_boxes_of_the_quotation_screen_stay_as_they_are(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+k")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        app.post_message(Paste("two\nlines"))
        await until(pilot, lambda: app.screen.query_one("#quotation", Input).value == "two lines")


def test_every_key_of_the_prompt_says_what_it_does() -> None:
    for binding in Prompt.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.tooltip
