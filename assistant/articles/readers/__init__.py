"""Files in, Articles out. A reader per format; what cannot be read becomes a Notice and stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers import html, jsonl, markdown, plain_text
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError
from assistant.records.article import Article, Notice, SourceFile

Reader = Callable[["SourceFile", ReadingSettings], Iterator[ParsedFile | Notice]]

READERS: dict[str, Reader] = {
    ".md": lambda file, settings: read_whole_file(file, settings, markdown.read),
    ".markdown": lambda file, settings: read_whole_file(file, settings, markdown.read),
    ".txt": lambda file, settings: read_whole_file(file, settings, plain_text.read),
    ".html": lambda file, settings: read_whole_file(file, settings, html.read),
    ".htm": lambda file, settings: read_whole_file(file, settings, html.read),
    ".jsonl": lambda file, _settings: jsonl.read(file.path),
}


def read_file(file: SourceFile, settings: ReadingSettings) -> Iterator[Article | Notice]:
    """The articles in one file, and a Notice for each thing in it that could not be used. Raises OSError."""
    where = str(file.path)
    try:
        for found in READERS[file.path.suffix.lower()](file, settings):
            if isinstance(found, Notice):
                yield found
            else:
                yield from found.make_article(file.article_id, where, settings.max_article_characters)
    except ReadError as error:
        yield Notice(where, str(error))


def read_whole_file(
    file: SourceFile, settings: ReadingSettings, parse: Callable[[bytes, Path], ParsedFile]
) -> Iterator[ParsedFile | Notice]:
    """One article from a file that is read at once. Raises ReadError when it is too large."""
    if file.size > settings.max_file_mb * 1_000_000:
        size = file.size / 1_000_000
        raise ReadError(f"{size:.1f} MB is over reading.max_file_mb ({settings.max_file_mb})")
    yield parse(file.path.read_bytes(), file.path)
