"""What a reader sees of an answer: sentences that a model wrote, claims that differ, refusals, the line of days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.style import Style
from textual.app import App
from textual.widget import Widget
from textual.widgets import OptionList, Static

from assistant.engine import Assistant, final_answer
from assistant.records.answer import Answer, AnswerSentence, AskEvent, Citation, Claim, Conflict, Found
from assistant.tui import relative_dates as ages
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.answer.conflict import ClaimView
from assistant.tui.widgets.answer.conversation import Exchange, Sentence
from assistant.tui.widgets.answer.sentence import Nearest, WrittenSentence
from assistant.tui.widgets.answer.timeline import Timeline
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.support.actions import ask, box, conversation, marked, opened, plain, text_of
from tests.support.backends import Retold
from tests.support.waiting import screen_text, until

USHAKOV = "what did Ushakov say about Europe?"
DREDGING = "what did Valcourt say about dredging?"
HOMES = "How many homes were evacuated?"
HOSTILE = "[bold red]Europe[/] \x1b[2J is\u202e small"


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


@pytest.fixture
def cited(seeds: Assistant) -> tuple[Citation, ...]:
    citations = final_answer(seeds.ask(USHAKOV)).citations
    assert len(citations) >= 3
    return citations


def told(seeds: Assistant, change: Callable[[Answer], Answer]) -> AssistantApp:
    """The interface over answers that `change` makes of the real ones."""

    def retold(events: list[AskEvent]) -> list[AskEvent]:
        return [change(event) if isinstance(event, Answer) else event for event in events]

    return AssistantApp(lambda: Retold(seeds, retold))


def written(*sentences: AnswerSentence) -> Callable[[Answer], Answer]:
    """The answer with the same citations, in words that a model chose."""

    def change(answer: Answer) -> Answer:
        text = " ".join(sentence.text for sentence in sentences)
        return replace(answer, mode="written", answer=text, sentences=sentences)

    return change


WROTE = written(
    AnswerSentence("Ushakov thinks little of Europe [1].", (1,), "supported"),
    AnswerSentence("Many there dislike Anchorage.", (2, 3), "verbatim"),
    AnswerSentence("He will travel to Paris in May.", (), "unsupported"),
)


def styles_of(app: App[None], text: str) -> list[Style]:
    """How the pieces of the screen look that hold this text."""
    strips = app.screen._compositor.render_strips()
    return [style for strip in strips for piece, style, _ in strip if text in piece and style]


# ------------------------------------------------------------------------- sentences that a model wrote


async def test_each_sentence_that_a_model_wrote_says_in_a_sign_and_a_word_how_it_is_supported(seeds: Assistant) -> None:
    app = told(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, USHAKOV)
        lines = [plain(text_of(one)) for one in app.query(WrittenSentence)]
        assert lines == [
            "✓ Ushakov thinks little of Europe [1]. supported",
            "❝ Many there dislike Anchorage. [2][3] verbatim",
            "⚠ He will travel to Paris in May. unsupported: no source says this",
        ]
        assert "✓ 2 of 3 sentences rest on their sources. ⚠ 1 does not." in conversation(pilot)
        assert all(style.bold for style in styles_of(app, "unsupported: no source"))


async def test_the_sentences_found_first_give_way_to_what_was_written_from_them(
    seeds: Assistant, cited: tuple[Citation, ...]
) -> None:
    app = told(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: opened(pilot, cited[0]))
        assert not app.query(Sentence)
        assert len(app.query(".question")) == 1
        assert plain(cited[0].quote) not in plain(conversation(pilot))  # it stands in the source, marked


async def test_a_number_in_a_written_sentence_opens_that_source_and_a_click_beside_it_the_first(
    seeds: Assistant, cited: tuple[Citation, ...]
) -> None:
    app = told(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, USHAKOV)
        await until(pilot, lambda: opened(pilot, cited[0]))
        first, second, third = app.query(WrittenSentence)
        number = next(x for x in range(80) if _character(app, second, x) == "3")
        await pilot.click(second, offset=(number, 0))
        await until(pilot, lambda: opened(pilot, cited[2]))
        assert [one.has_class("-open") for one in (first, second, third)] == [False, True, False]
        await pilot.click(second, offset=(6, 0))
        await until(pilot, lambda: opened(pilot, cited[1]))
        await pilot.click(third, offset=(6, 0))
        await pilot.pause()
        assert opened(pilot, cited[1])  # no source says it: there is none to open


def _character(app: App[None], widget: Widget, x: int) -> str:
    line = app.screen._compositor.render_strips()[widget.region.y].text
    return line[widget.region.x + x]


async def test_sentences_that_come_one_by_one_from_a_model_stand_there_before_the_answer_is_complete(
    seeds: Assistant,
) -> None:
    sentence = AnswerSentence("Ushakov thinks little of Europe [1].", (1,), "supported")

    def only_begun(events: list[AskEvent]) -> list[AskEvent]:
        found = next(event for event in events if isinstance(event, Found))
        return [events[0], replace(found, sentence=sentence)]

    app = AssistantApp(lambda: Retold(seeds, only_begun))
    async with app.run_test(size=(120, 36)) as pilot:
        box(pilot).value = USHAKOV
        await pilot.press("enter")
        await until(pilot, lambda: "✓ Ushakov thinks little of Europe [1]." in screen_text(app))
        assert not app.query(".waiting")
        assert not app.query(".notes")  # nothing is said of an answer that is not there


async def test_nothing_that_a_model_writes_is_markup(seeds: Assistant) -> None:
    app = told(seeds, written(AnswerSentence(HOSTILE, (1,), "unsupported")))
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, USHAKOV)
        assert "[bold red]Europe[/]" in conversation(pilot)
        assert not {"\x1b", "\u202e"} & set(screen_text(app))


async def test_what_was_written_is_copied_and_goes_on_as_it_was(seeds: Assistant) -> None:
    app = told(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, USHAKOV)
        await pilot.press("shift+tab", "y")
        await until(pilot, lambda: app.clipboard)
        assert "Ushakov thinks little of Europe" in app.clipboard
        await ask(pilot, "and about Anchorage?", exchanges=2)
        assert "understood as: what did ushakov say about anchorage?" in conversation(pilot).casefold()


# ------------------------------------------------------------------------------------ claims that differ


async def test_claims_stand_side_by_side_where_there_is_room_and_else_below_each_other(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, HOMES)
        await until(pilot, lambda: marked(pilot))
        left, right, *_ = app.query(ClaimView)
        assert left.region.y == right.region.y
        assert left.region.right <= right.region.x
        await pilot.resize_terminal(44, 48)
        await until(pilot, lambda: left.region.y < right.region.y and left.region.x == right.region.x)
        assert left.region.width <= 44


async def test_a_click_on_a_claim_opens_its_source(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, HOMES)
        await until(pilot, lambda: marked(pilot))
        claim = next(one for one in app.query(ClaimView) if text_of(one).startswith("340"))
        await pilot.click(claim)
        await until(pilot, lambda: opened(pilot, claim.citations[0]))
        assert claim.has_class("-open")
        assert "340" in marked(pilot)


async def test_of_claims_of_which_one_has_no_source_the_others_are_shown(seeds: Assistant) -> None:
    def changed(answer: Answer) -> Answer:
        return replace(answer, conflicts=(Conflict((Claim("one", 1), Claim("two", 2), Claim("none", 99))),))

    app = told(seeds, changed)
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, USHAKOV)
        assert [text_of(one).split()[0] for one in app.query(ClaimView)] == ["one", "two"]


# ---------------------------------------------------------------------------------------------- refusals


async def test_a_refusal_shows_the_nearest_passages_as_no_answer_and_a_key_or_click_opens_them(
    app: AssistantApp, seeds: Assistant
) -> None:
    nearest = final_answer(seeds.ask(DREDGING)).nearest
    assert len(nearest) > 1
    async with app.run_test(size=(120, 48)) as pilot:
        await ask(pilot, DREDGING)
        assert "✕ The articles do not answer this." in conversation(pilot)
        assert f"Nearest passages, not an answer (1–{len(nearest)} or a click opens)" in conversation(pilot)
        assert [one.citations[0] for one in app.query(Nearest)] == list(nearest)
        assert not marked(pilot)  # none of them opens by itself
        await pilot.press("shift+tab", "2")
        await until(pilot, lambda: opened(pilot, nearest[1]))
        assert app.query_one(SourcesPane).border_title == "Nearest, not an answer"
        assert [one.has_class("-open") for one in app.query(Nearest)][:2] == [False, True]
        await pilot.click(next(iter(app.query(Nearest))))
        await until(pilot, lambda: opened(pilot, nearest[0]))


async def test_a_refusal_without_anything_near_shows_its_reason_alone(seeds: Assistant) -> None:
    app = told(seeds, lambda answer: replace(answer, nearest=()))
    async with app.run_test(size=(120, 36)) as pilot:
        await ask(pilot, DREDGING)
        assert "but not about dredging" in conversation(pilot)
        assert "Nearest" not in screen_text(app)


# --------------------------------------------------------------------------------------- the line of days


async def test_an_answer_about_change_has_a_line_of_days_whose_numbers_lead_to_the_sources(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, "How has Oakhurst's position on the price changed?")
        await until(pilot, lambda: marked(pilot))
        (line,) = app.query(Timeline)
        numbers, points, days = text_of(line).split("\n")
        citations = line.citations
        assert all(f"[{cited.n}]" in numbers for cited in citations)
        assert points.count("●") == len({cited.published_at for cited in citations})
        for end in (min, max):
            day = ages.day_of(end(cited.published_at or "" for cited in citations))
            assert day is not None
            assert ages.written(day) in days
        last = max(citations, key=lambda cited: cited.published_at or "")
        await pilot.click(line, offset=(numbers.index(f"[{last.n}]") + 1, 0))
        await until(pilot, lambda: opened(pilot, last))
        assert any(style.reverse for style in styles_of(app, f"[{last.n}]"))  # the open one, also without colour


async def test_sources_of_one_day_have_no_line_of_days(seeds: Assistant) -> None:
    def of_one_day(answer: Answer) -> Answer:
        day = "2025-03-12"
        return replace(answer, citations=tuple(replace(cited, published_at=day) for cited in answer.citations))

    app = told(seeds, of_one_day)
    async with app.run_test(size=(160, 48)) as pilot:
        await ask(pilot, USHAKOV)
        assert app.query_one("#citations", OptionList).option_count
        assert not app.query(Timeline)
        assert isinstance(app.query_one(Exchange).children[-1], Static)
