"""Lines of a page that are not its text, and labels on lines of their own."""

from __future__ import annotations

import pytest

from assistant.articles.pages.lines import drop_byline_lines, join_labels


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Poe",
        "By ADA POE | April 10, 2025 6:00 AM",
        "Published 10 April 2025, 06:00",
        "Last updated: 11 April 2025 at 8:15 am",
        "Updated 3 May 2025",
        "10 Apr 2025 · 3 min read",
        "2 hours ago",
        "First published on Thu 10 Apr 2025 06.00 BST",
    ],
)
def test_dropped(line: str) -> None:
    """A line that says only who wrote the text, or when, is dropped at its beginning and end."""
    assert drop_byline_lines(["Weir closed", line, "It leaks."]) == ["Weir closed", "It leaks."]
    assert drop_byline_lines(["Weir closed", "It leaks.", line]) == ["Weir closed", "It leaks."]
    assert drop_byline_lines([line]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By May the weir was closed.",
        "Published figures show a loss of 10 million in 2025.",
        "The weir was closed on 10 April 2025.",
        "Updated plans cost 3 million.",
        "10 April 2025 was a cold day.",
    ],
)
def test_kept(line: str) -> None:
    """A sentence is kept."""
    assert drop_byline_lines([line, "It leaks."]) == [line, "It leaks."]


def test_labels_joined() -> None:
    """Names that return on lines of their own are labels of the lines after them."""
    lines = [
        "Hearing",
        "Ada Poe",
        "We found holes.",
        "Bo Lee",
        "Nobody asked us.",
        "Ada Poe",
        "I am sorry.",
        "Bo Lee",
        "So am I.",
    ]
    assert join_labels(lines) == [
        "Hearing",
        "Ada Poe: We found holes.",
        "Bo Lee: Nobody asked us.",
        "Ada Poe: I am sorry.",
        "Bo Lee: So am I.",
    ]


def test_headings_stay() -> None:
    """Headings that do not return are no labels."""
    lines = ["The Weir", "It leaks.", "The Mill", "It burns.", "The Town", "It sleeps.", "The End", "It ends."]
    assert join_labels(lines) == lines
