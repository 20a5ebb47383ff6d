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

from assistant.answers.serialization import to_json
from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.answers import ALL, Cut, Score, ask_all, curve, missing_articles, report, score, texts_of
from assistant.evaluation.datasets import Attribution, Question, located
from assistant.evaluation.metrics import ANSWERS, STATEMENTS, Figures
from assistant.evaluation.statements import Speed, comparisons, speed, statement_report
from assistant.text.sanitize import one_line

PIPED_WIDTH = 120
NAMES_WIDTH = 26
COLUMN_WIDTH = 15
COUNTS = {"n", "annotations", "statements"}


def _console(stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    return console


def run_answers(
    assistant: Assistant, questions: Sequence[Question], *, saved: Path | None, with_curve: bool, as_json: bool
) -> None:
    """Ask all questions and print the figures; `saved` gets the answers, as `ask --batch` prints them."""
    scores: list[Score] = []
    with assistant.library() as library, _saving(saved) as save, _counting(len(questions)) as count:
        _warn_of(missing_articles((name for one in questions for name in one.article_ids), library))
        text_of = texts_of(library)
        located_questions = [located(one, text_of) for one in questions]
        for question, answer in ask_all(assistant, located_questions):
            save(to_json(answer, question.asked.id))
            scores.append(score(question, answer, text_of))
            count()
    figures = report(scores)
    cuts = curve(scores) if with_curve else []
    if as_json:
        shown: dict[str, Any] = {**figures, "runs_on": assistant.model.runs_on}
        _print_json({**shown, "curve": [asdict(cut) for cut in cuts]} if with_curve else shown)
        return
    _print_figures(figures, list(ANSWERS))
    if assistant.model.runs_on:
        _console().print(Text(f"\nThe model ran on {one_line(assistant.model.runs_on)}."))
    if with_curve:
        _print_curve(cuts)


def run_statements(assistant: Assistant, attributions: Sequence[Attribution], *, as_json: bool) -> None:
    """Compare the library's statements with annotations and print the figures, and how fast they are found."""
    with assistant.library() as library:
        _warn_of(missing_articles((one.article_id for one in attributions), library))
        compared = comparisons(library, attributions)
        if not compared:
            raise AssistantError("none of the annotated articles is in the library; choose another with --index")
        figures = statement_report(compared)
        pace = speed(library, attributions)
    if as_json:
        _print_json({**figures, "speed": {**asdict(pace), "statements_per_second": pace.statements_per_second}})
        return
    _print_figures(figures, list(STATEMENTS))
    _console().print(Text(_pace_line(pace)))


def _pace_line(pace: Speed) -> str:
    return (
        f"{pace.statements:,} statements found in {pace.articles:,} articles in {pace.seconds:.2f} s "
        f"({pace.statements_per_second:,.0f} a second, sentences given)"
    )


def _print_figures(figures: dict[str, Figures], order: Sequence[str]) -> None:
    """Tables with a row a figure and a column a group, as many beside each other as there is room for."""
    console = _console()
    columns = sorted(figures, key=lambda name: name == ALL)  # ALL stands last
    room = max(1, (console.width - NAMES_WIDTH) // (COLUMN_WIDTH + 2))
    for first in range(0, len(columns), room):
        if first:
            console.print()
        console.print(_table({name: figures[name] for name in columns[first : first + room]}, order))


def _table(figures: dict[str, Figures], order: Sequence[str]) -> Table:
    names = list(dict.fromkeys(name for group in figures.values() for name in group))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("", no_wrap=True, width=NAMES_WIDTH - 2)
    for group in figures:
        table.add_column(Text(_heading(group)), justify="right", overflow="fold", width=COLUMN_WIDTH)
    for name in sorted(names, key=lambda name: (_rank(name, order), name)):
        table.add_row(Text(name), *(_number(name, group.get(name)) for group in figures.values()))
    return table


def _heading(name: str) -> str:
    """A type of questions, on several lines where it is long."""
    lines = textwrap.wrap(one_line(name).replace("_", "_ "), COLUMN_WIDTH)
    return "\n".join(line.replace("_ ", "_") for line in lines)


def _rank(name: str, order: Sequence[str]) -> int:
    """A figure's place in the order; that of one kind of source, "pair_recall_named", stands with the whole."""
    if name not in order:
        name = name.rpartition("_")[0]
    return order.index(name)


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if name in COUNTS:
        return f"{value:,.0f}"
    return f"{value:.0f}" if name.startswith("ms_") else f"{value:.3f}"


def _print_curve(cuts: Sequence[Cut]) -> None:
    console = _console()
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


def _warn_of(missing: Sequence[str]) -> None:
    if missing:
        others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        text = f"note    not in the library, so it cannot be found: article {missing[0]}{others}"
        _console(stderr=True).print(Text(one_line(text)), soft_wrap=True)


def _print_json(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


@contextlib.contextmanager
def _saving(path: Path | None) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Takes answers and writes them to a file, one a line, at once; without a file, lets them go."""
    if path is None:
        yield lambda _record: None
        return
    with contextlib.ExitStack() as open_files:

        def save(record: dict[str, Any]) -> None:
            with _named(path):
                file.write(json.dumps(record) + "\n")
                file.flush()

        with _named(path):
            file = open_files.enter_context(path.open("w", encoding="utf-8"))
        yield save


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AssistantError(f"{path}: cannot be written: {error.strerror}") from error


@contextlib.contextmanager
def _counting(total: int) -> Iterator[Callable[[], None]]:
    """Counts questions in a bar on a terminal's stderr."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(
        "Asking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
