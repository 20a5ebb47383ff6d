"""Tests of checking saved answers: unchanged citations pass, all others fail."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.answers.verification import read_saved_answers, verify_answer
from assistant.engine import Assistant
from assistant.errors import ReadError
from assistant.store.library import DATABASE
from tests.conftest import run_build

Saved = dict[str, Any]


@pytest.fixture
def saved_answer(seeds: Assistant) -> Saved:
    """An answer as `ask --json` prints it."""
    answer: Saved = json.loads(json.dumps(seeds.ask("What did Ushakov say about Europe?").to_dict()))
    assert len(answer["citations"]) > 1
    return answer


def find_faults(answer: Saved, assistant: Assistant) -> list[str | None]:
    with assistant.open_library() as library:
        return [check.fault for check in verify_answer(answer, library)]


def test_saved_answer_verified(saved_answer: Saved, seeds: Assistant) -> None:
    """An answer is verified as it was saved."""
    assert find_faults(saved_answer, seeds) == [None] * len(saved_answer["citations"])


def test_near_sentences_are_verified(seeds: Assistant) -> None:
    """The quotations near to an answer are checked like those of an answer; an older file need not have them."""
    near: Saved = json.loads(json.dumps(seeds.ask("what did Valcourt say about dredging?").to_dict()))
    assert find_faults(near, seeds) == [None] * len(near["nearest"]) != []
    near["nearest"][0]["quote"] = "The harbour is dry."
    (fault, *_) = find_faults(near, seeds)
    assert fault is not None
    assert fault.startswith("the article does not say this at ")
    del near["nearest"]
    assert find_faults(near, seeds) == []
    with pytest.raises(ReadError, match="not a saved answer"):
        list(read_saved_answers(json.dumps({**near, "nearest": "none"})))


def test_check_names_question_and_citation(saved_answer: Saved, seeds: Assistant) -> None:
    """A check names the question, the citation and its quote."""
    with seeds.open_library() as library:
        checks = list(verify_answer(saved_answer, library))
    cited = saved_answer["citations"]
    assert [(check.n, check.article_id, check.quote) for check in checks] == [
        (one["n"], one["article_id"], one["quote"]) for one in cited
    ]
    assert {check.question for check in checks} == {saved_answer["question"]}


def change_quote(change: Callable[[str], str]) -> Callable[[Saved], object]:
    return lambda cited: cited.update(quote=change(cited["quote"]))


def shift_offsets(start: int, end: int) -> Callable[[Saved], object]:
    return lambda cited: cited.update(start=cited["start"] + start, end=cited["end"] + end)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (change_quote(lambda quote: f"Not{quote[3:]}"), "does not say this"),
        (change_quote(str.upper), "does not say this"),
        (change_quote(lambda quote: quote.replace(" ", "\u00a0")), "does not say this"),
        (change_quote(lambda quote: quote[:-1]), "does not say this"),
        (shift_offsets(1, 1), "does not say this"),
        (shift_offsets(0, 1), "does not say this"),
        (shift_offsets(-1, 0), "does not say this"),
        (lambda cited: cited.update(start=cited["end"], end=cited["start"]), "does not say this"),
        (lambda cited: cited.update(start=10**30, end=10**30), "does not say this"),
        (lambda cited: cited.update(article_sha256="0" * 64), "has changed since; the quotation is still there"),
        (lambda cited: cited.update(article_sha256="0" * 64, quote="Other words"), "has changed since"),
        (lambda cited: cited.update(article_id="no such article"), "is not in this library"),
        (lambda cited: cited.update(article_id="\ud800"), "is not in this library"),
        (lambda cited: cited.update(quote=""), "incomplete"),
        (lambda cited: cited.update(start=str(cited["start"])), "incomplete"),
        (lambda cited: cited.update(start=float(cited["start"])), "incomplete"),
        (lambda cited: cited.update(start=False), "incomplete"),
        *(
            (lambda cited, key=key: cited.pop(key), "incomplete")
            for key in ("article_id", "article_sha256", "start", "end", "quote")
        ),
        (dict.clear, "incomplete"),
    ],
)
def test_altered_citation_fails(
    saved_answer: Saved, seeds: Assistant, change: Callable[[Saved], object], fault: str
) -> None:
    """A citation that was altered fails."""
    change(saved_answer["citations"][1])
    first, second, *rest = find_faults(saved_answer, seeds)
    assert (first, rest) == (None, [None] * len(rest))
    assert second is not None
    assert fault in second


@pytest.mark.parametrize("end_moved", [1, 10_000])
def test_offsets_beyond_article_fail(seeds: Assistant, end_moved: int) -> None:
    """Offsets beyond the end of the article fail."""
    with seeds.open_library() as library:
        article = next(library.articles())
    start = len(article.text) - 20
    cited: Saved = {
        "article_id": article.id,
        "article_sha256": article.sha256,
        "start": start,
        "end": len(article.text),
        "quote": article.text[start:],
    }
    assert find_faults({"citations": [cited]}, seeds) == [None]
    (fault,) = find_faults({"citations": [{**cited, "end": cited["end"] + end_moved}]}, seeds)
    assert fault is not None
    (fault,) = find_faults({"citations": [{**cited, "start": -20, "end": 0}]}, seeds)
    assert fault is not None


@pytest.mark.parametrize("citation", [None, 3, "quote", ["quote"]])
def test_invalid_citation_fails(seeds: Assistant, citation: object) -> None:
    """Data that is not a citation fails."""
    (fault,) = find_faults({"citations": [citation]}, seeds)
    assert "incomplete" in (fault or "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("“The quay is too short,” said Maud Lindqvist.", None),
        (
            "“The quay is too short,” said Maud Lindqvist. She left.",
            "the article has changed since; the quotation is still",
        ),
        ("Yesterday: “The quay is too short,” said Maud Lindqvist.", "the article has changed since"),
        (None, "the article is not in this library"),
    ],
)
def test_changed_or_missing_article_noticed(
    assistant: Assistant, write_article: Callable[..., Path], text: str | None, fault: str | None
) -> None:
    """An article that changed or was removed is noticed."""
    write_article("other.md", "The harbour is open.")
    path = write_article("a.md", "“The quay is too short,” said Maud Lindqvist.")
    run_build(assistant)
    answer = assistant.ask("What did Lindqvist say about the quay?").to_dict()
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    run_build(assistant)
    (found,) = find_faults(answer, assistant)
    assert (found or "").startswith(fault or "")
    assert (found is None) == (fault is None)


def test_damaged_article_copy_not_trusted(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """An altered copy of the article in the library is not trusted."""
    write_article("a.md", "“The quay is too short,” said Maud Lindqvist.")
    run_build(assistant)
    answer = assistant.ask("What did Lindqvist say about the quay?").to_dict()
    with closing(sqlite3.connect(assistant.config.index / DATABASE, isolation_level=None)) as database:
        database.execute("UPDATE article SET text = replace(text, 'short', 'long')")
    assert find_faults(answer, assistant) == ["the library's copy of the article is damaged"]


# ------------------------------------------------------------------------------------------------- files

ONE = {"question": "a", "citations": []}
TWO = {"question": "b", "citations": [], "answer": "one\u2028two\u0085three"}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (json.dumps(ONE), [ONE]),
        (json.dumps(TWO, indent=2, ensure_ascii=False), [TWO]),
        (json.dumps([ONE, TWO]), [ONE, TWO]),
        ("[]", []),
        (f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n", [ONE, TWO]),
        (f"{json.dumps(ONE)}\n{json.dumps(TWO, ensure_ascii=False)}", [ONE, TWO]),
    ],
    ids=["object", "indented", "list", "empty list", "lines", "lines that hold other separators"],
)
def test_saved_answers_read_in_every_form(text: str, answers: Sequence[Saved]) -> None:
    """Saved answers are read in every form in which they are stored."""
    assert list(read_saved_answers(text)) == list(answers)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("# My answer\n\n“Yes.”", "no saved answer, as `assistant ask --json` prints it; a text of yours"),
        ("\x00\x01", "no saved answer"),
        ("{garbage", "line 1: not valid JSON"),
        (f"{json.dumps(ONE)}\n{{", "line 2: not valid JSON"),
        (f"{json.dumps(ONE)}\n3", "line 2: not a saved answer"),
        ("[3]", "answer 1: not a saved answer"),
        (json.dumps([ONE, [ONE]]), "answer 2: not a saved answer"),
        ('{"citations": {}}', "answer 1: not a saved answer"),
        ("[" * 100_000, "line 1: not valid JSON: nested too deeply"),
    ],
    ids="empty,blank,words,controls,broken,second line,a number,lone,in a list,no list,deep".split(","),
)
def test_invalid_saved_answer_names_place(text: str, message: str) -> None:
    """Data that is not a saved answer is an error that names its place."""
    with pytest.raises(ReadError, match=message):
        list(read_saved_answers(text))
