"""How well the proof tells unfaithful sentences of summaries from faithful ones, on marked summaries (FaithBench).

    python -m tests.bench.faithbench CLAIMS.jsonl [--limit 200]

A line has `source_text`, `summary`, `label` (consistent, benign, questionable, unwanted) and `spans` with the words
that people marked. A sentence is unwanted if it has such words of that label; those of consistent summaries are
consistent; others are left out. Ways of flagging: "not proved", what an answer marks; "differs", what `assistant check`
reports as that; "lacks", if it also counts a name, number or day that the text lacks.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.drafts.weighing import weigh
from assistant.proof.prover import Prover
from assistant.records.article import Article
from assistant.records.proof import Source
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.support.conversions import make_sources


def label_sentences(row: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """The sentences of a summary that are clearly unwanted or clearly consistent, and whether they are unwanted."""
    summary = row["summary"]
    unwanted = [
        each["span"].strip()
        for each in row["spans"]
        if any(label.split(".")[0] == "Unwanted" for label in each["label"])
    ]
    for start, end in sentence_spans(summary):
        sentence = summary[start:end]
        has_marked = any(span and (span in sentence or sentence in span) for span in unwanted)
        if row["label"] == "unwanted" and has_marked:
            yield sentence, True
        elif row["label"] == "consistent":
            yield sentence, False


def flags(sentence: str, prover: Prover, sources: Sequence[Source]) -> dict[str, bool]:
    """Whether a sentence is flagged, in each of the ways."""
    is_unproved = prover.prove(sentence).support == "unsupported"
    findings = weigh(prover.compare(sentence), sources).findings if is_unproved else ()
    differs = any(each.is_contrary for each in findings)
    lacks = any(each.kind in ("name", "number", "day") for each in findings)
    return {"not proved": is_unproved, "differs": differs, "lacks": differs or lacks}


def measure(file: Path, limit: int) -> dict[str, Counter[str]]:
    """By way of flagging, how many sentences of each kind were flagged and passed."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line]
    for line in lines[:limit]:
        row = json.loads(line)
        article = Article("a", "", row["source_text"], "")
        spans = sentence_spans(article.text)
        sources = make_sources(article, spans, find_statements(article, spans))
        prover = Prover(sources)
        for sentence, is_unwanted in label_sentences(row):
            for way, is_flagged in flags(sentence, prover, sources).items():
                kind = "unwanted" if is_unwanted else "consistent"
                counts[way][f"{kind} {'flagged' if is_flagged else 'passed'}"] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, default=10_000)
    options = parser.parse_args()
    for way, row in measure(options.file, options.limit).items():
        found, missed = row["unwanted flagged"], row["unwanted passed"]
        wrong, right = row["consistent flagged"], row["consistent passed"]
        recall, specificity = found / max(1, found + missed), right / max(1, wrong + right)
        print(
            f"{way:11} {found + missed} unwanted, {wrong + right} consistent sentences: balanced accuracy "
            f"{(recall + specificity) / 2:.3f}, precision {found / max(1, found + wrong):.3f}, recall {recall:.3f}"
        )


if __name__ == "__main__":
    main()
