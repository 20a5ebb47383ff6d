"""Live blogs: each update is an article with its own time. Lists of teasers and comments are none."""

from __future__ import annotations

import pytest

from assistant.articles.metadata import ParsedFile
from assistant.articles.pages.tree import parse_tree
from assistant.articles.pages.updates import find_updates
from assistant.articles.readers.html import parse_pages

HOURS = (("08:15", "Gate opens", "The lock gate opened, said Ada Poe."), ("21:40", "Gate shuts", "It is shut again."))
DECLARED = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "author": {"name": "Rita Sole"}}</script>'


def make_update(day: int, hour: str, heading: str, words: str, *, link: str = "", block: str = "post") -> str:
    heading = f'<a href="{link}">{heading}</a>' if link else heading
    return (
        f'<div class="{block}" id="d{day}-{hour[:2]}"><time datetime="2024-05-{day:02}T{hour}+02:00">{day} May, {hour}'
        f"</time><h2>{heading}</h2><p>{words}</p></div>"
    )


def read_page(*updates: str, head: str = "", before: str = "") -> list[ParsedFile]:
    page = (
        f"<html><head><title>The lock, live</title>{head}"
        '<meta property="article:published_time" content="2024-05-01T08:00:00+02:00"></head>'
        f"<body><main><article><h1>The lock, live</h1>{before}{''.join(updates)}</article></main></body></html>"
    )
    return parse_pages(page.encode())


def test_each_update_is_an_article() -> None:
    """With the title of the page, its own time, and its own words only."""
    updates = [make_update(day, *hour) for day in (2, 1) for hour in HOURS]
    parsed = read_page(*updates, head=DECLARED)
    assert [(each.part, each.fields["published_at"]) for each in parsed] == [
        ("d2-08", "2024-05-02T08:15+02:00"),
        ("d2-21", "2024-05-02T21:40+02:00"),
        ("d1-08", "2024-05-01T08:15+02:00"),
        ("d1-21", "2024-05-01T21:40+02:00"),
    ]
    assert parsed[0].text == "Gate opens\nThe lock gate opened, said Ada Poe."
    assert [(place.start, place.label) for place in parsed[1].places] == [(0, "2 May, 21:40")]
    assert {(each.fields["title"], each.fields["author"]) for each in parsed} == {("The lock, live", "Rita Sole")}


def test_introduction_is_kept() -> None:
    """Sentences above the updates are an article of the day of the page."""
    before = "<p>The lock at Weir Hill has been out of order since the flood, and boats wait above it.</p>"
    first, *updates = read_page(*[make_update(2, *hour) for hour in HOURS], head=DECLARED, before=before)
    assert "boats wait above it" in first.text
    assert "Ada Poe" not in first.text
    assert (first.part, str(first.fields["published_at"])[:10]) == (None, "2024-05-01")
    assert len(updates) == len(HOURS)


def test_updates_have_the_time_of_the_page() -> None:
    """As ISO 8601, and as it is shown there; words for the time are not among the text."""
    tree = parse_tree(f"<html><body>{DECLARED}{make_update(2, *HOURS[0])}{make_update(2, *HOURS[1])}</body></html>")
    first, second = find_updates(tree)
    assert (first.time, first.label, first.name) == ("2024-05-02T08:15+02:00", "2 May, 08:15", "d2-08")
    assert second.text == "Gate shuts\nIt is shut again."


def test_page_that_does_not_say_what_it_is() -> None:
    """Three updates with headings of their own are asked for."""
    assert len(read_page(*[make_update(day, *HOURS[0]) for day in (1, 2, 3)])) == 3
    assert len(read_page(*[make_update(day, *HOURS[0]) for day in (1, 2)])) == 1


@pytest.mark.parametrize(
    "updates",
    [
        [make_update(day, *HOURS[0], link=f"/news/{day}") for day in (1, 2, 3)],
        [make_update(day, *HOURS[0], block="comment") for day in (1, 2, 3)],
        [make_update(1, *HOURS[0])] * 3,
    ],
)
def test_teasers_and_comments_are_no_updates(updates: list[str]) -> None:
    """Headings that lead elsewhere, comments, and one time again and again."""
    words = "".join(f"<p>Sentence {number} of the article on the lock is long enough.</p>" for number in range(9))
    assert [each.part for each in read_page(*updates, before=words)] == [None]


def test_day_below_the_heading_of_a_newsletter() -> None:
    """It is the day of the newsletter."""
    words = "<p>The lock gate is shut for the winter, the county said on Monday, and boats go round.</p>" * 2
    row = f"<tr><td><h1>The Week</h1><p>Monday, 6 May 2024</p>{words}</td></tr>"
    (parsed,) = parse_pages(f"<html><body><table>{row}</table></body></html>".encode())
    assert parsed.fields["published_at"] == "2024-05-06"
