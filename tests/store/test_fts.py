"""Queries for words, rendered as expressions of FTS5."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from assistant.store.fts import quote_phrase, render_expression
from assistant.store.protocol import WordQuery


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        (WordQuery.any_of(["ferry", "", "ferry", "lower town"]), '"ferry" OR "lower town"'),
        (WordQuery.all_of(["ferry", "quay"]), '"ferry" AND "quay"'),
        (WordQuery.all_of(["ferry"]) & WordQuery.any_of(["quay", "pier"]), '"ferry" AND ("quay" OR "pier")'),
        (WordQuery((("ferry",), ("qua",)), is_prefix=True), '"ferry" AND "qua" *'),
        (WordQuery((("ferry", "qua"),), is_prefix=True), '"ferry" OR "qua" *'),
        (WordQuery((("ferry",),), title_only=True), 'title : ("ferry")'),
        (WordQuery.any_of(["final flood", "quay"]), '"final flood" OR "quay" OR "ﬁnal ﬂood"'),
        (WordQuery((("quay",), ("fi",)), is_prefix=True), '"quay" AND ("fi" * OR "ﬁ")'),
        (WordQuery.any_of([]), ""),
        (WordQuery(((), ("ferry",))), '"ferry"'),
    ],
)
def test_query_rendered(words: WordQuery, expression: str) -> None:
    """Groups are joined with AND, the phrases of a group with OR."""
    assert render_expression(words) == expression
    assert bool(words) == bool(expression)


@pytest.mark.parametrize("phrase", ['say "no"', "a\x00b", "AND", "title:x", "NEAR(a b)", "^*", '"'])
def test_quoted_phrase_has_no_operators(phrase: str) -> None:
    """No phrase can be read as an operator of FTS5."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE texts USING fts5 (title, body)")
        database.execute("INSERT INTO texts VALUES ('', ?)", (phrase.replace("\x00", " "),))
        matches = database.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (quote_phrase(phrase),)).fetchall()
    assert matches == ([(1,)] if any(map(str.isalnum, phrase)) else [])


def test_search_without_words_finds_nothing() -> None:
    """A query is false if it has no phrase."""
    assert not WordQuery(())
    assert not WordQuery(((),))
    assert WordQuery.any_of(["x"])
