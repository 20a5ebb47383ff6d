"""The names in labels and in a text are found by their parts."""

from __future__ import annotations

from assistant.speech.layouts.names_by_part import LabelNames, PeopleInText, capitalize_label


def test_people_in_text_by_part() -> None:
    """By initials, by given name and by last name; names in capitals are labels."""
    people = PeopleInText("Ada Tarn met Ivo Berg and Ada Lund. BO MARR: We did.")
    assert people.names == {"Ada Tarn", "Ivo Berg", "Ada Lund"}
    assert people.by_initials["AT"] == {"Ada Tarn"}
    assert people.by_given_name["Ada"] == {"Ada Tarn", "Ada Lund"}
    assert people.last_names == {"tarn", "berg", "lund"}


def test_labels_by_part() -> None:
    """By title and by what ends them; labels of one word have neither."""
    labels = LabelNames(["CHAIRMAN SOLLI", "ADA VAN LIE", "TARN", "Mr. Berg"])
    assert labels.by_title == {"chairman": {"Solli"}, "ada": {"Ada van Lie"}, "mr": {"Berg"}}
    assert labels.endings == {"solli", "van lie", "lie", "berg"}
    assert labels.full == {"Chairman Solli", "Ada Van Lie", "Mr. Berg"}
    assert capitalize_label("MR. VAN LIE") == "Mr. van Lie"
