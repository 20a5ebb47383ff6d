"""The articles of the benchmark: given ones, repeated with changed names if there are too few, or generated ones."""

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
FILES_PER_FOLDER = 1000  # articles in one folder
FIRST_MTIME = 1_600_000_000  # seconds; an old file is not hashed again at every look, as one just written is


def read_articles(files: Sequence[Path]) -> list[Article]:
    """The articles of JSON lines, shuffled in a fixed order, without those that have no text."""
    found: list[Article] = []
    for file in files:
        with file.open(encoding="utf-8") as lines:
            articles = (article for article in map(json.loads, lines) if str(article.get("text") or "").strip())
            found += [{key: str(value) for key, value in one.items() if value is not None} for one in articles]
    random.Random(0).shuffle(found)
    return found


def shift_letters(word: str, by: int) -> str:
    """The word with each letter A to Z shifted by `places`, in the same case."""
    return "".join(chr((ord(letter) - (base := 65 if letter < "a" else 97) + by) % 26 + base) for letter in word)


def rename_names(text: str, copy: int) -> str:
    """The text with its names changed, to other ones in every copy; as long as before, and all else as it was.

    Names are capitalised words of three letters and more that the text does not also have in small letters.
    """
    if not copy:
        return text
    small = set(re.findall(r"\b[a-z]+\b", text))

    def change(found: re.Match[str]) -> str:
        word = found[0]
        return (
            word if word.lower() in small else shift_letters(word[0], copy) + shift_letters(word[1:], copy + copy // 26)
        )

    return CAPITALISED.sub(change, text)


def make_articles(count: int, files: Sequence[Path]) -> Iterator[Article]:
    """`count` articles, each with its own id."""
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
    """Write so many articles below `folder`, a Markdown file each as a person would keep them, and `folder`.jsonl."""
    with folder.with_suffix(".jsonl").open("w", encoding="utf-8") as lines:
        for number, article in enumerate(make_articles(count, files)):
            path = folder / f"{number // FILES_PER_FOLDER:04}" / f"{number:07}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render_markdown(article), encoding="utf-8")
            os.utime(path, (FIRST_MTIME, FIRST_MTIME))
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")


def render_markdown(article: Article) -> str:
    """The text of an article file with front matter."""
    head = "".join(f"{key}: {json.dumps(article[key], ensure_ascii=False)}\n" for key in FIELDS if article.get(key))
    return f"---\n{head}---\n{article['text']}\n"


def source_name(files: Sequence[Path]) -> str:
    """An identifier of the chosen texts: "made-up", or a hash of the files' names, sizes and times."""
    if not files:
        return "made-up"
    told = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return f"given-{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]}"
