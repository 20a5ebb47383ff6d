"""The markup of notes: links, comments, highlights, callouts, and the fields that a web clipper writes."""

from __future__ import annotations

import pytest

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.markdown import parse_markdown
from assistant.articles.readers.notes import COMMENT_NOTE, strip_link_fields, strip_note_markup
from assistant.records.article import Article


def read_note(text: str) -> tuple[Article, ParsedFile]:
    parsed = parse_markdown(text.encode())
    (article,) = (item for item in parsed.make_article("a.md", "/x/a.md", 100_000) if isinstance(item, Article))
    return article, parsed


@pytest.mark.parametrize(
    ("note", "plain"),
    [
        ("The dam at [[Weir Hill]] holds.", "The dam at Weir Hill holds."),
        ("said **[[Ivo Bark|Mr Bark]]**, the owner", "said **Mr Bark**, the owner"),
        ("see [[Weir Hill#Floods]] and [[#Sources]]", "see Weir Hill and Sources"),
        ("in a table [[Ivo Bark\\|Bark]]", "in a table Bark"),
        ("![[map.png]]The map.", "The map."),
        ("a ==bold claim== here", "a bold claim here"),
        ("if a == b and b == c", "if a == b and b == c"),
        ("The end. ^block-1", "The end."),
        ("2^10 is a power ^", "2^10 is a power ^"),
        ("- [ ] call the mill", "- call the mill"),
        ("> [!quote]- The owner", "> ### The owner"),
        ("> [!note]", "> "),
        ("`[[code]]` and [[words]]", "`[[code]]` and words"),
        ("[[1]](https://x.example)", "[[1]](https://x.example)"),
        ("```\n[[code]] %%a%%\n```\n[[words]]", "```\n[[code]] %%a%%\n```\nwords"),
        ("up by 5 %% in a year", "up by 5 %% in a year"),
    ],
)
def test_markup_gives_the_words_that_are_shown(note: str, plain: str) -> None:
    """Links, highlights and marks of blocks; not code, and not what only looks like it."""
    assert strip_note_markup(note) == (plain, None)


@pytest.mark.parametrize(
    ("note", "plain"),
    [
        ("It holds. %% ask him %%", "It holds. "),
        ("It holds.\n\n%%\nmy own\n\nlines\n%%\n\nIt leaks.", "It holds.\n\n\n\nIt leaks."),
        ("a %%b%% c %%d", "a  c %%d"),
    ],
)
def test_comments_are_left_out_and_named(note: str, plain: str) -> None:
    """A comment is what stands between two marks; one mark is text."""
    assert strip_note_markup(note) == (plain, COMMENT_NOTE)


def test_fields_of_a_clipper() -> None:
    """The address in `source` is the address, its host the outlet; authors are links."""
    article, parsed = read_note(
        '---\ntitle: Dam holds\nsource: "https://www.weirpost.example/2024/dam"\nauthor:\n  - "[[Ada Poe]]"\n'
        "  - [[Ivo Bark]]\npublished: 2024-05-06\ncreated: 2024-05-09\n---\n"
        "> [!quote] The engineer\n> “It holds,” said **[[Rita Sole|Ms Sole]]**, the engineer. %%check%%\n"
    )
    assert article.text == "The engineer\n\n“It holds,” said Ms Sole, the engineer."
    assert (article.source, article.url) == ("weirpost.example", "https://www.weirpost.example/2024/dam")
    assert (article.author, article.published_at) == ("Ada Poe, Ivo Bark", "2024-05-06")
    assert parsed.reading_note == COMMENT_NOTE


def test_other_values_of_fields_stay() -> None:
    """Only links are changed."""
    fields = {"author": "Ada Poe", "tags": ["a", "b"], "order": 3, "topic": [["Dams"]], "see": "[[Dams|the dams]]"}
    expected = {"author": "Ada Poe", "tags": ["a", "b"], "order": 3, "topic": "Dams", "see": "the dams"}
    assert strip_link_fields(fields) == expected


def test_outlet_is_never_an_address() -> None:
    """In every format."""
    parsed = ParsedFile("It holds.", {"source": "http://weirpost.example/a?b=c", "url": "https://other.example/a"})
    (article,) = (item for item in parsed.make_article("a", "/x/a", 1000) if isinstance(item, Article))
    assert (article.source, article.url) == ("weirpost.example", "https://other.example/a")


def test_export_of_highlights() -> None:
    """Of an export of Readwise the marked words are the text, and the fields above them are those of the article."""
    export = (
        "# The weir\n\n![rw-book-cover](https://x.example/a.png)\n\n## Metadata\n- Author: [[Ada Poe]]\n"
        "- Full Title: The Weir and the Mill\n- Category: #articles\n- URL: https://weirpost.example/weir\n\n"
        "## Highlights\n- “It is shut,” said Ivo Bark. ([View Highlight](https://read.readwise.example/1))\n"
        "    - Note: ask him again\n- The weir is of 1931. ([Page 12](https://x.example))\n    - Tags: [[weir]]\n"
    )
    article, _ = read_note(export)
    assert article.text == "The weir\n\n“It is shut,” said Ivo Bark.\n\nThe weir is of 1931."
    assert (article.title, article.author, article.url) == (
        *("The Weir and the Mill", "Ada Poe", "https://weirpost.example/weir"),
    )
    assert (article.section, article.partial) == (None, "only what somebody marked in it is there")
    more = export.replace("## Highlights", "## Summary\nNobody was asked.\n\n## Highlights")
    assert read_note(more)[0].text.startswith("The weir\n\nSummary\n\nNobody was asked.\n\n“It is shut,”")
    plain, _ = read_note("# The weir\n\n## Highlights\n- It is shut.\n- It is wet. ([Page 12](https://x.example))\n")
    assert (plain.text, plain.partial) == ("The weir\n\nHighlights\n\nIt is shut.\n\nIt is wet. (Page 12)", None)
