"""What is taken out of a page before its text is extracted, and what stays."""

from __future__ import annotations

import pytest

from assistant.articles.pages.pruning import prune_page
from assistant.articles.pages.tree import parse_tree
from assistant.articles.readers.html import parse_page

PARAGRAPHS = [
    "The river board will rebuild the weir above the town before the winter, its chair said on Monday.",
    "“The old wall will not hold another flood,” said the chair, Ada Brandreth, at the site.",
    "The work costs four million and is paid for by the towns below the weir, which agreed in May.",
    "Anglers are against the plan, because the fish ladder will be closed for two seasons in a row.",
]
CARD = "<article><h3><a href='/b'>Mill sold</a></h3><p>The mill was sold. “I am sorry,” said Bo Lee.</p></article>"


def make_page(insertion: str, end: str = "", tag: str = "article") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    first, rest = text[: text.index("</p>") + 4], text[text.index("</p>") + 4 :]
    return f"<html><body><{tag}><h1>Weir</h1>{first}{insertion}{rest}</{tag}>{end}</body></html>"


@pytest.mark.parametrize(
    "insertion",
    [
        "<div><h3>Read more</h3><ul><li><a href='/a'>Bridge closed, says Jon Roe</a></li></ul></div>",
        "<h3>Related</h3><ul><li><a href='/a'>Bridge closed, says Jon Roe</a></li></ul>",
        "<p><strong>Related:</strong> <a href='/a'>Bridge closed, says Jon Roe of the road office</a></p>",
        "<p><a href='/a'>Read more: Bridge closed, says Jon Roe</a></p>",
        "<p><a href='/a'>Bridge closed until the spring, says Jon Roe</a></p>",
        "<div><strong><a href='/a'>BRIDGE CLOSED UNTIL THE SPRING, SAYS ROE</a></strong></div>",
        "<aside class='related-stories'><h4>You may also like</h4><p>Bridge closed, says Jon Roe</p></aside>",
        f"<section><h2>More from the Weir Post</h2>{CARD}{CARD}</section>",
        "<div class='pullquote'><p>“The old wall will not hold another flood”</p></div>",
        "<blockquote>The old wall will not hold another flood</blockquote>",
        "<p>Advertisement</p>",
        "<div class='promo'><p>Subscribe now to read on. “Best local paper” – The Press Council</p></div>",
        "<p>To unsubscribe from this newsletter, click here.</p>",
        "<p>Sign up for our morning newsletter and get the news first.</p>",
    ],
)
def test_left_out(insertion: str) -> None:
    """Teasers, advertisements and repeated quotations are no part of the text."""
    text = parse_page(make_page(insertion).encode()).text
    assert text.split("\n")[-4:] == PARAGRAPHS
    assert len(text) < len("Weir\n" + "\n".join(PARAGRAPHS)) + 2


@pytest.mark.parametrize(
    ("insertion", "words"),
    [
        (
            "<h2>More on the strike</h2><p>The strike began in March and has no end in sight, it seems.</p>",
            "began in March",
        ),
        (
            "<h2>Related</h2><p>He is related to the mayor, which nobody in the town had known.</p>",
            "related to the mayor",
        ),
        ("<blockquote>We were never asked, and we would have said no to all of it.</blockquote>", "never asked"),
        ("<p>Read more books, the teacher said, and you will see.</p>", "Read more books"),
        ("<p>Subscribers to the fund may ask for their money back, the board said.</p>", "Subscribers to the fund"),
        ("<p>The <a href='/a'>full report of the board on the weir</a> is public.</p>", "full report"),
        (
            "<p>The board has given the towns below these two papers to read:</p>"
            "<p><a href='/a'>How the weir above the town was built</a></p>"
            "<p><a href='/b'>What it cost until now</a></p>",
            "was built\nWhat it cost until now",
        ),
        (
            "<p>The board has given the towns below these two papers to read:</p>"
            "<ul><li><a href='/a'>How the weir was built</a></li><li><a href='/b'>What it cost until now</a></li></ul>",
            "- What it cost until now",
        ),
        ("<p><a href='tel:5550134'>The board, 3 Weir Street, telephone 555 0134</a></p>", "3 Weir Street"),
        ("<p><a href='/plan.PDF?v=2'>The plan of the board with all maps</a></p>", "with all maps"),
        (
            "<div class='add-on'><p>The add-on costs the towns another million, the board said.</p></div>",
            "add-on costs",
        ),
    ],
)
def test_kept(insertion: str, words: str) -> None:
    """Paragraphs of the article stay."""
    assert words in parse_page(make_page(insertion).encode()).text


def test_other_articles_around() -> None:
    """Articles of other stories before and after the article are not taken for it."""
    page = make_page("", f"<div>{CARD}{CARD}</div>", "div").replace("<body>", f"<body><div>{CARD}</div>")
    text = parse_page(page.encode()).text
    assert PARAGRAPHS[-1] in text
    assert "mill was sold" not in text


def test_long_article_outside_heading_kept() -> None:
    """An article that is longer than the part with the heading is not taken for another one."""
    intro = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 3)
    tree = parse_tree(f"<html><body><div><h1>Weir</h1>{intro}</div><article>{body}</article></body></html>")
    prune_page(tree)
    assert len(list(tree.iter("p"))) == 15
