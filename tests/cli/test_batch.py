"""The batch loop, with an assistant that answers from memory."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.batch import ask_batch
from assistant.errors import AssistantError, QuestionError
from assistant.records.answer import Answer
from tests.support.citations import make_answer, make_citation


class EchoAssistant:
    """Answers every question but an empty one, and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def ask(self, question: str, **restrictions: Any) -> Answer:
        self.calls.append(restrictions)
        if not question.strip():
            raise QuestionError("the question is empty")
        return make_answer(make_citation("One."), question=question)


def run_batch(tmp_path: Path, *lines: str) -> EchoAssistant:
    """Ask a file of these lines."""
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assistant = EchoAssistant()
    ask_batch(assistant, str(file))  # type: ignore[arg-type]  # has the one method that is called
    return assistant


def test_batch_prints_one_answer_per_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers carry the id of their line; blank lines are skipped; a question that cannot be asked is a refusal."""
    run_batch(tmp_path, '{"id": 1, "question": "Why?"}', "", '{"id": "b", "question": " "}')
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(answer["id"], answer["abstained"], answer["reason"]) for answer in answers] == [
        (1, False, None),
        ("b", True, "the question is empty"),
    ]


def test_batch_passes_restrictions_on(tmp_path: Path) -> None:
    """Days and scope of a line go to the question."""
    line = {"id": 1, "question": "Why?", "as_of": "2025-03-04", "scope_article_ids": ["a"]}
    (call,) = run_batch(tmp_path, json.dumps(line)).calls
    assert (call["as_of"], list(call["scope"]), call["asked_at"]) == (date(2025, 3, 4), ["a"], None)


def test_batch_passes_earlier_questions_on(tmp_path: Path) -> None:
    """The earlier questions of a line are the history of its question."""
    line = {"id": 1, "question": "And why?", "history": ["Who won?", {"question": "When?"}]}
    (call,) = run_batch(tmp_path, json.dumps(line)).calls
    assert call["history"] == ("Who won?", "When?")


def test_batch_reports_invalid_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Invalid lines are reported with their number; the others are answered; the command fails at the end."""
    with pytest.raises(AssistantError, match=r"questions\.jsonl: 2 lines could not be asked; see above"):
        run_batch(tmp_path, "{", '{"id": 1, "question": "Why?"}', '{"id": 2}')
    done = capsys.readouterr()
    assert len(done.out.splitlines()) == 1
    first, second = done.err.splitlines()
    assert ", line 1: " in first
    assert ", line 3: " in second
