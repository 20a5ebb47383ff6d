"""Forms of names that stand for each other."""

from __future__ import annotations

import pytest

from assistant.questions.names.aliases import find_group
from assistant.text.languages.english.aliases import ALIASES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Britain", "UK"),
        ("United States", "Americans"),
        ("germany", "Germans"),
        ("the Netherlands", "Dutch"),
        ("Covid-19", "coronavirus"),
        ("NHS", "National Health Service"),
        ("Ivory Coast", "Côte d’Ivoire"),
        ("France's", "French"),
    ],
)
def test_forms_of_one_name_are_one_group(one: str, other: str) -> None:
    group = find_group(one.split())
    assert group is not None
    assert find_group(other.split()) is group
    assert group.pattern.search(f"It was {other} again.")


@pytest.mark.parametrize("words", ["us", "who", "is", "polish", "house", "Port Ellery", "fed", "turkey"])
def test_common_words_are_no_names_without_capitals(words: str) -> None:
    assert find_group(words.split()) is None


def test_a_form_is_not_found_inside_another_word_or_name_part() -> None:
    group = find_group(["US"])
    assert group is not None
    assert not group.pattern.search("She told us that the USB stick is lost.")
    assert group.pattern.search("the U.S. navy")


def test_narrower_names_show_the_wider_one_only() -> None:
    wide, narrow = find_group(["Britain"]), find_group(["Scotland"])
    assert wide is not None
    assert narrow is not None
    assert wide.pattern.search("Scottish ferries")
    assert not narrow.pattern.search("British ferries")


def test_every_region_names_known_countries() -> None:
    forms = {form for forms, _ in ALIASES.groups for form in forms}
    assert {"Europe", "African", "Middle East", "Latin America"} <= forms
    assert len(ALIASES.groups) > 150
