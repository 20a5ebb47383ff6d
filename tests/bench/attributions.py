"""Lists the statements with a named speaker of articles chosen by chance, to be read and judged by a person.

    python -m tests.bench.attributions list ARTICLES.jsonl … [--articles 200] [--seed 1] > statements.jsonl
    python -m tests.bench.attributions count statements.jsonl

`list` prints one object a line: the speaker and the words, with the sentences around them, and an empty "judgement".
Whoever reads it writes one of JUDGEMENTS there. `count` then prints the precision of direct and indirect statements.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.records.article import Article
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans

CONTEXT = 300  # characters before the sentence that are shown with it
JUDGEMENTS = ("right", "wrong speaker", "not said", "cut")


def read_records(file: Path) -> list[dict[str, Any]]:
    """The objects of a file with one on each line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def choose_articles(files: Iterable[Path], count: int, seed: int) -> list[Article]:
    """The same number of articles of each file, by chance; the same seed chooses the same."""
    chosen: list[Article] = []
    files = list(files)
    for file in files:
        records = read_records(file)
        for record in random.Random(seed).sample(records, min(len(records), count // len(files))):
            name = f"{file.parent.name}/{record['id']}"
            chosen.append(Article(name, record.get("title", ""), record["text"], sha256=""))
    return chosen


def list_statements(article: Article) -> Iterator[dict[str, Any]]:
    """The statements of an article that name a speaker and are not said to be denied or corrected."""
    text = article.text
    for statement in find_statements(article, sentence_spans(text)):
        if statement.speaker is None or statement.status not in ("asserted", "reported"):
            continue
        start, end = statement.sentence_start, statement.sentence_end
        yield {
            "judgement": "",
            "speaker": statement.speaker,
            "role": statement.role,
            "via": statement.via,
            "direct": statement.direct,
            "words": text[statement.start : statement.end],
            "sentence": text[start:end],
            "before": text[max(0, start - CONTEXT) : start],
            "article": article.id,
        }


def count_judgements(records: Sequence[dict[str, Any]]) -> Iterator[str]:
    """One line for direct and one for indirect statements. Raises SystemExit if a judgement is missing or unknown."""
    for number, record in enumerate(records, 1):
        if record["judgement"] not in JUDGEMENTS:
            raise SystemExit(f"line {number}: “judgement” must be one of {', '.join(JUDGEMENTS)}")
    for name, is_direct in (("direct", True), ("indirect", False)):
        counts = Counter(record["judgement"] for record in records if record["direct"] is is_direct)
        total = counts.total()
        share = f"{counts['right'] / total:.3f}" if total else "-"
        listed = ", ".join(f"{counts[judgement]} {judgement}" for judgement in JUDGEMENTS)
        yield f"{name}: {total} statements, {share} right ({listed})"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list")
    listing.add_argument("files", type=Path, nargs="+")
    listing.add_argument("--articles", type=int, default=200)
    listing.add_argument("--seed", type=int, default=1)
    counting = commands.add_parser("count")
    counting.add_argument("file", type=Path)
    options = parser.parse_args()
    if options.command == "list":
        for article in choose_articles(options.files, options.articles, options.seed):
            for record in list_statements(article):
                sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        for line in count_judgements(read_records(options.file)):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
