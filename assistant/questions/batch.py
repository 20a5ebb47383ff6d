"""Reads one question from a line of a batch file, as `assistant ask --batch` and `assistant eval` use it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A question and its restrictions; see `Assistant.stream`. `id` is any JSON value that the file gives.

    `history` are the earlier questions of its conversation, oldest first; they are asked before it.
    """

    id: Any
    question: str
    scope: tuple[str, ...] | None = None
    as_of: date | None = None
    asked_at: date | None = None
    history: tuple[str, ...] = ()


def parse_batch_line(record: object) -> BatchQuestion:
    """The question of a decoded JSON line. Raises ValueError with the reason if the line is not a question."""
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise ValueError("not an object with a `question`")
    scope = record.get("scope_article_ids")
    if scope is not None and not (isinstance(scope, list) and all(isinstance(part, str) for part in scope)):
        raise ValueError("`scope_article_ids` is not a list of article ids")
    try:
        json.dumps(record.get("id"), allow_nan=False)  # it is printed with the answer
    except ValueError as error:
        raise ValueError("`id` contains a number that is not JSON") from error
    return BatchQuestion(
        id=record.get("id"),
        question=record["question"],
        scope=None if scope is None else tuple(scope),
        as_of=_parse_date(record, "as_of"),
        asked_at=_parse_date(record, "asked_at"),
        history=_parse_history(record),
    )


def _parse_history(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The earlier questions: a list of questions, or of objects with a `question`, such as saved answers."""
    history = record.get("history")
    if history is None:
        return ()
    if not isinstance(history, list):
        raise ValueError("`history` is not a list of questions")
    turns = [turn.get("question") if isinstance(turn, dict) else turn for turn in history]
    questions = tuple(turn for turn in turns if isinstance(turn, str) and turn.strip())
    if len(questions) < len(turns):
        raise ValueError("`history` is not a list of questions, or of objects with a `question`")
    return questions


def _parse_date(record: Mapping[str, Any], name: str) -> date | None:
    value = record.get(name)
    try:
        return None if value is None else date.fromisoformat(value[:10])
    except (TypeError, ValueError) as error:
        raise ValueError(f"`{name}` is not a date such as 2025-03-31") from error
