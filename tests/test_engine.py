"""End-to-end tests of questions and answers with the real model and index: exact quotes, refusals, any input."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.answers.events import final_answer
from assistant.config.schema import PassageSettings, RetrievalSettings
from assistant.engine import Assistant
from assistant.errors import LibraryMismatch, LibraryMissing, QuestionError
from assistant.records.answer import Answer, AnswerPart, QuestionUnderstood
from tests.conftest import run_build
from tests.support.sampling import WHOLE

USHAKOV = "What did Ushakov say about Europe?"
POPE = "What did the Pope say about Europe?"
LEAP = "Who said “a leap in the dark”?"


def ask_and_check(assistant: Assistant, question: str, scope: list[str] | None = None) -> Answer:
    """The answer to a question, after checks that apply to every answer."""
    answer = assistant.ask(question, scope=scope)
    assert answer.abstained == (not answer.citations) == (answer.reason is not None)
    numbers = [cited.n for cited in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert answer.abstained or {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)} == set(numbers)
    assert [n for sentence in answer.sentences for n in sentence.citations] == numbers
    for cited in answer.citations:
        article = assistant.article(cited.article_id)
        assert article is not None
        assert cited.quote == article.text[cited.start : cited.end] != ""
        assert cited.article_sha256 == article.sha256
    scores = [hit.score for hit in answer.passages]
    assert scores == sorted(scores, reverse=True)
    return answer


# --------------------------------------------------------------------------------------------- answers


def test_statement_quoted_exactly_with_speaker(seeds: Assistant) -> None:
    """A statement is quoted exactly and attributed to its speaker."""
    answer = ask_and_check(seeds, USHAKOV)
    first = answer.citations[0]
    assert first.quote.startswith("Many Europeans, though not all")
    assert {cited.speaker for cited in answer.citations} == {"Yuri Ushakov"}
    assert f"{first.quote} [1]" in answer.answer


def test_earlier_questions_are_asked_first(seeds: Assistant) -> None:
    """A history of questions is that of their answers."""
    first = seeds.ask(USHAKOV)
    follow_up = seeds.ask("and about China?", history=[USHAKOV])
    assert follow_up.standalone_question == "What did Ushakov say about China?"
    assert follow_up.answer == seeds.ask("and about China?", history=[first]).answer


def test_unknown_speaker_refused_by_name(seeds: Assistant) -> None:
    """A speaker who is in no article is refused by name."""
    answer = ask_and_check(seeds, POPE)
    assert answer.abstained
    assert "the Pope" in (answer.reason or "")
    assert "18 articles from 2025-02-11 to 2025-11-13" in (answer.reason or "")


def test_words_attributed_to_their_speaker(seeds: Assistant) -> None:
    """Words are attributed to the person who said them."""
    answer = ask_and_check(seeds, LEAP)
    assert answer.citations
    assert {cited.speaker for cited in answer.citations} == {"Bram Okonjo-Reyes"}
    assert all("a leap in the dark" in cited.quote for cited in answer.citations)


def test_events_in_order_make_the_answer(seeds: Assistant) -> None:
    """The events come in order and add up to the answer."""
    first, *found, last = seeds.stream(USHAKOV)
    assert isinstance(first, QuestionUnderstood)
    assert isinstance(last, Answer)
    assert [one.sentence for one in found if isinstance(one, AnswerPart)] == list(last.sentences)
    assert [cited for one in found if isinstance(one, AnswerPart) for cited in one.citations] == list(last.citations)


@pytest.mark.parametrize("question", [USHAKOV, POPE, LEAP, "ferry", "zzz qqq"])
def test_at_least_ten_passages(seeds: Assistant, question: str) -> None:
    """At least ten passages are returned if the library has ten."""
    passages = ask_and_check(seeds, question).passages
    assert len(passages) >= 10
    assert len({hit.passage for hit in passages}) == len(passages)


def test_top_k_limits_passages(seeds: Assistant) -> None:
    """No more passages than top_k are returned."""
    few = Assistant(seeds.config.model_copy(update={"retrieval": RetrievalSettings(top_k=3)}))
    assert len(ask_and_check(few, USHAKOV).passages) == 3


def test_scope_limits_answer(seeds: Assistant) -> None:
    """An answer uses only the articles in its scope."""
    everywhere = ask_and_check(seeds, USHAKOV)
    named = {cited.article_id for cited in everywhere.citations}
    assert len(named) > 1
    only = everywhere.citations[-1].article_id
    answer = ask_and_check(seeds, USHAKOV, [only, only, "no such article"])
    assert {cited.article_id for cited in answer.citations} == {only}
    assert {hit.passage.article_id for hit in answer.passages} == {only}


@pytest.mark.parametrize("scope", [[], ["no such article"], ["\ud800"]])
def test_empty_scope_refused(seeds: Assistant, scope: list[str]) -> None:
    """If no article of the scope is in the library the answer is a refusal."""
    answer = ask_and_check(seeds, USHAKOV, scope)
    assert (answer.abstained, answer.passages) == (True, ())
    assert "None of the library's 18 articles has one of the ids" in (answer.reason or "")


def test_scope_refusal_says_scope_was_limited(seeds: Assistant) -> None:
    """A refusal says if only some of the articles were searched."""
    (one, *_) = ask_and_check(seeds, USHAKOV).citations
    reason = ask_and_check(seeds, "What is the price of gold?", [one.article_id, "none"]).reason or ""
    assert reason.endswith("Only 1 of the library's 18 articles was searched.")


def test_search_returns_passages_with_articles(seeds: Assistant) -> None:
    """search returns the passages of the answer with their articles."""
    hits = seeds.search(USHAKOV)
    assert {hit.passage for hit in hits} == {hit.passage for hit in ask_and_check(seeds, USHAKOV).passages}
    assert all(hit.article.id == hit.passage.article_id for hit in hits)
    assert all(hit.text == hit.article.text[hit.passage.start : hit.passage.end] for hit in hits)


# -------------------------------------------------------------------------------------------- questions


@pytest.mark.parametrize(
    "question",
    ["", "   \n\t", "?!…", "\u200b", "x" * 4001, "why " * 2500],
    ids=["empty", "blank", "marks", "invisible", "4,001", "10,000"],
)
def test_invalid_question_raises(seeds: Assistant, question: str) -> None:
    """An empty or overlong question raises a QuestionError."""
    with pytest.raises(QuestionError, match=r"the question is empty|at most 4,000 are read"):
        seeds.ask(question)


@pytest.mark.parametrize(
    "question",
    ["What did Ushakov say about " + "Europe and " * 350, "x" * 3900, f"Who said “{'a leap ' * 550}”?"],
    ids=["words", "one word", "a quotation"],
)
def test_long_question_answered(seeds: Assistant, question: str) -> None:
    """A long question within the limit is answered."""
    assert len(question) > 3850
    ask_and_check(seeds, question)


# Joined with spaces: FTS5 syntax, quotation marks, words of question patterns, other scripts.
PARTS = r"""
    " * ( ) : ^ - + { } [ ] \ ' “ ” ‘ ’ « » % _ ; , . … '' -- NEAR NEAR( OR AND NOT title: body : ,2)
    who said what did say about Ushakov Europe 😀 👩‍👩‍👧 ما قال 乌沙科夫 Ελλάδα é İ ß
""".split()


@settings(max_examples=15 if WHOLE else 5, deadline=None, database=None, derandomize=True)
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=8), min_size=1, max_size=9).map(" ".join))
@example('what did " OR NEAR( say about *:^ -x?')
@example("who said “(”")
@example("who said ‘title: NOT’ AND “body:”?")
@example("what did % say about _?")
@example("what did Ushakov say about \x00?")
def test_any_text_is_accepted(seeds: Assistant, question: str) -> None:
    """Any text is answered with exact quotes, or refused with a QuestionError."""
    with contextlib.suppress(QuestionError):
        ask_and_check(seeds, question)


def test_ask_from_several_threads(seeds: Assistant) -> None:
    """Several threads ask at once, and each gets its own answer."""
    fresh = Assistant(seeds.config)
    questions = [USHAKOV, POPE, LEAP, "Who is the mayor of Port Ellery?"]
    expected = [ask_and_check(seeds, question).answer for question in questions]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda question: fresh.ask(question).answer, questions * 5))
    assert answers == expected * 5


# ------------------------------------------------------------------------------------------- the library


def test_new_build_visible_to_next_question(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A build is visible at the next question without reopening the assistant."""
    question = "What did Lindqvist say about the quay?"
    write_article("a.md", "“The quay is too short,” said Maud Lindqvist.", title="The quay")
    run_build(assistant)
    other = Assistant(assistant.config)
    assert ask_and_check(other, question).citations[0].quote.startswith("“The quay is too short,”")
    path = write_article("b.md", "“The quay is long enough,” said Maud Lindqvist.", title="The quay again")
    run_build(assistant)
    assert {cited.article_id for cited in ask_and_check(other, question).citations} == {"a.md", "b.md"}
    path.with_name("a.md").unlink()
    run_build(assistant, rebuild=True)
    assert [cited.article_id for cited in ask_and_check(other, question).citations] == ["b.md"]


def test_answer_keeps_snapshot_during_build(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """An answer begun before a build is completed from the library it began with."""
    path = write_article("a.md", "“The quay is too short,” said Maud Lindqvist.", title="The quay")
    run_build(assistant)
    events = assistant.stream("What did Lindqvist say about the quay?")
    assert isinstance(next(events), QuestionUnderstood)
    assert isinstance(next(events), AnswerPart)
    path.write_text("“The quay will do,” said Maud Lindqvist, who was asked twice.")
    run_build(assistant)
    answer = final_answer(events)
    assert answer.citations[0].quote == "“The quay is too short,” said Maud Lindqvist."


def test_check_library(seeds: Assistant, tmp_path: Path) -> None:
    """The check passes only if a library exists and matches the settings."""
    seeds.check_library()
    with pytest.raises(LibraryMissing, match="run: assistant build"):
        Assistant.open(seeds.config, index=tmp_path).check_library()
    longer = seeds.config.model_copy(update={"passages": PassageSettings(max_tokens=64)})
    with pytest.raises(LibraryMismatch, match=r"passage max tokens 256, configured 64; run: assistant build --rebuild"):
        Assistant.open(longer).check_library()


def test_library_statistics(seeds: Assistant) -> None:
    """The library reports its statistics."""
    figures = seeds.warm_up()
    assert (figures["articles"], figures["first_article"], figures["last_article"]) == (18, "2025-02-11", "2025-11-13")
    assert sum(figures["outlets"].values()) == figures["articles"]
    assert figures["passages"] <= figures["sentences"]
    assert figures["bytes"] > figures["characters"]
