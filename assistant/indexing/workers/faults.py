"""Faults of this program that one article brings out: they cost that article what failed, and never the build.

What is not the article's doing (want of memory, disk, a model or a damaged library) is passed on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Self

from assistant.records.article import Notice
from assistant.system.faults import OTHER_CAUSES as PROCESS_CAUSES
from assistant.system.faults import describe_error

OTHER_CAUSES = (*PROCESS_CAUSES, sqlite3.DatabaseError)  # no faults of the program either: a damaged library
# What SQLite says of values that it cannot take, and not of the library or the disk: NOT NULL, CHECK, the type.
_WRONG_VALUES = (sqlite3.SQLITE_CONSTRAINT_NOTNULL, sqlite3.SQLITE_CONSTRAINT_CHECK, 3091)
MANIFEST_KEY = "without_statements"  # of the articles from which something could not be derived
STATEMENTS, SIGNATURE = "statements", "signature"  # what that is
FAULT_REPORT = "a fault of this program, please report it; each build tries again"


@dataclass(frozen=True, slots=True)
class Fault:
    """What failed with an article, in words: "TypeError in assistant/text/words.py, line 12: the reason"."""

    article_id: str
    error: str

    def describe_left_out(self, place: str, *, is_earlier_kept: bool = False) -> Notice:
        """The Notice on an article of the file `place` that cannot be stored."""
        what = "its text of the last build is kept" if is_earlier_kept else "it is left out"
        return Notice(place, f"article {self.article_id!r} failed and {what}: {self.error} ({FAULT_REPORT})")


class FaultGuard:
    """A context in which one article is worked on: an error of the program ends it, and is `fault` afterwards.

    With a database, what was changed in it is undone; it must be in a transaction.
    """

    def __init__(self, article_id: str, database: sqlite3.Connection | None = None) -> None:
        self.fault: Fault | None = None
        self._article_id = article_id
        self._database = database

    def __enter__(self) -> Self:
        self._run("SAVEPOINT article")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            self._run("RELEASE article")
            return False
        if not isinstance(error, Exception) or not _is_of_the_article(error):
            return False  # the whole transaction ends
        self._run("ROLLBACK TO article")
        self._run("RELEASE article")
        self.fault = Fault(self._article_id, describe_error(error))
        return True

    def _run(self, command: str) -> None:
        if self._database is not None:
            self._database.execute(command)


def _is_of_the_article(error: Exception) -> bool:
    if isinstance(error, sqlite3.ProgrammingError):  # a value of a type that SQLite does not have
        return True
    if isinstance(error, sqlite3.IntegrityError):
        return error.sqlite_errorcode in _WRONG_VALUES
    return not isinstance(error, OTHER_CAUSES)


@dataclass(frozen=True, slots=True)
class FaultRecord:
    """An article of a library without its STATEMENTS or its SIGNATURE, as the manifest names it, and its file."""

    id: str
    file: str
    error: str
    missing: str = STATEMENTS

    def to_notice(self) -> Notice:
        """What is said of it after each build."""
        what = f"who said what in article {self.id!r} is not known, and it is only searched"
        if self.missing == SIGNATURE:
            what = f"which articles are near-duplicates of article {self.id!r} is not known"
        return Notice(self.file, f"{what}: {self.error} ({FAULT_REPORT})", skipped=False)


def encode_faults(records: Iterable[FaultRecord]) -> str:
    """As the manifest has them."""
    return json.dumps([asdict(record) for record in records])


def decode_faults(manifest: Mapping[str, str]) -> list[FaultRecord]:
    """The articles without statements or signature that a manifest names; those of a damaged entry are found anew."""
    try:
        records = [FaultRecord(**each) for each in json.loads(manifest.get(MANIFEST_KEY, "[]"))]
    except (ValueError, TypeError):
        return []
    return [each for each in records if all(isinstance(value, str) for value in asdict(each).values())]
