"""The doctor looks at what the user added to the library, and changes nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answers.citations import build_citation
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.doctor.marks_checks import check_marks
from assistant.marks.articles import mark_target
from assistant.marks.library import LibraryMarks
from assistant.records.answer import Evidence
from assistant.records.checks import Finding
from assistant.store.library import SqliteLibrary
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

ARTICLE = make_article("The gate is open.")


def check(folder: Path) -> list[Finding]:
    config = build_tiny_library(folder, [ARTICLE])
    examination = Examination(config, Diagnosis(), opened=SqliteLibrary.open(config.index))
    try:
        return list(check_marks(examination))
    finally:
        examination.close()


def test_marks(tmp_path: Path) -> None:
    """Marks of articles that are gone are told; a library without marks has no finding."""
    assert check(tmp_path) == []
    marks = LibraryMarks(tmp_path / "index-kept").articles
    marks.star(mark_target(ARTICLE))
    (finding,) = check(tmp_path)
    assert (finding.level, finding.message) == ("ok", "1 marked article, 0 in the dossier, 0 standing questions")
    marks.star(mark_target(make_article("Gone.", id="gone")))
    assert [finding.level for finding in check(tmp_path)] == ["ok", "note"]


def test_damaged_marks(tmp_path: Path) -> None:
    (tmp_path / "index-kept").mkdir()
    file = tmp_path / "index-kept" / "marks.sqlite3"
    file.write_bytes(b"no database" * 100)
    (finding,) = check(tmp_path)
    assert finding.level == "error"
    assert "put a copy of it in its place" in finding.message
    assert file.read_bytes() == b"no database" * 100


@pytest.mark.parametrize(
    "damage",
    ["UPDATE dossier SET citation = '[]'", "UPDATE finding SET citation = 'noise'"],
    ids=["dossier", "finding"],
)
def test_entry_that_cannot_be_read(tmp_path: Path, damage: str) -> None:
    """One damaged entry of the dossier, or finding of a standing question, is an error that names the file."""
    marks = LibraryMarks(tmp_path / "index-kept")
    cited = build_citation(1, Evidence(ARTICLE, 0, len(ARTICLE.text), 1.0))
    marks.dossier.add(cited)
    question = marks.standing.add("tell me when the gate opens", "gate", set())
    marks.standing.record([(question.number, "gate", cited)], {ARTICLE.sha256})
    (finding,) = check(tmp_path)
    assert (finding.level, finding.message) == ("ok", "0 marked articles, 1 in the dossier, 1 standing questions")
    marks.database.change(lambda database: database.execute(damage).rowcount)
    (finding,) = check(tmp_path)
    assert finding.level == "error"
    assert "marks.sqlite3" in finding.message
