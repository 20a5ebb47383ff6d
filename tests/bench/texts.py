"""The articles of a benchmark: given ones, repeated with changed names if there are too few, or generated ones."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import newsroom
from tests.bench.newsroom import Article

CAPITALISED = re.compile(r"\b[A-Z][A-Za-z]{2,}\b")
FIELDS = ("title", "source", "author", "published_at", "url")
FILES_PER_FOLDER = 1000  # articles per folder
FIRST_MTIME = 1_600_000_000  # seconds since 1970; builds hash recently written files again, old ones not


def read_articles(files: Sequence[Path]) -> list[Article]:
    """The articles of JSON lines in a fixed random order, without those that have no text."""
    articles_read: list[Article] = []
    for file in files:
        with file.open(encoding="utf-8") as lines:
            articles = (article for article in map(json.loads, lines) if str(article.get("text") or "").strip())
            articles_read += [
                {key: str(value) for key, value in record.items() if value is not None} for record in articles
            ]
    random.Random(0).shuffle(articles_read)
    return articles_read


def shift_letters(word: str, offset: int) -> str:
    """The word with each letter from A to Z shifted by `offset` in the alphabet, in the same case."""
    return "".join(chr((ord(letter) - (base := 65 if letter < "a" else 97) + offset) % 26 + base) for letter in word)


def rename_names(text: str, copy: int) -> str:
    """The text with its names replaced, by other ones in every copy; the length and all other words stay the same.

    Names are capitalised words of at least three letters that do not also occur in lower case.
    """
    if not copy:
        return text
    small = set(re.findall(r"\b[a-z]+\b", text))

    def change(articles_read: re.Match[str]) -> str:
        word = articles_read[0]
        return (
            word if word.lower() in small else shift_letters(word[0], copy) + shift_letters(word[1:], copy + copy // 26)
        )

    return CAPITALISED.sub(change, text)


def make_articles(count: int, files: Sequence[Path]) -> Iterator[Article]:
    """`count` articles with unique ids."""
    if not files:
        yield from newsroom.generate_articles(count)
        return
    pool = read_articles(files)
    for number in range(count):
        copy, place = divmod(number, len(pool))
        article = pool[place]
        changed = {key: rename_names(article.get(key, ""), copy) for key in ("title", "text")}
        yield {**article, **changed, "id": f"{article.get('id', place)}" + (f"~{copy}" if copy else "")}


def write_articles(count: int, files: Sequence[Path], folder: Path) -> None:
    """Write `count` articles below `folder`, one Markdown file each, and all of them to `folder`.jsonl."""
    with folder.with_suffix(".jsonl").open("w", encoding="utf-8") as lines:
        for number, article in enumerate(make_articles(count, files)):
            path = folder / f"{number // FILES_PER_FOLDER:04}" / f"{number:07}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render_markdown(article), encoding="utf-8")
            os.utime(path, (FIRST_MTIME, FIRST_MTIME))
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")


def render_markdown(article: Article) -> str:
    """An article as Markdown with front matter."""
    head = "".join(f"{key}: {json.dumps(article[key], ensure_ascii=False)}\n" for key in FIELDS if article.get(key))
    return f"---\n{head}---\n{article['text']}\n"


def source_name(files: Sequence[Path]) -> str:
    """Identifies a choice of texts: "made-up", or a hash of the names, sizes and times of the files."""
    if not files:
        return "made-up"
    file_states = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return f"given-{hashlib.sha256(json.dumps(file_states).encode()).hexdigest()[:12]}"
