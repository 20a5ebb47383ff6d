"""Judged statements: those that are still found, and a fit that tells faults by their signs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.training.statement_weights import (
    JUDGED,
    Judged,
    count_found,
    count_judged,
    estimate_left_out,
    estimate_odds,
    fit_certainty,
    read_judgements,
)

TEXT = "Ada Tarn, the keeper, said the lock was old. “It leaks,” she added."


def write_rows(file: Path, *rows: dict[str, object]) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def judge(words: str, name: str | None, judgement: str) -> dict[str, object]:
    start = TEXT.index(words)
    at = None if name is None else [TEXT.index(name), TEXT.index(name) + len(name)]
    return {"article": "a", "start": start, "end": start + len(words), "speaker": at, "judgement": judgement}


def make_judged(number: int, *signs: str, judgement: str = "right") -> Judged:
    return Judged(str(number), False, judgement, judgement != "right", frozenset({"always", *signs}))


JUDGEMENTS = [
    *(make_judged(number, "cue said") for number in range(60)),
    *(make_judged(number, "cue planned", judgement="not said") for number in range(20, 40)),
]


def test_only_what_is_found_counts(tmp_path: Path) -> None:
    """A place or speaker that is no longer found is left out; indirect statements have signs."""
    file = write_rows(
        tmp_path / "judged",
        judge("the lock was old", "Ada Tarn", "right"),
        judge("“It leaks,”", "Ada Tarn", "right") | {"severe": False},
        judge("the lock", "Ada Tarn", "cut") | {"severe": True},
        judge("the lock was old", None, "wrong speaker") | {"severe": True},
        {"article": "unknown", "start": 0, "end": 1, "speaker": None, "judgement": "right"},
    )
    found = read_judgements(file, {"a": TEXT})
    assert count_judged(found) == {("indirect", "right"): 1, ("direct", "right"): 1}
    assert [{"cue said", "speaker is name", "tag D"} <= each.signs for each in found] == [True, False]


def test_faults_are_told_by_their_signs() -> None:
    """A cue that only faults have gets weight; articles that are left out of the fit are told by it too."""
    weights = fit_certainty(JUDGEMENTS)
    assert (
        estimate_odds(make_judged(0, "cue planned"), weights) > 0 > estimate_odds(make_judged(0, "cue said"), weights)
    )
    odds = estimate_left_out(JUDGEMENTS)
    assert count_found(JUDGEMENTS, odds, 0) == {"severe": 20, "wrong speaker": 0}


def test_judgements_of_this_project() -> None:
    """The file has the judgements of six readers, of articles whose hashes the project has."""
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    judgements = {row["judgement"] for row in rows}
    assert judgements == {"right", "wrong speaker", "not said", "cut"}
    assert len(rows) == 3290
    assert all(row["start"] < row["end"] and ("severe" in row) == (row["judgement"] != "right") for row in rows)
    listed = JUDGED.with_name("asked.articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert {row["article"] for row in rows} <= {json.loads(line)["id"] for line in listed}
