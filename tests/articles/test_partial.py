"""Texts that are only the beginning of their article, and whole ones that look like it."""

from __future__ import annotations

import json

import pytest

from assistant.articles.pages.article_data import read_article_data
from assistant.articles.pages.tree import parse_tree
from assistant.articles.partial import drop_paywall, find_partial
from assistant.articles.readers.html import parse_page
from assistant.articles.readers.tables.records import read_record
from assistant.records.article import Article

SENTENCE = "The council sold the old mill to a builder on Monday, and nobody was told. "


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SENTENCE * 5 + "\nSubscribe to continue reading", "for subscribers"),
        (SENTENCE * 5 + "\nAlready a subscriber? Sign in", "for subscribers"),
        (SENTENCE * 5 + "\nThis article is for subscribers only.", "for subscribers"),
        (SENTENCE * 2 + "\nThe builder said…", "cut off"),
        (SENTENCE * 2 + "\nRead more", "cut off"),
        (SENTENCE * 5, None),
        (SENTENCE * 60 + "\nAlready a subscriber? Sign in", None),
        (SENTENCE * 20 + "\nHe said…", None),
        ("“To continue reading the accounts would be a waste,” she said. " + SENTENCE * 9, None),
        ("", None),
    ],
)
def test_partial_texts(text: str, reason: str | None) -> None:
    found = find_partial(text)
    assert (found is None) if reason is None else reason in (found or "")


def test_what_the_page_says_of_the_whole() -> None:
    """A text for subscribers is partial only where little of it is there."""
    assert find_partial(SENTENCE * 5, is_free=False) is not None
    assert find_partial(SENTENCE * 60, is_free=False) is None
    assert find_partial(SENTENCE * 5, word_count=900) == "it has 75 of 900 words"
    assert find_partial(SENTENCE * 5, word_count=80) is None


def make_page(data: object, body: str = SENTENCE * 5, head: str = "") -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    paragraphs = f"<p>{body}</p>" * 2
    article = f"<article><h1>Mill sold</h1>{paragraphs}</article>"
    return f"<html><head><title>Mill sold</title>{script}{head}</head><body>{article}</body></html>".encode()


def test_page_before_a_paywall() -> None:
    """The page's own data mark it, whether as a word or a truth value, on the article or a part of it."""
    for free in (False, "False", "https://schema.org/False"):
        for data in (
            {"@type": "NewsArticle", "isAccessibleForFree": free},
            {"@graph": [{"@type": "NewsArticle", "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": free}}]},
        ):
            assert parse_page(make_page(data)).partial is not None
    assert parse_page(make_page({"@type": "NewsArticle", "isAccessibleForFree": True})).partial is None
    assert parse_page(make_page({"@type": "Product", "isAccessibleForFree": False})).partial is None


def test_update_and_section_of_a_page() -> None:
    page = parse_page(
        make_page(
            {"@type": "NewsArticle", "dateModified": "2019-03-05T10:00:00Z", "articleSection": ["Harbour", "Town"]}
        )
    )
    (article,) = page.make_article("a", "/in/a.html", 100_000)
    assert isinstance(article, Article)
    assert (article.updated_at, article.section) == ("2019-03-05T10:00:00Z", "Harbour")
    assert article.get_origin("section") == "the data of the page"


@pytest.mark.parametrize("count", ["900", 900, True, -3, "1e9", "٣", None, [3]])
def test_word_counts(count: object) -> None:
    tree = parse_tree(make_page({"@type": "Article", "wordCount": count}).decode())
    assert read_article_data(tree).word_count in (900, None)


def test_record_with_a_summary_only() -> None:
    assert (
        read_record({"title": "Mill sold", "description": "The mill was sold."}).partial
        == "only its description is there"
    )
    assert read_record({"text": "The mill was sold… [+1234 chars]"}).partial is not None
    assert read_record({"text": "The mill was sold."}).partial is None


def test_lines_of_a_paywall() -> None:
    """The lines of a paywall at the end of a text are left out, and no sentence of the article with them."""
    offer = "This article is for subscribers only.\nSubscribe now to continue reading.\nFrom 1 pound a week"
    assert drop_paywall(f"{SENTENCE}\n{offer}") == SENTENCE.strip()
    spaced = offer.replace("\n", "\n\n")
    assert drop_paywall(f"{SENTENCE}\n\n{spaced}") == SENTENCE.strip()
    after = f"{SENTENCE}\nSubscribe now to continue reading.\n{SENTENCE}"
    assert drop_paywall(after) == after
    assert drop_paywall(offer).startswith("This article")
    assert drop_paywall(SENTENCE) == SENTENCE.rstrip()
