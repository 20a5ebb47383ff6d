"""How many careless conversions of sentences the proof notices, and how many honest sentences it flags.

    python -m tests.bench.conversions ARTICLES.jsonl [--marked ATTRIBUTIONS.jsonl] [--articles 100] [--show "day moved"]

`--marked` are attributions that people have marked, as spans into the articles (`source_spans`, `content_spans`)."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.proof.prover import Prover
from assistant.records.article import Article
from assistant.text.sentences import sentence_spans
from tests.support.conversions import KINDS, Attribution, Conversion, convert_article


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a file of one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            sha256 = hashlib.sha256(row["text"].encode()).hexdigest()
            yield Article(
                row["id"], row.get("title") or "", row["text"], sha256,
                source=row.get("source"), published_at=row.get("published_at"),
            )  # fmt: skip


def read_attributions(path: Path, articles: Mapping[str, Article]) -> dict[str, list[Attribution]]:
    """The marked attributions of each article that are within one sentence."""
    found: dict[str, list[Attribution]] = defaultdict(list)
    spans = {key: sentence_spans(article.text) for key, article in articles.items()}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            content = tuple((start, end) for start, end in row["content_spans"])
            named = row["source_spans"][:1] if row.get("source_type") == "named" else []
            for start, end in spans.get(row["article_id"], ()):
                if content and all(start <= a and b <= end for a, b in [*content, *named]):
                    place = (named[0][0], named[0][1]) if named else None
                    found[row["article_id"]].append(Attribution((start, end), place, content))
    return found


def measure(conversions: Sequence[Conversion]) -> tuple[dict[str, Counter[str]], list[tuple[str, Conversion]]]:
    """By kind, how many conversions were flagged and passed, and how many originals; and the mistakes."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    mistakes: list[tuple[str, Conversion]] = []
    known: dict[tuple[str, str], bool] = {}
    for each in conversions:
        results = {}
        for name, text in (("original", each.original), ("changed", each.changed)):
            key = (each.sources[0].article.id, text)
            if key not in known:
                known[key] = Prover(each.sources).prove(f"{text} [{each.n}]").support == "unsupported"
            results[name] = known[key]
        counts[each.kind][f"changed {'flagged' if results['changed'] else 'passed'}"] += 1
        counts[each.kind][f"original {'flagged' if results['original'] else 'passed'}"] += 1
        if not results["changed"]:
            mistakes.append((f"passed: {each.kind}", each))
        if results["original"]:
            mistakes.append((f"original flagged: {each.kind}", each))
    return counts, mistakes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--marked", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    articles = {}
    for number, article in enumerate(read_articles(options.file)):
        if options.skip <= number < options.skip + options.articles:
            articles[article.id] = article
    marked = read_attributions(options.marked, articles) if options.marked else None
    conversions = [
        conversion
        for key, article in articles.items()
        for conversion in convert_article(article, options.seed, None if marked is None else marked.get(key, []))
    ]
    counts, mistakes = measure(conversions)
    for kind in KINDS:
        row = counts[kind]
        changed = row["changed flagged"] + row["changed passed"]
        originals = row["original flagged"] + row["original passed"]
        if changed:
            print(
                f"{kind:22} {changed:5} conversions, {row['changed flagged'] / changed:6.1%} flagged; "
                f"{row['original flagged'] / originals:6.1%} of {originals} originals flagged"
            )
    for name, each in mistakes:
        if options.show and options.show in name:
            print(f"\n{name}\n  was: {each.original}\n  is:  {each.changed}")


if __name__ == "__main__":
    main()
