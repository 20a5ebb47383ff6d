"""The names of a text by their surnames."""

from __future__ import annotations

from assistant.speech.subjects.bodies_in_text import find_abbreviations, find_inseparable, find_names_with_article
from assistant.speech.subjects.names_in_text import (
    count_names,
    find_aliases,
    find_family_first_names,
    find_unambiguous_names,
    has_rare_given_name,
    is_role_before_name,
    name_key,
)


def test_names_by_surname() -> None:
    """A surname with one given name is a person's; with two it is open."""
    names = count_names("The keeper is Ada Brandreth, who met Bob Pell and Mary Pell.")
    assert find_unambiguous_names(names, ()) == {"brandreth": "Ada Brandreth"}
    assert set(names) == {"brandreth", "pell"}
    assert name_key("Ivo Tarn Jr.") == "tarn jr."


def test_words_like_given_names() -> None:
    """A word that is no role and no common word can be a given name."""
    assert has_rare_given_name("Zibb Ekern", ())
    assert not has_rare_given_name("Zibb Ekern", {"zibb"})
    assert not has_rare_given_name("Team Ekern", ())
    assert is_role_before_name("Keeper")
    assert not is_role_before_name("Zibb")


def test_family_name_first() -> None:
    """ "President Zhu" is the man whose name begins with Zhu."""
    known = {"rongji": "Zhu Rongji"}
    assert find_family_first_names("They met President Zhu.", known, ()) == {"zhu": "Zhu Rongji"}


def test_explained_names() -> None:
    """Other names for people, and abbreviations of bodies, as the text explains them."""
    assert find_aliases("Ada Marr, known as AM, met Ivo Tarn (nicknamed “Bix”).") == {"AM": "Marr", "Bix": "Tarn"}
    assert find_aliases("Ada Marr, also known as Lin, met Ivo Tarn, known as Lin.") == {}
    assert find_abbreviations("The Tarn Lock Company (TLC) met Ada Marr (AM).") == {"TLC"}


def test_words_that_only_stand_together_are_one_name() -> None:
    """A body whose name has "and" or an owner in it is whole if its words have no life of their own."""
    text = (
        "Wood and Water Tarn Trust is late. Wood and Water leaks. Moe’s Bay Co and Moe’s Bay are old. Pelby and Tarn."
    )
    assert find_inseparable(text, "Wood", "and", "Water Tarn Trust") == "Wood and Water Tarn Trust"
    assert find_inseparable(text, "Moe", "’s", "Bay") == "Moe’s Bay Co"
    assert find_inseparable(text, "Pelby", "and", "Tarn") is None


def test_an_article_that_belongs_to_a_name() -> None:
    """A capital article inside sentences belongs to the name, unless the text also writes it small."""
    assert find_names_with_article("It is late, The Lock reported. In The Post, Ada waits; the Post is old.") == {
        "Lock"
    }


def test_a_role_before_a_name_is_no_part_of_it() -> None:
    """A first word that the text also puts before another name in small letters is a role."""
    assert set(count_names("Sluicer Ivo Tarn waits for old sluicer Bo Marr.")["tarn"]) == {"Ivo Tarn"}
