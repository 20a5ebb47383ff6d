"""The formats of articles, one reader each, in one table. Every text that lists formats is made from it.

A new format is one module with a `read` function, and one row in READERS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.articles.budget import read_within_budget
from assistant.articles.metadata import ParsedFile
from assistant.articles.readers import html, jsonl, markdown, plain_text, subtitles
from assistant.errors import ReadError
from assistant.records.article import Article, Notice
from assistant.text.formatting import join_names

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

FIRST_VERSION = 1  # of every reader


@dataclass(frozen=True, slots=True)
class Reader:
    """A format and the function that reads it.

    `name` identifies it in the index. `suffixes` are in lower case with their dots, the usual one first. `label` is
    its name in texts, in the plural. `version` must be raised when the same file gives other articles than before:
    the next build then reads all files with these suffixes again. `read` yields the articles of a file, and a Notice
    for each part that cannot be used; it raises ReadError if the file as a whole cannot be used, and OSError.
    """

    name: str
    suffixes: tuple[str, ...]
    label: str
    version: int
    read: Callable[[SourceFile, ReadingSettings], Iterator[ParsedFile | Notice]]


READERS = (
    Reader("markdown", (".md", ".markdown"), "Markdown", 3, markdown.read),
    Reader("text", (".txt",), "plain text", 3, plain_text.read),
    Reader("html", (".html", ".htm"), "web pages", 3, html.read),
    Reader("jsonl", (".jsonl",), "JSON lines", FIRST_VERSION, jsonl.read),
    Reader("subtitles", (".vtt", ".srt"), "subtitles", FIRST_VERSION, subtitles.read),
)
READER_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def read_file(file: SourceFile, settings: ReadingSettings) -> Iterator[Article | Notice]:
    """The articles in a file, and a Notice for each part that cannot be used. Raises OSError."""
    try:
        items = READER_BY_SUFFIX[file.suffix].read(file, settings)
        for item in read_within_budget(items, settings.max_article_seconds):
            if isinstance(item, Notice):
                yield item
            else:
                yield from item.make_article(file.article_id, file.uri, settings.max_article_characters)
    except ReadError as error:
        yield Notice(file.uri, str(error))


def list_suffixes(conjunction: str, readers: Sequence[Reader] = READERS) -> str:
    """The usual suffix of each format: ".md, .txt, .html, .jsonl or .vtt"."""
    return join_names([reader.suffixes[0] for reader in readers], conjunction)


def describe_formats(conjunction: str, readers: Sequence[Reader] = READERS) -> str:
    """Each format with its usual suffix, in Markdown: "Markdown (`.md`), … or JSON lines (`.jsonl`)"."""
    return join_names([f"{reader.label} (`{reader.suffixes[0]}`)" for reader in readers], conjunction)


def list_versions(readers: Sequence[Reader] = READERS) -> dict[str, str]:
    """The reader of each suffix with its version, as an index stores them: {".md": "markdown 1"}."""
    return {suffix: f"{reader.name} {reader.version}" for reader in readers for suffix in reader.suffixes}


def find_outdated_suffixes(stored: Mapping[str, str], readers: Sequence[Reader] = READERS) -> frozenset[str]:
    """The suffixes whose files an index has read with another reader, or another version of it, than today's.

    `stored` is what `list_versions` gave at that time. An index without versions was built by the first version of
    each reader, so a suffix that is missing is not outdated unless its reader has changed since.
    """
    return frozenset(
        suffix
        for reader in readers
        for suffix in reader.suffixes
        if stored.get(suffix, f"{reader.name} {FIRST_VERSION}") != f"{reader.name} {reader.version}"
    )
