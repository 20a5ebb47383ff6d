"""The dossier of a library: quotations that the user keeps, in an order of their own, with comments."""

from __future__ import annotations

import sqlite3

from assistant.conversations.record_json import encode_record
from assistant.errors import MarksError
from assistant.marks.database import MarksDatabase, format_now
from assistant.records.answer import Citation
from assistant.records.marks import DossierEntry
from assistant.text.sanitize import sanitize_line, sanitize_text

MAX_COMMENT = 20_000  # characters


class DossierStore:
    """The entries of one dossier. Raises MarksError if they cannot be read or changed."""

    def __init__(self, database: MarksDatabase) -> None:
        self._database = database

    def list_entries(self) -> list[DossierEntry]:
        """All entries in their order."""
        rows = self._database.select(
            "SELECT number, citation, question, comment, added_at FROM dossier ORDER BY place, number"
        )
        decode = self._database.decode_citation
        return [
            DossierEntry(number, decode(citation), question, comment, added)
            for number, citation, question, comment, added in rows
        ]

    def add(self, citation: Citation, question: str = "", comment: str = "") -> tuple[int, bool]:
        """Add a quotation at the end; returns its number, and whether it is new: each place is kept once."""
        comment = clean_comment(comment)

        def act(database: sqlite3.Connection) -> tuple[int, bool]:
            for number, known in database.execute("SELECT number, citation FROM dossier"):
                if _get_place(self._database.decode_citation(known)) == _get_place(citation):
                    return number, False
            (last,) = database.execute("SELECT coalesce(max(place), 0) FROM dossier").fetchone()
            inserted = database.execute(
                "INSERT INTO dossier (place, citation, question, comment, added_at) VALUES (?, ?, ?, ?, ?)",
                (last + 1, encode_record(citation), sanitize_line(question), comment, format_now()),
            )
            return int(inserted.lastrowid or 0), True

        return self._database.change(act)

    def comment(self, number: int, comment: str) -> None:
        """Replace the comment on an entry; an empty one removes it. Raises MarksError if there is no such entry."""
        cleaned = clean_comment(comment)

        def act(database: sqlite3.Connection) -> None:
            _require(database.execute("UPDATE dossier SET comment = ? WHERE number = ?", (cleaned, number)), number)

        self._database.change(act)

    def move(self, number: int, by: int) -> None:
        """Move an entry `by` places down, or up if negative; at most to an end of the list."""

        def act(database: sqlite3.Connection) -> None:
            order = [row[0] for row in database.execute("SELECT number FROM dossier ORDER BY place, number")]
            if number not in order:
                raise _make_missing_error(number)
            at = order.index(number)
            order.insert(min(max(0, at + by), len(order) - 1), order.pop(at))
            database.executemany("UPDATE dossier SET place = ? WHERE number = ?", enumerate(order, 1))

        self._database.change(act)

    def remove(self, number: int) -> DossierEntry:
        """Remove an entry and return it. Raises MarksError if there is no such entry."""
        entry = next((entry for entry in self.list_entries() if entry.number == number), None)

        def act(database: sqlite3.Connection) -> None:
            _require(database.execute("DELETE FROM dossier WHERE number = ?", (number,)), number)

        self._database.change(act)
        assert entry is not None
        return entry


def clean_comment(comment: str) -> str:
    """A comment as it is kept. Raises MarksError if it is too long."""
    cleaned = sanitize_text(comment).strip()
    if len(cleaned) > MAX_COMMENT:
        raise MarksError(f"a comment has at most {MAX_COMMENT:,} characters")
    return cleaned


def _get_place(citation: Citation) -> tuple[str, int, int]:
    return citation.article_sha256, citation.start, citation.end


def _require(cursor: sqlite3.Cursor, number: int) -> None:
    if not cursor.rowcount:
        raise _make_missing_error(number)


def _make_missing_error(number: int) -> MarksError:
    return MarksError(f"the dossier has no entry {number}; `assistant dossier list` shows the numbers")
