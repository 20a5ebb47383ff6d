"""Asks the same questions of a library in SQLite and of the Lance tables that are published from it.

    python -m tests.bench.stores INDEX QUESTIONS.jsonl [--type TYPE] [--sample N] [--store URI]

Each field in which two answers differ is printed, but for their times. INDEX is not changed; the tables are written
into a temporary folder, or to URI.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

from assistant.answers.events import answer_batch_question
from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.indexing.lance.publishing import publish_tables
from assistant.presentation.json_schema import answer_to_json
from assistant.questions.batch import BatchQuestion, parse_batch_line

SEED = 21  # of the sample
NOT_COMPARED = frozenset({"timings"})


def compare_answers(one: Assistant, other: Assistant, questions: Iterable[BatchQuestion]) -> Iterator[list[str]]:
    """For each question the fields in which the answers of two assistants differ, with both values."""
    for question in questions:
        answers = [answer_to_json(answer_batch_question(each.ask, question)) for each in (one, other)]
        yield list(list_differences(*json.loads(json.dumps(answers))))


def list_differences(one: Any, other: Any, field: str = "answer") -> Iterator[str]:
    """The fields in which two values of JSON differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one.keys() - NOT_COMPARED:
            yield from list_differences(one[key], other[key], f"{field}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from list_differences(*pair, f"{field}[{number}]")
    elif one != other:
        yield f"{field}: {one!r} / {other!r}"


def read_questions(path: Path, kind: str | None = None, sample: int | None = None) -> list[BatchQuestion]:
    """The questions of a file of JSON lines; with `kind` those of this type, with `sample` so many of them."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    chosen = [record for record in records if kind in (None, record.get("type"))]
    if sample is not None and sample < len(chosen):
        chosen = random.Random(SEED).sample(chosen, sample)
    return [parse_batch_line(record) for record in chosen]


def main() -> int:
    """Print the differences and their number; returns the exit code, 1 if there is any."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.stores", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--type", help="only questions with this `type`")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many, at random but always the same")
    parser.add_argument("--store", metavar="URI", help="where the tables are written, and kept")
    chosen = parser.parse_args()
    questions = read_questions(chosen.questions, chosen.type, chosen.sample)
    with tempfile.TemporaryDirectory(prefix="stores-") as folder:
        store = chosen.store or str(Path(folder) / "tables")
        publish_tables(chosen.index, store)
        config = Config(articles=(chosen.questions.parent.absolute(),), index=chosen.index.absolute())
        ours, other = Assistant(config), Assistant(config.model_copy(update={"store": store}))
        began, differing = time.monotonic(), 0
        for question, differences in zip(questions, compare_answers(ours, other, questions), strict=True):
            differing += bool(differences)
            for line in differences:
                sys.stdout.write(f"{question.id}: {line}\n")
                sys.stdout.flush()
    seconds = time.monotonic() - began
    sys.stdout.write(f"{len(questions)} questions, {differing} with another answer, {seconds:.0f} s\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
