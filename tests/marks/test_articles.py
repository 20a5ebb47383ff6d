"""Marks on articles: kept by the hash of the text, and carried to the new text of a changed article."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import MarksError
from assistant.marks.articles import ArticleMarkStore, clean_tag, find_nearest, mark_target
from assistant.marks.database import MarksDatabase
from assistant.records.article import Article
from assistant.records.marks import ArticleMarks
from tests.conftest import make_article

TEXT = "The lock gate is open. The water is low. The water is cold."


@pytest.fixture
def store(tmp_path: Path) -> ArticleMarkStore:
    return ArticleMarkStore(MarksDatabase(tmp_path / "index-kept"))


def load_none(_id: str) -> Article | None:
    raise AssertionError("no article has changed")


def test_nothing_marked(store: ArticleMarkStore, tmp_path: Path) -> None:
    """Reading creates no file."""
    assert (store.load_marks(), store.list_tags(), store.list_notes(), store.list_marked()) == ({}, {}, [], [])
    assert store.follow_changes({"a": "hash"}, load_none) == 0
    assert list(tmp_path.iterdir()) == []


def test_marks(store: ArticleMarkStore) -> None:
    """Stars, read marks and tags are set and taken away; an article without any is forgotten."""
    article = make_article(TEXT)
    marked = mark_target(article)
    store.star(marked)
    store.mark_read(marked)
    store.add_tags(marked, ["Water works", "#locks", "water  WORKS"])
    assert store.load_marks() == {article.sha256: ArticleMarks(True, True, ("locks", "Water works"), 0)}
    assert store.list_tags() == {"locks": 1, "Water works": 1}
    assert store.find_tagged("WATER WORKS") == {article.sha256}
    assert store.remove_tags(marked, ["Locks", "canal"]) == ["canal"]
    store.star(marked, on=False)
    store.mark_read(marked, on=False)
    store.remove_tags(marked, ["water works"])
    assert store.list_marked() == []
    with pytest.raises(MarksError, match="no article has the tag 'locks'; tags: none yet"):
        store.find_tagged("locks")


@pytest.mark.parametrize("tag", ["", "  ", "#", "a, b", "x" * 61], ids=["empty", "blank", "sign", "comma", "long"])
def test_unusable_tag(store: ArticleMarkStore, tag: str) -> None:
    with pytest.raises(MarksError, match="a tag has 1 to 60 characters"):
        store.add_tags(mark_target(make_article(TEXT)), [tag])
    assert store.list_marked() == []


def test_tag_has_no_control_characters() -> None:
    assert "\x1b" not in clean_tag("a\x1b[31m b")


def test_notes(store: ArticleMarkStore) -> None:
    """A note is on an article or on words of it; an empty text removes it."""
    article = make_article(TEXT)
    whole = store.add_note(article, "Ask the keeper.")
    words = store.add_note(article, "Since when?", (0, 22))
    first, second = store.list_notes(article.sha256)
    assert (first.number, first.quote, first.text) == (whole, None, "Ask the keeper.")
    assert (second.number, second.quote, second.start, second.end) == (words, "The lock gate is open.", 0, 22)
    assert store.load_marks()[article.sha256].notes == 2
    store.change_note(whole, "Ask the lock keeper.")
    assert [note.text for note in store.list_notes()] == ["Ask the lock keeper.", "Since when?"]
    store.change_note(whole, " ")
    store.change_note(words, "")
    assert (store.list_notes(), store.list_marked()) == ([], [])
    with pytest.raises(MarksError, match=f"no note has the number {whole}"):
        store.change_note(whole, "x")
    with pytest.raises(MarksError, match="has no characters 50–90; its text has 59"):
        store.add_note(article, "x", (50, 90))
    with pytest.raises(MarksError, match="a note has"):
        store.add_note(article, "\n")


def test_changed_article(store: ArticleMarkStore) -> None:
    """Marks follow an article to its new text; it is unread again, and notes stay on their words."""
    old = make_article(TEXT)
    store.star(mark_target(old))
    store.mark_read(mark_target(old))
    store.add_tags(mark_target(old), ["locks"])
    at = TEXT.rindex("The water")
    store.add_note(old, "cold", (at, len(TEXT)))
    store.add_note(old, "open", (0, 22))
    new = make_article("Corrected. The water is cold. A new line. The water is cold.")
    assert store.follow_changes({"a": old.sha256}, load_none) == 0
    assert store.follow_changes({"a": new.sha256}, {"a": new}.get) == 1
    assert store.load_marks() == {new.sha256: ArticleMarks(True, False, ("locks",), 2)}
    lost, kept = store.list_notes()
    assert (lost.text, lost.is_lost, lost.quote) == ("open", True, "The lock gate is open.")
    assert kept.start is not None
    assert (kept.text, new.text[kept.start : kept.end], kept.start) == (
        "cold",
        kept.quote,
        new.text.rindex("The water"),
    )
    assert store.follow_changes({"a": new.sha256}, load_none) == 0


def test_removed_article(store: ArticleMarkStore) -> None:
    """The marks of an article that is gone stay, for when it comes back."""
    article = make_article(TEXT)
    store.star(mark_target(article))
    assert store.follow_changes({"other": "hash"}, load_none) == 0
    assert store.load_marks()[article.sha256].is_starred


def test_nearest_place() -> None:
    assert [find_nearest("ab ab ab", "ab", near) for near in (0, 4, 100)] == [0, 3, 6]
    assert find_nearest("ab", "c", 0) is None
