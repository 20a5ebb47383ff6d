"""The articles of an exported library, one JSON object a line, exactly as they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.articles.exported import decode_article
from assistant.errors import ReadError
from assistant.records.article import Article, Notice
from assistant.system.json import parse_json

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_LINE_BYTES = 256_000_000  # of JSON for one article


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[Article | Notice]:
    """The articles of the file. A line that is none is a Notice with its number. Raises OSError."""
    with file.open() as stream:
        for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE_BYTES), b""), 1):
            if not line.strip():
                continue
            place = f"{file.uri}, line {number}"
            try:
                article = decode_article(parse_json(line), file.uri)
            except (ValueError, UnicodeDecodeError):
                yield Notice(place, "not valid JSON")
            except ReadError as error:
                yield Notice(place, str(error))
            else:
                if len(article.text) > settings.max_article_characters:
                    yield Notice(place, f"{len(article.text):,} characters are over reading.max_article_characters")
                else:
                    yield article
