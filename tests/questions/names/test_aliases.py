"""Forms of names that stand for each other."""

from __future__ import annotations

import pytest

from assistant.questions.names.aliases import capitalize_initials, find_first_country, find_group, find_named_groups
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


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("the president of the United States", [("United States", {"united", "states"})]),
        ("the president of ukraine", [("Ukraine", {"ukraine"})]),
        ("the Papua New Guinea premier", [("Papua New Guinea", {"papua", "new", "guinea"})]),
        ("the speaker of the House", [("House of Representatives", {"house"})]),
        ("the speaker of the house", []),
        ("the mayor of Port Ellery", []),
    ],
)
def test_bodies_of_a_description(description: str, names: list[tuple[str, set[str]]]) -> None:
    """A name of several words is one; small letters are enough for a country."""
    assert [(group.forms[0], set(words)) for group, words in find_named_groups(description)] == names


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In the Polish city, envoys of Peru met.", "Poland"),
        ("It rained in Port Ellery. “No,” said the U.S. envoy to Peru.", "United States"),
        ("Between us, who can say?", None),
    ],
)
def test_first_country(text: str, country: str | None) -> None:
    """Its people name it too."""
    assert find_first_country(text) == country


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("who is the prime minister of the uk", "who is the prime minister of the UK"),
        ("who is the us president", "who is the US president"),
        ("did the eu agree with nato", "did the EU agree with NATO"),
        ("tell us who won", "tell us who won"),
        ("was it shown on tv", "was it shown on tv"),
        ("Who leads the uk?", "Who leads the uk?"),  # who writes capitals means what is written
    ],
)
def test_initials_in_questions_without_capitals(question: str, written: str) -> None:
    assert capitalize_initials(question) == written
