"""The names of a text by their surnames."""

from __future__ import annotations

from assistant.speech.subjects.bodies_in_text import find_abbreviations, find_names_with_article
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


def test_an_article_that_belongs_to_a_name() -> None:
    """A capital article inside a sentence belongs to the name, unless the word also stands without it."""
    assert find_names_with_article("It is late, The Lock reported. The Lock said so.") == {"Lock"}
    assert not find_names_with_article("It is late, The Lock reported; the Lock is old.")
    assert not find_names_with_article("She came to The Hale. Ida Hale said so.")
    assert not find_names_with_article("“Late,” Moe said. “Old.” The Moe camp, he told The Moe aides, left.")


def test_a_role_before_a_name_is_no_part_of_it() -> None:
    """A first word that the text also puts before another name in small letters is a role."""
    assert set(count_names("Sluicer Ivo Tarn waits for old sluicer Bo Marr.")["tarn"]) == {"Ivo Tarn"}
