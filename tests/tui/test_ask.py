"""The interface as a person uses it: real library, real model, keys and clicks."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import OptionList, Static

from assistant.engine import Assistant, final_answer
from assistant.errors import LibraryError, NoLibrary
from assistant.records.answer import Answer, AskEvent, Citation, Found
from assistant.tui.app import AssistantApp
from assistant.tui.backend import opener
from assistant.tui.dialogs.help import HelpScreen
from assistant.tui.messages import AskProgress
from assistant.tui.widgets.answer.conflict import ClaimView
from assistant.tui.widgets.answer.conversation import Conversation, Exchange, Sentence, SourceHeading
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.conftest import article
from tests.support.actions import (
    answered,
    ask,
    bar,
    bold_words,
    box,
    conversation,
    marked,
    marking,
    opened,
    plain,
    submit,
    text_of,
)
from tests.support.backends import Gate, Paced, Retold
from tests.support.waiting import screen_text, squeezed, until

USHAKOV = "what did Ushakov say about Europe?"
POPE = "what did the Pope say about Europe?"
HEAVY = "numpy faiss openvino torch transformers sentence_transformers llama_index nupunkt".split()


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    """Makes events for workers to wait for, and sets them all when the test is over, also when it failed.

    Asynchronous, for it has to end before the event loop does: that waits for every thread it started, for ever.
    """
    gates: list[threading.Event] = []

    def made() -> threading.Event:
        gates.append(threading.Event())
        return gates[-1]

    yield made
    for each in gates:
        each.set()


@pytest.fixture
def paced(seeds: Assistant, gate: Gate) -> Paced:
    return Paced(seeds, gate)


@pytest.fixture
def cited(seeds: Assistant) -> tuple[Citation, ...]:
    """The citations of the answer to the Ushakov question."""
    citations = final_answer(seeds.ask(USHAKOV)).citations
    assert len(citations) >= 3
    return citations


# -------------------------------------------------------------------------------- answers and sources


async def test_a_typed_question_is_answered_and_the_first_source_opens_at_the_cited_words(
    seeds: Assistant, cited: tuple[Citation, ...]
) -> None:
    app = AssistantApp(opener(seeds.config))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*USHAKOV, "enter")
        await until(pilot, lambda: opened(pilot, cited[0]))
        shown = conversation(pilot)
        for citation in cited:
            assert plain(citation.quote) in shown
            assert f"[{citation.n}]" in shown
        article = seeds.article(cited[0].article_id)
        assert article is not None
        assert marked(pilot) == plain(article.text[cited[0].start : cited[0].end])
        assert "18 articles" in screen_text(app)


async def test_keys_open_the_other_sources(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: opened(pilot, cited[0]))
        for keys, number in (
            ("ctrl+n", 2),
            ("ctrl+n ctrl+o ctrl+o", 1),
            ("ctrl+o", 1),
            ("tab tab down down enter", 3),
            ("1", 1),
            ("tab 3", 3),
            ("p", 2),
            ("n n n n n n", len(cited)),
        ):
            await pilot.press(*keys.split())
            await until(pilot, lambda n=number: opened(pilot, cited[n - 1]))  # type: ignore[misc]
            assert app.query_one("#citations", OptionList).highlighted == number - 1


async def test_a_click_on_a_sentence_opens_its_source_and_one_can_type_on(
    app: AssistantApp, cited: tuple[Citation, ...]
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: opened(pilot, cited[0]))
        await pilot.click(list(app.query(Sentence))[1])
        await until(pilot, lambda: opened(pilot, cited[1]))
        assert [sentence.has_class("-open") for sentence in app.query(Sentence)][:3] == [False, True, False]
        await pilot.press("w")
        assert box(pilot).value == "w"


async def test_a_click_on_an_older_answer_brings_its_sources_back(
    app: AssistantApp, cited: tuple[Citation, ...]
) -> None:
    async with app.run_test(size=(120, 60)) as pilot:
        await ask(pilot, USHAKOV)
        await ask(pilot, "who said “a leap in the dark”?", exchanges=2)
        await until(pilot, lambda: "leap in the dark" in marked(pilot))
        app.query_one(Conversation).scroll_home(animate=False)
        await pilot.pause()
        await pilot.click(list(app.query(Sentence))[2])
        await until(pilot, lambda: opened(pilot, cited[2]))
        assert app.query_one("#citations", OptionList).option_count == len(cited)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: opened(pilot, cited[1]))
        assert len(app.query("Sentence.-open")) == 1


async def test_the_same_question_twice_marks_one_sentence(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        await ask(pilot, USHAKOV, exchanges=2)
        await until(pilot, lambda: marked(pilot))
        assert [sentence.ask for sentence in app.query("Sentence.-open").results(Sentence)] == [2]


async def test_a_refusal_looks_like_one_and_leaves_no_source_open(app: AssistantApp, seeds: Assistant) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: marked(pilot))
        await ask(pilot, POPE, exchanges=2)
        reason = final_answer(seeds.ask(POPE)).reason
        assert reason
        assert "The articles do not answer this." in screen_text(app)
        assert reason in conversation(pilot)
        assert not marked(pilot)
        assert not app.query_one(SourcesPane).border_subtitle
        assert not app.query("Sentence.-open")
        assert "^n" not in screen_text(app).splitlines()[-1]


async def test_an_answer_that_comes_at_once_stands_below_its_question(seeds: Assistant) -> None:
    app = AssistantApp(lambda: Retold(seeds, lambda events: events))
    async with app.run_test(size=(120, 36)) as pilot:
        for count in (1, 2, 3):
            await ask(pilot, USHAKOV, exchanges=count)
        for exchange in app.query(Exchange):
            parts = [type(part).__name__ for part in exchange.children]
            assert parts[:3] == ["Static", "SourceHeading", "Sentence"]


async def test_a_source_that_has_changed_since_says_so(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    path = write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    list(assistant.build())
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, "what did Ann Lee say about the harbour?")
        await until(pilot, lambda: "closed to ferries" in marked(pilot))
        path.write_text("Ann Lee said on Tuesday that the harbour was open.", encoding="utf-8")
        list(assistant.build())
        await pilot.click(Sentence)
        await until(pilot, lambda: "has changed since" in screen_text(app))
        assert not marked(pilot)


# ------------------------------------------------------------------------------------ a conversation


async def test_a_follow_up_is_answered_and_shows_how_it_was_understood(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, "What did Valcourt say about the terminal?")
        await ask(pilot, "and Lindqvist?", exchanges=2)
        assert "understood as: What did Lindqvist say about the terminal?" in conversation(pilot)
        answer = [sentence.citation for sentence in app.query(Sentence) if sentence.ask == 2]
        assert {citation.speaker for citation in answer} == {"Maud Lindqvist"}
        await until(pilot, lambda: opened(pilot, answer[0]))


async def test_a_follow_up_that_is_refused_names_the_reason_and_who_did_speak(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, "What did Valcourt say about the piles?")
        await ask(pilot, "and about dredging?", exchanges=2)
        shown = conversation(pilot)
        assert "understood as: What did Valcourt say about dredging?" in shown
        assert "The articles do not answer this." in shown
        assert "quote Valcourt, but not about dredging" in shown
        assert "Bram Okonjo-Reyes" in shown


async def test_a_refusal_names_the_nearest_articles(app: AssistantApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "What is the price of gold?")
        assert "No sentence in the articles answers this. The nearest: “" in screen_text(app)


async def test_what_was_cancelled_is_not_leant_on(paced: Paced) -> None:
    paced.answer.set()
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, "What did Valcourt say about the terminal?")
        paced.answer.clear()
        await submit(pilot, USHAKOV)
        await until(pilot, lambda: len(paced.asked) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: answered(pilot))
        paced.answer.set()
        await ask(pilot, "and Lindqvist?", exchanges=2)
        assert "understood as: What did Lindqvist say about the terminal?" in conversation(pilot)


async def test_what_failed_is_not_leant_on(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, "What did Valcourt say about the terminal?")
        await ask(pilot, "why " * 1_250, exchanges=2)
        box(pilot).value = ""
        await ask(pilot, "and Lindqvist?", exchanges=3)
        assert "understood as: What did Lindqvist say about the terminal?" in conversation(pilot)


async def test_a_new_conversation_shows_nothing_of_the_old_one_and_leans_on_nothing(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 36)) as pilot:
        assert "^l" not in screen_text(app).splitlines()[-1]
        await ask(pilot, "What did Valcourt say about the terminal?")
        await until(pilot, lambda: marked(pilot))
        assert "^l" in screen_text(app).splitlines()[-1]
        await pilot.press("tab", "ctrl+l")
        await until(pilot, lambda: "Ask a question about your articles" in screen_text(app))
        assert "Valcourt said" not in screen_text(app)
        assert not marked(pilot)
        assert not app.query_one("#citations", OptionList).option_count
        assert app.focused is box(pilot)
        await ask(pilot, "and Lindqvist?")
        assert "understood as" not in conversation(pilot)


async def test_a_new_conversation_stops_the_answer_that_is_under_way(paced: Paced) -> None:
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit(pilot, USHAKOV)
        await until(pilot, lambda: "Searching…" in screen_text(app) and paced.asked)
        await pilot.press("ctrl+l")
        paced.let_go()
        await until(pilot, lambda: paced.ask_over.is_set() and not app.query(Exchange))
        assert "Ask a question about your articles" in screen_text(app)
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: marked(pilot))


# ------------------------------------------------------------------------- what answers say of themselves


async def test_where_articles_differ_and_what_was_corrected_stands_under_the_answer(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, "How many homes were evacuated?")
        assert "The articles differ" in screen_text(app)
        claims = [plain(text_of(claim)) for claim in app.query(ClaimView)]
        assert any(claim.startswith("410 [") for claim in claims)
        assert any(claim.startswith("340 [") for claim in claims)
        assert "was corrected: see [" in conversation(pilot)
        assert "14 May 2025" in conversation(pilot)
        notes = plain(text_of(app.query_one(".notes", Static)))
        assert "independent sources" in notes
        assert "differ" not in notes  # it is drawn
        assert app.query_one(Exchange).children[-1].has_class("notes")


async def test_the_correction_is_among_the_sources(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, "How many homes were evacuated?")
        await until(pilot, lambda: marked(pilot))
        (correction,) = [one for one in app.query(Sentence) if "The correct number is 385" in text_of(one)]
        assert app.query_one("#citations", OptionList).option_count == len(app.query(Sentence))
        await pilot.click(correction)
        await until(pilot, lambda: opened(pilot, correction.citation))
        assert "The correct number is 385" in marked(pilot)


async def test_the_words_that_answer_are_bold(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, "How many homes were evacuated?")
        bold = {text for one in app.query(Sentence) for text in bold_words(one)}
        assert {"410", "340"} <= bold
        for one in app.query(Sentence):
            assert text_of(one).startswith(plain(one.citation.quote))  # bold words keep the spaces around them


async def test_the_other_papers_that_print_a_story_are_named_in_its_heading(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, "what did Marchant-Stane say about flood relief?")
        headings = [plain(text_of(one)) for one in app.query(SourceHeading)]
        assert any("also in Harbour Post" in one or "also in The Ellery Courier" in one for one in headings)


async def test_notes_with_markup_or_control_characters_are_shown_as_text(assistant: Assistant) -> None:
    town = "homes in Quayside were flooded when the river Arrow rose"
    list(
        assistant.build(
            articles=[
                article(f"On Monday 120 {town}.", title="River", source=f"Gazette {HOSTILE}"),
                article(f"Late at night 95 {town}, it seems.", id="b", title="Flood", source="Mercury"),
            ]
        )
    )
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, "how many homes were flooded?")
        assert {text_of(claim).split()[0] for claim in app.query(ClaimView)} == {"120", "95"}
        assert f"Gazette {AS_SHOWN[:80]}" in conversation(pilot)
        assert "\x1b" not in screen_text(app)


# ------------------------------------------------------------------------------------ while answering


async def test_escape_while_answering_keeps_the_question_and_leaves_no_half_answer(
    paced: Paced, seeds: Assistant
) -> None:
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit(pilot, USHAKOV)
        await until(pilot, lambda: "Searching…" in screen_text(app) and paced.asked)
        await pilot.press("escape")
        await until(pilot, lambda: "Searching…" not in screen_text(app))
        assert box(pilot).value == USHAKOV
        assert "Ask a question about your articles" in screen_text(app)
        paced.let_go()
        await until(pilot, lambda: paced.ask_over.is_set())
        app.screen.post_message(AskProgress(1, final_answer(seeds.ask(USHAKOV))))  # was on its way
        await pilot.press("!")
        assert box(pilot).value == USHAKOV + "!"
        assert not app.query(Exchange)
        assert not app.query_one("#citations", OptionList).option_count


async def test_escape_elsewhere_returns_to_the_question(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        for steps in (1, 2, 3):
            await pilot.press(*["tab"] * steps)
            assert app.focused is not box(pilot)
            await pilot.press("escape")
            assert app.focused is box(pilot)


async def test_a_question_asked_while_another_is_answered_takes_its_place(paced: Paced) -> None:
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit(pilot, POPE)
        await until(pilot, lambda: len(paced.asked) == 1)
        await submit(pilot, USHAKOV)
        await until(pilot, lambda: len(paced.asked) == 2)
        paced.let_go()
        await until(pilot, lambda: marked(pilot))
        assert "Pope" not in conversation(pilot)
        assert box(pilot).value == ""


async def test_a_question_asked_before_the_library_is_loaded_is_answered(seeds: Assistant, gate: Gate) -> None:
    loaded, openings = gate(), []

    def open_slowly() -> Assistant:
        openings.append(1)
        loaded.wait()
        return Assistant(seeds.config)

    app = AssistantApp(open_slowly)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit(pilot, USHAKOV)
        await until(pilot, lambda: "Searching…" in screen_text(app))
        assert "Loading…" in screen_text(app)
        loaded.set()
        await until(pilot, lambda: marked(pilot))
        await until(pilot, lambda: "18 articles" in screen_text(app))
        assert len(openings) == 1


async def test_an_answer_that_comes_while_the_help_is_open_is_there_afterwards(paced: Paced) -> None:
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit(pilot, USHAKOV)
        await until(pilot, lambda: paced.asked)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        paced.let_go()
        await until(pilot, lambda: app.query(Sentence))
        await pilot.press("escape")
        await until(pilot, lambda: marked(pilot))


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (LibraryError("/x: the disk is on fire; pour water on it"), "/x: the disk is on fire; pour water on it"),
        (ValueError("[/]no such\x1b[2J thing"), "internal error: ValueError: [/]no such␛[2J thing"),
    ],
)
async def test_an_error_while_answering_is_shown_and_the_question_kept(
    seeds: Assistant, error: Exception, shown: str
) -> None:
    def fail(events: list[AskEvent]) -> list[AskEvent]:
        raise error

    app = AssistantApp(lambda: Retold(seeds, fail))
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        assert shown in conversation(pilot)
        assert box(pilot).value == USHAKOV


# ---------------------------------------------------------------------------------------- odd questions


async def test_a_question_of_5000_characters_gets_a_message_that_is_in_view(app: AssistantApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, "why " * 1_249 + "why?")
        assert "5,000 characters" in screen_text(app)
        assert len(box(pilot).value) == 5_000


async def test_whitespace_asks_nothing(app: AssistantApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "enter")
        await pilot.pause()
        assert not app.query(Exchange)


async def test_pasted_lines_become_one_question(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(Paste("what did\r\nUshakov\x1b say\nabout Europe?\n"))
        await until(pilot, lambda: box(pilot).value)
        assert box(pilot).value == "what did\nUshakov␛ say\nabout Europe?"
        box(pilot).value = ""
        app.copy_to_clipboard("what did Ushakov\nsay about\nEurope?")
        await pilot.press("ctrl+v", "enter")
        await until(pilot, lambda: opened(pilot, cited[0]))


# -------------------------------------------------------------------------------------------- building


async def test_a_library_that_is_not_built_says_so_and_can_be_built_and_asked(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    question = "what did Ann Lee say about the harbour?"
    app = AssistantApp(opener(assistant.config))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "no index here yet" in squeezed(app))
        assert "press Ctrl+R" in squeezed(app)
        await ask(pilot, question)
        assert "no index here yet" in conversation(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 article" in screen_text(app).splitlines()[0])
        assert "Index up to date: 1 article (1 added)" in bar(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "closed to ferries" in marked(pilot))


async def test_a_build_shows_progress_and_when_stopped_the_old_index_still_answers(
    assistant: Assistant, write_article: Callable[..., Path], gate: Gate
) -> None:
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    list(assistant.build())
    write_article("b.md", "Bo Ek said on Monday that the bridge was closed to lorries.", title="Bridge")
    paced = Paced(assistant, gate)
    paced.answer.set()
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Reading articles" in bar(pilot))
        assert "^g" in screen_text(app).splitlines()[-1]
        await ask(pilot, "what did Ann Lee say about the harbour?")  # while the build runs
        assert "closed to ferries" in conversation(pilot)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "Stopping…" in bar(pilot))
        paced.let_go()
        await until(pilot, lambda: "Build stopped; the index is as it was" in bar(pilot))
        assert paced.build_over.is_set()
        assert "^r" in screen_text(app).splitlines()[-1]
        await ask(pilot, "what did Ann Lee say about the harbour?", exchanges=2)
        assert conversation(pilot).count("closed to ferries") == 2
        assert assistant.stats()["articles"] == 1


async def test_a_stop_that_comes_too_late_does_not_claim_that_nothing_changed(
    assistant: Assistant, write_article: Callable[..., Path], gate: Gate
) -> None:
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    paced = Paced(assistant, gate)
    paced.hold_report = True
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Publishing" in bar(pilot))
        await pilot.click("#build-stop")
        await until(pilot, lambda: "Stopping…" in bar(pilot))
        paced.let_go()
        await until(pilot, lambda: "…" not in bar(pilot))
        assert "Index up to date" in bar(pilot)
        assert paced.build_over.is_set()  # the lock is free: whoever sees this may build again
        assert app.focused is box(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 unchanged" in bar(pilot))


async def test_a_build_that_fails_shows_its_reason(assistant: Assistant) -> None:
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(160, 36)) as pilot:
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "no article could be read" in bar(pilot))
        assert "the index is unchanged" in bar(pilot)
        assert "^r" in screen_text(app).splitlines()[-1]


async def test_skipped_files_are_named(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    write_article("[bold]x[", "").rename(assistant.config.articles[0] / "[bold]x[.md")
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 skipped" in bar(pilot))
        await until(pilot, lambda: "Skipped" in screen_text(app))
        assert "[bold]x[.md: the file is empty" in str(app.screen.query_one("Toast", Static).render())


@pytest.mark.parametrize("busy", ["answer", "build"])
async def test_one_can_quit_while_an_answer_or_a_build_is_under_way(
    assistant: Assistant, write_article: Callable[..., Path], seeds: Assistant, gate: Gate, busy: str
) -> None:
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    paced = Paced(assistant if busy == "build" else seeds, gate)
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(120, 36)) as pilot:
        if busy == "answer":
            await submit(pilot, USHAKOV)
            await until(pilot, lambda: "Searching…" in screen_text(app) and paced.asked)
        else:
            await pilot.press("ctrl+r")
            await until(pilot, lambda: "Reading articles" in bar(pilot))
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    paced.let_go()
    over = paced.ask_over if busy == "answer" else paced.build_over
    assert await asyncio.to_thread(over.wait, 30)
    if busy == "build":
        with pytest.raises(NoLibrary):
            assistant.stats()


# ----------------------------------------------------------------------------------------- theme, size


async def test_the_theme_changes_and_the_marked_words_stay_readable(
    app: AssistantApp, cited: tuple[Citation, ...]
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        for dark in (True, False, True):
            await until(pilot, lambda: opened(pilot, cited[0]))
            assert app.current_theme.dark is dark
            assert min(contrast for _, contrast in marking(pilot)) > 0.5
            await pilot.press("ctrl+t")


async def test_the_marked_words_stay_in_view_when_the_window_gets_narrow(
    app: AssistantApp, cited: tuple[Citation, ...]
) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: opened(pilot, cited[0]))
        for size in ((60, 48), (60, 24), (60, 20), (100, 30), (37, 24), (160, 48)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: plain(cited[0].quote).startswith(marked(pilot)[:20]) and marked(pilot))


async def test_the_newest_answer_stays_in_view_when_the_window_changes(app: AssistantApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, USHAKOV)
        await ask(pilot, "How many homes were evacuated?", exchanges=2)
        for size in ((160, 36), (60, 24), (100, 30), (37, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: "How many homes were evacuated?" in screen_text(app))


async def test_in_a_narrow_window_the_sources_take_no_room_while_there_are_none(app: AssistantApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Sources" not in screen_text(app)
        await ask(pilot, USHAKOV)
        assert "Sources" in screen_text(app)
        await ask(pilot, POPE, exchanges=2)
        assert "Sources" not in screen_text(app)
        assert "what did the Pope say about Europe?" in screen_text(app)


async def test_a_reader_who_scrolled_away_stays_there_when_the_build_bar_comes(app: AssistantApp) -> None:
    async with app.run_test(size=(100, 20)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: marked(pilot))
        view = app.query_one(ArticleView)
        assert view.scroll_y > 5
        view.scroll_home(animate=False)
        await pilot.resize_terminal(100, 19)
        await until(pilot, lambda: app.size.height == 19)
        await pilot.pause()
        assert view.scroll_y == 0


# -------------------------------------------------------------------------------- articles are only data

HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/] [@click=app.quit]y[/] [/] \u202eesrever\u202c $accent"
AS_SHOWN = "␛[31mred␛[0m [bold]x[/] [@click=app.quit]y[/] [/] ⟨U+202E⟩esrever⟨U+202C⟩ $accent"


async def test_markup_and_control_characters_in_an_article_are_shown_and_not_obeyed(assistant: Assistant) -> None:
    text = f"It rained. The harbour has {HOSTILE} for a gate. The sun shone."
    hostile = article(text, id="h", title=f"Harbour {HOSTILE}", source=HOSTILE, author=HOSTILE)
    list(assistant.build(articles=[hostile]))

    def by_a_hostile_speaker(events: list[AskEvent]) -> list[AskEvent]:
        def renamed(citation: Citation) -> Citation:
            return replace(citation, speaker=f"Bob {HOSTILE}")

        return [
            replace(event, citations=tuple(map(renamed, event.citations)))
            if isinstance(event, Found | Answer)
            else event
            for event in events
        ]

    question = "what gate has the harbour?"
    app = AssistantApp(lambda: Retold(assistant, by_a_hostile_speaker))
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, question)
        await until(pilot, lambda: AS_SHOWN in marked(pilot))
        assert f"Harbour {AS_SHOWN} · {AS_SHOWN}" in conversation(pilot)
        assert f"The harbour has {AS_SHOWN} for a gate." in conversation(pilot)
        assert f"[1] {AS_SHOWN[:20]}" in screen_text(app)
        assert "[1] Bob ␛[31mred␛[0m [bold]x[/] [@click=app.quit]y[/]" in screen_text(app)
        assert "\x1b" not in screen_text(app)
        await pilot.click(Sentence, offset=(60, 0))
        assert app.is_running


async def test_long_titles_and_unbroken_words_leave_the_answer_and_its_source_readable(assistant: Assistant) -> None:
    title = "Harbour " + "very " * 98 + "long"
    text = "Rain fell. " * 40 + "The harbour gate is " + "w" * 300 + " wide."
    list(assistant.build(articles=[article(text, id="h", title=title)]))
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(60, 24)) as pilot:
        await ask(pilot, "how wide is the harbour gate?")
        await until(pilot, lambda: marked(pilot).startswith("The harbour gate is"))
        assert "how wide is the harbour gate?" in screen_text(app)


# ---------------------------------------------------------------------------------------------- starting


def test_nothing_heavy_is_imported_on_the_way_to_the_first_frame() -> None:
    code = f"import sys, assistant.tui.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
