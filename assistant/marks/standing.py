"""Standing questions, which articles they were asked of, and what they found: each finding once."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from assistant.conversations.record_json import encode_record
from assistant.errors import MarksError
from assistant.marks.database import MarksDatabase, format_now
from assistant.records.answer import Citation
from assistant.records.marks import StandingFinding, StandingQuestion

_FINDING_COLUMNS = "finding.number, question, wording, citation, found_at"


class StandingStore:
    """The standing questions of one library. Raises MarksError if they cannot be read or changed."""

    def __init__(self, database: MarksDatabase) -> None:
        self._database = database

    def list_questions(self) -> list[StandingQuestion]:
        """All questions in the order in which they were added."""
        rows = self._database.select(
            "SELECT number, wording, asked, added_at, (SELECT count(*) FROM finding WHERE question = question.number)"
            " FROM question ORDER BY number"
        )
        return [StandingQuestion(*row) for row in rows]

    def add(self, wording: str, asked: str, present: Collection[str], known: Iterable[str] = ()) -> StandingQuestion:
        """Add a question. What is in the library now is not new to it: the articles `present`, by SHA-256.

        `known` are the keys of words that answer already; they are not new in a changed article or a copy either.
        """

        def act(database: sqlite3.Connection) -> int:
            inserted = database.execute(
                "INSERT INTO question (wording, asked, added_at) VALUES (?, ?, ?)", (wording, asked, format_now())
            )
            number = int(inserted.lastrowid or 0)
            database.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", ((number, words) for words in known))
            _note_seen(database, present)
            return number

        number = self._database.change(act)
        return next(question for question in self.list_questions() if question.number == number)

    def remove(self, number: int) -> None:
        """Remove a question with its findings. Raises MarksError if there is no such question."""

        def act(database: sqlite3.Connection) -> None:
            if not database.execute("DELETE FROM question WHERE number = ?", (number,)).rowcount:
                raise MarksError(f"no standing question {number}; `assistant standing list` shows the numbers")
            if not database.execute("SELECT 1 FROM question").fetchone():
                database.execute("DELETE FROM seen")

        self._database.change(act)

    def find_unseen(self, hashes: Iterable[str]) -> set[str]:
        """Those of these articles, by SHA-256, of which no question was asked yet."""
        return set(hashes) - {sha256 for (sha256,) in self._database.select("SELECT sha256 FROM seen")}

    def record(self, found: Iterable[tuple[int, str, Citation]], seen: Collection[str]) -> list[StandingFinding]:
        """Keep findings (number of the question, key of the words, proof) and which articles were asked.

        Returns those that are new: the same words for the same question are one finding, also for two programs that
        check at the same time. A question that was removed meanwhile has none.
        """
        listed = list(found)

        def act(database: sqlite3.Connection) -> list[int]:
            numbers = []
            for question, words, citation in listed:
                inserted = database.execute(
                    "INSERT OR IGNORE INTO finding (question, words, citation, found_at)"
                    " SELECT number, ?, ?, ? FROM question WHERE number = ?"
                    " AND NOT EXISTS (SELECT 1 FROM known WHERE known.question = number AND known.words = ?)",
                    (words, encode_record(citation), format_now(), question, words),
                )
                if inserted.rowcount:
                    numbers.append(int(inserted.lastrowid or 0))
            _note_seen(database, seen)
            return numbers

        new = set(self._database.change(act))
        return [finding for finding in reversed(self.list_findings()) if finding.number in new]

    def list_findings(self, *, only_unshown: bool = False) -> list[StandingFinding]:
        """All findings, the newest first; or those that the interface has not shown yet, the oldest first."""
        rows = self._database.select(
            f"SELECT {_FINDING_COLUMNS} FROM finding JOIN question ON question.number = question"
            + (" WHERE shown_at IS NULL ORDER BY finding.number" if only_unshown else " ORDER BY finding.number DESC")
        )
        decode = self._database.decode_citation
        return [
            StandingFinding(number, question, wording, decode(citation), found)
            for number, question, wording, citation, found in rows
        ]

    def mark_shown(self, numbers: Collection[int]) -> None:
        """Note that the interface has shown these findings."""
        now = format_now()
        self._database.change(
            lambda database: database.executemany(
                "UPDATE finding SET shown_at = ? WHERE number = ?", [(now, number) for number in numbers]
            )
        )


def _note_seen(database: sqlite3.Connection, hashes: Iterable[str]) -> None:
    database.executemany("INSERT OR IGNORE INTO seen VALUES (?)", ((sha256,) for sha256 in hashes))
