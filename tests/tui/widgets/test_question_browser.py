"""Stepping through earlier questions and back to the draft."""

from __future__ import annotations

from assistant.tui.widgets.prompt.question_browser import QuestionBrowser

QUESTIONS = ("who spoke?", "what burned?", "who left?")


def test_back_and_forward_to_draft() -> None:
    """From an empty draft all questions are stepped through, and at the draft browsing ends."""
    browser = QuestionBrowser()
    browser.begin("", QUESTIONS)
    assert [browser.step(1) for _ in range(4)] == [*QUESTIONS, None]
    assert [browser.step(-1) for _ in range(3)] == ["what burned?", "who spoke?", ""]
    assert not browser.is_browsing
    assert browser.step(-1) is None


def test_draft_selects_by_prefix() -> None:
    """Only questions that begin like the draft are shown."""
    browser = QuestionBrowser()
    browser.begin("Who", QUESTIONS)
    assert [browser.step(1), browser.step(1), browser.step(1)] == ["who spoke?", "who left?", None]
    assert [browser.step(-1), browser.step(-1)] == ["who spoke?", "Who"]


def test_draft_like_no_question_selects_all() -> None:
    """If no question begins like the draft, all are shown, but never the draft itself."""
    browser = QuestionBrowser()
    browser.begin("why", QUESTIONS)
    assert browser.step(1) == "who spoke?"
    browser.begin("who left?", QUESTIONS)
    assert [browser.step(1), browser.step(1), browser.step(1)] == ["who spoke?", "what burned?", None]


def test_without_questions_nothing_is_browsed() -> None:
    """Without earlier questions a step finds none and browsing ends."""
    browser = QuestionBrowser()
    browser.begin("draft", ())
    assert browser.step(1) is None
    assert not browser.is_browsing
