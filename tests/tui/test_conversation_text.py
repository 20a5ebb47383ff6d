"""Text about saved conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from assistant.questions.parser import parse_question
from assistant.records.answer import Answer, AnswerSentence, Turn
from assistant.records.conversation import LibraryKey, SavedConversation
from assistant.tui.rendering import relative_dates
from assistant.tui.rendering.conversation_text import format_moment, render_entry, render_preview
from tests.support.citations import make_citation

SAVED = SavedConversation(
    id="1",
    title="Harbour",
    library="/index",
    created_at=datetime(2026, 1, 3, 9, 5).astimezone(),
    updated_at=datetime(2026, 1, 15, 14, 32).astimezone(),
    questions=2,
)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relative_dates, "today", lambda: date(2026, 1, 15))


def test_moment_today_yesterday_earlier() -> None:
    """The time of day is shown for today and yesterday only."""
    assert format_moment(SAVED.updated_at) == "today 14:32"
    assert format_moment(datetime(2026, 1, 14, 9, 5).astimezone()) == "yesterday 09:05"
    assert format_moment(SAVED.created_at) == "3 Jan 2026"


def test_entry_names_other_library() -> None:
    """The folder is shown only if it is given."""
    assert render_entry(SAVED).plain == "Harbour\n  today 14:32 · 2 questions"
    assert render_entry(SAVED, "/other").plain == "Harbour\n  today 14:32 · 2 questions · /other"


def make_turn(question: str, *sentences: str) -> Turn:
    """A turn with these sentences as its answer; a refusal if there are none."""
    answer = Answer(
        question=question,
        answer=" ".join(sentences),
        abstained=not sentences,
        reason=None,
        sentences=tuple(AnswerSentence(text, (1,), "verbatim") for text in sentences),
        citations=(),
        passages=(),
    )
    return Turn(question, parse_question(question), answer)


def test_preview_lists_questions_and_answers() -> None:
    """The preview has each question with its answer, and a warning for another library."""
    turns = (make_turn("Is it shut?", "It is shut.", "It opens on Monday."), make_turn("Who shut it?"))
    assert render_preview(SAVED, turns, LibraryKey("/index")).plain.split("\n") == [
        "Harbour",
        "2 questions · begun 3 Jan 2026, last today 14:32",
        "",
        "› Is it shut?",
        "It is shut. It opens on Monday.",
        "",
        "› Who shut it?",
        "The articles do not answer this.",
    ]
    near = make_turn("Is it open?")
    near = replace(near, answer=replace(near.answer, nearest=(make_citation("It may open."),)))
    assert render_preview(SAVED, (near,), LibraryKey("/index")).plain.endswith(
        "› Is it open?\nNo clear answer. This sentence may contain it: “It may open.”"
    )
    short = make_turn("Is it shut?", "It is shut.")
    answer = replace(short.answer, short_answer="shut", citations=(make_citation("It is shut."),))
    preview = render_preview(SAVED, (replace(short, answer=answer),), LibraryKey("/index"))
    assert preview.plain.endswith("\nshut: It is shut.")
    summed_up = replace(short.answer, summary="3 days on “it”.")
    preview = render_preview(SAVED, (replace(short, answer=summed_up),), LibraryKey("/index"))
    assert preview.plain.endswith("\n3 days on “it”. It is shut.")
    for words in ("the U.S.", "9 a.m.", "Acme Inc."):  # the period belongs to them
        preview = render_preview(
            SAVED, (replace(short, answer=replace(answer, short_answer=words)),), LibraryKey("/index")
        )
        assert preview.plain.endswith(f"\n{words}: It is shut.")
    assert "Its sources are in another library: /index" in render_preview(SAVED, (), LibraryKey("/other")).plain
