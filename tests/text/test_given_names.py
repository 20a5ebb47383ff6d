"""The lists of given names."""

from __future__ import annotations

from assistant.text.languages.given_names import (
    FEMALE_GIVEN_NAMES,
    MALE_GIVEN_NAMES,
    add_nicknames,
    index_nicknames,
)


def test_no_name_is_in_both_lists() -> None:
    """A name that both have would tell no pronoun; names are in small letters."""
    assert not MALE_GIVEN_NAMES & FEMALE_GIVEN_NAMES
    assert all(name == name.lower() for name in MALE_GIVEN_NAMES | FEMALE_GIVEN_NAMES)


def test_nicknames_of_one_gender() -> None:
    """A nickname that both genders have is added to neither list."""
    groups = (frozenset({"william", "bill"}), frozenset({"samuel", "sam"}), frozenset({"samantha", "sam"}))
    male, female = frozenset({"william", "samuel", "sam"}), frozenset({"samantha", "sam"})
    assert add_nicknames(male, female, groups) == {"william", "bill", "samuel", "sam"}
    assert index_nicknames(groups)["sam"] == {1, 2}
