"""The dossier: quotations in an order of their own, and standing questions beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import MarksError
from assistant.marks.dossier import clean_comment
from assistant.marks.library import LibraryMarks
from assistant.marks.standing import StandingStore
from tests.support.citations import make_citation

FIRST = make_citation(n=1, quote="The gate is open.", start=0, end=17)
SECOND = replace(FIRST, n=2, start=20, end=37)


@pytest.fixture
def marks(tmp_path: Path) -> LibraryMarks:
    return LibraryMarks(tmp_path / "index-kept")


def test_entries(marks: LibraryMarks) -> None:
    """Each place is kept once; entries are commented, moved and removed."""
    dossier = marks.dossier
    assert dossier.list_entries() == []
    one, is_new = dossier.add(FIRST, "Is the gate open?")
    two, _ = dossier.add(SECOND, comment=" Check with the keeper. ")
    assert is_new
    assert dossier.add(replace(FIRST, n=7)) == (one, False)
    first, second = dossier.list_entries()
    assert (first.citation, first.question, first.comment) == (FIRST, "Is the gate open?", "")
    assert (second.citation, second.comment) == (SECOND, "Check with the keeper.")
    dossier.comment(one, "Yes.\nSince May.")
    dossier.move(two, -5)
    assert [(entry.number, entry.comment) for entry in dossier.list_entries()] == [
        (two, "Check with the keeper."),
        (one, "Yes.\nSince May."),
    ]
    assert dossier.remove(two).citation == SECOND
    assert [entry.number for entry in dossier.list_entries()] == [one]


def test_long_comment() -> None:
    assert clean_comment(" a\x1b ") == "a␛"
    with pytest.raises(MarksError, match="at most 20,000"):
        clean_comment("x" * 20_001)


def test_missing_entry(marks: LibraryMarks) -> None:
    for act in (
        lambda: marks.dossier.comment(3, ""),
        lambda: marks.dossier.move(3, 1),
        lambda: marks.dossier.remove(3),
    ):
        with pytest.raises(MarksError, match="the dossier has no entry 3"):
            act()


def test_findings_are_told_once(marks: LibraryMarks) -> None:
    """The same words for the same question are one finding; what the interface has shown is not shown again."""
    standing: StandingStore = marks.standing
    question = standing.add("tell me when the gate opens", "Does the gate open?", {"a", "b"})
    other = standing.add("the water", "the water", {"a", "b"})
    assert standing.find_unseen(["a", "c"]) == {"c"}
    found = [(question.number, "gate open", FIRST), (other.number, "gate open", FIRST), (99, "gate open", FIRST)]
    new = standing.record(found, {"c"})
    assert sorted(finding.wording for finding in new) == ["tell me when the gate opens", "the water"]
    assert standing.record(found, {"c"}) == []
    assert standing.find_unseen(["a", "c"]) == set()
    assert [finding.question for finding in standing.list_findings(only_unshown=True)] == [
        question.number,
        other.number,
    ]
    standing.mark_shown([new[0].number, new[1].number])
    assert standing.list_findings(only_unshown=True) == []
    assert [item.findings for item in standing.list_questions()] == [1, 1]
    standing.remove(question.number)
    standing.remove(other.number)
    assert (standing.list_findings(), standing.find_unseen(["a"])) == ([], {"a"})
    with pytest.raises(MarksError, match="no standing question 1"):
        standing.remove(question.number)
