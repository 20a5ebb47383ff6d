"""Filtering and sorting of rows."""

from __future__ import annotations

import pytest

from assistant.errors import QuestionError
from assistant.presentation.filtering import (
    choose_speaker,
    prepare_articles,
    prepare_speakers,
    prepare_stories,
    sort_articles,
)
from assistant.records.library import ArticleRow, SpeakerRow, Story
from assistant.records.marks import ArticleMarks

ROWS = (
    ArticleRow("b", "Ferry delayed", "Post", "Jané Roe", "2025-03-04", 300, 0),
    ArticleRow("a", "Bridge closed", None, None, None, 100, 0),
    ArticleRow("c", "arch found", "courier", None, "2024-01-02", 200, 0),
)
SPEAKERS = (SpeakerRow("Ann Lee", 3, 2), SpeakerRow("Ann Leeds", 2, 1), SpeakerRow("Bo Ray", 1, 1))


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("", "bac"), ("FERRY", "b"), ("jane post", "b"), ("2025-03", "b"), ("ferry courier", ""), ("ed", "ba")],
)
def test_filter_articles(typed: str, ids: str) -> None:
    """Every typed word must occur in title, outlet, author or day, in any case and without accents."""
    assert "".join(row.id for row in prepare_articles(ROWS).find_rows(typed)) == ids


@pytest.mark.parametrize(
    ("key", "descending", "ids"),
    [
        ("title", False, "cab"),
        ("outlet", False, "cba"),
        ("date", True, "bca"),
        ("date", False, "cba"),
        ("words", True, "bca"),
    ],
)
def test_sort_articles(key: str, descending: bool, ids: str) -> None:
    """Rows without a value are last in both directions."""
    rows = sort_articles(prepare_articles(ROWS), key, descending).rows  # type: ignore[arg-type]  # from the table above
    assert "".join(row.id for row in rows) == ids


def test_filter_by_tags_of_files_and_of_the_user() -> None:
    """A tag is found whoever gave it."""
    rows = (ArticleRow("x", "Ferry", None, None, None, 1, 0, "hash"), *ROWS)
    found = prepare_articles(rows, {"hash": ArticleMarks(tags=("port",))}, {"b": ["Port works"]})
    assert [row.id for row in found.find_rows("#port")] == ["x", "b"]
    assert [row.id for row in found.find_rows("#port works")] == ["b"]
    assert [row.id for row in prepare_articles(rows, None, {"b": ["Port works"]}).find_rows("#port")] == ["b"]


def test_filter_speakers_and_stories() -> None:
    """Speakers are filtered by name, stories by the fields of any article."""
    assert list(prepare_speakers(SPEAKERS).find_rows("ann")) == list(SPEAKERS[:2])
    stories = (Story(ROWS[:2]), Story(ROWS[1:]))
    assert list(prepare_stories(stories).find_rows("arch")) == [stories[1]]


def test_choose_speaker() -> None:
    """The whole name is preferred to a part of one."""
    assert choose_speaker(SPEAKERS, "ann lee") == SPEAKERS[0]
    assert choose_speaker(SPEAKERS, "ray") == SPEAKERS[2]
    with pytest.raises(QuestionError, match="'Ann' matches several speakers: Ann Lee, Ann Leeds; give the full name"):
        choose_speaker(SPEAKERS, "Ann")
    for name in ("Smith", " "):
        with pytest.raises(QuestionError, match="no speaker named"):
            choose_speaker(SPEAKERS, name)
    with pytest.raises(QuestionError, match=r"no speaker named 'Bo Rey' in the articles; did you mean Bo Ray\?"):
        choose_speaker(SPEAKERS, "Bo Rey")
