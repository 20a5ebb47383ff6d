"""Reads a draft: a file of any format that articles can have, or text from standard input as Markdown."""

from __future__ import annotations

import io
from pathlib import Path

from assistant.articles.readers import READER_BY_SUFFIX, read_file
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError
from assistant.records.article import Article, Notice, ReaderFault
from assistant.system.os_errors import describe_read_error

STANDARD_INPUT = "-"


def read_draft(name: str, settings: ReadingSettings, typed: str = "") -> str:
    """The text of the draft in a file, without its markup; `typed` is the text if the name is "-".

    Raises ReadError, with the file, if it cannot be read.
    """
    try:
        items = list(read_file(_find_file(name, typed), settings))
    except OSError as error:
        raise ReadError(f"{name}: {describe_read_error(error)}") from error
    articles = [item for item in items if isinstance(item, Article)]
    if not articles:
        notices = [item.to_notice(name, is_earlier_kept=False) for item in items if isinstance(item, ReaderFault)]
        notices += [item for item in items if isinstance(item, Notice)]
        reason = notices[0].reason if notices else "it contains no text"
        raise ReadError(f"{name}: {reason}")
    return "\n\n".join(_join_title(article) for article in articles)


def _join_title(article: Article) -> str:
    """A heading is a part of a draft, unless it is only the name of the file."""
    title = article.title.strip()
    is_named = title and title not in article.text and article.path and Path(article.path).stem != title
    return f"{title}\n\n{article.text}" if is_named and title[-1:] in ".!?" else article.text


def _find_file(name: str, typed: str) -> SourceFile:
    if name == STANDARD_INPUT:
        data = typed.encode("utf-8", "replace")
        return SourceFile("draft:///input", "draft", len(data), UNKNOWN_TIME, ".md", lambda _: _open_bytes(data))
    path = Path(name).expanduser().resolve()
    status = path.stat()
    suffix = path.suffix.lower()
    if suffix not in READER_BY_SUFFIX:
        raise ReadError(f"{name}: a draft is Markdown (.md), Word (.docx), plain text (.txt) or standard input (-)")
    return SourceFile(str(path), "draft", status.st_size, status.st_mtime_ns, suffix)


def _open_bytes(data: bytes) -> io.BufferedIOBase:
    return io.BytesIO(data)
