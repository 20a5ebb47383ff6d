"""The tree of a page: nothing is cut, and the time is linear in the size of the page."""

from __future__ import annotations

import time

import pytest

from assistant.articles.pages.tree import MAX_ATTRIBUTES, MAX_DEPTH, MAX_OPEN_TAGS, parse_tree
from assistant.articles.readers.html import parse_page
from assistant.errors import ReadError

SENTENCES = [
    f"Sentence {number} of the report says that the keeper of Ambleford lock saw no boat." for number in range(9)
]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
PAGE = "<html><head><title>Lock</title></head><body>{}</body></html>"


@pytest.mark.parametrize(
    "script",
    [
        "for(var i=0;i<n;i++){"
        + "".join(f"c.k{number} = {number}; " for number in range(1200))
        + "s = 'reader\\'s'; }",
        "if(a<b&&c>d){x='<p " + " ".join(f"a{number}=1" for number in range(1200)) + "'}",
        'var t = "<div class=\'" + ' + " + ".join(f"k{number}" for number in range(1200)) + "; y<z",
    ],
)
def test_scripts_do_not_cut_text(script: str) -> None:
    """What looks like a tag in a script is no tag: the text is that of the page without the script."""
    plain = parse_page(PAGE.format(f"<article>{PARAGRAPHS}</article>").encode())
    for place in (f"<script>{script}</script><article>{PARAGRAPHS}</article>", f"<article>{PARAGRAPHS}</article>"):
        head = f"<html><head><title>Lock</title><script>{script}</script></head>"
        assert parse_page(f"{head}<body>{place}</body></html>".encode()).text == plain.text
    assert plain.text == "\n".join(SENTENCES)


@pytest.mark.parametrize("tag", ["font", "div", "b", "span"])
def test_text_below_many_unclosed_tags(tag: str) -> None:
    """Text is not lost below hundreds of unclosed tags, and its paragraphs stay apart."""
    text = parse_page(PAGE.format(f"<{tag}>" * (MAX_DEPTH + 200) + PARAGRAPHS).encode()).text
    assert text.split("\n") == SENTENCES


def test_excess_attributes_left_out() -> None:
    """The first attributes of a tag are kept."""
    attributes = " ".join(f"a{number}=x" for number in range(MAX_ATTRIBUTES + 10))
    (paragraph,) = parse_tree(PAGE.format(f"<p {attributes}>Words.</p>")).iter("p")
    assert len(paragraph.attrib) == MAX_ATTRIBUTES
    assert paragraph.text == "Words."


def test_text_after_the_end_of_the_page() -> None:
    """Browsers show text that follows the end tag of the page, and so does the tree."""
    tree = parse_tree("<html><body><p>First.</p></body></html><p>Second.</p>")
    assert [paragraph.text for paragraph in tree.iter("p")] == ["First.", "Second."]


def test_odd_names_and_characters() -> None:
    """Tags, attributes and characters that no XML has do not stop the reading."""
    tree = parse_tree('<html><body><a@b c"d="1">One&#1; &lt;two\x0b</a@b><o:p>three</o:p></body></html>')
    assert "".join(tree.itertext()) == "One <twothree"


@pytest.mark.parametrize(
    "content",
    [
        "<p " + " ".join(f"a{number}='x'" for number in range(200_000)) + ">Words.</p>",
        "<p " + " ".join(f"a{number}" for number in range(200_000)) + ">Words.</p>",
        '<a href="' * 100_000 + "<p>Words.",
        "<div>" * (MAX_OPEN_TAGS - 20) + "</b>" * 100_000 + "<p>Words.",
    ],
    ids=["attributes", "bare attributes", "open quotes", "end tags"],
)
def test_hostile_page_takes_linear_time(content: str) -> None:
    """A page of a megabyte or two takes no more than a few seconds, whatever its tags are."""
    started = time.process_time()
    parse_tree(PAGE.format(content))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("content", ["<div>" * 100_000 + "</b>" * 100_000, "<table><tr><td>" * 100_000])
def test_too_many_open_tags_refused(content: str) -> None:
    """A page that nests tags without end is refused by name, and at once."""
    with pytest.raises(ReadError, match=r"^more than 2,000 tags of this page are open at once$"):
        parse_tree(PAGE.format(content))


@pytest.mark.parametrize("page", ["", "  \n", "<!-- no page -->"])
def test_no_page(page: str) -> None:
    """Nothing but comments is no page."""
    with pytest.raises(ReadError, match=r"^no article text in this page$"):
        parse_tree(page)
