"""What an examination of a library comes to: findings for people, and what mending needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

DAMAGED = "damaged-"  # how the name of a database begins that was put aside
Level = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it stands, in words; `remedy`: what to do about it, where that is known."""

    check: str
    level: Level
    message: str
    remedy: str = ""


@dataclass(slots=True)
class Diagnosis:
    """All findings so far, and what is to be mended."""

    findings: list[Finding] = field(default_factory=list)
    database_broken: bool = False  # SQLite itself cannot make sense of the file
    missing: bool = False  # there is no database, or none that a build has finished
    outdated: bool = False  # of a format that a build brings up to date
    altered: dict[int, str] = field(default_factory=dict)  # articles that are not as they were read: number, file
    miscut: set[int] = field(default_factory=set)  # articles whose passages are not what their vectors were made from
    lost_vectors: set[bytes] = field(default_factory=set)  # keys of vectors that are missing or not what was stored
    vectors_file: bool = False  # the FAISS file is missing or not what was published
    words: bool = False  # the full-text index does not agree with the text
    derived: bool = False  # statements, speakers or stories are not what the text gives
    files: set[str] = field(default_factory=set)  # what is noted of these files cannot be read
    leftovers: list[Path] = field(default_factory=list)

    def add(self, check: str, level: Level, message: str, remedy: str = "") -> Finding:
        """Take down a finding, and return it."""
        finding = Finding(check, level, message, remedy)
        self.findings.append(finding)
        return finding

    @property
    def faults(self) -> list[Finding]:
        """The findings that are faults."""
        return [finding for finding in self.findings if finding.level == "fault"]

    @property
    def needs_mending(self) -> bool:
        """Whether there is anything that can be mended."""
        return self.database_broken or self.needs_reading or self.needs_writing or bool(self.leftovers)

    @property
    def needs_reading(self) -> bool:
        """Whether mending takes a build: files to read, or passages to embed."""
        lost = self.altered or self.miscut or self.lost_vectors or self.files
        return bool(lost or self.outdated or self.missing)

    @property
    def needs_writing(self) -> bool:
        """Whether something in a database that can be read is to be mended."""
        lost = self.altered or self.miscut or self.lost_vectors or self.files
        return bool(lost or self.vectors_file or self.words or self.derived)


def named(things: Iterator[str] | list[str], most: int = 3) -> str:
    """The first few of these by name: "a, b, c and 4 more"."""
    all_of_them = list(things)
    shown = ", ".join(all_of_them[:most])
    return f"{shown} and {len(all_of_them) - most} more" if len(all_of_them) > most else shown
