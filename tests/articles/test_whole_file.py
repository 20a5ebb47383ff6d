"""Files that are loaded in one piece, up to the limit of the settings."""

from __future__ import annotations

import io

import pytest

from assistant.articles.readers.whole_file import load_bytes
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError

LIMIT = ReadingSettings(max_file_mb=2)


def make_file(size: int) -> SourceFile:
    return SourceFile("a.md", "a", size, UNKNOWN_TIME, ".md", lambda _uri: io.BytesIO(b"It is shut."))


def test_file_within_limit_is_loaded() -> None:
    """A file of exactly the limit is loaded."""
    assert load_bytes(make_file(2_000_000), LIMIT) == b"It is shut."


def test_file_over_limit_is_error() -> None:
    """A larger file is refused with its size and the setting."""
    with pytest.raises(ReadError) as error:
        load_bytes(make_file(2_100_000), LIMIT)
    assert str(error.value) == "2.1 MB is over reading.max_file_mb (2)"
