"""The reader of JSON lines, line by line."""

from __future__ import annotations

import io

import pytest

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.jsonl import MAX_BAD_LINES, read
from assistant.articles.source_file import UNKNOWN_TIME, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.records.article import Notice

GOOD_LINE = '{"id": "a", "text": "It is shut."}'


def read_lines(*lines: str) -> list[ParsedFile | Notice]:
    """What the reader gives for a file with these lines."""
    data = "\n".join(lines).encode()
    file = SourceFile("all.jsonl", "all", len(data), UNKNOWN_TIME, ".jsonl", lambda _uri: io.BytesIO(data))
    return list(read(file, ReadingSettings()))


def test_lines_become_articles_with_line_numbers() -> None:
    """Each line is an article with its number; empty lines are skipped but counted."""
    fields = {"id": "a", "text": "It is shut."}
    assert read_lines(GOOD_LINE, "", '{"id": 7, "text": "It is open.", "title": "Open"}') == [
        ParsedFile("It is shut.", fields, line=1),
        ParsedFile("It is open.", {"id": 7, "text": "It is open.", "title": "Open"}, line=3),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "not a JSON object"),
        ("{}", "no `text`"),
        ('{"id": "b"}', "no `text`; its keys: `id`"),
        ('{"id": "b", "headline": "Weir", "words": "Shut."}', "no `text`; its keys: `id`, `headline`, `words`"),
        (
            "{" + ", ".join(f'"{name * 50}": 1' for name in "abcdefghij") + "}",
            "no `text`; its keys: " + ", ".join(f"`{name * 40}`" for name in "abcdefgh") + " and 2 more",
        ),
        ('{"id": "b", "text": 3}', "`text` is not a string"),
        ('{"id": true, "text": "It is open."}', "`id` is not a string"),
        ('{"id": "b" "text": ""}', "not valid JSON: Expecting ',' delimiter (column 12)"),
    ],
)
def test_bad_line_is_notice_with_its_place(line: str, reason: str) -> None:
    """A line that is not an article is reported with its number; the other lines are read."""
    assert read_lines(GOOD_LINE, line, GOOD_LINE)[1:] == [
        Notice("all.jsonl, line 2", reason),
        ParsedFile("It is shut.", {"id": "a", "text": "It is shut."}, line=3),
    ]


def test_file_of_another_format_is_given_up() -> None:
    """A file that begins with many bad lines is not read to its end."""
    items = read_lines(*["no"] * MAX_BAD_LINES, GOOD_LINE)
    assert len(items) == MAX_BAD_LINES + 1
    assert items[-1] == Notice(
        "all.jsonl", f"no article in its first {MAX_BAD_LINES} lines; is it JSONL? The rest was not read"
    )


def test_empty_file_is_notice() -> None:
    """An empty file is reported."""
    assert read_lines("") == [Notice("all.jsonl", "the file is empty")]


def test_lines_without_an_id() -> None:
    """An object without `id` is named by another field that names it, else by its line; its place is the line."""
    lines = '{"body": "It is open."}', '{"id": " ", "text": "It is shut."}', '{"guid": "g7", "content": "It is wet."}'
    assert read_lines(*lines) == [
        ParsedFile("It is open.", {"body": "It is open."}, part="line 1"),
        ParsedFile("It is shut.", {"text": "It is shut."}, part="line 2"),
        ParsedFile("It is wet.", {"content": "It is wet."}, part="g7"),
    ]
