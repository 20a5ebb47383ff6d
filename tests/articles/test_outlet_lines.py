"""The outlet in the first lines of a text: in a dateline, a byline, a masthead, or nowhere."""

from __future__ import annotations

import pytest

from assistant.articles.outlet_lines import find_outlet, is_head_line, is_outlet_name


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Mill sold\n\nWEIR, March 3 (Reuters) — The mill was sold on Monday.", "Reuters"),
        ("Mill sold\nLONDON (AP) - The mill was sold.", "AP"),
        ("Mill sold\nThe Weir Post | 4 March 2025\nThe mill was sold.", "The Weir Post"),
        ("Mill sold\nWeir Evening Post, March 4, 2025\nThe mill was sold.", "Weir Evening Post"),
        ("Mill sold\nBy Ada Poe, The Weir Herald\nThe mill was sold.", "The Weir Herald"),
        ("Mill sold\nBy Ada Poe for the Weir Herald\nThe mill was sold.", "The Weir Herald"),
        ("Mill sold\nThe Weir Gazette\nBy Ada Poe\nThe mill was sold.", "The Weir Gazette"),
        ("Mill sold\n\nThe mill was sold, the Weir Post reported.", None),
        ("Mayor Sets Standard\nCouncil Hails Daily Star\nThe mill was sold.", None),
        ("Mill sold\nAda Poe | 4 March 2025\nThe mill was sold.", None),
        ("Mill sold\nWEIR (Tuesday) — The mill was sold.", None),
        ("Mill sold\nThe Weir Post | 4 March 2025\nBy Ada Poe, The Ferry Herald\nIt was sold.", None),
        ("WEIR, March 3 (Tarnwire) - The mill was sold.", "Tarnwire"),
        ("WEIR (Tarnwire) - The mill was sold.", None),
        ("The Weir Gazette\n\nMill sold\n\nBy Ada Poe\n\nThe mill was sold.", "The Weir Gazette"),
        ("Poe Leaves Weir Gazette\nBy Ada Poe\nShe left.", None),
        ("Owner of Mill Sues Weir Gazette\nHe wants an apology\nBy Ada Poe\nShe left.", None),
        ("Weir Gazette\nMill sold\nIt was sold.", None),
        ("", None),
    ],
)
def test_outlet_of_first_lines(text: str, outlet: str | None) -> None:
    assert find_outlet(text) == outlet


@pytest.mark.parametrize(
    ("name", "is_outlet"),
    [
        ("The Weir Post", True),
        ("Associated Press", True),
        ("Agence France-Presse", True),
        ("Times of Weir", True),
        ("Ada Poe", False),
        ("the weir post", False),
        ("Post", False),
        ("A Very Long Name of a Certain Daily Post", False),
    ],
)
def test_names_of_outlets(name: str, is_outlet: bool) -> None:
    assert is_outlet_name(name) is is_outlet


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("Tarnby Gazette, 5 June 2024", True),
        ("5 June 2024", True),
        ("By Mina Torvald", True),
        ("By Monday the water had gone from the harbour", False),
        ("TARNBY (Reuters) - The harbour was shut on Monday, the", False),
        ("Tarnby closes its breakwater", False),
    ],
)
def test_lines_about_the_publication(line: str, is_head: bool) -> None:
    assert is_head_line(line) is is_head
