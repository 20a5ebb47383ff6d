"""The checks of the database, its settings and its full-text index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.config.schema import PassageSettings
from assistant.doctor.database_checks import (
    check_database,
    check_derivation_version,
    check_full_text,
    check_settings,
    describe_failure,
)
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.errors import LibraryDamaged, LibraryMissing, LibraryOutdated
from assistant.store.library import DATABASE
from tests.conftest import make_config
from tests.doctor.conftest import Damage


def test_intact_database(damage: Damage) -> None:
    """An intact database passes, and is open for the checks that follow."""
    examination = damage()
    examination.close()
    (finding,) = check_database(examination)
    assert (finding.level, finding.message) == ("ok", "passes SQLite's integrity check, format 7")
    assert examination.opened is not None
    assert examination.vectors_file == examination.library.manifest["vectors_file"]
    assert [finding.level for finding in check_settings(examination)] == ["ok"]
    assert list(check_derivation_version(examination)) == []
    assert [finding.level for finding in check_full_text(examination)] == ["ok"]


def test_other_settings_are_an_error(damage: Damage) -> None:
    """Passages of another size than configured are found."""
    examination = damage()
    examination.config = examination.config.model_copy(update={"passages": PassageSettings(max_tokens=64)})
    (finding,) = check_settings(examination)
    assert finding.level == "error"
    assert "64" in finding.message


def test_other_derivation_is_a_note(damage: Damage) -> None:
    """Statements that another version derived are noted."""
    examination = damage("UPDATE manifest SET value = 'old' WHERE key = 'deriving'")
    (finding,) = check_derivation_version(examination)
    assert (finding.check, finding.level) == ("statements", "note")


def test_full_text_without_an_article(damage: Damage) -> None:
    """A full-text index that does not agree with the text is found; during a build it is not checked."""
    examination = damage("UPDATE article SET text = 'Nothing is as it was.' WHERE number = 3")
    assert [finding.message for finding in check_full_text(examination)] == ["does not agree with the text"]
    assert examination.diagnosis.full_text_damaged
    examination.is_building = True
    assert [finding.level for finding in check_full_text(examination)] == ["note"]


def test_full_text_that_cannot_be_read(damage: Damage) -> None:
    """A deleted full-text index is damage, as it is for each answer; one that another program holds is only noted."""
    examination = damage()
    with closing(sqlite3.connect(examination.folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (finding,) = check_full_text(examination)
        assert (finding.level, finding.remedy) == ("note", "")
        assert not examination.diagnosis.full_text_damaged
        other.execute("DROP TABLE passage_words")
        other.execute("COMMIT")
    (finding,) = check_full_text(examination)
    assert (finding.level, finding.message) == ("error", "cannot be read: no such table: passage_words")
    assert examination.diagnosis.full_text_damaged


@pytest.mark.parametrize(
    ("error", "message", "remedy", "flag"),
    [
        (LibraryMissing("x: no index; run: build"), "x: no index", "run: build", "database_missing"),
        (LibraryOutdated("x: old; run: build"), "x: old", "run: build", "format_outdated"),
        (LibraryDamaged("x: damaged"), "x: damaged", "", "database_broken"),
        (
            TypeError("no number"),
            "contains values that no build writes (TypeError: no number)",
            "assistant doctor --fix reads all files again",
            "database_broken",
        ),
    ],
)
def test_failure_is_a_finding(tmp_path: Path, error: Exception, message: str, remedy: str, flag: str) -> None:
    """An error becomes a finding with its remedy, and says what can be repaired."""
    examination = Examination(make_config(tmp_path, tmp_path), Diagnosis())
    finding = describe_failure(error, examination)
    assert (finding.level, finding.message, finding.remedy) == ("error", message, remedy)
    flags = ("database_missing", "format_outdated", "database_broken")
    assert [name for name in flags if getattr(examination.diagnosis, name)] == [flag]
