"""The authors of a page."""

from __future__ import annotations

import pytest

from assistant.articles.pages.byline import find_authors
from assistant.articles.pages.tree import parse_tree
from assistant.articles.readers.html import parse_page

TEXT = "<p>The river board will rebuild the weir above the town before the winter, its chair said on Monday.</p>" * 2
PAGE = "<html><head>{head}</head><body>{before}<article><h1>Weir</h1>{byline}" + TEXT + "{after}</article></body>"


@pytest.mark.parametrize(
    ("parts", "author"),
    [
        ({"byline": "<div class='byline'>By Ada Brandreth May 18, 2025</div>"}, "Ada Brandreth"),
        ({"byline": "<p class='story-byline'>ADA BRANDRETH, Weir Post, 8:00PM</p>"}, "Ada Brandreth"),
        ({"byline": "<div>Written by Ada Brandreth and Bo Lee</div>"}, "Ada Brandreth, Bo Lee"),
        ({"byline": "<span class='author'>Last Updated: May 18, 2025</span><p>By Ada Brandreth</p>"}, "Ada Brandreth"),
        ({"before": "<div class='login'><span class='author'>Username</span></div>"}, None),
        ({"before": "<div class='columnists'><a rel='author' href='/c'>Bo Lee</a></div>"}, None),
        ({"after": "<div class='comments'><span class='author'>Bo Lee</span></div>"}, None),
        ({"head": "<meta name='author' content='Ada Brandreth'>", "byline": "<p>By Bo Lee</p>"}, "Ada Brandreth"),
        ({"head": "<meta name='author' content='Admin'>", "byline": "<p>By Bo Lee</p>"}, "Bo Lee"),
        ({"head": "<meta name='author' content='Associated Press'>"}, "Associated Press"),
        ({}, None),
    ],
)
def test_author(parts: dict[str, str], author: str | None) -> None:
    """The metadata come first, then the byline of the article; what is no name is left out."""
    page = PAGE.format(**{"head": "", "before": "", "byline": "", "after": "", **parts})
    assert parse_page(page.encode()).fields["author"] == author


def test_outlet_is_no_author() -> None:
    """The name of the outlet is no author."""
    tree = parse_tree("<html><head><meta name='author' content='Weir Post'></head><body><h1>Weir</h1></body></html>")
    assert find_authors(tree, "Weir Post", "Weir Post") is None
