"""Descriptions of people: the main noun, and whether two descriptions are of the same person."""

from __future__ import annotations

import pytest

from assistant.text.roles import is_definite_role, is_person_role, is_same_role, role_head


def test_head_is_main_noun() -> None:
    """The head stands before a complement, in its usual form."""
    assert role_head("the chief engineer of the town") == "engineer"
    assert role_head("the minister’s spokeswoman") == "spokesperson"
    assert role_head("") == ""


def test_person_role_is_one_person() -> None:
    """A group and a party are not one person."""
    assert is_person_role("a spokeswoman for the fund")
    assert not is_person_role("the GOP")
    assert not is_person_role("two aides")


def test_definite_role_is_one_person() -> None:
    """Only "the", "his" or "her" with a noun for one person can refer to somebody known."""
    assert is_definite_role("the presidential aide")
    assert is_definite_role("the keeper of the lock")
    assert not is_definite_role("the campaign")
    assert not is_definite_role("an aide")
    assert not is_definite_role("")


@pytest.mark.parametrize(
    ("mention", "known"),
    [
        ("the minister", "transport minister"),
        ("the transport minister", "transport minister of Norland"),
        ("the senator", "Sen."),
        ("the congresswoman", "Rep."),
        ("the crown prince", "Crown Prince"),
        ("the head of the trade body", "head of the trade body"),
        ("the former mayor", "former mayor"),
        ("the spokesman", "spokesperson for the fund"),
    ],
)
def test_role_is_same(mention: str, known: str) -> None:
    """A shorter form of a description, or the same one, is the same role."""
    assert is_same_role(mention, known)


@pytest.mark.parametrize(
    ("mention", "known"),
    [
        ("the former mayor", "mayor"),
        ("the mayor", "former mayor"),
        ("the president", "vice president"),
        ("the minister’s aide", "aide"),
        ("the minister", "spokesman for the minister"),
        ("the mayor of Pell", "mayor"),
        ("the opposition leader", "party leader"),
        ("his lawyer", "lawyer"),
        ("the prime minister’s official spokesman", "official spokesman"),
    ],
)
def test_role_is_another(mention: str, known: str) -> None:
    """Another owner, complement or kind of office is another role."""
    assert not is_same_role(mention, known)
