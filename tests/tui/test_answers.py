"""Tests of how answers are displayed: sentences written by a model, conflicts, refusals, the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.style import Style
from textual.app import App
from textual.widget import Widget
from textual.widgets import OptionList, Static

from assistant.engine import Assistant
from assistant.records.answer import Answer, AnswerPart, AnswerSentence, AskEvent, Citation, Claim, Conflict
from assistant.tui.app import AssistantApp
from assistant.tui.rendering import relative_dates
from assistant.tui.widgets.answer.conflict import ClaimView
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.answer.sentence import (
    NearSentence,
    Sentence,
    ShortAnswerLine,
    SourceHeading,
    WrittenSentence,
)
from assistant.tui.widgets.answer.timeline import Timeline
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.support.actions import (
    ask_question,
    collapse_spaces,
    conversation_text,
    find_prompt,
    highlighted_text,
    is_citation_open,
    static_text,
)
from tests.support.backends import RewritingAssistant
from tests.support.waiting import screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"
DREDGING = "what did Valcourt say about dredging?"
HOMES = "How many homes were evacuated?"
HOSTILE = "[bold red]Europe[/] \x1b[2J is\u202e small"


@pytest.fixture
def cited(seeds: Assistant) -> tuple[Citation, ...]:
    citations = seeds.ask(USHAKOV).citations
    assert len(citations) >= 3
    return citations


def make_app(seeds: Assistant, change: Callable[[Answer], Answer]) -> AssistantApp:
    """The interface over answers that `change` makes of the real ones; a refusal has no sentences before it."""

    def rewrite(events: list[AskEvent]) -> list[AskEvent]:
        changed = [change(event) if isinstance(event, Answer) else event for event in events]
        is_refused = any(isinstance(event, Answer) and event.abstained for event in changed)
        return [event for event in changed if not (is_refused and isinstance(event, AnswerPart))]

    return AssistantApp(lambda: RewritingAssistant(seeds, rewrite))


def rewrite_as_model(*sentences: AnswerSentence) -> Callable[[Answer], Answer]:
    """The answer with the same citations, in words that a model chose."""

    def change(answer: Answer) -> Answer:
        text = " ".join(sentence.text for sentence in sentences)
        return replace(answer, mode="written", answer=text, sentences=sentences)

    return change


WROTE = rewrite_as_model(
    AnswerSentence("Ushakov thinks little of Europe [1].", (1,), "supported"),
    AnswerSentence("Many there dislike Anchorage.", (2, 3), "verbatim"),
    AnswerSentence("He will travel to Paris in May.", (), "unsupported"),
)


def only_near(answer: Answer) -> Answer:
    """The sentences of an answer as if they were only near to one."""
    return replace(
        answer,
        abstained=True,
        reason="No sentence was found that clearly answers this.",
        sentences=(),
        citations=(),
        notes=(),
        nearest=answer.citations[:3],
        missing=("Malta", "1999"),
    )


def find_styles(app: App[None], text: str) -> list[Style]:
    """The styles of the pieces on the screen that contain this text."""
    strips = app.screen._compositor.render_strips()
    return [style for strip in strips for piece, style, _ in strip if text in piece and style]


# ------------------------------------------------------------------------- sentences that a model wrote


@pytest.mark.campaign
async def test_written_sentence_shows_support(seeds: Assistant) -> None:
    """Each sentence written by a model shows by sign and word how it is supported."""
    app = make_app(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        lines = [collapse_spaces(static_text(one)) for one in app.query(WrittenSentence)]
        assert lines == [
            "✓ Ushakov thinks little of Europe [1]. supported",
            "❝ Many there dislike Anchorage. [2][3] verbatim",
            "⚠ He will travel to Paris in May. not proved: no source is seen to say this",
        ]
        assert "✓ 2 of 3 sentences are supported by their sources. ⚠ 1 is not." in conversation_text(pilot)
        assert all(style.bold for style in find_styles(app, "not proved: no source"))


@pytest.mark.campaign
async def test_written_answer_replaces_found_sentences(seeds: Assistant, cited: tuple[Citation, ...]) -> None:
    """The sentences found first are replaced by the answer written from them."""
    app = make_app(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
        assert not app.query(Sentence)
        assert len(app.query(".question")) == 1
        assert collapse_spaces(cited[0].quote) not in collapse_spaces(
            conversation_text(pilot)
        )  # it occurs in the source and is highlighted


@pytest.mark.campaign
async def test_citation_number_opens_that_source(seeds: Assistant, cited: tuple[Citation, ...]) -> None:
    """A number in a sentence opens that source; a click next to it opens the first."""
    app = make_app(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[0]))
        first, second, third = app.query(WrittenSentence)
        number = next(x for x in range(80) if _character(app, second, x) == "3")
        await pilot.click(second, offset=(number, 0))
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[2]))
        assert [one.has_class("-open") for one in (first, second, third)] == [False, True, False]
        await pilot.click(second, offset=(6, 0))
        await wait_until(pilot, lambda: is_citation_open(pilot, cited[1]))
        await pilot.click(third, offset=(6, 0))
        await pilot.pause()
        assert is_citation_open(pilot, cited[1])  # the sentence has no source to open


def _character(app: App[None], widget: Widget, x: int) -> str:
    line = app.screen._compositor.render_strips()[widget.region.y].text
    return line[widget.region.x + x]


async def test_written_sentences_shown_as_they_arrive(
    seeds: Assistant,
) -> None:
    """Sentences of a model are shown as they arrive, before the answer is complete."""
    sentence = AnswerSentence("Ushakov thinks little of Europe [1].", (1,), "supported")

    def keep_first_events(events: list[AskEvent]) -> list[AskEvent]:
        found = next(event for event in events if isinstance(event, AnswerPart))
        return [events[0], replace(found, sentence=sentence)]

    app = AssistantApp(lambda: RewritingAssistant(seeds, keep_first_events))
    async with app.run_test(size=(120, 36)) as pilot:
        find_prompt(pilot).value = USHAKOV
        await pilot.press("enter")
        await wait_until(pilot, lambda: "✓ Ushakov thinks little of Europe [1]." in screen_text(app))
        assert not app.query(".waiting")
        assert not app.query(".notes")  # no notice about an answer that does not exist


async def test_written_text_is_not_markup(seeds: Assistant) -> None:
    """Nothing that a model writes is interpreted as markup."""
    app = make_app(seeds, rewrite_as_model(AnswerSentence(HOSTILE, (1,), "unsupported")))
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, USHAKOV)
        assert "[bold red]Europe[/]" in conversation_text(pilot)
        assert not {"\x1b", "\u202e"} & set(screen_text(app))


async def test_written_answer_copied_and_followed_up(seeds: Assistant) -> None:
    """A written answer is copied as written and can be followed up."""
    app = make_app(seeds, WROTE)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        await pilot.press("shift+tab", "y")
        await wait_until(pilot, lambda: app.clipboard)
        assert "Ushakov thinks little of Europe" in app.clipboard
        await ask_question(pilot, "and about Anchorage?", exchanges=2)
        assert "understood as: what did ushakov say about anchorage?" in conversation_text(pilot).casefold()


# ------------------------------------------------------------------------------------ claims that differ


@pytest.mark.campaign
async def test_claims_side_by_side_or_stacked(app: AssistantApp) -> None:
    """Claims are shown side by side if there is room, else below each other."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, HOMES)
        await wait_until(pilot, lambda: highlighted_text(pilot))
        left, right, *_ = app.query(ClaimView)
        assert left.region.y == right.region.y
        assert left.region.right <= right.region.x
        await pilot.resize_terminal(44, 48)
        await wait_until(pilot, lambda: left.region.y < right.region.y and left.region.x == right.region.x)
        assert left.region.width <= 44


@pytest.mark.campaign
async def test_click_claim_opens_source(app: AssistantApp) -> None:
    """A click on a claim opens its source."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, HOMES)
        await wait_until(pilot, lambda: highlighted_text(pilot))
        claim = next(one for one in app.query(ClaimView) if static_text(one).startswith("340"))
        await pilot.click(claim)
        await wait_until(pilot, lambda: is_citation_open(pilot, claim.citations[0]))
        assert claim.has_class("-open")
        assert "340" in highlighted_text(pilot)


async def test_claims_with_source_shown(seeds: Assistant) -> None:
    """If one of the claims has no source the others are still shown."""

    def changed(answer: Answer) -> Answer:
        return replace(answer, conflicts=(Conflict((Claim("one", 1), Claim("two", 2), Claim("none", 99))),))

    app = make_app(seeds, changed)
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        assert [static_text(one).split()[0] for one in app.query(ClaimView)] == ["one", "two"]


# ---------------------------------------------------------------------------------------------- refusals


async def test_near_sentences_can_be_opened(seeds: Assistant) -> None:
    """Without an answer the sentences near to one are shown whole, with what they lack; they open by key or click."""
    app = make_app(seeds, only_near)
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        near = [one.citations[0] for one in app.query(NearSentence)]
        assert len(near) == 3
        text = conversation_text(pilot)
        assert "? No clear answer. These sentences may contain it:" in text
        assert "Not in these articles: Malta, 1999.\nNo sentence was found that clearly answers this." in text
        assert all(collapse_spaces(cited.quote) in collapse_spaces(text) for cited in near)
        assert len(app.query(SourceHeading)) == len({cited.article_id for cited in near})
        assert not highlighted_text(pilot)  # no source opens automatically
        await pilot.press("alt+down")
        await wait_until(pilot, lambda: is_citation_open(pilot, near[0]))
        assert app.query_one(SourcesPane).border_title == "Near, not an answer"
        await pilot.press("shift+tab", "2")
        await wait_until(pilot, lambda: is_citation_open(pilot, near[1]))
        assert [one.has_class("-open") for one in app.query(NearSentence)][:2] == [False, True]
        await pilot.click(next(iter(app.query(NearSentence))))
        await wait_until(pilot, lambda: is_citation_open(pilot, near[0]))


async def test_words_of_others_say_so(app: AssistantApp) -> None:
    """Words of somebody else than the person asked about are called so, above them and beside them."""
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, DREDGING)
        assert "? No clear answer. These sentences may contain it:" in conversation_text(pilot)
        assert "? Bram Okonjo-Reyes (somebody else): Okonjo-Reyes told" in conversation_text(pilot)


async def test_refusal_without_nearest_shows_reason(seeds: Assistant) -> None:
    """Where nothing is near, the reason is shown, and no key opens a source."""
    app = make_app(seeds, lambda answer: replace(answer, nearest=()))
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_question(pilot, DREDGING)
        assert "✕ The articles do not answer this." in conversation_text(pilot)
        assert (app.query(".reason").only_one(Static).content or "") != ""
        assert not app.query(NearSentence)
        assert "may contain" not in screen_text(app)
        assert app.screen.check_action("step", (1,)) is False


# ---------------------------------------------------------------------------------------- short answers


async def test_short_answer_is_above_the_sentences(seeds: Assistant) -> None:
    """The words that answer come first, although they arrive last; a click opens their source."""
    app = make_app(seeds, lambda answer: replace(answer, short_answer="Ushakov"))
    async with app.run_test(size=(120, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        (line,) = app.query(ShortAnswerLine)
        assert static_text(line) == f"Ushakov [{line.citations[0].n}]"
        (exchange,) = app.query(Exchange)
        kinds = [type(child) for child in exchange.children]
        assert kinds[1:4] == [ShortAnswerLine, SourceHeading, Sentence]
        await pilot.click(line)
        await wait_until(pilot, lambda: is_citation_open(pilot, line.citations[0]))


async def test_short_answer_tells_doubts(seeds: Assistant) -> None:
    """That the articles differ is beside the words."""
    app = make_app(seeds, lambda answer: replace(answer, short_answer="340"))
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, HOMES)
        (line,) = app.query(ShortAnswerLine)
        assert "the articles differ" in static_text(line)


# --------------------------------------------------------------------------------------- the line of days


async def test_change_answer_has_timeline(app: AssistantApp) -> None:
    """An answer about change has a timeline whose numbers open the sources."""
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, "How has Oakhurst's position on the price changed?")
        await wait_until(pilot, lambda: highlighted_text(pilot))
        (line,) = app.query(Timeline)
        numbers, points, days = static_text(line).split("\n")
        citations = line.citations
        assert all(f"[{cited.n}]" in numbers for cited in citations)
        assert points.count("●") == len({cited.published_at for cited in citations})
        for end in (min, max):
            day = relative_dates.parse_day(end(cited.published_at or "" for cited in citations))
            assert day is not None
            assert relative_dates.format_day(day) in days
        last = max(citations, key=lambda cited: cited.published_at or "")
        await pilot.click(line, offset=(numbers.index(f"[{last.n}]") + 1, 0))
        await wait_until(pilot, lambda: is_citation_open(pilot, last))
        assert any(
            style.reverse for style in find_styles(app, f"[{last.n}]")
        )  # the open source is marked without color, too


@pytest.mark.campaign
async def test_same_day_sources_have_no_timeline(seeds: Assistant) -> None:
    """Sources of a single day have no timeline."""

    def move_to_one_day(answer: Answer) -> Answer:
        day = "2025-03-12"
        return replace(answer, citations=tuple(replace(cited, published_at=day) for cited in answer.citations))

    app = make_app(seeds, move_to_one_day)
    async with app.run_test(size=(160, 48)) as pilot:
        await ask_question(pilot, USHAKOV)
        assert app.query_one("#citations", OptionList).option_count
        assert not app.query(Timeline)
        assert isinstance(app.query_one(Exchange).children[-1], Static)
