"""Title, author and day in the first lines of a text."""

from __future__ import annotations

import pytest

from assistant.articles.openings import (
    begins_with_sentence,
    extract_title,
    find_author,
    find_date,
    find_title_in_name,
    is_advertisement,
    is_banner,
)

LONG = "the river board will rebuild the weir above the town before winter, its chair, Ada Brandreth, said on Saturday."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n  Weir closed  \nOn Monday.", "Weir closed"),
        ("By Ada Brandreth\n\nWeir closed", "Weir closed"),
        ("*** PRESS RELEASE *** FOR IMMEDIATE RELEASE ***\nWeir closed", "Weir closed"),
        ("EMBARGOED UNTIL 6 PM\n3 May 2025\nWeir closed", "Weir closed"),
        ("Last updated: 3 May 2025\nWeir closed", "Weir closed"),
        ("PRESS RELEASE\nFOR IMMEDIATE RELEASE: 3 May 2025\nWeir closed", "Weir closed"),
        ("----\n\n###\nWeir closed", "Weir closed"),
        ("BREAKING: Weir closed\nx", "BREAKING: Weir closed"),
        ("Live music at the weir\nx", "Live music at the weir"),
        ("By Ada Brandreth", "By Ada Brandreth"),
    ],
)
def test_title(text: str, title: str) -> None:
    """The first line is the title unless it is a banner, a byline, a date or a rule."""
    assert extract_title(text) == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2021-04-04 U.S. heiress, designer and author dies at 95.md", "U.S. heiress, designer and author dies at 95"),
        ("2025-03-03-weir-of-tarn-is-shut.txt", "Weir of tarn is shut"),
        ("Weir of Tarn is shut, 3 May 2025.pdf", "Weir of Tarn is shut"),
        ("well-known weir of Tarn is shut.txt", "Well-known weir of Tarn is shut"),
        ("meeting notes.md", None),
        ("2025-03-03.txt", None),
        ("IMG_20250303_1234.pdf", None),
    ],
)
def test_title_in_name_of_file(name: str, title: str | None) -> None:
    """The words of the name without its day, if they are enough for a title."""
    assert find_title_in_name(name) == title


def test_sentences_are_no_headlines() -> None:
    """A first line that is cut, or ends with a full stop."""
    assert all(map(begins_with_sentence, (extract_title(LONG * 2), "The weir is shut since Monday, it said.")))
    headlines = ("Weir closed", "Mill sold.", "The weir is shut. And now …", "And now the weir is shut...")
    assert not any(map(begins_with_sentence, headlines))


def test_title_cut_after_word() -> None:
    """A long first line is cut after a word."""
    assert extract_title("word " * 40) == "word " * 22 + "word…"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"WEIRTON, May 3, 2025 — {LONG}", "2025-05-03"),
        (f"WEIRTON (Agency) — May 3, 2025 — {LONG}", "2025-05-03"),
        (f"(Agency) - May 3, 2025 - {LONG}", "2025-05-03"),
        (f"WEIRTON, May 3, 2025 /Newswire/ -- {LONG}", "2025-05-03"),
        (f"Weirton, 3 May 2025 – {LONG}", "2025-05-03"),
        ("Weirton, 3 May 2025 — The weir is closed.", "2025-05-03"),
        ("Weir closed\nPublished: 3 May 2025\nText.", "2025-05-03"),
        ("Updated: 9 May 2025\nPublished: 3 May 2025\nWeir closed", "2025-05-03"),
        ("Weir closed\nSaturday, May 3, 2025 at 10:15 a.m.\nText.", "2025-05-03"),
        ("Weir closed\nBy Ada Brandreth | 3 May 2025\nText.", "2025-05-03"),
        ("Weir closed\nUpdated: 9 May 2025\nText.", None),
        ("Weir closed\nDate: 04/05/2025\nText.", None),
        ("The flood of 3 May 1925\nThe water rose on 3 May 1925.", None),
        (f"WEIRTON — On May 3, 1925 {LONG}", None),
        ("WEIRTON, May 3 (Agency) — The weir is closed.", None),
        ("3 May 2025\n4 May 2025\nText.", None),
    ],
)
def test_day(text: str, day: str | None) -> None:
    """A day in a line of its own, after a label, or in a dateline is that of the article; one in a sentence is not."""
    assert find_date(text) == day


def test_author() -> None:
    """A byline gives the author."""
    assert find_author("Weir closed\nBy Ada Brandreth, Staff Writer\nText.") == "Ada Brandreth"
    assert find_author("Weir closed\nAda Brandreth closed it.") is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("FOR IMMEDIATE RELEASE", True),
        ("** News Release — Urgent **", True),
        ("Embargoed until Friday", True),
        ("Urgent repairs", False),
        ("Exclusive: weir closed", False),
    ],
)
def test_banner(line: str, is_one: bool) -> None:
    """A banner has no other words."""
    assert is_banner(line) is is_one


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("The Weir Post, 4 March 2025        Page 3", "2025-03-04"),
        ("4 March 2025 | The Weir Post | Ada Poe", "2025-03-04"),
        ("Ada Poe · 4 Mar 2025 · 3 min read", "2025-03-04"),
        ("Weir, 4 March 2025", "2025-03-04"),
        ("Vol. 12 No. 3 — 4 March 2025", "2025-03-04"),
        ("The weir was closed, 4 March 2025 was the day.", None),
        ("Everybody in the town remembers, of course, what was lost | 4 March 2025 in pictures", None),
    ],
)
def test_mastheads(line: str, day: str | None) -> None:
    """A line with an outlet, a town or an author beside a day gives the day."""
    assert find_date(f"{line}\nWords.") == day


def test_title_of_message_and_divided_title() -> None:
    """The subject of a message is its title; a word divided at the end of a title is whole."""
    assert extract_title("From: press@weir.example\nSubject: Weir closed\n\nWords.") == "Weir closed"
    assert (
        extract_title("The Weir Post, 4 March 2025   Page 3\n\nWeir will be clo-\nsed\n\nWords.")
        == "Weir will be closed"
    )


def test_title_with_a_day_stays() -> None:
    """A day after a dash can be a part of the title."""
    assert extract_title("Fire at the weir - 4 March 2025\nWords.") == "Fire at the weir - 4 March 2025"


def test_day_of_a_release() -> None:
    """A day beside a banner is that of the text; one beside a label of change or another word is not."""
    assert find_date("FOR IMMEDIATE RELEASE: 3 May 2025\nWeir closed") == "2025-05-03"
    assert find_date("Press release, 3 May 2025\nWeir closed") == "2025-05-03"
    assert find_date("Press release, the board met on 3 May 2025.\nWeir closed") is None
    assert find_date("UPDATED 3 May 2025\nWeir closed") is None
    assert find_date("Contact the board before 3 May 2025\nWeir closed") is None


def test_lines_of_mailings() -> None:
    """Lines about a mailing or a site are told from sentences that begin like them."""
    for line in ("View in browser", "Unsubscribe", "You are receiving this newsletter because you asked for it."):
        assert is_advertisement(line), line
    assert not is_advertisement("You can view in the browser of the library what the board wrote in 1931.")
