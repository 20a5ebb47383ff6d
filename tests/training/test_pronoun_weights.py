"""Judged pronouns: the people near them, and a fit that tells whom they mean."""

from __future__ import annotations

import json
from pathlib import Path

from tests.training.pronoun_weights import (
    JUDGED_PRONOUNS,
    JudgedPronoun,
    choose,
    choose_left_out,
    count_outcomes,
    fit_pronouns,
    read_pronouns,
)

TEXT = "Bob Pell met Ivo Marr at the lock. “It leaks,” he said.\n\n“They wait,” Ivo Marr said. “It is late,” he added."


def test_people_near_a_judged_pronoun(tmp_path: Path) -> None:
    """The right row is that of the person, or the last one; pronouns that nobody judged do not count."""
    first, second = TEXT.index("he said"), TEXT.index("he added")
    rows = [
        {"article": "a", "start": first, "person": [TEXT.index("Bob"), TEXT.index("Bob") + len("Bob Pell")]},
        {"article": "a", "start": second, "person": None},
        {"article": "a", "start": 3, "person": None},
        {"article": "unknown", "start": 0, "person": None},
    ]
    file = tmp_path / "judged"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    bob, nobody = read_pronouns(file, {"a": TEXT})
    assert (len(bob.rows), "rules" in bob.rows[bob.right], bob.found == bob.right) == (3, True, True)
    assert (nobody.right, nobody.found != nobody.right) == (len(nobody.rows) - 1, True)
    assert count_outcomes([bob, nobody], [bob.found, nobody.found]) == {"right": 1, "wrong": 1}


def test_fit_tells_whom_a_pronoun_means() -> None:
    """Whom the rules name is left open where a sign speaks against it, also in articles that the fit did not see."""
    right = [JudgedPronoun(f"{n}", [["rules"], ["other"], ["nobody"]], 0, 0) for n in range(40)]
    wrong = [JudgedPronoun(f"{n}", [["rules", "far"], ["other", "near"], ["nobody"]], 1, 0) for n in range(20, 50)]
    weights = fit_pronouns([*right, *wrong])
    assert weights["near"] > weights.get("other", 0.0)
    assert [choose(each, weights) for each in (right[0], wrong[0])] == [0, 2]
    chosen = choose_left_out([*right, *wrong])
    assert count_outcomes([*right, *wrong], chosen) == {"right": 40, "nobody": 30}


def test_judged_pronouns_are_offsets_only() -> None:
    """The packaged judgements name articles and places, each once, and no text."""
    rows = [json.loads(line) for line in JUDGED_PRONOUNS.read_text(encoding="utf-8").splitlines()]
    assert {frozenset(row) for row in rows} == {frozenset({"article", "start", "person"})}
    assert len({(row["article"], row["start"]) for row in rows}) == len(rows) > 600
