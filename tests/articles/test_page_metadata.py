"""Authors and titles in the head of a page."""

from __future__ import annotations

import json

import pytest

from assistant.articles.pages.metadata import choose_title, find_named_authors, find_outlet_in_title
from assistant.articles.pages.tree import parse_tree


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<meta name='author' content='Ada Poe'>", "Ada Poe"),
        ("<meta property='author' content='Marco Di Poe'>", "Marco Di Poe"),
        ("<meta name='byl' content='By Ada Poe and Bo Lee'>", "Ada Poe, Bo Lee"),
        (
            "<meta name='DC.Creator' content='Poe, Ada'><meta name='DC.Creator' content='Lee, Bo M.'>",
            "Ada Poe, Bo M. Lee",
        ),
        ("<meta name='author' content='Ada Poe (http://poe.example)'>", "Ada Poe"),
        ("<meta name='author' content='admin'>", None),
        ("<meta name='author' content='The Weir Post'>", None),
        ("<meta property='article:author' content='https://www.example.com/ada'>", None),
        ("<meta name='author' content='作者'>", None),
    ],
)
def test_authors_in_meta_tags(head: str, authors: str | None) -> None:
    """The fields of the head name the authors, or nobody."""
    assert find_named_authors(parse_tree(f"<head>{head}</head><body>x</body>"), "The Weir Post") == authors


@pytest.mark.parametrize(
    "author", ["Ada Poe", {"name": "Ada Poe"}, [{"@type": "Person", "name": ["Ada Poe"]}], [{"name": "By Ada Poe"}]]
)
def test_authors_in_structured_data(author: object) -> None:
    """JSON-LD names the authors of the article, also in a graph."""
    node = {"@type": "NewsArticle", "author": author}
    for data in (node, [node], {"@graph": [{"@type": "WebSite", "author": "Bo Lee"}, node]}):
        head = f"<script type='application/ld+json'>{json.dumps(data)}</script><meta name='author' content='Bo Lee'>"
        assert find_named_authors(parse_tree(f"<head>{head}</head><body>x</body>"), None) == "Ada Poe"


@pytest.mark.parametrize(
    ("extracted", "title"),
    [
        ("Weir closed for good", "Weir closed for good"),
        ("Weir closed for good | The Weir Post", "Weir closed for good"),
        ("Take our survey now", "Weir closed for good"),
        (None, "Weir closed for good"),
    ],
)
def test_title(extracted: str | None, title: str) -> None:
    """A heading that the head of the page does not bear out is none; the outlet is no part of a title."""
    page = "<head><title>Weir closed for good | The Weir Post</title></head><body><h1>Take our survey now</h1></body>"
    assert choose_title(parse_tree(page), extracted, "The Weir Post") == title


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Mill sold to builder | The Weir Post", "The Weir Post"),
        ("Mill sold to builder - News - The Weir Post", "The Weir Post"),
        ("Mill sold to builder | Business | Weir Live", "Weir Live"),
        ("Mill sold to builder | News | Ada Poe", None),
        ("Mill sold to builder | Business", None),
        ("Mill sold to builder - Ada Poe", None),
        ("Mill sold to builder | Page 2", None),
        ("Mill sold to builder | News", None),
        ("Mill sold to builder", None),
        ("Other title | The Weir Post", None),
        ("Mill sold to builder – 4 March 2025", None),
        ("Mill sold to builder | the owner says that nobody told him", None),
    ],
)
def test_outlet_in_the_title(title: str, outlet: str | None) -> None:
    """What follows the heading in the title of a page is the name of its site, if it looks like one."""
    tree = parse_tree(f"<html><head><title>{title}</title></head><body><h1>Mill sold to builder</h1></body></html>")
    assert find_outlet_in_title(tree, "Ada Poe; Bo Lee") == outlet
