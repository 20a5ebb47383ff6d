"""Tests of asking questions in the interface, with the real library and model."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import OptionList, Static

from assistant.engine import Assistant
from assistant.errors import LibraryError, LibraryMissing
from assistant.records.answer import Answer, AnswerPart, AskEvent, Citation
from assistant.tui.app import AssistantApp
from assistant.tui.backend import make_opener
from assistant.tui.dialogs.help import HelpScreen
from assistant.tui.messages import AskProgress
from assistant.tui.widgets.answer.conflict import ClaimView
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.answer.sentence import Sentence, SourceHeading
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.conftest import make_article
from tests.support.actions import (
    all_answered,
    ask_question,
    bold_words,
    build_bar_text,
    collapse_spaces,
    conversation_text,
    find_highlights,
    find_prompt,
    highlighted_text,
    is_citation_open,
    static_text,
    submit_question,
)
from tests.support.backends import Gate, GatedAssistant, RewritingAssistant
from tests.support.waiting import screen_text, unwrapped_screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"
POPE = "what did the Pope say about Europe?"
HEAVY = "numpy faiss openvino torch transformers sentence_transformers llama_index nupunkt".split()


@pytest.fixture
def cited(seeds: Assistant) -> tuple[Citation, ...]:
    """The citations of the answer to the Ushakov question."""
    citations = seeds.ask(USHAKOV).citations
    assert len(citations) >= 3
    return citations


# -------------------------------------------------------------------------------- answers and sources


async def test_ask_opens_first_source_at_cited_words(seeds: Assistant, cited: tuple[Citation, ...]) -> None:
    """A typed question is answered and the first source opens at the cited words."""
    app = AssistantApp(make_opener(seeds.config))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*USHAKOV, "enter")
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
        shown = conversation_text(pilot)
        for citation in cited:
            assert collapse_spaces(citation.quote) in shown
            assert f"[{citation.n}]" in shown
        article = seeds.article(cited[0].article_id)
        assert article is not None
        assert highlighted_text(pilot) == collapse_spaces(article.text[cited[0].start : cited[0].end])
        await wait_until(pilot, lambda: "18 articles" in screen_text(app))  # read meanwhile


async def test_keys_open_the_other_sources(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
        for keys, number in (
            ("alt+down", 2),
            ("alt+down alt+up alt+up", 1),
            ("alt+up", 1),
            ("tab tab down down enter", 3),
            ("1", 1),
            ("tab 3", 3),
            ("p", 2),
            ("n n n n n n", len(cited)),
        ):
            await pilot.press(*keys.split())
            await wait_until(pilot, lambda n=number: is_citation_open(pilot, cited[n - 1]))  # type: ignore[misc]
            assert app.query_one("#citations", OptionList).highlighted == number - 1


async def test_click_sentence_opens_source_keeps_focus(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    """A click on a sentence opens its source, and typing continues in the prompt."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
        await pilot.click(list(app.query(Sentence))[1])
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[1]))
        assert [sentence.has_class("-open") for sentence in app.query(Sentence)][:3] == [False, True, False]
        await pilot.press("w")
        assert find_prompt(pilot).value == "w"


@pytest.mark.campaign
async def test_click_older_answer_shows_its_sources(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    """A click on an older answer shows its sources again."""
    async with app.run_test(size=(120, 60)) as pilot:
        await ask_question(pilot, USHAKOV)
        await ask_question(pilot, "who said “a leap in the dark”?", exchanges=2)
        await wait_until(pilot, lambda: "leap in the dark" in highlighted_text(pilot))
        app.query_one(ConversationView).scroll_home(animate=False)
        await pilot.pause()
        await pilot.click(list(app.query(Sentence))[2])
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[2]))
        assert app.query_one("#citations", OptionList).option_count == len(cited)
        await pilot.press("alt+up")
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[1]))
        assert len(app.query("Sentence.-open")) == 1


@pytest.mark.campaign
async def test_repeated_question_marks_one_sentence(app: AssistantApp) -> None:
    """After the same question twice only one sentence is marked as open."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await ask_question(pilot, USHAKOV, exchanges=2)
        await wait_until(pilot, lambda: highlighted_text(pilot))
        assert [sentence.question_number for sentence in app.query("Sentence.-open").results(Sentence)] == [2]


@pytest.mark.campaign
async def test_refusal_styled_without_open_source(app: AssistantApp, seeds: Assistant) -> None:
    """A refusal is styled as a refusal and leaves no source open."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: highlighted_text(pilot))
        await ask_question(pilot, POPE, exchanges=2)
        reason = seeds.ask(POPE).reason
        assert reason
        assert "The articles do not answer this." in screen_text(app)
        assert reason in conversation_text(pilot)
        assert not highlighted_text(pilot)
        assert not app.query_one(SourcesPane).border_subtitle
        assert not app.query("Sentence.-open")
        assert "Alt+↓" not in screen_text(app).splitlines()[-1]


@pytest.mark.campaign
async def test_immediate_answer_below_question(seeds: Assistant) -> None:
    """An immediate answer appears below its question."""
    app = AssistantApp(lambda: RewritingAssistant(seeds, lambda events: events))
    async with app.run_test(size=(120, 36)) as pilot:
        for count in (1, 2, 3):
            await ask_question(pilot, USHAKOV, exchanges=count)
        assert len(app.query(Exchange)) == 3
        for exchange in app.query(Exchange):
            parts = [type(part).__name__ for part in exchange.children]
            assert parts[:3] == ["Static", "SourceHeading", "Sentence"]


async def test_changed_source_says_so(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A source that has changed since the answer opens at the cited words and says what became of them."""
    path = write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    assistant.build()
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, "what did Ann Lee say about the harbour?")
        await wait_until(pilot, lambda: "closed to ferries" in highlighted_text(pilot))
        path.write_text("Ann Lee said on Tuesday that the harbour was open.", encoding="utf-8")
        assistant.build()
        await pilot.click(Sentence)
        await wait_until(pilot, lambda: "These words were changed on" in screen_text(app))
        assert "closed to ferries" in highlighted_text(pilot)


# ------------------------------------------------------------------------------------ a conversation


async def test_follow_up_shows_rewritten_question(app: AssistantApp) -> None:
    """A follow-up is answered and shows how it was understood."""
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, "What did Valcourt say about the terminal?")
        await ask_question(pilot, "and Lindqvist?", exchanges=2)
        assert "understood as: What did Lindqvist say about the terminal?" in conversation_text(pilot)
        answer = [sentence.citation for sentence in app.query(Sentence) if sentence.question_number == 2]
        assert {citation.speaker for citation in answer} == {"Maud Lindqvist"}
        await wait_until(pilot, lambda: is_citation_open(pilot, answer[0]))


@pytest.mark.campaign
async def test_refused_follow_up_names_other_speakers(app: AssistantApp) -> None:
    """A refused follow-up gives the reason and names who did speak on the topic."""
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, "What did Valcourt say about the piles?")
        await ask_question(pilot, "and about dredging?", exchanges=2)
        shown = conversation_text(pilot)
        assert "understood as: What did Valcourt say about dredging?" in shown
        assert "No clear answer." in shown
        assert "clearly about dredging" in shown
        assert "Bram Okonjo-Reyes" in shown


@pytest.mark.campaign
async def test_refusal_lists_nearest_articles(app: AssistantApp) -> None:
    """A refusal lists the nearest articles."""
    async with app.run_test(size=(80, 24)) as pilot:
        await ask_question(pilot, "Who is the prime minister of Japan?")
        assert "No sentence was found that answers this. The nearest: “" in screen_text(app)


@pytest.mark.campaign
async def test_follow_up_ignores_canceled_question(gated: GatedAssistant) -> None:
    """A follow-up does not refer to a canceled question."""
    gated.answer_gate.set()
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, "What did Valcourt say about the terminal?")
        gated.answer_gate.clear()
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: len(gated.asked_questions) == 2)
        await pilot.press("escape")
        await wait_until(pilot, lambda: all_answered(pilot))
        gated.answer_gate.set()
        await ask_question(pilot, "and Lindqvist?", exchanges=2)
        assert "understood as: What did Lindqvist say about the terminal?" in conversation_text(pilot)


async def test_replaced_question_is_told(gated: GatedAssistant) -> None:
    """A question asked while another is answered replaces it; a notice names the other one, and ↑ brings it back."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: len(gated.asked_questions) == 1)
        await submit_question(pilot, "What did Valcourt say about the terminal?")
        await wait_until(pilot, lambda: f"“{USHAKOV}” was not answered" in " ".join(screen_text(app).split()))
        gated.answer_gate.set()
        await wait_until(pilot, lambda: all_answered(pilot))
        await pilot.press("up", "up")
        assert find_prompt(pilot).value == USHAKOV


@pytest.mark.campaign
async def test_follow_up_ignores_failed_question(app: AssistantApp) -> None:
    """A follow-up does not refer to a failed question."""
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, "What did Valcourt say about the terminal?")
        await ask_question(pilot, "why " * 1_250, exchanges=2)
        find_prompt(pilot).value = ""
        await ask_question(pilot, "and Lindqvist?", exchanges=3)
        assert "understood as: What did Lindqvist say about the terminal?" in conversation_text(pilot)


async def test_new_conversation_has_no_context(app: AssistantApp) -> None:
    """A new conversation shows nothing of the old one and does not refer to it."""
    async with app.run_test(size=(160, 36)) as pilot:
        assert "Ctrl+L" not in screen_text(app).splitlines()[-1]
        await ask_question(pilot, "What did Valcourt say about the terminal?")
        await wait_until(pilot, lambda: highlighted_text(pilot))
        assert "Ctrl+L" in screen_text(app).splitlines()[-1]
        await pilot.press("tab", "ctrl+l")
        await wait_until(pilot, lambda: "Ask a question about your articles" in screen_text(app))
        assert "Valcourt said" not in screen_text(app)
        assert not highlighted_text(pilot)
        assert not app.query_one("#citations", OptionList).option_count
        assert app.focused is find_prompt(pilot)
        await ask_question(pilot, "and Lindqvist?")
        assert "understood as" not in conversation_text(pilot)


@pytest.mark.campaign
async def test_new_conversation_stops_running_answer(gated: GatedAssistant) -> None:
    """A new conversation stops the answer in progress."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: "Searching…" in screen_text(app) and gated.asked_questions)
        await pilot.press("ctrl+l")
        gated.release()
        await wait_until(pilot, lambda: gated.ask_finished.is_set() and not app.query(Exchange))
        assert "Ask a question about your articles" in screen_text(app)
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: highlighted_text(pilot))


# ------------------------------------------------------------------------- what answers say of themselves


async def test_conflicts_and_corrections_below_answer(app: AssistantApp) -> None:
    """Conflicts and corrections are shown below the answer."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, "How many homes were evacuated?")
        assert "The articles differ" in screen_text(app)
        claims = [collapse_spaces(static_text(claim)) for claim in app.query(ClaimView)]
        assert any(claim.startswith("410 [") for claim in claims)
        assert any(claim.startswith("340 [") for claim in claims)
        assert "was corrected: see [" in conversation_text(pilot)
        assert "14 May 2025" in conversation_text(pilot)
        notes = collapse_spaces(static_text(app.query_one(".notes", Static)))
        assert "verbatim" in notes
        assert "differ" not in notes  # it is drawn
        assert app.query_one(Exchange).children[-1].has_class("notes")


@pytest.mark.campaign
async def test_correction_listed_as_source(app: AssistantApp) -> None:
    """The correction is listed among the sources."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, "How many homes were evacuated?")
        await wait_until(pilot, lambda: highlighted_text(pilot))
        (correction,) = [one for one in app.query(Sentence) if "The correct number is 385" in static_text(one)]
        assert app.query_one("#citations", OptionList).option_count == len(app.query(Sentence))
        await pilot.click(correction)
        await wait_until(pilot, lambda: is_citation_open(pilot, correction.citation))
        assert "The correct number is 385" in highlighted_text(pilot)


@pytest.mark.campaign
async def test_answer_words_bold(app: AssistantApp) -> None:
    """The words that answer the question are bold."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, "How many homes were evacuated?")
        bold = {text for one in app.query(Sentence) for text in bold_words(one)}
        assert {"410 homes", "340 homes"} <= bold
        for one in app.query(Sentence):
            assert static_text(one).startswith(
                collapse_spaces(one.citation.quote)
            )  # bold words keep the spaces around them


@pytest.mark.campaign
async def test_story_heading_names_other_outlets(app: AssistantApp) -> None:
    """The other outlets that print a story are named in its heading."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, "what did Marchant-Stane say about flood relief?")
        headings = [collapse_spaces(static_text(one)) for one in app.query(SourceHeading)]
        assert any("also in Harbour Post" in one or "also in The Ellery Courier" in one for one in headings)


@pytest.mark.campaign
async def test_notes_markup_shown_as_text(assistant: Assistant) -> None:
    """Markup and control characters in notes are shown as text."""
    day = "2025-03-04"
    first, second = "The flood in Quayside ruined 120 homes.", "The flood in Quayside ruined 95 homes."
    assistant.build(
        articles=[
            make_article(first, title="River", source=f"Gazette {HOSTILE}", published_at=day),
            make_article(second, id="b", title="Flood", source="Mercury", published_at=day),
        ]
    )
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, "how many homes did the flood ruin in Quayside?")
        assert {static_text(claim).split()[0] for claim in app.query(ClaimView)} == {"120", "95"}
        assert f"Gazette {AS_SHOWN[:80]}" in conversation_text(pilot)
        assert "\x1b" not in screen_text(app)


# ------------------------------------------------------------------------------------ while answering


async def test_escape_while_answering_restores_question(gated: GatedAssistant, seeds: Assistant) -> None:
    """Escape during an answer restores the question and leaves no partial answer."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: "Searching…" in screen_text(app) and gated.asked_questions)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Searching…" not in screen_text(app))
        assert find_prompt(pilot).value == USHAKOV
        assert "Ask a question about your articles" in screen_text(app)
        gated.release()
        await wait_until(pilot, lambda: gated.ask_finished.is_set())
        app.screen.post_message(AskProgress(1, seeds.ask(USHAKOV)))  # the answer was in progress
        await pilot.press("!")
        assert find_prompt(pilot).value == USHAKOV + "!"
        assert not app.query(Exchange)
        assert not app.query_one("#citations", OptionList).option_count


@pytest.mark.campaign
async def test_escape_returns_to_prompt(app: AssistantApp) -> None:
    """Escape in other places returns to the prompt."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        for steps in (1, 2, 3):
            await pilot.press(*["tab"] * steps)
            assert app.focused is not find_prompt(pilot)
            await pilot.press("escape")
            assert app.focused is find_prompt(pilot)


@pytest.mark.campaign
async def test_new_question_replaces_running_one(gated: GatedAssistant) -> None:
    """A question asked during another answer replaces it."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit_question(pilot, POPE)
        await wait_until(pilot, lambda: len(gated.asked_questions) == 1)
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: len(gated.asked_questions) == 2)
        gated.release()
        await wait_until(pilot, lambda: highlighted_text(pilot))
        assert "Pope" not in conversation_text(pilot)
        assert find_prompt(pilot).value == ""


@pytest.mark.campaign
async def test_question_before_library_loaded(seeds: Assistant, gate: Gate) -> None:
    """A question asked before the library is loaded is answered."""
    loaded, openings = gate(), []

    def open_slowly() -> Assistant:
        openings.append(1)
        loaded.wait()
        return Assistant(seeds.config)

    app = AssistantApp(open_slowly)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: "Searching…" in screen_text(app))
        assert "Loading…" in screen_text(app)
        loaded.set()
        await wait_until(pilot, lambda: highlighted_text(pilot))
        await wait_until(pilot, lambda: "18 articles" in screen_text(app))
        assert len(openings) == 1


@pytest.mark.campaign
async def test_answer_arrives_while_help_open(gated: GatedAssistant) -> None:
    """An answer that arrives while the help is open is shown afterwards."""
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await submit_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: gated.asked_questions)
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        gated.release()
        await wait_until(pilot, lambda: app.query(Sentence))
        await pilot.press("escape")
        await wait_until(pilot, lambda: highlighted_text(pilot))


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (LibraryError("/x: the disk is on fire; pour water on it"), "/x: the disk is on fire; pour water on it"),
        (ValueError("[/]no such\x1b[2J thing"), "internal error: ValueError: [/]no such␛[2J thing"),
    ],
)
async def test_error_shown_and_question_kept(seeds: Assistant, error: Exception, shown: str) -> None:
    """An error during an answer is shown and the question is kept."""

    def fail(events: list[AskEvent]) -> list[AskEvent]:
        raise error

    app = AssistantApp(lambda: RewritingAssistant(seeds, fail))
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        assert shown in conversation_text(pilot)
        assert find_prompt(pilot).value == USHAKOV


# ---------------------------------------------------------------------------------------- odd questions


async def test_overlong_question_message_visible(app: AssistantApp) -> None:
    """A question of 5,000 characters gets a message that is visible."""
    async with app.run_test(size=(80, 24)) as pilot:
        await ask_question(pilot, "why " * 1_249 + "why?")
        assert "5,000 characters" in screen_text(app)
        assert len(find_prompt(pilot).value) == 5_000


async def test_blank_prompt_asks_nothing(app: AssistantApp) -> None:
    """A prompt of only whitespace asks nothing."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "enter")
        await pilot.pause()
        assert not app.query(Exchange)


async def test_pasted_lines_become_one_question(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        app.post_message(Paste("what did\r\nUshakov\x1b say\nabout Europe?\n"))
        await wait_until(pilot, lambda: find_prompt(pilot).value)
        assert find_prompt(pilot).value == "what did\nUshakov␛ say\nabout Europe?"
        find_prompt(pilot).value = ""
        app.copy_to_clipboard("what did Ushakov\nsay about\nEurope?")
        await pilot.press("ctrl+v", "enter")
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))


# -------------------------------------------------------------------------------------------- building


async def test_unbuilt_library_can_be_built_and_asked(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A library that is not built says so and can be built and asked."""
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    question = "what did Ann Lee say about the harbour?"
    app = AssistantApp(make_opener(assistant.config))
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "no index here yet" in unwrapped_screen_text(app))
        assert "press Ctrl+R" in unwrapped_screen_text(app)
        await ask_question(pilot, question)
        assert "no index here yet" in conversation_text(pilot)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 article" in screen_text(app).splitlines()[0])
        assert "Index up to date: 1 article (1 added)" in build_bar_text(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "closed to ferries" in highlighted_text(pilot))


async def test_build_progress_and_stop_keeps_index(
    assistant: Assistant, write_article: Callable[..., Path], gate: Gate
) -> None:
    """A build shows progress; after it is stopped the old index still answers."""
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    assistant.build()
    write_article("b.md", "Bo Ek said on Monday that the bridge was closed to lorries.", title="Bridge")
    gated = GatedAssistant(assistant, gate)
    gated.answer_gate.set()
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(160, 36)) as pilot:
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "Reading articles" in build_bar_text(pilot))
        assert "Ctrl+G" in screen_text(app).splitlines()[-1]
        await ask_question(pilot, "what did Ann Lee say about the harbour?")  # during the build
        assert "closed to ferries" in conversation_text(pilot)
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: "Stopping…" in build_bar_text(pilot))
        gated.release()
        await wait_until(pilot, lambda: "Build stopped. The index is unchanged" in build_bar_text(pilot))
        assert gated.build_finished.is_set()
        assert "Ctrl+R" in screen_text(app).splitlines()[-1]
        await ask_question(pilot, "what did Ann Lee say about the harbour?", exchanges=2)
        assert conversation_text(pilot).count("closed to ferries") == 2
        assert assistant.stats()["articles"] == 1


@pytest.mark.campaign
async def test_late_stop_reports_changes(assistant: Assistant, write_article: Callable[..., Path], gate: Gate) -> None:
    """A stop that comes too late does not claim that nothing changed."""
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    gated = GatedAssistant(assistant, gate)
    gated.hold_report = True
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "Publishing" in build_bar_text(pilot))
        await pilot.click("#build-stop")
        await wait_until(pilot, lambda: "Stopping…" in build_bar_text(pilot))
        gated.release()
        await wait_until(pilot, lambda: "…" not in build_bar_text(pilot))
        assert "Index up to date" in build_bar_text(pilot)
        assert (
            gated.build_finished.is_set()
        )  # the lock is released before the message, so that the next build can start
        assert app.focused is find_prompt(pilot)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 unchanged" in build_bar_text(pilot))


async def test_build_failure_shows_reason(assistant: Assistant) -> None:
    """A failed build shows its reason."""
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(160, 36)) as pilot:
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "no article could be read" in build_bar_text(pilot))
        assert "the index is unchanged" in build_bar_text(pilot)
        assert "Ctrl+R" in screen_text(app).splitlines()[-1]


@pytest.mark.campaign
async def test_build_skipped_files_named(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """Skipped files are named."""
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    write_article("[bold]x[", "").rename(assistant.config.articles[0] / "[bold]x[.md")
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 skipped" in build_bar_text(pilot))
        await wait_until(pilot, lambda: "! Skipped: " in screen_text(app))
        assert "[bold]x[.md: the file is empty" in str(app.screen.query_one(KeyBar).render())


@pytest.mark.parametrize("busy", ["answer", "build"])
async def test_quit_during_answer_or_build(
    assistant: Assistant, write_article: Callable[..., Path], seeds: Assistant, gate: Gate, busy: str
) -> None:
    """The user can quit during an answer or a build."""
    write_article("a.md", "Ann Lee said on Monday that the harbour was closed to ferries.", title="Harbour")
    gated = GatedAssistant(assistant if busy == "build" else seeds, gate)
    app = AssistantApp(lambda: gated)
    async with app.run_test(size=(120, 36)) as pilot:
        if busy == "answer":
            await submit_question(pilot, USHAKOV)
            await wait_until(pilot, lambda: "Searching…" in screen_text(app) and gated.asked_questions)
        else:
            await pilot.press("ctrl+r")
            await wait_until(pilot, lambda: "Reading articles" in build_bar_text(pilot))
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    gated.release()
    over = gated.ask_finished if busy == "answer" else gated.build_finished
    assert await asyncio.to_thread(over.wait, 120)
    if busy == "build":
        with pytest.raises(LibraryMissing):
            assistant.stats()


# ----------------------------------------------------------------------------------------- theme, size


@pytest.mark.campaign
async def test_theme_change_keeps_highlight_readable(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    """The theme changes and the highlighted words stay readable."""
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        for dark in (True, False, True):
            await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
            assert app.current_theme.dark is dark
            assert min(contrast for _, contrast in find_highlights(pilot)) > 0.5
            await pilot.press("f9")


@pytest.mark.campaign
async def test_narrow_window_keeps_highlight_visible(app: AssistantApp, cited: tuple[Citation, ...]) -> None:
    """The highlighted words stay visible when the window gets narrow."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
        for size in ((60, 48), (60, 24), (60, 20), (100, 30), (37, 24), (160, 48)):
            await pilot.resize_terminal(*size)
            await wait_until(
                pilot,
                lambda: (
                    collapse_spaces(cited[0].quote).startswith(highlighted_text(pilot)[:20]) and highlighted_text(pilot)
                ),
            )


@pytest.mark.campaign
async def test_resize_keeps_newest_answer_visible(app: AssistantApp) -> None:
    """The newest answer stays visible when the window is resized."""
    async with app.run_test(size=(80, 24)) as pilot:
        await ask_question(pilot, USHAKOV)
        await ask_question(pilot, "How many homes were evacuated?", exchanges=2)
        for size in ((160, 36), (60, 24), (100, 30), (37, 24)):
            await pilot.resize_terminal(*size)
            await wait_until(pilot, lambda: "How many homes were" in screen_text(app))


@pytest.mark.campaign
async def test_narrow_window_hides_empty_sources(app: AssistantApp) -> None:
    """In a narrow window the sources take no space while there are none."""
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Sources" not in screen_text(app)
        await ask_question(pilot, USHAKOV)
        assert "Sources" in screen_text(app)
        await ask_question(pilot, POPE, exchanges=2)
        assert "Sources" not in screen_text(app)
        assert "what did the Pope say about Europe?" in screen_text(app)


@pytest.mark.campaign
async def test_scroll_position_kept_when_build_starts(app: AssistantApp) -> None:
    """The scroll position is kept when the build bar appears."""
    async with app.run_test(size=(100, 20)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: highlighted_text(pilot))
        view = app.query_one(ArticleView)
        assert view.scroll_y > 5
        view.scroll_home(animate=False)
        await pilot.resize_terminal(100, 19)
        await wait_until(pilot, lambda: app.size.height == 19)
        await pilot.pause()
        assert view.scroll_y == 0


# -------------------------------------------------------------------------------- articles are only data

HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/] [@click=app.quit]y[/] [/] \u202eesrever\u202c $accent"
AS_SHOWN = "␛[31mred␛[0m [bold]x[/] [@click=app.quit]y[/] [/] ⟨U+202E⟩esrever⟨U+202C⟩ $accent"


async def test_article_markup_shown_as_text(assistant: Assistant) -> None:
    """Markup and control characters in an article are shown as text."""
    text = f"It rained. The harbour has {HOSTILE} for a gate. The sun shone."
    hostile = make_article(text, id="h", title=f"Harbour {HOSTILE}", source=HOSTILE, author=HOSTILE)
    assistant.build(articles=[hostile])

    def by_a_hostile_speaker(events: list[AskEvent]) -> list[AskEvent]:
        def renamed(citation: Citation) -> Citation:
            return replace(citation, speaker=f"Bob {HOSTILE}")

        return [
            replace(event, citations=tuple(map(renamed, event.citations)))
            if isinstance(event, AnswerPart | Answer)
            else event
            for event in events
        ]

    question = "what gate has the harbour?"
    app = AssistantApp(lambda: RewritingAssistant(assistant, by_a_hostile_speaker))
    async with app.run_test(size=(200, 48)) as pilot:  # wide: the name in the foot is whole
        await ask_question(pilot, question)
        await wait_until(pilot, lambda: AS_SHOWN in highlighted_text(pilot))
        assert f"Harbour {AS_SHOWN} · {AS_SHOWN}" in conversation_text(pilot)
        assert f"The harbour has {AS_SHOWN} for a gate." in conversation_text(pilot)
        assert f"[1] {AS_SHOWN[:20]}" in screen_text(app)
        assert "[1] Bob ␛[31mred␛[0m [bold]x[/] [@click=app.quit]y[/]" in screen_text(app)
        assert "\x1b" not in screen_text(app)
        await pilot.click(Sentence, offset=(60, 0))
        assert app.is_running


@pytest.mark.campaign
async def test_long_titles_and_words_stay_readable(assistant: Assistant) -> None:
    """Long titles and unbroken words leave the answer and its source readable."""
    title = "Harbour " + "very " * 98 + "long"
    text = "Rain fell. " * 40 + "The harbour gate is 12 metres " + "w" * 300 + " wide."
    assistant.build(articles=[make_article(text, id="h", title=title)])
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(60, 24)) as pilot:
        await ask_question(pilot, "how wide is the harbour gate?")
        await wait_until(pilot, lambda: highlighted_text(pilot).startswith("The harbour gate is"))
        assert "how wide is the harbour gate?" in screen_text(app)


# ---------------------------------------------------------------------------------------------- starting


def test_first_frame_imports_nothing_heavy() -> None:
    """No heavy module is imported before the first frame."""
    code = f"import sys, assistant.tui.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
