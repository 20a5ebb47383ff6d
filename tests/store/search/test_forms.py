"""Forms of a word: another number, tense or person; not another word of the same stem."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.store.search.forms import find_forms, is_form, list_bases


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("flood", "floods"), ("flood", "Flooded"), ("flooding", "flood"), ("policy", "policies"), ("gate", "gates"),
        ("stop", "stopped"), ("stopping", "stops"), ("move", "moving"), ("glass", "glasses"), ("deja", "déjà"),
        ("US", "US"), ("import", "imports"), ("ferries", "ferry"),
    ],
)  # fmt: skip
def test_forms(asked: str, found: str) -> None:
    """The same word in another form."""
    assert is_form(asked, found)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("import", "important"), ("US", "us"), ("us", "using"), ("US", "used"), ("university", "universe"),
        ("new", "news"), ("terminal", "terminate"), ("general", "generate"), ("police", "policy"), ("AIDS", "aids"),
        ("organ", "organization"), ("animal", "animated"),
    ],
)  # fmt: skip
def test_other_words(asked: str, found: str) -> None:
    """Other words, some of which have the same stem."""
    assert not is_form(asked, found)


def test_places() -> None:
    """A phrase in any form, and the beginning of a word."""
    text = "The sea walls failed; a sea wall fell, the sea wallpaper did not."
    assert [text[a:b] for a, b in find_forms("sea wall", text)] == ["sea walls", "sea wall"]
    assert len(find_forms("sea wall", text, is_prefix=True)) == 3
    assert find_forms("§", text) == []
    assert "wall" in list_bases("walls")


def test_counts_are_of_forms(seeds: Assistant) -> None:
    """Words of the same stem do not count: "terminal" is no "term"."""
    found = seeds.ask("How many articles mention the insurer?").collection
    assert found is not None
    assert found.total == 2
    acronym = seeds.ask("How many articles mention the US?").collection
    assert acronym is not None
    assert acronym.total == 5
