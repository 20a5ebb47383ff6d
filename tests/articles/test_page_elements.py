"""What the extractor asks of a page has the answer of lxml, and rows of tables are not endless."""

from __future__ import annotations

import pytest
from lxml import html

from assistant.articles.pages.element import PageElement
from assistant.articles.pages.tree import MAX_CELLS, parse_tree


@pytest.mark.parametrize(
    "body",
    [
        "<div>a<p>b<b>c</b>d</p>e</div><p></p><p>f</p>",
        "<article><p>a<span>b<p>c</p></span></p><table><tr><td><p>d</p>e</td></tr></table></article>",
        "<div>a</div>",
        "",
    ],
)
def test_texts_in_paragraphs(body: str) -> None:
    """They are those that lxml finds, whichever element is asked."""
    tree = parse_tree(f"<html><body>{body}</body></html>")
    expected = html.HtmlElement.xpath(tree, "//p//text()")
    assert isinstance(tree, PageElement)
    for element in tree.iter():
        assert element.xpath("//p//text()") == expected
    assert len(tree.xpath("//p")) == body.count("<p>")


def test_long_row_is_several_rows() -> None:
    """All cells are there, in order."""
    cells = [f"c{n}" for n in range(2 * MAX_CELLS + 1)]
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    tree = parse_tree(f"<html><body><table><tr>{row}</tr><tr><td>d</td></tr></table></body></html>")
    rows = [[cell.text for cell in each] for each in tree.iter("tr")]
    assert list(map(len, rows)) == [MAX_CELLS, MAX_CELLS, 1, 1]
    assert [text for each in rows for text in each] == [*cells, "d"]
