"""Questions to begin with, earlier questions, and what a half-typed name may become: over the real library."""

from __future__ import annotations

import json
import multiprocessing
import stat
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from assistant.conversations.question_history import FILE_NAME, LONGEST, MOST, Asked, beginning_with, matching
from assistant.engine import Assistant, final_answer
from assistant.records.library import Holdings
from assistant.suggestions.completion import Completer
from tests.conftest import article

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
    return Completer(Holdings(SPEAKERS, (("The Ellery Courier", 8), ("Seed Notes", 1)), TITLES, 3))


def completed(completer: Completer, before: str, after: str = "") -> list[str]:
    """The text as it would stand with each of the completions."""
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
def test_a_name_is_completed_from_the_beginning_of_any_of_its_words(
    completer: Completer, typed: str, becomes: str | None
) -> None:
    assert completed(completer, typed)[:1] == ([becomes] if becomes else [])


@pytest.mark.parametrize(
    "typed", ["wha", "what", "what did", "what did Yuri Ushakov", "ush ", "xyz", "", "“", "in the"]
)
def test_words_of_questions_and_whole_names_are_left_alone(completer: Completer, typed: str) -> None:
    assert completer.complete(typed) == ()


def test_nothing_is_completed_in_the_middle_of_a_word(completer: Completer) -> None:
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
def test_titles_are_completed_where_a_title_is_meant(
    completer: Completer, typed: str, after: str, becomes: str
) -> None:
    assert completed(completer, typed, after)[:1] == [becomes]


def test_a_word_of_a_title_alone_offers_no_title(completer: Completer) -> None:
    assert completed(completer, "what about the ferry") == []
    assert completed(completer, "who approves the sea") == []


def test_the_more_quoted_of_two_comes_first_and_says_how_often() -> None:
    completer = Completer(Holdings((("Ann Lee", 7), ("Bo Leeds", 1)), (), (), 1))
    assert [(one.text, one.note) for one in completer.complete("what did lee")] == [
        ("Ann Lee", "speaker · 7 statements"),
        ("Bo Leeds", "speaker · 1 statement"),
    ]


def test_a_lookup_among_20_000_speakers_and_10_000_titles_is_instant() -> None:
    names = [f"{first}{n % 97} {last}{n}" for n in range(10_000) for first, last in (("Ada", "Lov"), ("Bea", "Mar"))]
    titles = [(f"Number {n} of the longer titles that report about harbours", None) for n in range(10_000)]
    completer = Completer(Holdings(tuple((name, 1) for name in names), (), tuple(titles), 10_000))
    typed = [
        "what did lo",
        "what did lov1",
        "what did Be",
        "what did bea1 ma",
        "in the article “number 77",
        "who said “re",
    ]
    took = []
    for each in typed:
        fastest = 1.0
        for _ in range(3):  # another program may have had the processor
            started = time.perf_counter()
            completer.complete(each)
            fastest = min(fastest, time.perf_counter() - started)
        took.append(fastest)
    assert max(took) < 0.03  # 0.003 on an idle machine


# ----------------------------------------------------------------------------------- earlier questions


def test_earlier_questions_come_back_newest_first_each_once(tmp_path: Path) -> None:
    for question in ("a b?", "c\nd?", "a b?", "ä?"):
        Asked(tmp_path).save(question)
    assert Asked(tmp_path).load() == ("ä?", "a b?", "c\nd?")
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_what_is_asked_before_the_file_is_read_stays_the_newest(tmp_path: Path) -> None:
    Asked(tmp_path).save("earlier?")
    asked = Asked(tmp_path)
    asked.remember("now?")
    assert asked.load() == ("now?", "earlier?")


def test_a_damaged_file_costs_the_damaged_lines_only(tmp_path: Path) -> None:
    Asked(tmp_path).save("first?")
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(
            b'"cut off in the mid\n\xff\xfe\x00\n[1, 2]\nnull\n"  "\n' + b'"' + b"x" * (LONGEST + 1) + b'"\n"half'
        )
    Asked(tmp_path).save("last?")
    assert Asked(tmp_path).load() == ("last?", "first?")


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    lines = [json.dumps(f"question {number}?") for number in range(3 * MOST)]
    (tmp_path / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
    questions = Asked(tmp_path).load()
    assert len(questions) == MOST
    assert questions[0] == f"question {3 * MOST - 1}?"
    assert len((tmp_path / FILE_NAME).read_text(encoding="utf-8").splitlines()) == MOST
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert Asked(tmp_path).load() == questions


def _save_many(folder: Path, name: str) -> None:
    for number in range(50):
        Asked(folder).save(f"{name} {number} {'long ' * 200}?")
        Asked(folder)._shorten()


def test_several_programs_can_ask_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    programs = [context.Process(target=_save_many, args=(tmp_path, name)) for name in ("one", "two")]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
        assert program.exitcode == 0
    assert len(Asked(tmp_path).load()) == 100


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    asked = Asked(tmp_path / "file")
    asked.remember("a?")
    asked.save("a?")
    assert asked.load() == ("a?",)


def test_questions_are_found_by_their_beginning_and_by_their_words() -> None:
    questions = ("What did Lee say?", "what did Bo say?", "Who is Lee?")
    assert list(beginning_with(questions, "what did b")) == ["what did Bo say?"]
    assert list(beginning_with(questions, "What did Lee say?")) == []
    assert list(matching(questions, "lee WH")) == ["What did Lee say?", "Who is Lee?"]


# ------------------------------------------------------------------------------------------ suggestions


def test_the_holdings_are_those_of_the_library(seeds: Assistant) -> None:
    holdings = seeds.holdings()
    assert holdings.articles == 18
    assert dict(holdings.speakers)["Yuri Ushakov"] > 20
    assert sum(articles for _, articles in holdings.outlets) == 18
    assert holdings.titles[0] == ("Mayor concedes: first price of ferry terminal was too low", "2025-11-13")
    assert (holdings.first_day, holdings.last_day) == ("2025-02-11", "2025-11-13")


def test_every_suggestion_is_answered_and_they_are_the_same_each_time(seeds: Assistant) -> None:
    questions = [question for question in seeds.suggestions() if question]
    assert 4 <= len(questions) <= 6
    assert len(set(questions)) == len(questions)
    assert questions == [question for question in seeds.suggestions() if question]
    for question in questions:
        answer = final_answer(seeds.ask(question))
        assert not answer.abstained, question
        assert answer.citations
    kinds = " ".join(questions)
    assert "Who said “" in kinds
    assert "How many " in kinds
    assert " and " in kinds
    assert "the latest" in kinds


def test_a_library_in_which_nobody_speaks_gets_no_question_that_is_refused(assistant: Assistant) -> None:
    list(assistant.build(articles=[article("It rained on the hills. 40 homes were flooded.", title="Rain")]))
    for question in offered(assistant):
        assert not final_answer(assistant.ask(question)).abstained


def offered(assistant: Assistant) -> list[str]:
    return [question for question in assistant.suggestions() if question]


def test_suggesting_can_be_stopped_at_any_step(seeds: Assistant) -> None:
    steps = seeds.suggestions()
    next(steps)
    assert isinstance(steps, Generator)
    steps.close()
    assert list(steps) == []
