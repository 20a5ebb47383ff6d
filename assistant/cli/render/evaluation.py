"""What `assistant eval` prints: tables for people, one JSON object for programs."""

from __future__ import annotations

import contextlib
import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.answers import (
    ALL_TYPES,
    AnswerScore,
    ask_all,
    compute_risk_curve,
    find_missing_articles,
    make_text_lookup,
    report_by_type,
    score_answer,
)
from assistant.evaluation.datasets import GoldAttribution, GoldQuestion, locate_words
from assistant.evaluation.metrics import ANSWER_METRICS, STATEMENT_METRICS
from assistant.evaluation.statements import measure_speed, measure_statements, pair_with_annotations
from assistant.presentation.json_schema import answer_metrics_to_json, answer_to_json, statement_metrics_to_json
from assistant.records.evaluation import ExtractionSpeed, MetricValues, ThresholdPoint
from assistant.system.os_errors import describe_write_error
from assistant.text.sanitize import sanitize_line

PIPED_WIDTH = 120
NAMES_WIDTH = 26
COLUMN_WIDTH = 15
COUNT_FIGURES = {"n", "annotations", "statements"}


def _create_console(stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    return console


def run_answer_evaluation(
    assistant: Assistant, questions: Sequence[GoldQuestion], *, saved: Path | None, with_curve: bool, as_json: bool
) -> None:
    """Ask all questions and print the figures; `saved` gets the answers, as `ask --batch` prints them."""
    scores: list[AnswerScore] = []
    with (
        assistant.open_library() as library,
        _open_answer_writer(saved) as save,
        _count_progress(len(questions)) as count,
    ):
        _warn_of_missing(find_missing_articles((name for one in questions for name in one.article_ids), library))
        text_of = make_text_lookup(library)
        located_questions = [locate_words(one, text_of) for one in questions]
        for question, answer in ask_all(assistant, located_questions):
            save(answer_to_json(answer, question.batch_question.id))
            scores.append(score_answer(question, answer, text_of))
            count()
    figures = report_by_type(scores)
    cuts = compute_risk_curve(scores) if with_curve else []
    if as_json:
        _print_json(answer_metrics_to_json(figures, assistant.model.runs_on, cuts if with_curve else None))
        return
    _print_figures(figures, list(ANSWER_METRICS))
    if assistant.model.runs_on:
        _create_console().print(Text(f"\nThe model ran on {sanitize_line(assistant.model.runs_on)}."))
    if with_curve:
        _print_curve(cuts)


def run_statement_evaluation(assistant: Assistant, attributions: Sequence[GoldAttribution], *, as_json: bool) -> None:
    """Compare the library's statements with annotations and print the figures, and how fast they are found."""
    with assistant.open_library() as library:
        _warn_of_missing(find_missing_articles((one.article_id for one in attributions), library))
        compared = pair_with_annotations(library, attributions)
        if not compared:
            raise AssistantError("none of the annotated articles is in the library; choose another with --index")
        figures = measure_statements(compared)
        pace = measure_speed(library, attributions)
    if as_json:
        _print_json(statement_metrics_to_json(figures, pace))
        return
    _print_figures(figures, list(STATEMENT_METRICS))
    _create_console().print(Text(_format_speed(pace)))


def _format_speed(pace: ExtractionSpeed) -> str:
    return (
        f"{pace.statements:,} statements found in {pace.articles:,} articles in {pace.seconds:.2f} s "
        f"({pace.statements_per_second:,.0f} a second, sentences given)"
    )


def _print_figures(figures: dict[str, MetricValues], order: Sequence[str]) -> None:
    """Tables with a row a figure and a column a group, as many beside each other as there is room for."""
    console = _create_console()
    columns = sorted(figures, key=lambda name: name == ALL_TYPES)  # ALL stands last
    room = max(1, (console.width - NAMES_WIDTH) // (COLUMN_WIDTH + 2))
    for first in range(0, len(columns), room):
        if first:
            console.print()
        console.print(_build_table({name: figures[name] for name in columns[first : first + room]}, order))


def _build_table(figures: dict[str, MetricValues], order: Sequence[str]) -> Table:
    names = list(dict.fromkeys(name for group in figures.values() for name in group))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("", no_wrap=True, width=NAMES_WIDTH - 2)
    for group in figures:
        table.add_column(Text(_wrap_heading(group)), justify="right", overflow="fold", width=COLUMN_WIDTH)
    for name in sorted(names, key=lambda name: (_find_place(name, order), name)):
        table.add_row(Text(name), *(_format_number(name, group.get(name)) for group in figures.values()))
    return table


def _wrap_heading(name: str) -> str:
    """A type of questions, on several lines where it is long."""
    lines = textwrap.wrap(sanitize_line(name).replace("_", "_ "), COLUMN_WIDTH)
    return "\n".join(line.replace("_ ", "_") for line in lines)


def _find_place(name: str, order: Sequence[str]) -> int:
    """A figure's place in the order; that of one kind of source, "pair_recall_named", stands with the whole."""
    if name not in order:
        name = name.rpartition("_")[0]
    return order.index(name)


def _format_number(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if name in COUNT_FIGURES:
        return f"{value:,.0f}"
    return f"{value:.0f}" if name.startswith("ms_") else f"{value:.3f}"


def _print_curve(cuts: Sequence[ThresholdPoint]) -> None:
    console = _create_console()
    console.print()
    if not cuts:
        console.print(Text("no curve: it needs answers with a confidence, to answerable and unanswerable questions"))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in asdict(cuts[0]):
        table.add_column(name, justify="right")
    for cut in cuts:
        first, *rest = asdict(cut).values()
        table.add_row(f"{first:.2f}", *(f"{value:.3f}" for value in rest))
    console.print(table)


def _warn_of_missing(missing: Sequence[str]) -> None:
    if missing:
        others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        text = f"note    not in the library, so it cannot be found: article {missing[0]}{others}"
        _create_console(stderr=True).print(Text(sanitize_line(text)), soft_wrap=True)


def _print_json(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


@contextlib.contextmanager
def _open_answer_writer(path: Path | None) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Takes answers and writes them to a file, one a line, at once; without a file, lets them go."""
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


@contextlib.contextmanager
def _count_progress(total: int) -> Iterator[Callable[[], None]]:
    """Counts questions in a bar on a terminal's stderr."""
    console = _create_console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(
        "Asking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
