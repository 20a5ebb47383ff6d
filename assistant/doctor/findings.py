"""What an examination of a library comes to: findings for people, and what mending needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

DAMAGED_PREFIX = "damaged-"  # how the name of a database begins that was put aside
FindingLevel = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it stands, in words; `remedy`: what to do about it, where that is known."""

    check: str
    level: FindingLevel
    message: str
    remedy: str = ""


@dataclass(slots=True)
class Diagnosis:
    """All findings so far, and what is to be mended."""

    findings: list[Finding] = field(default_factory=list)
    database_broken: bool = False  # SQLite itself cannot make sense of the file
    database_missing: bool = False  # there is no database, or none that a build has finished
    format_outdated: bool = False  # of a format that a build brings up to date
    altered_articles: dict[int, str] = field(
        default_factory=dict
    )  # articles that are not as they were read: number, file
    badly_chunked_articles: set[int] = field(
        default_factory=set
    )  # articles whose passages are not what their vectors were made from
    lost_vectors: set[bytes] = field(default_factory=set)  # keys of vectors that are missing or not what was stored
    vectors_file_damaged: bool = False  # the FAISS file is missing or not what was published
    full_text_damaged: bool = False  # the full-text index does not agree with the text
    derived_damaged: bool = False  # statements, speakers or stories are not what the text gives
    damaged_file_records: set[str] = field(default_factory=set)  # what is noted of these files cannot be read
    leftovers: list[Path] = field(default_factory=list)

    def add(self, check: str, level: FindingLevel, message: str, remedy: str = "") -> Finding:
        """Take down a finding, and return it."""
        finding = Finding(check, level, message, remedy)
        self.findings.append(finding)
        return finding

    @property
    def faults(self) -> list[Finding]:
        """The findings that are faults."""
        return [finding for finding in self.findings if finding.level == "fault"]

    @property
    def needs_repair(self) -> bool:
        """Whether there is anything that can be mended."""
        return self.database_broken or self.needs_build or self.needs_database_repair or bool(self.leftovers)

    @property
    def needs_build(self) -> bool:
        """Whether mending takes a build: files to read, or passages to embed."""
        lost = self.altered_articles or self.badly_chunked_articles or self.lost_vectors or self.damaged_file_records
        return bool(lost or self.format_outdated or self.database_missing)

    @property
    def needs_database_repair(self) -> bool:
        """Whether something in a database that can be read is to be mended."""
        lost = self.altered_articles or self.badly_chunked_articles or self.lost_vectors or self.damaged_file_records
        return bool(lost or self.vectors_file_damaged or self.full_text_damaged or self.derived_damaged)


def abbreviate_list(things: Iterator[str] | list[str], most: int = 3) -> str:
    """The first few of these by name: "a, b, c and 4 more"."""
    all_of_them = list(things)
    shown = ", ".join(all_of_them[:most])
    return f"{shown} and {len(all_of_them) - most} more" if len(all_of_them) > most else shown
