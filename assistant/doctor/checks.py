"""The table of all checks, in the order in which they run. Nothing is changed by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from assistant.config.schema import Config
from assistant.doctor.content_checks import (
    check_articles,
    check_file_records,
    check_passages,
    check_vectors,
    check_versions,
)
from assistant.doctor.database_checks import (
    check_database,
    check_derivation_version,
    check_full_text,
    check_settings,
    describe_failure,
)
from assistant.doctor.derived_checks import check_derived_data
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.doctor.folder_checks import (
    check_access,
    check_folder,
    check_leftovers,
    check_model,
    check_unknown_files,
)
from assistant.doctor.marks_checks import check_marks
from assistant.errors import LibraryError
from assistant.records.checks import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """One row: a function that yields findings and adds to the diagnosis, and whether it reads the open library.

    `is_applicable` says whether it makes sense after the checks before it.
    """

    run: Callable[[Examination], Iterator[Finding]]
    reads_library: bool = True
    is_applicable: Callable[[Examination], bool] | None = None


CHECKS = (
    Check(check_folder, reads_library=False),
    Check(check_access, reads_library=False),
    Check(check_model, reads_library=False),
    Check(check_database, reads_library=False),
    Check(check_settings, is_applicable=lambda examination: examination.model is not None),
    Check(check_derivation_version),
    Check(check_articles),
    Check(check_passages),
    Check(check_vectors),
    Check(check_derived_data, is_applicable=lambda examination: examination.is_derivation_current),
    Check(check_file_records),
    Check(check_versions),
    Check(check_full_text),
    Check(check_marks),
    Check(check_leftovers, reads_library=False),
    Check(check_unknown_files, reads_library=False),
)

# What reading arbitrary bytes as a library can raise, besides the errors of the library itself.
_MALFORMED_DATA_ERRORS = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)


def examine_library(config: Config, diagnosis: Diagnosis, *, is_building: bool = False) -> Iterator[Finding]:
    """Run all checks. Yield each finding, and collect all of them, with what to repair, in `diagnosis`.

    `is_building` says that a build is running in the folder, so that its files cannot be judged.
    """
    with closing(Examination(config, diagnosis, is_building)) as examination:
        for check in CHECKS:
            for finding in _run_check(check, examination):
                diagnosis.findings.append(finding)
                yield finding


def _run_check(check: Check, examination: Examination) -> Iterator[Finding]:
    """The findings of one check. An error that it meets is a finding too, and ends the checks of the library."""
    if check.reads_library and examination.opened is None:
        return
    if check.is_applicable is not None and not check.is_applicable(examination):
        return
    try:
        yield from check.run(examination)
    except (LibraryError, *_MALFORMED_DATA_ERRORS) as error:
        examination.close()
        yield describe_failure(error, examination)
