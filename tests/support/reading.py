"""Reads the bytes of a file as the build does."""

from __future__ import annotations

import io

from assistant.articles.readers import read_file
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.records.article import Article, Notice


def read_bytes(name: str, data: bytes, settings: ReadingSettings | None = None) -> tuple[list[Article], list[Notice]]:
    """The articles and notices of a file with this name and content."""
    suffix = name[name.rindex(".") :].lower()
    file = SourceFile(f"/in/{name}", name, len(data), UNKNOWN_TIME, suffix, lambda _uri: io.BytesIO(data))
    with file.hold() as held:
        items = list(read_file(held, settings or ReadingSettings()))
    return [item for item in items if isinstance(item, Article)], [item for item in items if isinstance(item, Notice)]


def read_one(name: str, data: bytes) -> Article:
    """The only article of a file, which has no notices but those that leave nothing out."""
    articles, notices = read_bytes(name, data)
    assert [notice for notice in notices if notice.skipped] == []
    (article,) = articles
    return article


def find_fault(name: str, data: bytes, settings: ReadingSettings | None = None) -> str:
    """Why a file has no article."""
    articles, notices = read_bytes(name, data, settings)
    assert articles == []
    (notice,) = notices
    return notice.reason
