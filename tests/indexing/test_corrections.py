"""Corrections of who said some words: stored with their article, and linked with the statements that they concern."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.indexing.corrections import link_corrections
from assistant.records.statement import StatementCorrection
from assistant.store.library import DATABASE
from tests.conftest import run_build

Write = Callable[..., Path]

WRONG = "“The lock will burst by May,” Ada Brandreth, the keeper, said on Sunday."
NOTE = (
    "An article attributed the words “the lock will burst by May” to Ada Brandreth. They were spoken by Cosmo Pellew."
)
LATER = "“The lock will burst by May,” Ada Brandreth repeated."


@pytest.fixture
def library(assistant: Assistant, write_article: Write) -> Assistant:
    """A wrong attribution, its correction two days later, and the same words elsewhere."""
    write_article("wrong.md", WRONG, title="Lock", source="Post", published_at="2025-03-02")
    write_article("note.md", NOTE, title="'Correction: lock'", source="Post", published_at="2025-03-04")
    write_article("later.md", LATER, title="Lock again", source="Post", published_at="2025-03-09")
    write_article("other.md", WRONG, title="Tarn lock", source="Bell", published_at="2025-03-02")
    run_build(assistant)
    return assistant


def list_standing(assistant: Assistant) -> dict[str, list[tuple[str | None, str]]]:
    with assistant.open_library() as opened:
        return {
            name: [(each.speaker, each.status) for each in opened.statements(f"{name}.md")]
            for name in ("wrong", "note", "later", "other")
        }


def test_earlier_statement_of_outlet_corrected(library: Assistant) -> None:
    """A correction concerns earlier articles of its outlet; the right speaker has the words in the note."""
    assert list_standing(library) == {
        "wrong": [("Ada Brandreth", "corrected")],
        "note": [("Cosmo Pellew", "asserted")],
        "later": [("Ada Brandreth", "asserted")],
        "other": [("Ada Brandreth", "asserted")],
    }
    with library.open_library() as opened:
        (statement,) = opened.statements("wrong.md")
    assert statement.correction == StatementCorrection("note.md", 0, len(NOTE), "Cosmo Pellew", "2025-03-04")


def test_statement_stands_again_without_correction(library: Assistant, write_article: Write) -> None:
    """When the note goes or changes, so does what it corrects."""
    write_article("note.md", "The lock is 12 metres long.", title="'Correction: lock'", source="Post")
    run_build(library)
    assert list_standing(library)["wrong"] == [("Ada Brandreth", "asserted")]


def test_statement_added_later_is_corrected(library: Assistant, write_article: Write) -> None:
    """An article that comes after its correction is corrected too, and the check of the index agrees."""
    write_article("wrong.md", f"{WRONG} It leaks.", title="Lock", source="Post", published_at="2025-03-02")
    run_build(library)
    assert list_standing(library)["wrong"] == [("Ada Brandreth", "corrected")]


def test_own_article(assistant: Assistant, write_article: Write) -> None:
    """A note below an article corrects the article; without the words, only if the person is quoted once."""
    note = "Correction: An earlier version of this article misattributed a remark to Ada Brandreth. It was Cosmo Pellew"
    for name, body in {"once": WRONG, "twice": f"{WRONG}\n\n“It leaks,” Ada Brandreth said."}.items():
        write_article(f"{name}.md", f"{body}\n\n{note} who spoke.", title=name)
    run_build(assistant)
    with assistant.open_library() as opened:
        assert [each.status for each in opened.statements("once.md")] == ["corrected"]
        assert [each.status for each in opened.statements("twice.md")] == ["asserted", "asserted"]


def test_few_words_must_be_all(assistant: Assistant, write_article: Write) -> None:
    """A correction of one or two words does not concern longer statements that contain them."""
    write_article(
        "a.md", "Ada Brandreth called the lock “unsafe”. “It is unsafe to use,” Ada Brandreth said.", title="Lock"
    )
    write_article(
        "b.md",
        "A report misquoted Ada Brandreth. She said the lock was “safe”, not “unsafe”.",
        title="'Correction: lock'",
    )
    run_build(assistant)
    with assistant.open_library() as opened:
        by_words = {each.end - each.start: each.status for each in opened.statements("a.md")}
    assert sorted(by_words.values()) == ["asserted", "asserted"]


def test_linking_twice_changes_nothing(library: Assistant) -> None:
    """Statements that are linked stay so."""
    path = library.config.index / DATABASE
    query = "SELECT number, correction FROM statement ORDER BY number"
    with closing(sqlite3.connect(path)) as database:
        before = database.execute(query).fetchall()
        link_corrections(database)
        assert database.execute(query).fetchall() == before
