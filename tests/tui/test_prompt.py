"""Tests of the prompt and the empty screen: typing, earlier questions, completions, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.conversations.question_history import QuestionHistory
from assistant.engine import Assistant
from assistant.errors import LibraryError
from assistant.records.library import LibrarySummary
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.question_history import QuestionHistoryScreen
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.prompt.completion import Completions
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.start.welcome import StarterList
from tests.conftest import make_article
from tests.support.actions import all_answered, ask_question, conversation_text, find_prompt
from tests.support.backends import AssistantProxy
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"


def has_completer(pilot: Pilot[None]) -> bool:
    return find_prompt(pilot).completer is not None


def list_completions(pilot: Pilot[None]) -> list[str]:
    """The names in the list above the prompt, if it is displayed."""
    completions = pilot.app.query_one(Completions)
    return [one.text for one in completions._offered] if completions.display else []


def welcome_text(pilot: Pilot[None]) -> str:
    """The text on the left half of a screen of 120 columns, in one line."""
    return " ".join(line[:60].strip(" │") for line in screen_text(pilot.app).splitlines())


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste a text and wait until the prompt has changed."""
    before = find_prompt(pilot).value
    pilot.app.post_message(Paste(text))
    await wait_until(pilot, lambda: find_prompt(pilot).value != before)


async def append_text(pilot: Pilot[None], text: str) -> None:
    """Append a text to the prompt; only its last letter is typed as a key, to save time."""
    await pilot.pause()
    prompt = find_prompt(pilot)
    prompt.value += text[:-1]
    await pilot.press(text[-1])


# ----------------------------------------------------------------------------------------- the text


async def test_prompt_grows_to_six_lines(app: AssistantApp) -> None:
    """The prompt grows with its lines up to six."""
    async with app.run_test(size=(100, 36)) as pilot:
        heights = []
        for _ in range(9):
            await pilot.pause()
            heights.append(find_prompt(pilot).content_size.height)
            await pilot.press("a", "ctrl+j")
        assert heights == [1, 2, 3, 4, 5, 6, 6, 6, 6]
        await pilot.press("ctrl+l")
        assert find_prompt(pilot).value == "a\n" * 9


async def test_long_line_wraps_and_prompt_grows(app: AssistantApp) -> None:
    """A long line wraps and the prompt grows."""
    async with app.run_test(size=(60, 36)) as pilot:
        await paste(pilot, "what did somebody say " * 6)
        await wait_until(pilot, lambda: find_prompt(pilot).content_size.height == 3)


@pytest.mark.parametrize("key", ["ctrl+j", *in_campaign("shift+enter", "alt+enter")])
async def test_multiline_question_asked_as_one(app: AssistantApp, key: str) -> None:
    """A question of two lines is asked as one."""
    async with app.run_test(size=(120, 36)) as pilot:
        await append_text(pilot, "what did Ushakov say")
        await pilot.press(key)
        await append_text(pilot, "about Europe?")
        assert find_prompt(pilot).value == "what did Ushakov say\nabout Europe?"
        await pilot.press("enter")
        await wait_until(pilot, lambda: all_answered(pilot))
        assert "what did Ushakov say about Europe?" in conversation_text(pilot)
        assert "do not answer" not in conversation_text(pilot)
        assert find_prompt(pilot).value == ""
        await wait_until(pilot, lambda: find_prompt(pilot).content_size.height == 1)


@pytest.mark.parametrize(
    "text",
    ["line of some words\n" * 5_000 + "end", "words and more " * 7_000, "x" * 100_000],
    ids=["lines", "words", "letters"],
)
async def test_long_paste_complete(app: AssistantApp, text: str) -> None:
    """A long paste is complete, and typing continues."""
    async with app.run_test(size=(100, 30)) as pilot:
        await paste(pilot, text)
        await pilot.press("!", "backspace", "?")
        assert find_prompt(pilot).value == text + "?"


async def test_overlong_question_kept(app: AssistantApp) -> None:
    """An overlong question is reported and not lost."""
    async with app.run_test(size=(100, 30)) as pilot:
        text = "why is that\n" * 500 + "so?"
        await paste(pilot, text)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "characters; at most" in conversation_text(pilot))
        assert find_prompt(pilot).value == text


async def test_undo_restores_cleared_and_asked(app: AssistantApp) -> None:
    """Undo restores cleared text and asked questions."""
    async with app.run_test(size=(100, 30)) as pilot:
        await append_text(pilot, "one two")
        await pilot.press("ctrl+w")
        assert find_prompt(pilot).value == "one "
        await pilot.press("ctrl+z")
        assert find_prompt(pilot).value == "one two"
        await pilot.press("ctrl+y")
        assert find_prompt(pilot).value == "one "
        await paste(pilot, "three")
        await pilot.press("ctrl+z")
        assert find_prompt(pilot).value == "one "


async def test_escape_gives_back_at_once_only(app: AssistantApp) -> None:
    """Escape empties the box and gives its text back; not later, when it would mix with the next question."""
    async with app.run_test(size=(100, 30)) as pilot:
        await append_text(pilot, "half a question")
        for value in ("", "half a question", ""):
            await pilot.press("escape")
            assert find_prompt(pilot).value == value
        await pilot.press("f1", "escape", "escape")
        assert find_prompt(pilot).value == ""
        await pilot.press("w", "h", "y")
        assert find_prompt(pilot).value == "why"


# --------------------------------------------------------------------------------- earlier questions


async def test_up_and_down_browse_history(
    app: AssistantApp,
) -> None:
    """Up browses questions of all conversations, and Down returns to the draft."""
    for question in ("oldest?", "two\nlines?", "newest?"):
        QuestionHistory().save(question)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.ask_screen._question_history.questions)
        seen = []
        for key in ("up", "up", "up", "up", "down", "down", "down", "down"):
            await pilot.press(key)
            seen.append(find_prompt(pilot).value)
        # On the way down, the cursor passes each line of the question.
        assert seen == ["newest?", "two\nlines?", "oldest?", "oldest?", "two\nlines?", "newest?", "", ""]


async def test_draft_filters_history_and_returns(app: AssistantApp) -> None:
    """The draft filters the earlier questions and is restored afterwards."""
    for question in ("what about Bo?", "who is Lee?", "What about Lee?", "who is Bo?"):
        QuestionHistory().save(question)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.ask_screen._question_history.questions)
        await append_text(pilot, "what")
        seen = []
        for key in ("up", "up", "up", "down", "down"):
            await pilot.press(key)
            seen.append(find_prompt(pilot).value)
        assert seen == ["What about Lee?", "what about Bo?", "what about Bo?", "What about Lee?", "what"]
        await pilot.press("up", "!", "down", "down")
        assert find_prompt(pilot).value == "What about Lee?!"  # a changed earlier question becomes the draft


async def test_question_in_history_at_once(app: AssistantApp, seeds: Assistant) -> None:
    """A question is in the history at once and after a restart."""
    async with app.run_test(size=(100, 30)) as pilot:
        await ask_question(pilot, USHAKOV)
        await pilot.press("up")
        assert find_prompt(pilot).value == USHAKOV
        await wait_until(pilot, lambda: USHAKOV in QuestionHistory().load())
    later = AssistantApp(lambda: seeds)
    async with later.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: later.ask_screen._question_history.questions)
        await pilot.press("up")
        assert find_prompt(pilot).value == USHAKOV


async def test_history_search_fills_prompt(app: AssistantApp) -> None:
    """Earlier questions are searched by typing and put into the prompt."""
    for number in range(300):
        QuestionHistory().save(f"question {number} about ferries?")
    QuestionHistory().save("what was \x1b[31mflooded?")
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.ask_screen._question_history.questions)
        await append_text(pilot, "draft")
        await pilot.press("f7")
        await wait_until(pilot, lambda: isinstance(app.screen, QuestionHistoryScreen))
        assert "\x1b" not in screen_text(app)
        await pilot.press(*"FERR 17")
        assert "question 217 about" in screen_text(app)
        assert "flooded" not in screen_text(app)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: not isinstance(app.screen, QuestionHistoryScreen))
        assert find_prompt(pilot).value == "question 179 about ferries?"
        assert find_prompt(pilot).has_focus
        assert not app.query(Exchange)  # the question is inserted, not asked


async def test_history_search_without_hits(app: AssistantApp) -> None:
    """A search without hits says so, and Escape keeps the draft."""
    QuestionHistory().save("who?")
    async with app.run_test(size=(60, 24)) as pilot:
        await wait_until(pilot, lambda: app.ask_screen._question_history.questions)
        await append_text(pilot, "draft")
        await pilot.press("f7")
        await wait_until(pilot, lambda: isinstance(app.screen, QuestionHistoryScreen))
        await pilot.press(*"zzz")
        assert "No earlier question contains these words." in screen_text(app)
        await pilot.press("enter", "escape")
        await wait_until(pilot, lambda: not isinstance(app.screen, QuestionHistoryScreen))
        assert find_prompt(pilot).value == "draft"


# --------------------------------------------------------------------------------------- completions


async def test_tab_inserts_completion(app: AssistantApp) -> None:
    """Tab inserts the offered name, and typing continues."""
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "what did ush")
        assert list_completions(pilot) == ["Yuri Ushakov"]
        assert "Yuri Ushakov  speaker · " in screen_text(app)
        await pilot.press("tab")
        await append_text(pilot, " say")
        assert find_prompt(pilot).value == "what did Yuri Ushakov say"
        assert list_completions(pilot) == []


async def test_undo_reverts_completion(app: AssistantApp) -> None:
    """Undo reverts a completion."""
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "what did ush")
        await pilot.press("tab", "ctrl+z")
        assert find_prompt(pilot).value == "what did ush"


async def test_enter_asks_unless_completion_selected(app: AssistantApp) -> None:
    """Enter asks the question unless a completion was selected."""
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "what did marc")
        assert list_completions(pilot) == ["Odile Marchant-Stane"]
        await pilot.press("down", "enter")
        assert find_prompt(pilot).value == "what did Odile Marchant-Stane"
        assert not app.query(Exchange)
        await append_text(pilot, " say about val")
        assert list_completions(pilot) == ["Idris Valcourt"]
        await pilot.press("enter")
        await wait_until(pilot, lambda: all_answered(pilot))
        assert "what did Odile Marchant-Stane say about val" in conversation_text(pilot)


async def test_escape_closes_completions(app: AssistantApp) -> None:
    """Escape closes the completions and leaves the text."""
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "what did val")
        await pilot.press("escape")
        assert list_completions(pilot) == []
        assert find_prompt(pilot).value == "what did val"
        await pilot.press("c")
        assert list_completions(pilot) == ["Idris Valcourt"]


async def test_click_inserts_completion(app: AssistantApp) -> None:
    """A click inserts the name, and the prompt keeps the focus."""
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "what did val")
        await wait_until(pilot, lambda: app.query_one(Completions).region.height == 3)
        region = app.query_one(Completions).region
        assert region.bottom == find_prompt(pilot).region.y  # directly above the prompt, without covering it
        await pilot.click(Completions, offset=(4, 1))
        await wait_until(pilot, lambda: find_prompt(pilot).value == "what did Idris Valcourt")
        await pilot.press("?")
        assert find_prompt(pilot).value == "what did Idris Valcourt?"


async def test_title_completed_and_question_answered(app: AssistantApp) -> None:
    """A title is completed in its quotation marks, and the question is answered from it."""
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "in the article 410 ho")
        await pilot.press("tab")
        await append_text(pilot, ", how many homes were evacuated?")
        assert find_prompt(pilot).value == (
            "in the article “410 homes emptied as sea breaks into Port Ellery”, how many homes were evacuated?"
        )
        await pilot.press("enter")
        await wait_until(pilot, lambda: all_answered(pilot))
        assert "410 homes were evacuated" in conversation_text(pilot)


async def test_completion_markup_shown_as_text(assistant: Assistant) -> None:
    """Markup in names of a library is shown as text."""

    class Hostile(AssistantProxy):
        def holdings(self) -> LibrarySummary:
            return LibrarySummary((("Ann \x1b[31m[bold]Lee[/]", 3), ("Bo \x1b]0;x\x07Ek", 2)), (), (), 1)

        def suggestions(self) -> Iterator[str | None]:
            yield "What did \x1b[31m[@click=app.quit]Lee[/] say?"

    assistant.build(articles=[make_article("It rained.", id="h", title="Harbour")])
    app = AssistantApp(lambda: Hostile(assistant))
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.query_one(StarterList).display)
        assert "› What did ␛[31m[@click=app.quit]Lee[/] say?" in screen_text(app)
        assert "Ann ␛[31m[bold]Lee[/] and Bo ␛]0;x␇Ek." in welcome_text(pilot)
        await append_text(pilot, "what did lee")
        assert list_completions(pilot)
        assert "Ann ␛[31m[bold]Lee[/]  speaker" in screen_text(app)
        await pilot.press("tab")
        assert find_prompt(pilot).value == "what did Ann ␛[31m[bold]Lee[/]"
        assert "\x1b" not in screen_text(app)


# ----------------------------------------------------------------------------------- an empty screen


async def test_welcome_shows_library_and_starters(app: AssistantApp) -> None:
    """The empty screen shows the contents of the library and starter questions."""
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: app.query_one(StarterList).display)
        left = welcome_text(pilot)
        assert "18 articles from" in left
        assert "It quotes 16 speakers, most often Teresa Oakhurst, Yuri Ushakov" in left
        assert "› Who said “a leap in the dark”?" in left
        assert 4 <= app.query_one(StarterList).option_count <= 6


@pytest.mark.parametrize("size", [(60, 24), *in_campaign(((160, 48),))])
async def test_starter_asked_by_keyboard(app: AssistantApp, size: tuple[int, int]) -> None:
    """A starter question is selected by keyboard and answered."""
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.query_one(StarterList).display)
        await pilot.press("down", "down", "down", "up", "enter")
        await wait_until(pilot, lambda: all_answered(pilot))
        assert "How many homes were evacuated?" in conversation_text(pilot)
        assert "do not answer" not in conversation_text(pilot)
        assert find_prompt(pilot).has_focus
        assert not app.query_one(StarterList).region  # there is room for the answer


async def test_starter_asked_by_click(app: AssistantApp) -> None:
    """A starter question is asked by a click."""
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: app.query_one(StarterList).display)
        await pilot.click(StarterList, offset=(6, 0))
        await wait_until(pilot, lambda: all_answered(pilot))
        assert "What did Teresa Oakhurst say about" in conversation_text(pilot)


async def test_arrows_leave_starters_and_return(app: AssistantApp) -> None:
    """The arrow keys leave the starter questions and return to them."""
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: app.query_one(StarterList).display)
        suggestions = app.query_one(StarterList)
        await pilot.press("down")
        assert suggestions.has_focus
        await pilot.press("up")
        assert find_prompt(pilot).has_focus
        await pilot.press("down", *["down"] * suggestions.option_count)
        assert find_prompt(pilot).has_focus
        await pilot.press("down", "escape", *"ab", "down")
        assert find_prompt(pilot).value == "ab"
        assert find_prompt(pilot).has_focus  # typed text is kept


async def test_summary_error_disables_completions(seeds: Assistant) -> None:
    """If the library summary cannot be loaded questions are answered without completions."""

    class FailingSummaryAssistant(AssistantProxy):
        def holdings(self) -> LibrarySummary:
            raise LibraryError("/x: the disk is on fire; pour water on it")

    app = AssistantApp(lambda: FailingSummaryAssistant(seeds))
    async with app.run_test(size=(100, 30)) as pilot:
        await ask_question(pilot, USHAKOV)  # answers do not need the library summary
        assert "do not answer" not in conversation_text(pilot)
        await pilot.press(*"ush")
        assert list_completions(pilot) == []


@pytest.mark.campaign
async def test_build_updates_completions(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """Names added by a build are offered."""
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    assistant.build()
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: has_completer(pilot))
        await append_text(pilot, "what did far")
        assert list_completions(pilot) == []
        write_article("b.md", "Maud Farrant said on Tuesday that the harbour was open.", title="Open")
        first = find_prompt(pilot).completer
        assistant.build()
        app._load_library()
        await wait_until(pilot, lambda: find_prompt(pilot).completer is not first)
        await pilot.press("r")
        assert list_completions(pilot) == ["Maud Farrant"]


async def test_quote_screen_single_line_inputs(app: AssistantApp) -> None:
    """Text boxes of the quotation screen remain single-line."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f8")
        await wait_until(pilot, lambda: len(app.screen_stack) == 2)
        app.post_message(Paste("two\nlines"))
        await wait_until(pilot, lambda: app.screen.query_one("#quotation", Input).value == "two lines")


def test_prompt_keys_have_descriptions() -> None:
    """Every key of the prompt has a description."""
    assert Prompt.BINDINGS
    for binding in Prompt.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.tooltip


async def test_letter_of_an_alt_key_is_no_text(seeds: Assistant) -> None:
    """A terminal sends Alt+N as a key with the letter "n": it opens the news and types nothing."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.query_one(StarterList).display)
        app.post_message(Key("alt+n", "n"))
        await wait_until(pilot, lambda: app.screen is not app.ask_screen)
        assert app.ask_screen.query_one(Prompt).value == ""
