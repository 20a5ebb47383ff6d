"""Saved conversations: an SQLite file in the user's data folder.

Every operation opens the file, works in one transaction and closes it: several programs can share the file, and a
killed program loses no saved turn. A damaged file is renamed, never deleted."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from assistant.conversations.record_json import decode_record, encode_record
from assistant.errors import ConversationError
from assistant.records.answer import AnswerPart, AskEvent, QuestionUnderstood, Turn
from assistant.records.conversation import LibraryKey, SavedConversation
from assistant.system.files import create_private_file, make_folder
from assistant.system.os_errors import describe_os_error
from assistant.system.tables import TableError, check_tables, connect_to_write, refuse_triggers
from assistant.system.user_data import DATA_VARIABLE, user_data_folder
from assistant.text.sanitize import shorten_line

FILE_NAME = "conversations.sqlite3"
FILE_FORMAT = 2  # format of the tables
TURN_FORMAT = 1  # format of the JSON of a turn
LOCK_TIMEOUT = 5.0  # seconds to wait for another program that uses the file
_DAMAGE_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FIRST_QUESTION = "SELECT question FROM turn WHERE turn.conversation = conversation.id ORDER BY number LIMIT 1"
_COLUMNS = (
    f"conversation.id, coalesce(conversation.title, ({_FIRST_QUESTION}), ''), library, created, updated, "
    "(SELECT count(*) FROM turn WHERE turn.conversation = conversation.id), library_id"
)
_SCHEMA = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY, title TEXT, title_folded TEXT NOT NULL, library TEXT NOT NULL,
    created TEXT NOT NULL, updated TEXT NOT NULL, library_id TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX conversation_by_update ON conversation (updated);
CREATE TABLE turn (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    asked TEXT NOT NULL, format INTEGER NOT NULL, question TEXT NOT NULL, record TEXT NOT NULL,
    folded TEXT NOT NULL, PRIMARY KEY (conversation, number)
);
"""
_FROM_FORMAT_1 = "ALTER TABLE conversation ADD COLUMN library_id TEXT NOT NULL DEFAULT ''"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ResumedConversation:
    """A resumed conversation. `is_other_library`: its sources are in another library than the open one."""

    conversation: SavedConversation
    turns: tuple[Turn, ...]
    is_other_library: bool


@dataclass(frozen=True, slots=True)
class DeletedConversation:
    """A deleted conversation with everything that `restore` needs."""

    conversation: SavedConversation
    rows: tuple[tuple[str, tuple[object, ...]], ...]  # (table, values)


def create_conversation_id() -> str:
    """A new id for a conversation: eight hexadecimal digits."""
    return secrets.token_hex(4)


def get_current_time() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


class ConversationStore:
    """The saved conversations of one user. Can be used from several threads and programs.

    Every method can wait for the disk, so call it in a worker. All raise ConversationError if the file cannot be used.
    """

    def __init__(self, folder: Path | None = None, notify: Callable[[str], None] | None = None) -> None:
        """`notify` is called with each warning for the user, in one line; the operation continues."""
        self.path = (folder or user_data_folder()) / FILE_NAME
        self._notify = notify or (lambda _line: None)

    # ----------------------------------------------------------------------------------------- writing

    def save(self, conversation_id: str, library: LibraryKey, turn: Turn) -> None:
        """Add a turn to a conversation. The first turn creates the conversation.

        A library that has moved since is known by its new folder from then on.
        """
        now = get_current_time().isoformat()
        answer = turn.answer
        folded = _fold_text(" ".join([answer.question, answer.answer, *(cited.quote for cited in answer.citations)]))
        values = (now, TURN_FORMAT, _replace_surrogates(answer.question), encode_record(turn), folded)

        def act(database: sqlite3.Connection) -> None:
            database.execute(
                "INSERT INTO conversation VALUES (?, NULL, '', ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "updated = excluded.updated, library = excluded.library, library_id = excluded.library_id",
                (conversation_id, library.folder, now, now, library.id),
            )
            database.execute(
                "INSERT INTO turn SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM turn "
                "WHERE conversation = ?",
                (conversation_id, *values, conversation_id),
            )

        self._run(act)

    def rename(self, conversation_id: str, title: str) -> None:
        """Change the title of a conversation. An empty title restores the default: the first question."""
        title = shorten_line(title, 500)
        values = (_replace_surrogates(title) or None, _fold_text(title), conversation_id)
        self._run(
            lambda database: database.execute(
                "UPDATE conversation SET title = ?, title_folded = ? WHERE id = ?", values
            )
        )

    def delete(self, conversation_id: str) -> DeletedConversation:
        """Delete a conversation and erase its text in the file. Returns the argument for `restore`."""

        def act(database: sqlite3.Connection) -> DeletedConversation:
            conversation = _fetch_conversation(database, conversation_id)
            rows = [
                (table, tuple(row))
                for table, key in (("conversation", "id"), ("turn", "conversation"))
                for row in database.execute(f"SELECT * FROM {table} WHERE {key} = ?", (conversation_id,))
            ]
            database.execute("DELETE FROM conversation WHERE id = ?", (conversation_id,))
            return DeletedConversation(conversation, tuple(rows))

        return self._run(act)

    def restore(self, deleted: DeletedConversation) -> None:
        """Undo a deletion. Does nothing if the conversation exists again."""

        def act(database: sqlite3.Connection) -> None:
            if database.execute("SELECT 1 FROM conversation WHERE id = ?", (deleted.conversation.id,)).fetchone():
                return
            for table, values in deleted.rows:
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)

        self._run(act)

    # ----------------------------------------------------------------------------------------- reading

    def list_conversations(self, text: str = "") -> list[SavedConversation]:
        """All conversations, the newest first; with `text`, those that hold each of its words somewhere."""
        words = _fold_text(text).split()
        contains_word = (
            "(instr(title_folded, ?) OR EXISTS (SELECT 1 FROM turn WHERE turn.conversation = conversation.id "
            "AND instr(folded, ?)))"
        )
        where = " AND ".join([contains_word] * len(words)) or "TRUE"
        query = f"SELECT {_COLUMNS} FROM conversation WHERE {where} ORDER BY updated DESC, id"
        values = [word for word in words for _ in range(2)]
        return self._fetch_conversations(query, values)

    def find_latest(self, library: LibraryKey, except_id: str | None = None) -> SavedConversation | None:
        """The conversation with this library that was updated last, except the one with the id `except_id`."""
        is_about = "(library = ? OR (library_id = ? AND library_id <> ''))"
        query = f"SELECT {_COLUMNS} FROM conversation WHERE {is_about} AND id <> ? ORDER BY updated DESC, id LIMIT 1"
        found = self._fetch_conversations(query, (library.folder, library.id, except_id or ""))
        return found[0] if found else None

    def find(self, name: str, *, by_title: bool = False) -> SavedConversation:
        """The conversation whose id begins with `name`; with `by_title` else of this title, or whose title contains it.

        Raises ConversationError unless there is exactly one.
        """
        query = f"SELECT {_COLUMNS} FROM conversation WHERE substr(id, 1, ?) = ? LIMIT 2"
        is_text = name == _replace_surrogates(name)  # bytes that are no text are in no id or title
        found = self._fetch_conversations(query, (len(name), name)) if name and is_text else []
        if not found and by_title and is_text and (folded := _fold_text(name).strip()):
            # A conversation without a title of its own has its first question as the title, which is in no column.
            found = [each for each in self.list_conversations(name) if folded in _fold_text(each.title)]
            found = [each for each in found if _fold_text(each.title).strip() == folded] or found
        if len(found) != 1:
            number = "several conversations" if found else "no conversation"
            what = "id or title" if by_title else "id"
            raise ConversationError(f"{number} with the {what} {name!r}; `assistant conversations list` shows all ids")
        return found[0]

    def read_turns(self, conversation_id: str) -> list[Turn]:
        """The turns of a conversation in order. A turn that cannot be read is left out with a warning."""
        query = "SELECT number, format, record FROM turn WHERE conversation = ? ORDER BY number"
        turns = []
        for number, turn_format, record in self._fetch_rows(query, (conversation_id,)):
            try:
                if turn_format > TURN_FORMAT:
                    raise ValueError("saved by a newer version of this program; update it")
                turns.append(decode_record(Turn, record))
            except ValueError as error:
                self._notify(f"{self.path}: question {number} of conversation {conversation_id} is left out: {error}")
        return turns

    # --------------------------------------------------------------------------------------- the file

    def _fetch_rows(self, query: str, values: Sequence[object]) -> list[Any]:
        return self._run(lambda database: database.execute(query, values).fetchall()) if self.path.exists() else []

    def _fetch_conversations(self, query: str, values: Sequence[object]) -> list[SavedConversation]:
        def act(database: sqlite3.Connection) -> list[SavedConversation]:
            return [_build_conversation(row) for row in database.execute(query, values)]

        return self._run(act) if self.path.exists() else []

    def _run(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run a transaction; move a damaged file aside first.

        One at a time, also of other programs: a connection to a file that is moved aside meanwhile would read and
        empty the write-ahead log of the new file, because SQLite finds the log by its name.
        """
        from filelock import FileLock, Timeout  # not on the way to the first frame

        try:
            make_folder(self.path.parent, 0o700)
            with FileLock(
                self.path.with_name("conversations.lock"), timeout=LOCK_TIMEOUT, mode=0o600, poll_interval=0.01
            ):
                try:
                    return self._run_transaction(act)
                except sqlite3.DatabaseError as error:
                    if _get_error_code(error) not in _DAMAGE_CODES:
                        raise
                    self._move_aside()
                    return self._run_transaction(act)
        except Timeout as error:
            raise ConversationError(self._explain_failure("another program is using the file")) from error
        except sqlite3.Error as error:
            raise ConversationError(self._explain_failure(str(error))) from error
        except OSError as error:
            raise ConversationError(self._explain_failure(describe_os_error(error))) from error

    def _explain_failure(self, why: str) -> str:
        return (
            f"conversations cannot be saved or read: {self.path}: {why}; make the file and its folder writable, "
            f"or set {DATA_VARIABLE} to another folder"
        )

    def _run_transaction(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        with contextlib.closing(self._open_database()) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                _prepare(database, self.path)
                result = act(database)
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise
            return result

    def _open_database(self) -> sqlite3.Connection:
        create_private_file(self.path)
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(0o600)
        database = connect_to_write(self.path, timeout=LOCK_TIMEOUT, isolation_level=None)
        try:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA secure_delete = ON")
            with contextlib.suppress(sqlite3.OperationalError):  # another program is setting the same mode
                database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
        except BaseException:
            database.close()
            raise
        return database

    def _move_aside(self) -> None:
        """Rename a damaged file, its log and its journal."""
        aside = self.path.with_name(f"{FILE_NAME}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
        for suffix in ("-wal", "-shm", "-journal", ""):
            with contextlib.suppress(FileNotFoundError):
                self.path.with_name(FILE_NAME + suffix).rename(aside.with_name(aside.name + suffix))
        self._notify(
            f"the saved conversations in {self.path} are damaged; the file is now {aside}, and a new one was created"
        )


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Create the tables of a new file.

    Raises ConversationError if the format of an existing file is not known, and TableError if its tables are not right.
    """
    refuse_triggers(database)
    (file_format,) = database.execute("PRAGMA user_version").fetchone()
    if file_format == 0:
        for statement in _SCHEMA.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {FILE_FORMAT}")
    elif file_format == 1:
        database.execute(_FROM_FORMAT_1)
        database.execute(f"PRAGMA user_version = {FILE_FORMAT}")
    elif file_format != FILE_FORMAT:
        raise ConversationError(
            f"{path}: written by a newer version of this program; update it, or set {DATA_VARIABLE} to another folder"
        )
    check_tables(database, _SCHEMA)


def _fetch_conversation(database: sqlite3.Connection, conversation_id: str) -> SavedConversation:
    row = database.execute(f"SELECT {_COLUMNS} FROM conversation WHERE id = ?", (conversation_id,)).fetchone()
    if row is None:
        raise ConversationError(f"no conversation with the id {conversation_id!r}; it may have been deleted elsewhere")
    return _build_conversation(row)


def _build_conversation(row: tuple[str, str, str, str, str, int, str]) -> SavedConversation:
    identifier, title, library, created, updated, questions, library_id = row
    try:
        moments = (datetime.fromisoformat(created), datetime.fromisoformat(updated))
    except ValueError as error:
        raise TableError(f"conversation {identifier}: {error}") from error
    return SavedConversation(identifier, title, library, *moments, questions, library_id)


def _get_error_code(error: sqlite3.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _replace_surrogates(text: str) -> str:
    """`text` without half surrogates, which SQLite cannot store. The JSON of the record keeps them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _fold_text(text: str) -> str:
    return _replace_surrogates(" ".join(text.casefold().split()))


def replay_turn(turn: Turn) -> Iterator[AskEvent]:
    """The events of a saved answer, as far as they are needed to show it."""
    answer = turn.answer
    numbered = {cited.n: cited for cited in answer.citations}
    yield QuestionUnderstood(turn.query, answer.standalone_question)
    for sentence in answer.sentences:
        yield AnswerPart(sentence, tuple(numbered[n] for n in sentence.citations if n in numbered))
    yield answer
