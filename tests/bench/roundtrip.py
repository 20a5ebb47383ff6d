"""Articles written as documents and pages and read back: how many of their sentences come back unchanged.

Pages are written in the shells of usual systems for publishing, one after the other; what stands in such a shell beside
the article must not come back.

Run with: python -m tests.bench.roundtrip --articles FILE.jsonl --limit 300"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.text.sentences import sentence_spans
from tests.support.documents import Source, can_print, use_font, write_docx, write_eml, write_odt, write_pdf
from tests.support.reading import read_bytes
from tests.support.web_pages import SHELLS, write_page

_shells = itertools.cycle(SHELLS)

FORMATS: Mapping[str, tuple[str, Callable[[Source], bytes]]] = {
    "PDF, one column": (".pdf", write_pdf),
    "PDF, two columns": (".pdf", lambda source: write_pdf(source, 2)),
    "PDF, three columns": (".pdf", lambda source: write_pdf(source, 3)),
    "DOCX": (".docx", write_docx),
    "ODT": (".odt", write_odt),
    "mail, text": (".eml", write_eml),
    "mail, HTML": (".eml", lambda source: write_eml(source, as_html=True)),
    "web page": (".html", lambda source: write_page(source, next(_shells))),
}


@dataclass(slots=True)
class RoundTrip:
    """What came back of the articles in one format."""

    sentences: int = 0
    kept: int = 0
    articles: int = 0
    titles: int = 0
    days: int = 0
    failures: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)  # lines that were not in the article
    seconds: float = 0.0


def load_sources(path: Path, limit: int) -> Iterator[Source]:
    """The first articles of a JSONL file."""
    count = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            paragraphs = tuple(" ".join(each.split()) for each in record["text"].split("\n") if each.strip())
            source = Source(
                " ".join(record.get("title", "").split()) or paragraphs[0][:80],
                paragraphs,
                day=(record.get("published_at") or "2025-03-04")[:10],
            )
            yield source
            count += 1
            if count == limit:
                return


def measure(sources: list[Source], name: str) -> RoundTrip:
    """Write and read all articles in one format; of PDF, those that its font can print."""
    suffix, write = FORMATS[name]
    result = RoundTrip()
    for source in sources:
        if suffix == ".pdf" and not can_print(source.title + source.text):
            continue
        data = write(source)
        started = time.perf_counter()
        articles, _ = read_bytes(f"a{suffix}", data)
        result.seconds += time.perf_counter() - started
        result.articles += 1
        text = " ".join(articles[0].text.split()) if articles else ""
        if not articles:
            result.failures.append(source.title)
        else:
            result.titles += articles[0].title == source.title
            result.days += (articles[0].published_at or "")[:10] == source.day
            written = " ".join((source.title, *source.paragraphs))
            lines = (" ".join(line.split()) for line in articles[0].text.split("\n"))
            result.foreign += [line for line in lines if line not in written] if suffix == ".html" else []
        for paragraph in source.paragraphs:
            for start, end in sentence_spans(paragraph):
                sentence = paragraph[start:end].strip()
                result.sentences += 1
                if sentence in text:
                    result.kept += 1
                else:
                    result.lost.append(sentence)
    return result


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--only", default="", help="part of the name of a format")
    parser.add_argument("--lost", type=int, default=0, help="show this many lost and foreign sentences of each format")
    parser.add_argument("--font", type=Path, help="TTF to print PDF with, for other than Latin letters")
    options = parser.parse_args()
    if options.font:
        use_font(options.font)
    sources = list(load_sources(options.articles, options.limit))
    print(f"{len(sources)} articles")
    print("| format | articles | sentences unchanged | foreign lines | titles | days | ms per article |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in FORMATS:
        if options.only in name:
            result = measure(sources, name)
            counts = ((result.kept, result.sentences), (result.titles, result.articles), (result.days, result.articles))
            kept, titles, days = (f"{count / total:.2%}" for count, total in counts)
            pace = 1000 * result.seconds / result.articles
            print(
                f"| {name} | {result.articles} | {kept} | {len(result.foreign)} | {titles} | {days} | {pace:.0f} |",
                flush=True,
            )
            for sentence in result.lost[: options.lost]:
                print("   lost:", sentence)
            for line in result.foreign[: options.lost]:
                print("   foreign:", line)


if __name__ == "__main__":
    main()
