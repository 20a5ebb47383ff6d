"""Joiners of letters in pages."""

from __future__ import annotations

import pytest

from assistant.articles.pages.joiners import hide_joiners
from assistant.articles.pages.tree import parse_tree
from assistant.articles.readers.html import parse_page

SENTENCES = (
    "The two athletes are out of all championships, and will have no further chance in the team of their country.",
    "«ما این افراد را از تمام مسابقات محروم می\u200cکنیم و دیگر شانس حضور نخواهند داشت، که برگزار می\u200cشود.»",
    "The keeper\u200d's family of 👩\u200d👧 has lived at the lock for as long as anybody in the town can remember.",
)


def make_page(body: str) -> bytes:
    head = "<title>Athletes می\u200cشود out of the team</title>"
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.mark.parametrize("is_entity", [False, True])
def test_joiners_stay(is_entity: bool) -> None:
    """Joiners between letters stay in the text and in the title, also those that are written as entities."""
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 2)
    if is_entity:
        body = body.replace("\u200c", "&zwnj;").replace("\u200d", "&#x200d;")
    parsed = parse_page(make_page(f"<h1>Athletes می\u200cشود out of the team</h1>{body}"))
    assert parsed.text.split("\n")[-6:] == [*SENTENCES * 2]
    assert parsed.fields["title"] == "Athletes می\u200cشود out of the team"


def test_fillers_are_dropped() -> None:
    """Joiners that join nothing are no text: newsletters fill their preview with them."""
    filler = "&#847;&zwnj;&nbsp;&#8199;&shy;&zwnj; &zwnj;&zwnj;" * 20
    body = f"<div>{filler}</div>" + "".join(f"<p>{SENTENCES[0]} \u200d{n}.\u200c</p>" for n in range(5))
    assert "\u200c" not in parse_page(make_page(body)).text.replace("می\u200cشود", "")
    assert parse_page(make_page(body)).text.count("\u200d") == 0


def test_letters_that_stand_for_them() -> None:
    """A page with the letters that stand for joiners keeps these letters."""
    body = "".join(f"<p>{SENTENCES[0]} {n} \U00016801 می\u200cشود</p>" for n in range(5))
    assert not hide_joiners(parse_tree(make_page(body).decode()))
    assert parse_page(make_page(body)).text.count("\U00016801") == 5
