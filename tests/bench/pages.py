"""Compares what is read of web pages with their articles as people marked them, next to other extractors.

    python -m tests.bench.pages FOLDER

FOLDER is a copy of the repository scrapinghub/article-extraction-benchmark: pages (html/*.html.gz), their articles
(ground-truth.json) and what other extractors gave (output/*.json).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.reading import read_bytes

MIN_SENTENCE = 30  # characters of a sentence that counts
OTHERS = ("trafilatura", "readability", "newspaper", "news_please", "goose3", "boilerpipe", "AutoExtract", "Diffbot")
_ENDS = re.compile(r"(?<=[.!?”\"])\s+|\n+")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Comparison:
    """Of all pages: the sentences of the articles, those kept; the sentences given, those that are foreign."""

    sentences: int = 0
    kept: int = 0
    given: int = 0
    foreign: int = 0

    def add(self, article: str, given: str) -> None:
        """Count a page. Sentences are compared by their words only."""
        marked, found = _join_words(article), _join_words(given)
        own, others = list(_split(article)), list(_split(given))
        self.sentences += len(own)
        self.kept += sum(each in found for each in own)
        self.given += len(others)
        self.foreign += sum(each not in marked for each in others)


def _join_words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _split(text: str) -> Iterator[str]:
    return (words for part in _ENDS.split(text) if len(words := _join_words(part)) >= MIN_SENTENCE)


def compare(folder: Path) -> Mapping[str, Comparison]:
    """The comparison of each extractor, this program's first."""
    articles = {
        name: each["articleBody"] for name, each in json.loads((folder / "ground-truth.json").read_text()).items()
    }
    own = Comparison()
    for name, article in articles.items():
        read, _ = read_bytes("page.html", gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
        own.add(article, "\n".join(each.text for each in read))
    found = {"this program": own}
    for other in OTHERS:
        file = folder / "output" / f"{other}.json"
        if file.exists():
            given = json.loads(file.read_text())
            found[other] = Comparison()
            for name, article in articles.items():
                found[other].add(article, given.get("output", given)[name].get("articleBody") or "")
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    print("| extractor | sentences kept | of the sentences given, foreign |\n| --- | ---: | ---: |")
    for name, each in compare(parser.parse_args().folder).items():
        print(f"| {name} | {each.kept / each.sentences:.1%} | {each.foreign / max(1, each.given):.1%} |")


if __name__ == "__main__":
    main()
