"""Questions about the whole collection over seeds/, each with its exact result; half were written before the code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.records.answer import Answer


def _read_cases() -> Iterator[Any]:
    with Path(__file__).with_name("questions_seeds.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            case = json.loads(line)
            yield pytest.param(case, id=f"{number}-{case['question'][:50]}")


CASES = list(_read_cases())
NOT_COLLECTION = (None, "help", "outside")


@pytest.mark.parametrize("case", [each for each in CASES if each.values[0]["kind"] not in NOT_COLLECTION])
def test_question(seeds: Assistant, case: dict[str, Any]) -> None:
    """The question is read as what it is, and its result is the one that a reader finds by hand."""
    answer = seeds.ask(case["question"])
    assert not answer.abstained
    found = answer.collection
    if found is None:  # a name that nobody has
        assert case["kind"] == "who"
    else:
        assert found.kind == case["kind"]
        assert found.unit == case.get("unit", found.unit)
        assert found.total == case.get("total", found.total)
        assert [list(group) for group in found.groups] == case.get("groups", [list(group) for group in found.groups])
        if found.unit not in ("mentions",) and found.kind not in ("brief", "timeline"):
            assert len(found.items) == found.total  # a number is that of a list
        names = [item.name for item in found.items]
        assert names[: len(case.get("names", []))] == case.get("names", [])
        if "ids" in case:
            assert [item.article_id for item in found.items] == case["ids"]
    assert case.get("has", "") in answer.answer
    _check(answer, seeds)


@pytest.mark.parametrize("case", [each for each in CASES if each.values[0]["kind"] in ("help", "outside")])
def test_question_about_the_program(seeds: Assistant, case: dict[str, Any]) -> None:
    """The program answers about itself, and says what it does not do."""
    answer = seeds.ask(case["question"])
    assert answer.abstained == (case["kind"] == "outside")
    assert case["has"] in answer.answer.lower()
    assert not answer.citations


@pytest.mark.parametrize("case", [each for each in CASES if each.values[0]["kind"] is None])
def test_other_question(seeds: Assistant, case: dict[str, Any]) -> None:
    """A question of fact or on somebody's words is answered as before."""
    assert seeds.read_collection_question(case["question"]) is None


def _check(answer: Answer, seeds: Assistant) -> None:
    assert all(check.fault is None for check in seeds.verify(answer))
    assert answer.summary
    assert answer.answer.startswith(answer.summary)
    assert all(sentence.support == "verbatim" for sentence in answer.sentences)
