"""What changed between two texts, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.presentation import differences
from assistant.presentation.differences import find_replaced, find_replacement

OLD = "The mill was sold. It cost 3 million. Nobody was told. It closes in May."


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (OLD, []),
        (OLD.replace("3", "4"), [("It cost 3 million.", "It cost 4 million.")]),
        (OLD.replace("Nobody was told. ", ""), [("Nobody was told.", "")]),
        ("At last. " + OLD, [("", "At last.")]),
        (OLD + " It rained.", [("", "It rained.")]),
        (OLD.replace(" It", "\n\nIt"), []),
        ("", [(OLD, "")]),
    ],
)
def test_sentences_that_differ(new: str, changes: list[tuple[str, str]]) -> None:
    found = [(OLD[slice(*old)].strip(), new[slice(*fresh)].strip()) for old, fresh in find_replaced(OLD, new)]
    assert found == changes


def test_what_replaced_some_words() -> None:
    new = OLD.replace("3", "4").replace("Nobody", "Everybody")
    at = OLD.index("3 million")
    assert find_replacement(OLD, new, (at, at + 9)) == ("It cost 3 million.", "It cost 4 million.")
    assert find_replacement(OLD, new, (at, len(OLD))) == (
        "It cost 3 million. Nobody was told.",
        "It cost 4 million. Everybody was told.",
    )
    assert find_replacement(OLD, new, (0, 8)) is None


def test_very_long_changes_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MAX_COMPARED", 1)
    assert len(find_replaced(OLD, OLD.replace("3", "4").replace("Nobody", "All").replace("mill", "inn"))) == 1


SENTENCES = st.lists(
    st.sampled_from(["It rained.", "The mill was sold.", "Nobody came.", "“Yes,” she said."]), max_size=8
)


@given(SENTENCES, SENTENCES)
def test_changes_make_the_new_text_of_the_old_one(before: list[str], after: list[str]) -> None:
    """Put in the place of what they replace, they give the new text."""
    old, new = " ".join(before), " ".join(after)
    made, at = "", 0
    for replaced, fresh in find_replaced(old, new):
        made += old[at : replaced[0]] + " " + new[slice(*fresh)] + " "
        at = replaced[1]
    assert (made + old[at:]).split() == new.split()
