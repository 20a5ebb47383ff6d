"""The authors in bylines and in fields of pages."""

from __future__ import annotations

import pytest

from assistant.articles.bylines import clean_author, is_byline, parse_byline


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Brandreth May 18, 2025", "Ada Brandreth"),
        ("ADA BRANDRETH, Weir Post, May 18, 2025 8:00PM", "Ada Brandreth"),
        ("Written by Ada Brandreth", "Ada Brandreth"),
        ("By Ada Brandreth, environment correspondent", "Ada Brandreth"),
        ("By Ada Brandreth and JON O'HARE", "Ada Brandreth, Jon O'Hare"),
        ("By Ada Brandreth, Bo Lee and Jon Roe", "Ada Brandreth, Bo Lee, Jon Roe"),
        ("Ada Brandreth Senior Correspondent", "Ada Brandreth"),
        ("By Ada Brandreth @ada | 3 hours ago", "Ada Brandreth"),
        ("By Ada Brandreth in Weirton and agencies", "Ada Brandreth"),
        ("Joan van der Meer", "Joan van der Meer"),
        ("MARK McKAY JR.", "Mark McKay Jr."),
        ("Tech Desk by Ada Brandreth", "Ada Brandreth"),
        ("von Ada Brandreth", "Ada Brandreth"),
        ("Username", None),
        ("Last Updated: May 18, 2025", None),
        ("Photo by Ada Brandreth", None),
        ("By Staff", None),
        ("Weir Post", None),
        ("By the time the weir opened, it rained.", None),
    ],
)
def test_names_in_byline(text: str, names: str | None) -> None:
    """A byline gives names, or nothing."""
    assert parse_byline(text, "Weir Post") == names


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Reuters", "Reuters"),
        ("By Associated Press", "Associated Press"),
        ("Brandreth, Ada", "Ada Brandreth"),
        ("Poe, Ruud", "Poe, Ruud"),
        ("Reuters, Weir", "Reuters"),
        ("Ursula von der Poe", "Ursula von der Poe"),
        ("Marco Di Poe", "Marco Di Poe"),
        ("Poe, Michiel de", "Michiel de Poe"),
        ("May Poe", "May Poe"),
        ("May Monday", None),
        ("李明", "李明"),
        ("Weir Post", None),
        ("Share", None),
        ("Follow Author", None),
    ],
)
def test_author_field(text: str, author: str | None) -> None:
    """A field can also hold an agency."""
    assert clean_author(text, "Weir Post") == author


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("By Ada Brandreth", True),
        ("By Ada Brandreth and Jon Roe, Staff Writers", True),
        ("By Ada Brandreth | 3 May 2025", True),
        ("By Ada Brandreth in Weirton", True),
        ("Ada Brandreth", False),
        ("By Monday Evening The Weir Was Dry", False),
        ("By Ada Brandreth's account, nobody came.", False),
        ("By nightfall", False),
    ],
)
def test_line_is_byline(line: str, is_one: bool) -> None:
    """A sentence or title that begins with "By" is no byline."""
    assert is_byline(line) is is_one
