"""The result of an examination: findings for people, and what a repair needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.records.checks import Finding

DAMAGED_PREFIX = "damaged-"  # of the name of a database that was set aside
FIX_COMMAND = "assistant doctor --fix"


@dataclass(slots=True)
class Diagnosis:
    """All findings so far, and what can be repaired."""

    findings: list[Finding] = field(default_factory=list)
    database_broken: bool = False  # SQLite cannot read the file
    database_missing: bool = False  # there is no database, or none that a build has finished
    format_outdated: bool = False  # a build migrates it
    altered_articles: dict[int, str] = field(default_factory=dict)  # number and file of articles that were altered
    badly_chunked_articles: set[int] = field(default_factory=set)  # numbers of articles to divide again
    lost_vectors: set[bytes] = field(default_factory=set)  # keys of vectors that are missing or damaged
    vectors_file_damaged: bool = False  # the FAISS file is missing, or not the one that was published
    full_text_damaged: bool = False  # the full-text index does not agree with the text
    derived_damaged: bool = False  # statements, speakers or duplicates are not what the text gives
    damaged_file_records: set[str] = field(default_factory=set)  # files whose record cannot be read
    open_places: list[Path] = field(default_factory=list)  # the folder and its files, where open to others
    damaged_versions: set[int] = field(default_factory=set)  # numbers of earlier texts that are not what was read
    leftovers: list[Path] = field(default_factory=list)  # files of builds that have ended

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def needs_repair(self) -> bool:
        """Whether there is anything that can be repaired."""
        surrounds = self.leftovers or self.open_places
        return self.database_broken or self.needs_build or self.needs_database_repair or bool(surrounds)

    @property
    def needs_build(self) -> bool:
        """Whether a repair takes a build: there are files to read, or passages to embed."""
        return self._has_lost_data or self.format_outdated or self.database_missing

    @property
    def needs_database_repair(self) -> bool:
        """Whether something is damaged in a database that SQLite can read."""
        derived = self.vectors_file_damaged or self.full_text_damaged or self.derived_damaged
        return self._has_lost_data or derived or bool(self.damaged_versions)

    @property
    def _has_lost_data(self) -> bool:
        lost = self.altered_articles or self.badly_chunked_articles or self.lost_vectors or self.damaged_file_records
        return bool(lost)


def abbreviate_list(names: Sequence[str], limit: int = 3) -> str:
    """The first few of these names: "a, b, c and 4 more"."""
    shown = ", ".join(names[:limit])
    return f"{shown} and {len(names) - limit} more" if len(names) > limit else shown
