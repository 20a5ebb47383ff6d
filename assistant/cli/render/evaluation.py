"""Evaluations on the command line: tables for people, one JSON object for programs."""

from __future__ import annotations

import contextlib
import json
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.cli.json_lines import print_json
from assistant.cli.render.console import create_console
from assistant.cli.render.progress import ProgressBar
from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.answers import (
    ALL_TYPES,
    DATED,
    UNDATED,
    AnswerScore,
    ask_all,
    compute_risk_curve,
    find_missing_articles,
    make_text_lookup,
    report_by_type,
    score_answer,
)
from assistant.evaluation.datasets import GoldAttribution, GoldQuestion, locate_words
from assistant.evaluation.metrics import ANSWER_METRICS, STATEMENT_METRICS, WRITER_METRICS
from assistant.evaluation.statements import measure_speed, measure_statements, pair_with_annotations
from assistant.evaluation.writers import WAYS, Way, ask_each_way, count_reasons, report_by_way
from assistant.presentation.build_progress import MIN_STEPS, format_duration
from assistant.presentation.json_schema import answer_metrics_to_json, answer_to_json, statement_metrics_to_json
from assistant.records.answer import Answer
from assistant.records.evaluation import ExtractionSpeed, MetricValues, ThresholdPoint
from assistant.system.os_errors import describe_write_error
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

PIPED_WIDTH = 120
NAMES_WIDTH = 26
COLUMN_WIDTH = 15
MAX_REASONS = 3  # why a model's answers are not shown, of each way
COUNT_METRICS = {"n", "annotations", "statements", "sentences_written"}


def run_answer_evaluation(
    assistant: Assistant, questions: Sequence[GoldQuestion], *, saved: Path | None, with_curve: bool, as_json: bool
) -> None:
    """Ask all questions and print the metrics; `saved` is a file for the answers, as `ask --batch` prints them.

    Questions with a day are asked again without it, to measure what happens when nobody gives one; those answers are
    not saved.
    """
    console = create_console(stderr=True)
    scores: list[AnswerScore] = []
    without_day: list[AnswerScore] = []
    again = [each.without_day() for each in questions if each.is_dated and not each.names_relative_time]
    with (
        assistant.open_library() as library,
        _open_answer_writer(saved) as save,
        ProgressBar(console, "Asking", is_shown=console.is_terminal) as bar,
    ):
        counter = _QuestionCounter(bar, len(questions) + len(again))
        _warn_of_missing(find_missing_articles((name for each in questions for name in each.article_ids), library))
        text_of = make_text_lookup(library)
        located_questions = [locate_words(question, text_of) for question in questions]
        for question, answer in ask_all(assistant, located_questions):
            save(answer_to_json(answer, question.batch_question.id))
            scores.append(score_answer(question, answer, text_of))
            counter.count()
        for question, answer in ask_all(assistant, [locate_words(question, text_of) for question in again]):
            without_day.append(score_answer(question, answer, text_of))
            counter.count()
    metrics = report_by_type(scores, without_day)
    curve = compute_risk_curve(scores) if with_curve else None
    runs_on = assistant.model.runs_on
    if as_json:
        print_json(answer_metrics_to_json(metrics, runs_on, curve))
        return
    _print_metrics(metrics, list(ANSWER_METRICS))
    if runs_on:
        create_console(piped_width=PIPED_WIDTH).print(Text(f"\nThe model ran on {sanitize_line(runs_on)}."))
    if curve is not None:
        _print_curve(curve)


def run_writer_evaluation(
    assistant: Assistant, questions: Sequence[GoldQuestion], *, saved: Path | None, as_json: bool
) -> None:
    """Ask all questions without the language model and in both its modes, and print the metrics side by side.

    `saved` is a file for the answers, one line for each way. Why the model's answers were not shown is told on stderr.
    Raises ConfigError if the settings name no model.
    """
    console = create_console(stderr=True)
    scores: dict[Way, list[AnswerScore]] = {way: [] for way in WAYS}
    answers: dict[Way, list[Answer]] = {way: [] for way in WAYS}
    with (
        assistant.open_library() as library,
        _open_answer_writer(saved) as save,
        ProgressBar(console, "Asking", is_shown=console.is_terminal) as bar,
    ):
        counter = _QuestionCounter(bar, len(WAYS) * len(questions))
        _warn_of_missing(find_missing_articles((name for each in questions for name in each.article_ids), library))
        text_of = make_text_lookup(library)
        located_questions = [locate_words(question, text_of) for question in questions]
        for question, way, answer in ask_each_way(assistant, located_questions):
            save(answer_to_json(answer, question.batch_question.id))
            scores[way].append(score_answer(question, answer, text_of))
            answers[way].append(answer)
            counter.count()
    metrics = report_by_way(scores, answers)
    if as_json:
        print_json(answer_metrics_to_json(metrics, assistant.model.runs_on, None))
    else:
        _print_metrics(metrics, [*ANSWER_METRICS, *WRITER_METRICS])
    for way in WAYS:
        for reason, count in count_reasons(answers[way])[:MAX_REASONS]:
            told = f"{way}: {count_noun(count, 'answer')} without the model: {sanitize_line(reason)}"
            console.print(Text(told), soft_wrap=True)


def run_statement_evaluation(assistant: Assistant, attributions: Sequence[GoldAttribution], *, as_json: bool) -> None:
    """Compare the library's statements with annotations; print the metrics and the speed of extraction."""
    with assistant.open_library() as library:
        _warn_of_missing(find_missing_articles((each.article_id for each in attributions), library))
        compared = pair_with_annotations(library, attributions)
        if not compared:
            raise AssistantError("none of the annotated articles is in the library; choose another with --index")
        metrics = measure_statements(compared)
        speed = measure_speed(library, attributions)
    if as_json:
        print_json(statement_metrics_to_json(metrics, speed))
        return
    _print_metrics(metrics, list(STATEMENT_METRICS))
    create_console(piped_width=PIPED_WIDTH).print(Text(_format_speed(speed)))


def _format_speed(speed: ExtractionSpeed) -> str:
    return (
        f"{count_noun(speed.statements, 'statement')} extracted from {count_noun(speed.articles, 'article')} in "
        f"{speed.seconds:.2f} s "
        f"({speed.statements_per_second:,.0f} per second, sentences given)"
    )


def _print_metrics(metrics: dict[str, MetricValues], order: Sequence[str]) -> None:
    """Tables with a row per metric and a column per group, as many columns as fit the width."""
    console = create_console(piped_width=PIPED_WIDTH)
    columns = sorted(metrics, key=(DATED, UNDATED, ALL_TYPES).__contains__)  # the types come first
    room = max(1, (console.width - NAMES_WIDTH) // (COLUMN_WIDTH + 2))
    for first in range(0, len(columns), room):
        if first:
            console.print()
        console.print(_build_table({name: metrics[name] for name in columns[first : first + room]}, order))


def _build_table(metrics: dict[str, MetricValues], order: Sequence[str]) -> Table:
    names = list(dict.fromkeys(name for group in metrics.values() for name in group))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("", no_wrap=True, width=NAMES_WIDTH - 2)
    for group in metrics:
        table.add_column(Text(_wrap_heading(group)), justify="right", overflow="fold", width=COLUMN_WIDTH)
    for name in sorted(names, key=lambda name: (place_of_metric(name, order), name)):
        table.add_row(Text(name), *(format_metric(name, group.get(name)) for group in metrics.values()))
    return table


def _wrap_heading(name: str) -> str:
    """A type of questions, on several lines where it is long."""
    lines = textwrap.wrap(sanitize_line(name).replace("_", "_ "), COLUMN_WIDTH)
    return "\n".join(line.replace("_ ", "_") for line in lines)


def place_of_metric(name: str, order: Sequence[str]) -> int:
    """A metric's place in the order; "pair_recall_named", of one kind of source, is next to "pair_recall"."""
    if name not in order:
        name = name.rpartition("_")[0]
    return order.index(name)


def format_metric(name: str, value: float | None) -> str:
    """A value as its metric is shown; a dash if there is none."""
    if value is None:
        return "–"
    if name in COUNT_METRICS:
        return f"{value:,.0f}"
    return f"{value:.0f}" if name.startswith("ms_") else f"{value:.3f}"


def _print_curve(curve: Sequence[ThresholdPoint]) -> None:
    console = create_console(piped_width=PIPED_WIDTH)
    console.print()
    if not curve:
        console.print(Text("no curve: it needs answerable and unanswerable questions, and answers with a confidence"))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in asdict(curve[0]):
        table.add_column(name, justify="right")
    for point in curve:
        first, *rest = asdict(point).values()
        table.add_row(f"{first:.2f}", *(f"{value:.3f}" for value in rest))
    console.print(table)


def _warn_of_missing(missing: Sequence[str]) -> None:
    if missing:
        create_console(stderr=True).print(Text(describe_missing(missing)), soft_wrap=True)


def describe_missing(names: Sequence[str]) -> str:
    """A warning that articles of the annotations are not in the library; `names` has at least one."""
    others = f" and {count_noun(len(names) - 1, 'other article')} are" if len(names) > 1 else " is"
    return sanitize_line(f"warning: article {names[0]}{others} not in the library")


@contextlib.contextmanager
def _open_answer_writer(path: Path | None) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Yields a function that appends an answer to the file, and does nothing without a file."""
    if path is None:
        yield lambda _record: None
        return
    with contextlib.ExitStack() as open_files:

        def save(record: dict[str, Any]) -> None:
            with _translate_write_errors(path):
                file.write(json.dumps(record) + "\n")
                file.flush()

        with _translate_write_errors(path):
            file = open_files.enter_context(path.open("w", encoding="utf-8"))
        yield save


@contextlib.contextmanager
def _translate_write_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AssistantError(f"{path}: {describe_write_error(error)}") from error


class _QuestionCounter:
    """Shows on a bar how many questions were asked and how long the rest may take."""

    def __init__(self, bar: ProgressBar, total: int) -> None:
        self._bar = bar
        self._total = total
        self._done = 0
        self._started = time.monotonic()

    def count(self) -> None:
        self._done += 1
        left = (self._total - self._done) * (time.monotonic() - self._started) / self._done
        detail = f"{self._done:,} of {self._total:,} questions"
        if self._done >= MIN_STEPS:
            detail += f" · about {format_duration(left)} left"
        self._bar.update("Asking", self._done / self._total, detail)
