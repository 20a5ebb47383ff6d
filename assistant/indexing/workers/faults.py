"""Faults of this program that one article brings out: they cost that article what failed, and never the build.

What is not the article's doing (want of memory, disk, a model or a damaged library) is passed on."""

from __future__ import annotations

import json
import sqlite3
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.errors import AssistantError
from assistant.records.article import Notice
from assistant.text.sanitize import shorten_line

NOT_OF_THE_ARTICLE = (AssistantError, MemoryError, OSError, sqlite3.DatabaseError)
# What SQLite says of values that it cannot take, and not of the library or the disk: NOT NULL, CHECK, the type.
_WRONG_VALUES = (sqlite3.SQLITE_CONSTRAINT_NOTNULL, sqlite3.SQLITE_CONSTRAINT_CHECK, 3091)
MANIFEST_KEY = "without_statements"  # of the articles from which something could not be derived
STATEMENTS, SIGNATURE = "statements", "signature"  # what that is
_ROOT = Path(__file__).parents[3]
_REASON_LENGTH = 100  # characters of the reason that Python gives, which can hold words of the article
_REPORT = "a fault of this program, please report it; each build tries again"


@dataclass(frozen=True, slots=True)
class Fault:
    """What failed with an article, in words: "TypeError in assistant/text/words.py, line 12: the reason"."""

    article_id: str
    error: str

    def describe_left_out(self, place: str, *, is_earlier_kept: bool = False) -> Notice:
        """The Notice on an article of the file `place` that cannot be stored."""
        what = "its text of the last build is kept" if is_earlier_kept else "it is left out"
        return Notice(place, f"article {self.article_id!r} failed and {what}: {self.error} ({_REPORT})")


@dataclass(frozen=True, slots=True)
class ReaderFault:
    """What failed in the reader of a file, in words as in `Fault`: what else the file has is not known."""

    error: str

    def to_notice(self, place: str, *, is_earlier_kept: bool) -> Notice:
        """The Notice on the file `place`."""
        kept = " and its articles of the last build are kept" if is_earlier_kept else ""
        return Notice(place, f"its reader failed{kept} ({self.error}); leave the file out, or save it anew")


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
    return not isinstance(error, NOT_OF_THE_ARTICLE)


def describe_error(error: Exception) -> str:
    """The class of an error, the line of this program that it comes from, and the reason that Python gives."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOT / "assistant"):
            place = f" in {path.relative_to(_ROOT).as_posix()}, line {line}"
    reason = shorten_line(str(error), _REASON_LENGTH)
    return f"{type(error).__name__}{place}{': ' if reason else ''}{reason}"


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
        return Notice(self.file, f"{what}: {self.error} ({_REPORT})", skipped=False)


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
