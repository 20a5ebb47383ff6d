"""Forms of a word: another number, tense or person; not another word of the same stem."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.records.collection.search import Words
from assistant.store.fts import split_tokens
from assistant.store.library import SqliteLibrary
from assistant.store.search.forms import find_forms, has_form, has_phrase, is_form, list_bases
from assistant.store.search.indexed_forms import list_indexed_forms
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("flood", "floods"), ("flood", "Flooded"), ("flooding", "flood"), ("policy", "policies"), ("gate", "gates"),
        ("stop", "stopped"), ("stopping", "stops"), ("move", "moving"), ("glass", "glasses"), ("deja", "déjà"),
        ("US", "US"), ("import", "imports"), ("ferries", "ferry"), ("box", "boxes"),
        ("use", "used"), ("potato", "potatoes"),
        ("agree", "agreed"), ("virus", "viruses"), ("gases", "gas"), ("add", "added"), ("trying", "tried"),
        ("die", "dying"), ("note", "noting"), ("tell", "telling"), ("quit", "quitting"), ("bus", "bused"),
        ("travel", "travelled"), ("stay", "stayed"), ("yell", "yelled"), ("fix", "fixed"), ("star", "starred"),
        ("quiz", "quizzed"), ("quizzes", "quizzing"), ("quiz", "quizzes"),
        ("gel", "gelled"), ("gas", "gassed"), ("ref", "reffed"),
        ("focus", "focussed"), ("discuss", "discussing"), ("fuss", "fussed"), ("enrol", "enrolled"),
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
        ("the", "thing"), ("she", "shed"), ("bre", "bring"), ("plan", "planes"), ("see", "seed"),
        ("not", "noted"), ("car", "caring"), ("star", "staring"), ("tel", "telling"), ("com", "coming"),
        ("hop", "hoped"), ("filled", "filed"), ("even", "evening"), ("them", "themed"),
        ("cal", "called"), ("pol", "polling"), ("his", "hissing"), ("pas", "passed"), ("canvas", "canvassed"),
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


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("port", "The Port is shut", True),
        ("port", "Ports, airport and port-2 and a_port_", True),
        ("port", "Ports and airports", False),
        ("old port", "in the OLD PORT.", True),
        ("old port", "old  port", False),  # not surely: the words may be marked otherwise
        ("US", "It is for us", False),
        ("US", "The US said", True),
        ("§", "§ 4", False),
    ],
)
def test_a_phrase_is_surely_there(phrase: str, text: str, found: bool) -> None:
    """Where it is written as it was asked for, as whole words; an acronym in capitals only."""
    assert has_phrase(phrase, text) == found
    assert not found or find_forms(phrase, text)


def test_the_beginning_of_a_word_is_surely_there() -> None:
    """Any end of the last word will do."""
    assert has_phrase("old por", "the old ports", is_prefix=True)
    assert not has_phrase("old por", "the cold ports", is_prefix=True)


def test_counts_are_of_forms(seeds: Assistant) -> None:
    """Words of the same stem do not count: "terminal" is no "term"."""
    found = seeds.ask("How many articles mention the insurer?").collection
    assert found is not None
    assert found.total == 2
    acronym = seeds.ask("How many articles mention the US?").collection
    assert acronym is not None
    assert acronym.total == 5


def test_counts_equal_a_recount_of_the_text(tmp_path: Path) -> None:
    """Each word of a text, counted by the index, is what counting the forms in the text gives; also in phrases."""
    text = (
        "The thing is seen: she shed the virus, and gas or gases. Viruses bring gas masks; see the seed planes plan. "
        "A bus, two buses, the thing again. They agreed to agree. The Gas Mask held; the gases masked it. He hid."
    )
    article = make_article(text, id="a", title="The virus and the bus")
    with SqliteLibrary.open(build_tiny_library(tmp_path, [article]).index) as library:
        asked = [*sorted({word.lower() for word, _, _ in split_tokens(text)}), "gas mask", "the thing", "the virus"]
        for phrase in asked:
            expected = len(find_forms(phrase, article.title)) + len(find_forms(phrase, text))
            assert library.count_mentions(Words(phrase), ["a"]) == {"a": expected}, phrase
            assert len(library.find_mentions(Words(phrase), ["a"]).get("a", ())) == len(find_forms(phrase, text)), (
                phrase
            )
    assert list_indexed_forms("gas mask") == ("gas mask", "gases mask", "gasses mask")


@pytest.mark.parametrize(
    ("word", "text", "has"),
    [
        ("vote", "They voted.", True),
        ("vote", "Voting was slow.", True),
        ("carry", "She carries it.", True),
        ("cities", "The city of Holm.", True),
        ("thing", "Nothing and thingummy.", False),
        ("import", "It is important.", False),
        ("US", "Tell us.", False),
        ("two words", "The two words.", False),
    ],
)
def test_a_form_is_seen_at_once(word: str, text: str, has: bool) -> None:
    """What is told quickly to have a form has one by the slow way too."""
    assert has_form(word, text) is has
    assert not has or find_forms(word, text)
