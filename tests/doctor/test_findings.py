"""What a diagnosis needs: a build, a repair of the database, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.doctor.findings import Diagnosis, abbreviate_list
from assistant.records.checks import Finding


@pytest.mark.parametrize(
    ("diagnosis", "needs"),
    [
        (Diagnosis(), (False, False, False)),
        (Diagnosis(database_broken=True), (True, False, False)),
        (Diagnosis(database_missing=True), (True, True, False)),
        (Diagnosis(format_outdated=True), (True, True, False)),
        (Diagnosis(altered_articles={1: "a.md"}), (True, True, True)),
        (Diagnosis(badly_chunked_articles={1}), (True, True, True)),
        (Diagnosis(lost_vectors={b"x"}), (True, True, True)),
        (Diagnosis(damaged_file_records={"a.md"}), (True, True, True)),
        (Diagnosis(vectors_file_damaged=True), (True, False, True)),
        (Diagnosis(full_text_damaged=True), (True, False, True)),
        (Diagnosis(derived_damaged=True), (True, False, True)),
        (Diagnosis(leftovers=[Path("x")]), (True, False, False)),
    ],
)
def test_damage_decides_repair(diagnosis: Diagnosis, needs: tuple[bool, bool, bool]) -> None:
    """Lost data needs a build; derived data is repaired in the database."""
    assert (diagnosis.needs_repair, diagnosis.needs_build, diagnosis.needs_database_repair) == needs


def test_errors_of_diagnosis() -> None:
    """Only findings of level "error" are errors."""
    findings = [Finding("model", "ok", "m"), Finding("folder", "note", "n"), Finding("vectors", "error", "e")]
    assert [finding.check for finding in Diagnosis(findings).errors] == ["vectors"]


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b, c"), (list("abcde"), "a, b, c and 2 more")]
)
def test_list_abbreviated(names: list[str], text: str) -> None:
    """A long list is cut and the rest is counted."""
    assert abbreviate_list(names) == text
