"""Marks as signs, and as words of a filter."""

from __future__ import annotations

from assistant.presentation.filtering import prepare_articles
from assistant.presentation.mark_signs import describe_marks, explain_marks, list_filter_words
from assistant.records.library import ArticleRow
from assistant.records.marks import ArticleMarks

MARKS = ArticleMarks(True, True, ("ferry", "port works"), 2)
ROWS = [ArticleRow(name, name, None, None, None, 1, 0, f"hash {name}") for name in ("ferry", "oven")]


def test_signs() -> None:
    assert describe_marks(MARKS) == "★✓✎ #ferry #port works"
    assert describe_marks(ArticleMarks(tags=("a",))) == "#a"
    assert describe_marks(ArticleMarks()) == describe_marks(None) == ""


def test_signs_are_explained_at_the_article() -> None:
    """Where there is room, each sign stands with its word."""
    assert explain_marks(MARKS) == "★ starred · ✓ read · ✎ 2 notes · #ferry · #port works"
    assert explain_marks(ArticleMarks(is_read=True)) == "✓ read"
    assert explain_marks(ArticleMarks()) == explain_marks(None) == ""


def test_filter_words() -> None:
    assert list_filter_words(MARKS) == "is:read is:starred has:note #ferry #port works"
    assert list_filter_words(None) == "is:unread"


def test_articles_are_filtered_by_marks() -> None:
    """Marks are words of the filter only if there are any: a reader has none."""
    articles = prepare_articles(ROWS, {"hash oven": MARKS})
    for words, found in (("#ferry", ["oven"]), ("is:unread", ["ferry"]), ("is:starred", ["oven"]), ("ferry", 2)):
        rows = [row.id for row in articles.find_rows(words)]
        assert rows == found if isinstance(found, list) else len(rows) == found
    assert prepare_articles(ROWS).find_rows("is:unread") == []
