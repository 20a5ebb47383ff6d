"""The checks of articles, passages, vectors and file records, each with one damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.doctor.content_checks import check_articles, check_file_records, check_passages, check_vectors
from assistant.doctor.examination import Examination
from assistant.doctor.queries import file_rows
from assistant.records.checks import Finding
from tests.doctor.conftest import Damage

Check = Callable[[Examination], Iterator[Finding]]


def levels(check: Check, examination: Examination) -> list[tuple[str, str, str]]:
    """The subject, the level and the message of each finding."""
    return [(finding.check, finding.level, finding.message) for finding in check(examination)]


def test_intact_library_has_no_errors(damage: Damage) -> None:
    """Every check of an intact library counts what it has checked."""
    examination = damage()
    assert levels(check_articles, examination) == [("articles", "ok", "3 articles, all as they were read")]
    assert levels(check_passages, examination) == [("passages", "ok", "3 passages, all as they were embedded")]
    assert [level for _, level, _ in levels(check_vectors, examination)] == ["ok", "ok"]
    assert levels(check_file_records, examination) == [("files", "ok", "built from 1 file")]
    assert not examination.diagnosis.needs_repair


@pytest.mark.parametrize("change", ["title = 'Other'", "text = text || '.'", "author = x'ff'"])
def test_altered_article(damage: Damage, change: str) -> None:
    """An article with any other value than was read is found, with the file that it came from."""
    examination = damage(f"UPDATE article SET {change} WHERE id = 'ferry'")
    assert levels(check_articles, examination) == [("articles", "error", "1 article not as read: ferry")]
    assert examination.diagnosis.altered_articles == {3: "(given)"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passage SET end = end - 1 WHERE article = 3",
        "UPDATE passage SET vector_key = x'00' WHERE article = 3",
        "DELETE FROM passage WHERE article = 3",
        "UPDATE article SET sentences = x'00' WHERE number = 3",
        "UPDATE article SET words = words + 1 WHERE number = 3",
    ],
)
def test_badly_chunked_article(damage: Damage, statement: str) -> None:
    """An article whose passages or sentences are not those that were embedded is found."""
    examination = damage(statement)
    assert levels(check_passages, examination) == [
        ("passages", "error", "the passages of 1 article are not what was embedded")
    ]
    assert examination.diagnosis.badly_chunked_articles == {3}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE article = 3)",
        "UPDATE vector SET data = x'00' WHERE key = (SELECT vector_key FROM passage WHERE article = 3)",
    ],
)
def test_lost_vector(damage: Damage, statement: str) -> None:
    """A vector that is missing or damaged is found; the FAISS file still contains it."""
    examination = damage(statement)
    first, second = check_vectors(examination)
    assert (first.level, first.message) == ("error", "1 stored vector missing or damaged")
    assert first.remedy == "assistant doctor --fix takes them from the FAISS file, or embeds them again"
    assert second.level == "ok"
    assert len(examination.diagnosis.lost_vectors) == 1


def test_altered_vectors_file(damage: Damage) -> None:
    """A FAISS file with one other byte is found."""
    examination = damage()
    path = examination.folder / examination.vectors_file
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert [finding.level for finding in check_vectors(examination)] == ["ok", "error"]
    assert examination.diagnosis.vectors_file_damaged


@pytest.mark.parametrize("change", ["notices = '['", "size = 'big'", "sha256 = x'00'"])
def test_damaged_file_record(damage: Damage, change: str) -> None:
    """A record with values that no build writes is found."""
    examination = damage(f"UPDATE file SET {change}")
    (path,) = [row[0] for row in file_rows(examination.library)]
    assert levels(check_file_records, examination) == [("files", "error", f"damaged records of {path}")]
    assert examination.diagnosis.damaged_file_records == {path}
