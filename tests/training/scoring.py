"""Measures a ranker on questions with candidate sentences: mean average precision and mean reciprocal rank."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

Scores = Callable[[str, Sequence[tuple[str, str]]], list[float]]  # of (title, sentence) pairs for a question


@dataclass(frozen=True, slots=True)
class Candidates:
    """A question, its candidates as (title, sentence), and which of them are right."""

    question: str
    texts: list[tuple[str, str]]
    right: list[bool]


def read_candidates(questions: Path, articles: Path) -> list[Candidates]:
    """Questions whose candidates are articles of one sentence; those without a right one are left out."""
    texts = {row["id"]: (row["title"] or "", row["text"]) for row in _rows(articles)}
    found = []
    for row in _rows(questions):
        right = {evidence["article_id"] for evidence in row["evidence"]}
        if right:
            ids = row["scope_article_ids"]
            found.append(Candidates(row["question"], [texts[one] for one in ids], [one in right for one in ids]))
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def measure(questions: Sequence[Candidates], scores: Scores) -> tuple[float, float]:
    """MAP and MRR of the candidates ranked by their scores."""
    figures = [rate_ranking(scores(asked.question, asked.texts), asked.right) for asked in questions]
    return mean(one for one, _ in figures), mean(other for _, other in figures)


def rate_ranking(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Average precision of a ranking and reciprocal rank of its first right candidate; there must be one."""
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    ranks = [rank for rank, place in enumerate(order, 1) if right[place]]
    return sum(count / rank for count, rank in enumerate(ranks, 1)) / len(ranks), 1 / ranks[0]
