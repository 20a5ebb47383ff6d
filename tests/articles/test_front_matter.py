"""Heads of Markdown and text files: valid, broken, and text that only looks like one."""

from __future__ import annotations

import pytest

from assistant.articles.readers.front_matter import FrontMatter, join_notes, split_front_matter


def test_yaml() -> None:
    """The block at the beginning gives the fields, as text; without an end it is text."""
    assert split_front_matter("---\nTitle: No\nlead: ~\n---\n\nWords.\n") == FrontMatter(
        {"title": "No", "lead": None}, "Words."
    )
    assert split_front_matter("---\ntitle: No\n") == FrontMatter({}, "---\ntitle: No\n")


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ('title: Miller: "We knew"\nauthor: Ada Poe', {"title": 'Miller: "We knew"', "author": "Ada Poe"}),
        ("title: Vote: what it means\ndate: 2025-03-05", {"title": "Vote: what it means", "date": "2025-03-05"}),
        ("title: Weir\n\tauthor: Ada Poe", {"title": "Weir", "author": "Ada Poe"}),
        ("title: A: b\nauthors:\n- Ada Poe\n- Bo Lee", {"title": "A: b", "authors": ["Ada Poe", "Bo Lee"]}),
        ("title: 'A': b\nsource: @weirnews", {"title": "'A': b", "source": "@weirnews"}),
    ],
)
def test_broken_yaml_read_line_by_line(head: str, fields: dict[str, object]) -> None:
    """Plain `key: value` lines are taken as they stand, and the note says so."""
    found = split_front_matter(f"---\n{head}\n---\nWords.")
    assert (found.fields, found.text) == (fields, "Words.")
    assert found.note is not None
    assert found.note.startswith("front matter is not valid YAML at line ")
    assert found.note.endswith("; its lines were read one by one")


def test_unusable_line_named() -> None:
    """A line that cannot be used is left out, and the note names it."""
    found = split_front_matter("---\ntitle: A: b\nauthor: [unclear\n---\nWords.")
    assert found.fields == {"title": "A: b", "author": None}
    assert found.note is not None
    assert found.note.endswith("; its lines were read one by one, without line 3")


@pytest.mark.parametrize(
    "text",
    [
        "---\nBREAKING: Fire in the mill\n---\nIt began at night.",
        "---\nFrom: press@weir.example\nSubject: A statement\nNote: until 6 pm\n---\nNo comment.",
        "---\nDate: 3 May 2025\nMayor Ada Poe: “I stay.”\n---\nNo comment.",
        "---\nDate: 3 May 2025\nThe mayor will stay until the end of the year.\n---\nNo comment.",
        "---\n\nFire in the mill.\n\n---\n\nIt began at night.",
        "+++\nA line between two rules.\n+++\nText.",
        '{"name": "Ada"}\nThe record above is from the register.',
        '{"title": not JSON}\nText.',
    ],
)
def test_text_that_is_no_head(text: str) -> None:
    """Without a known field, or with a sentence of the article, it is text and stays text."""
    assert split_front_matter(text) == FrontMatter({}, text)


@pytest.mark.parametrize("byline", ["By Ada Poe", "By: Ada Poe", "by Ada Poe"])
def test_byline_in_a_head_without_fences(byline: str) -> None:
    """Labelled lines before a blank one are the head also where one of them is a byline."""
    fields = {"title": "Weir shut", "date": "3 May 2024", "source": "Weir Post", "author": "Ada Poe"}
    head = f"Title: Weir shut\nDate: 3 May 2024\nSource: Weir Post\n{byline}"
    assert split_front_matter(f"{head}\n\nIt is shut.") == FrontMatter(fields, "It is shut.")


@pytest.mark.parametrize(
    "head",
    [
        "Title: Weir shut\nDate: 3 May 2024\nBy the river they waited",
        "Title: Weir shut\nDate: 3 May 2024\nBy Ada Poe, who was there.",
        "Title: Weir shut\nBy Ada Poe\nThe weir was shut on Monday",
        "By Ada Poe\nThe weir was shut on Monday",
        "Title: Weir shut\nDate: 3 May 2024\nLength: 700 words\nBy Ada Poe",
    ],
)
def test_byline_makes_no_head(head: str) -> None:
    """What is no byline, or stands among other lines, is text and stays text."""
    assert split_front_matter(f"{head}\n\nIt is shut.") == FrontMatter({}, f"{head}\n\nIt is shut.")


def test_toml_and_json() -> None:
    """Heads in TOML and JSON are read too."""
    toml = split_front_matter('+++\ntitle = "Weir"\ntags = ["a"]\n+++\nWords.')
    assert toml == FrontMatter({"title": "Weir", "tags": ["a"]}, "Words.")
    assert split_front_matter('{"title": "Weir"}\n\nWords.') == FrontMatter({"title": "Weir"}, "Words.")
    broken = split_front_matter("+++\ntitle = Weir closed\n+++\nWords.")
    assert (broken.fields, broken.text) == ({"title": "Weir closed"}, "Words.")


def test_sentence_in_unknown_field_noted() -> None:
    """A value that can be a sentence of the article is not lost without a word."""
    found = split_front_matter("---\ntitle: Weir\nstatement: The mayor will stay until May.\n---\nWords.")
    assert found.note == "front matter: no field of an article is named statement"


def test_notes_joined() -> None:
    """Notes of several steps make one."""
    assert join_notes(None, "a", None, "b") == "a; b"
    assert join_notes(None, None) is None


def test_names_that_tables_have() -> None:
    """A head may name outlet, author and day as tables do; a usual name counts first."""
    fenced = split_front_matter("---\ntitle: Mill sold\npublication: The Weir Post\npubdate: 2025-05-03\n---\nWords.")
    assert (fenced.fields["source"], fenced.fields["published_at"]) == ("The Weir Post", "2025-05-03")
    open_head = split_front_matter("Headline: Mill sold\nByline: Ada Poe\nPublication: The Weir Post\n\nWords.")
    assert (open_head.fields["source"], open_head.text) == ("The Weir Post", "Words.")
    both = split_front_matter("---\nsource: A\npublication: B\n---\nWords.")
    assert both.fields == {"source": "A", "publication": "B"}
