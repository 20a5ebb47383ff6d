"""Compares what a language model makes of questions with known answers: without it, as it picks, and as it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from assistant.engine import Assistant
from assistant.errors import NO_MODEL, ConfigError
from assistant.evaluation.answers import AnswerScore, ask_all, report_group
from assistant.evaluation.datasets import GoldQuestion
from assistant.records.answer import Answer
from assistant.records.evaluation import MetricValues
from assistant.records.proof import ANSWER_WITHOUT_IT

Way = Literal["extractive", "select", "write"]
WAYS: tuple[Way, ...] = ("extractive", "select", "write")


def ask_each_way(assistant: Assistant, questions: Sequence[GoldQuestion]) -> Iterator[tuple[GoldQuestion, Way, Answer]]:
    """Ask each question without the model, and in both modes of it; the settings are as before afterwards.

    Raises ConfigError if the settings name no model.
    """
    before = assistant.config
    if not before.writer.model:
        raise ConfigError(NO_MODEL)
    try:
        for question in questions:
            for way in WAYS:
                if way != "extractive":
                    writer = before.writer.model_copy(update={"mode": way})
                    assistant.configure(before.model_copy(update={"writer": writer}))
                for asked, answer in ask_all(assistant, [question], writer=way != "extractive"):
                    yield asked, way, answer
    finally:
        assistant.configure(before)


def report_by_way(
    scores: Mapping[Way, Sequence[AnswerScore]], answers: Mapping[Way, Sequence[Answer]]
) -> dict[str, MetricValues]:
    """The metrics of all questions for each way of answering, with those of `measure_writing`.

    The times of an answer are those of the one without the model, so only the first column has them.
    """
    report: dict[str, MetricValues] = {}
    for way in WAYS:
        figures = report_group(scores[way])
        if way != "extractive":
            figures = {name: value for name, value in figures.items() if not name.startswith("ms_")}
        report[way] = {**figures, **measure_writing(answers[way])}
    return report


def measure_writing(answers: Sequence[Answer]) -> MetricValues:
    """How often a model was asked and its answer shown, and what became of its sentences; empty if it never was."""
    reports = [answer.writing for answer in answers if answer.writing is not None]
    if not reports:
        return {}
    figures: MetricValues = {
        "model_asked": len(reports) / len(answers),
        "model_shown": sum(report.used for report in reports) / len(reports),
    }
    counts = {
        "proved": sum(report.proved for report in reports),
        "repointed": sum(report.repointed for report in reports),
        "unproved": sum(report.unproved for report in reports),
    }
    written = sum(counts.values())
    if written:
        figures["sentences_written"] = written
        figures |= {name: count / written for name, count in counts.items()}
    times = [report.first_token_ms for report in reports if report.first_token_ms is not None]
    if times:
        figures["ms_first_token"] = sum(times) / len(times)
    return figures


def count_reasons(answers: Sequence[Answer]) -> list[tuple[str, int]]:
    """Why the answer without the model was shown where a model was asked, and how often, the commonest first.

    Without them a server that is down looks like a model that adds nothing.
    """
    reports = [answer.writing for answer in answers if answer.writing is not None and not answer.writing.used]
    return Counter(report.happened.removesuffix(f" {ANSWER_WITHOUT_IT}") for report in reports).most_common()
