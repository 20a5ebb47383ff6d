"""Pages as the usual systems make them: every paragraph of the article, each in a line, and nothing else."""

from __future__ import annotations

import pytest

from assistant.articles.pages.extraction import extract_page
from assistant.articles.pages.tree import parse_tree
from assistant.articles.readers.html import parse_page
from tests.support.web_pages import AUTHOR, DAY, OUTLET, SHELLS, TITLE, make_page

PARAGRAPHS = [
    "The weir above the town will be closed for two years from May, the river board said on Thursday, as it leaks.",
    "“We found holes that a cat could sleep in,” said Marit Poe, the engineer of the board.",
    "The repair is put at 18 million crowns. Boats are to use the old lock until it is done.",
    "“Nobody asked the fishermen,” said Olav Roe, who has fished there since 1988. “We read it in the paper.”",
    "No date has been set for a meeting.",
]
HEAD = f"<meta property='article:published_time' content='{DAY}T06:00:00+02:00'>"


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize("name", SHELLS)
def test_page_read_whole(name: str, count: int) -> None:
    """Long and short articles keep their paragraphs; bylines, dates, teasers and advertisements are left out."""
    paragraphs = PARAGRAPHS[:count]
    body = SHELLS[name](paragraphs)
    parsed = parse_page(make_page(body, HEAD).encode())
    lines = [line for line in parsed.text.split("\n") if line != TITLE]
    assert [line for line in lines if line in paragraphs] == paragraphs
    assert [line for line in lines if line not in paragraphs] == []
    assert (parsed.fields["title"], parsed.fields["source"]) == (TITLE, OUTLET)
    assert str(parsed.fields["published_at"])[:10] == DAY
    if AUTHOR.lower() in body.lower():
        assert parsed.fields["author"] == AUTHOR


def test_day_of_page_from_its_lines() -> None:
    """A page without a date in its head has the day of its byline."""
    page = make_page(SHELLS["byline in one line"](PARAGRAPHS))
    assert str(parse_page(page.encode()).fields["published_at"])[:10] == DAY


def test_page_without_article() -> None:
    """A page without text has none."""
    assert extract_page(parse_tree("<html><body><script>let a = 1</script></body></html>"))[0] == ""
