"""Tests of starter questions, the question history, and completion."""

from __future__ import annotations

import json
import multiprocessing
import stat
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import question_history
from assistant.conversations.question_history import (
    FILE_NAME,
    MAX_QUESTION_CHARACTERS,
    MAX_QUESTIONS,
    QuestionHistory,
    filter_by_prefix,
    filter_by_words,
)
from assistant.engine import Assistant
from assistant.records.library import LibrarySummary
from assistant.records.statement import Statement
from assistant.suggestions.completion import Completer
from assistant.suggestions.starters import _ask_to_compare, _Material
from tests.conftest import make_article

SPEAKERS = (
    ("Yuri Ushakov", 29),
    ("Bram Okonjo-Reyes", 20),
    ("Ana Šimić", 9),
    ("Søren Ødegård", 4),
    ("Ursula von der Leyen", 3),
    ("Whatley", 2),
    ("Jorge Luján", 1),
)
TITLES = (
    ("Sea breaks into Port Ellery", "2025-04-24"),
    ("Council approves ferry terminal by seven votes to four", "2025-06-19"),
    ("“A leap in the dark”", None),
)


@pytest.fixture(scope="module")
def completer() -> Completer:
    return Completer(LibrarySummary(SPEAKERS, (("The Ellery Courier", 8), ("Seed Notes", 1)), TITLES, 3))


def complete(completer: Completer, before: str, after: str = "") -> list[str]:
    """The text after applying each completion."""
    return [before[: one.start] + one.text + after for one in completer.complete(before, after)]


# ---------------------------------------------------------------------------------------- completing


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("what did ush", "what did Yuri Ushakov"),
        ("what did Us", "what did Yuri Ushakov"),
        ("what did yuri u", None),
        ("what did yuri us", "what did Yuri Ushakov"),
        ("and REY", "and Bram Okonjo-Reyes"),
        ("simi", "Ana Šimić"),
        ("what did sor", "what did Søren Ødegård"),
        ("what did ursula von der ley", "what did Ursula von der Leyen"),
        ("luj", "Jorge Luján"),
        ("what is in the cour", "what is in The Ellery Courier"),
        ("what does the ellery c", None),
        ("what does the ellery co", "what does The Ellery Courier"),
    ],
)
def test_complete_name_from_any_word(completer: Completer, typed: str, becomes: str | None) -> None:
    """A name is completed from the beginning of any of its words."""
    assert complete(completer, typed)[:1] == ([becomes] if becomes else [])


@pytest.mark.parametrize(
    "typed", ["wha", "what", "what did", "what did Yuri Ushakov", "ush ", "xyz", "", "“", "in the"]
)
def test_complete_ignores_question_words(completer: Completer, typed: str) -> None:
    """Question words and complete names are not completed."""
    assert completer.complete(typed) == ()


def test_complete_not_inside_word(completer: Completer) -> None:
    """Nothing is completed in the middle of a word."""
    assert completer.complete("ush", "akov") == ()
    assert completer.complete("ush", " say") != ()


@pytest.mark.parametrize(
    ("typed", "after", "becomes"),
    [
        ("who is in “sea br", "", "who is in “Sea breaks into Port Ellery”"),
        ("who is in “sea br", "”?", "who is in “Sea breaks into Port Ellery”?"),
        ('who is in "ferry te', '"', 'who is in "Council approves ferry terminal by seven votes to four"'),
        ("in the article coun", "", "in the article “Council approves ferry terminal by seven votes to four”"),
        ("council approves fer", "", "“Council approves ferry terminal by seven votes to four”"),
    ],
)
def test_complete_title_in_title_context(completer: Completer, typed: str, after: str, becomes: str) -> None:
    """Titles are completed where the text refers to a title."""
    assert complete(completer, typed, after)[:1] == [becomes]


def test_complete_title_needs_several_words(completer: Completer) -> None:
    """A single word of a title offers no title."""
    assert complete(completer, "what about the ferry") == []
    assert complete(completer, "who approves the sea") == []


def test_complete_ranks_by_quote_count() -> None:
    """The more quoted of two speakers comes first, with the number of quotes."""
    completer = Completer(LibrarySummary((("Ann Lee", 7), ("Bo Leeds", 1)), (), (), 1))
    assert [(one.text, one.note) for one in completer.complete("what did lee")] == [
        ("Ann Lee", "speaker · 7 statements"),
        ("Bo Leeds", "speaker · 1 statement"),
    ]


def make_completer(count: int) -> Completer:
    """A completer for a library of 2 * `count` speakers and `count` titles."""
    names = [f"{first}{n % 97} {last}{n}" for n in range(count) for first, last in (("Ada", "Lov"), ("Bea", "Mar"))]
    titles = [(f"Number {n} of the longer titles that report about harbours", None) for n in range(count)]
    return Completer(LibrarySummary(tuple((name, 1) for name in names), (), tuple(titles), count))


class CountedEntries(tuple[object, ...]):
    """Counts how often an entry is read."""

    reads = 0

    def __getitem__(self, place: Any) -> Any:
        CountedEntries.reads += 1
        return super().__getitem__(place)

    def __iter__(self) -> Iterator[object]:
        CountedEntries.reads += len(self)
        return super().__iter__()


def count_reads(completer: Completer) -> int:
    """How many names a round of lookups reads."""
    completer._entries = CountedEntries(completer._entries)  # type: ignore[assignment]
    CountedEntries.reads = 0
    for text in (
        "what did lo",
        "what did lov1",
        "what did Be",
        "what did bea1 ma",
        "in the article “number 77",
        "who said “re",
    ):
        completer.complete(text)
    return CountedEntries.reads


def test_lookup_does_not_scan_the_library() -> None:
    """A lookup in a library of 16 times the size reads far fewer than 16 times the names."""
    small, large = make_completer(1_000), make_completer(16_000)
    assert large.complete("what did lov15999")
    assert count_reads(large) < 8 * count_reads(small)


# ----------------------------------------------------------------------------------- earlier questions


def test_history_newest_first_without_repeats(tmp_path: Path) -> None:
    """Earlier questions are listed newest first, each once."""
    for question in ("a b?", "c\nd?", "a b?", "ä?"):
        QuestionHistory(tmp_path).save(question)
    assert QuestionHistory(tmp_path).load() == ("ä?", "a b?", "c\nd?")
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_history_question_before_load_is_newest(tmp_path: Path) -> None:
    """A question asked before the file is loaded remains the newest."""
    QuestionHistory(tmp_path).save("earlier?")
    asked = QuestionHistory(tmp_path)
    asked.remember("now?")
    assert asked.load() == ("now?", "earlier?")


def test_history_damaged_lines_skipped(tmp_path: Path) -> None:
    """In a damaged file only the damaged lines are lost."""
    QuestionHistory(tmp_path).save("first?")
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(
            b'"cut off in the mid\n\xff\xfe\x00\n[1, 2]\nnull\n"  "\n'
            + b'"'
            + b"x" * (MAX_QUESTION_CHARACTERS + 1)
            + b'"\n"half'
        )
    QuestionHistory(tmp_path).save("last?")
    assert QuestionHistory(tmp_path).load() == ("last?", "first?")


def test_history_drops_oldest(tmp_path: Path) -> None:
    """The oldest questions are removed when there are too many."""
    lines = [json.dumps(f"question {number}?") for number in range(3 * MAX_QUESTIONS)]
    (tmp_path / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
    questions = QuestionHistory(tmp_path).load()
    assert len(questions) == MAX_QUESTIONS
    assert questions[0] == f"question {3 * MAX_QUESTIONS - 1}?"
    assert len((tmp_path / FILE_NAME).read_text(encoding="utf-8").splitlines()) == MAX_QUESTIONS
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert QuestionHistory(tmp_path).load() == questions


def _save_many(folder: Path, name: str) -> None:
    question_history.LOCK_TIMEOUT = 300  # on a busy machine
    for number in range(50):
        QuestionHistory(folder).save(f"{name} {number} {'long ' * 200}?")
        QuestionHistory(folder)._shorten()


def test_history_concurrent_programs(tmp_path: Path) -> None:
    """Several programs can add questions at once."""
    context = multiprocessing.get_context("spawn")
    programs = [context.Process(target=_save_many, args=(tmp_path, name)) for name in ("one", "two")]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
        assert program.exitcode == 0
    assert len(QuestionHistory(tmp_path).load()) == 100


def test_history_unwritable_folder(tmp_path: Path) -> None:
    """If the folder cannot be written questions are only kept in memory."""
    (tmp_path / "file").write_text("")
    asked = QuestionHistory(tmp_path / "file")
    asked.remember("a?")
    asked.save("a?")
    assert asked.load() == ("a?",)


def test_history_search_by_prefix_and_words() -> None:
    """Questions are found by their beginning and by their words."""
    questions = ("What did Lee say?", "what did Bo say?", "Who is Lee?")
    assert list(filter_by_prefix(questions, "what did b")) == ["what did Bo say?"]
    assert list(filter_by_prefix(questions, "What did Lee say?")) == []
    assert list(filter_by_words(questions, "lee WH")) == ["What did Lee say?", "Who is Lee?"]


# ------------------------------------------------------------------------------------------ suggestions


def test_library_summary_matches_library(seeds: Assistant) -> None:
    """The library summary matches the library."""
    holdings = seeds.holdings()
    assert holdings.articles == 18
    assert dict(holdings.speakers)["Yuri Ushakov"] > 20
    assert sum(articles for _, articles in holdings.outlets) == 18
    assert holdings.titles[0] == ("Mayor concedes: first price of ferry terminal was too low", "2025-11-13")
    assert (holdings.first_day, holdings.last_day) == ("2025-02-11", "2025-11-13")


def test_long_interview_does_not_outweigh_the_news(assistant: Assistant) -> None:
    """The summary names first whom many articles quote, and not who fills one of them; so do the questions."""
    said = " ".join(f"“We bred {number} rare sheep on the moor,” said Anna Roe." for number in range(20, 32))
    news = "“The bridge is safe again,” said Ben Cole. “It needs no toll,” Cole said. Cole said the bridge was old."
    articles = [make_article(said, id="sheep.md", title="An interview")]
    articles += [make_article(f"{news} It was day {day}.", id=f"{day}.md", title="Bridge") for day in range(4)]
    assistant.build(articles=articles)
    (first, _), (second, most) = assistant.holdings().speakers
    assert (first, second, most) == ("Ben Cole", "Anna Roe", 12)
    assert "Ben Cole" in list_starters(assistant)[0]


def test_starters_are_answered_and_stable(seeds: Assistant) -> None:
    """Every starter question is answered, and they are the same each time."""
    questions = [question for question in seeds.suggestions() if question]
    assert 4 <= len(questions) <= 6
    assert len(set(questions)) == len(questions)
    assert questions == list_starters(Assistant(seeds.config))
    for question in questions:
        answer = seeds.ask(question)
        assert not answer.abstained, question
        assert answer.citations
    kinds = " ".join(questions)
    assert "Who said “" in kinds
    assert "How many " in kinds
    assert " and " in kinds
    assert "the latest" in kinds


def test_starters_without_speakers_not_refused(assistant: Assistant) -> None:
    """A library without speakers gets no starter question that would be refused."""
    assistant.build(articles=[make_article("It rained on the hills. 40 homes were flooded.", title="Rain")])
    questions = list_starters(assistant)
    assert questions
    for question in questions:
        assert not assistant.ask(question).abstained


def list_starters(assistant: Assistant) -> list[str]:
    return [question for question in assistant.suggestions() if question]


def test_two_people_are_compared_where_an_article_quotes_both() -> None:
    """“The move” of one article is not that of another."""
    material = _Material(people=["Ann Roe", "Ben Cole", "Cy Dane"])
    for article_id, name in (("a", "Ann Roe"), ("a", "Ben Cole"), ("b", "Cy Dane")):
        statement = Statement(article_id, name, "said", 0, 9, True, 0, 9)
        material.statements.setdefault(article_id, []).append(statement)
        material.topics[name]["the move"] = 1
    assert [one.question for one in _ask_to_compare(material)] == ["What did Ann Roe and Ben Cole say about the move?"]


def test_starters_can_be_stopped(seeds: Assistant) -> None:
    """Generating starter questions can be stopped at any step."""
    steps = Assistant(seeds.config).suggestions()
    next(steps)
    assert isinstance(steps, Generator)
    steps.close()
    assert list(steps) == []
