"""The tables of a library, and the migration of older formats."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from assistant.store.codecs import add_checksum
from assistant.store.fts import TOKENIZER, count_words
from assistant.store.remedies import REBUILD_HINT
from assistant.store.sqlite import DamagedRowError

FORMAT_VERSION = 7
MIGRATABLE_FORMATS = frozenset({1, 2, 3, 4, 5, 6})  # formats that a build migrates without embedding anything

# Short columns come before the long ones: a list of articles reads no text. `details` is JSON that is read with
# the text: see `encode_details`.
_ARTICLE_COLUMNS = """(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, record_sha256 TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT, author TEXT, published_at TEXT, url TEXT, path TEXT, language TEXT,
    sha256 TEXT NOT NULL, words INTEGER NOT NULL, sentences BLOB NOT NULL, text TEXT NOT NULL, details TEXT
)"""

_PASSAGE_TEXT_VIEW = """
CREATE VIEW passage_text AS
    SELECT passage.number AS number, article.title AS title,
           substr(article.text, passage.start + 1, passage.end - passage.start) AS body
    FROM passage JOIN article ON article.number = passage.article;
"""

_FULL_TEXT_TABLE = f"""
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, body, content = 'passage_text', content_rowid = 'number',
    tokenize = "{TOKENIZER}"
);
"""

# The texts that articles had before they changed, in the order of the changes; `id` is that of the article.
_VERSION_TABLE = """
CREATE TABLE version (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, published_at TEXT,
    updated_at TEXT, replaced_at TEXT NOT NULL, cause TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX version_by_article ON version (id, sha256);
"""

_STORED_TABLES = f"""
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, seen_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL, notices TEXT NOT NULL, told TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE article {_ARTICLE_COLUMNS};
CREATE TABLE passage (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article (number),
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, vector_key BLOB NOT NULL
);
CREATE INDEX passage_by_article ON passage (article, ordinal);
CREATE INDEX passage_by_vector ON passage (vector_key);
CREATE TABLE vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
{_VERSION_TABLE}
{_PASSAGE_TEXT_VIEW}
{_FULL_TEXT_TABLE}
"""

# Derived from the texts alone, and derived again when the method changes.
# `statement.passage` is the passage in which the statement begins, `statement.correction` the note that corrects it.
# `correction` has the notes in the articles about who said some words. `speaker_word` leads from a word to the names
# and the roles of unnamed speakers that contain it, and from a word of a role to the names of those who have it.
# Articles with the same `story` are near-duplicates; the story is the lowest of their numbers.
_STATEMENT_TABLES = """
CREATE TABLE statement (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, passage INTEGER NOT NULL, speaker TEXT, role TEXT,
    cue TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, direct INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'asserted', via TEXT, correction INTEGER
);
CREATE INDEX statement_by_article ON statement (article);
CREATE INDEX statement_by_speaker ON statement (speaker, passage);
CREATE INDEX statement_by_role ON statement (role, passage) WHERE speaker IS NULL;
CREATE INDEX statement_by_correction ON statement (correction) WHERE correction NOT NULL;
CREATE TABLE correction (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    words TEXT NOT NULL, wrong_speaker TEXT NOT NULL, right_speaker TEXT
);
CREATE INDEX correction_by_article ON correction (article);
"""

_DERIVED_TABLES = f"""
{_STATEMENT_TABLES}
CREATE TABLE speaker_word (
    word TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('name', 'role', 'holder')),
    PRIMARY KEY (word, kind, name)
) WITHOUT ROWID;
CREATE INDEX speaker_word_by_name ON speaker_word (name);
CREATE TABLE story (article INTEGER PRIMARY KEY, story INTEGER NOT NULL, signature BLOB);
CREATE INDEX story_members ON story (story);
CREATE TABLE band (hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (hash, article)) WITHOUT ROWID;
CREATE INDEX band_by_article ON band (article);
"""

_ARTICLE_INDEXES = """
CREATE INDEX IF NOT EXISTS article_by_file ON article (file);
CREATE INDEX IF NOT EXISTS article_by_title ON article (title COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS article_by_source ON article (source);
CREATE INDEX IF NOT EXISTS article_by_day ON article (substr(published_at, 1, 10));
"""

SCHEMA = _STORED_TABLES + _DERIVED_TABLES + _ARTICLE_INDEXES


SELECT_SCHEMA = "SELECT type, name, sql FROM sqlite_master"
_TABLES = frozenset({"manifest", "file", "article", "passage", "vector", "passage_words", "version"})


def check_schema(objects: Iterable[tuple[str, str, str | None]]) -> None:
    """Raise DamagedRowError if a database has what no build makes and what would run: triggers, or views for tables.

    `objects` are the rows of SELECT_SCHEMA. Tables of older formats may be missing.
    """
    for kind, name, sql in objects:
        if kind == "trigger" or (kind == "view" and (name != "passage_text" or not _is_own_view(sql))):
            raise DamagedRowError(f"it has a {kind} that no build makes: {str(name)[:40]!r}")
        if name in _TABLES and kind != "table":
            raise DamagedRowError(f"{name} is no table")
        if name == "passage_words" and not str(sql).upper().startswith("CREATE VIRTUAL TABLE"):
            raise DamagedRowError("passage_words is no full-text index")


def _is_own_view(sql: object) -> bool:
    return "".join(str(sql).split()).rstrip(";") == "".join(_PASSAGE_TEXT_VIEW.split()).rstrip(";")


def explain_format_mismatch(found: str) -> str | None:
    """Why a library of this format cannot be read, and what to do; None if it can."""
    if found == str(FORMAT_VERSION):
        return None
    remedy = REBUILD_HINT
    if found in map(str, MIGRATABLE_FORMATS):
        remedy = "run: assistant build, which updates it without embedding anything again"
    elif found.isdecimal() and int(found) > FORMAT_VERSION:
        remedy = f"a newer version made it: update the assistant, or {REBUILD_HINT}"
    return f"format {found[:40]}, this version reads {FORMAT_VERSION}; {remedy}"


def migrate(database: sqlite3.Connection, found: int) -> None:
    """Bring a library of format `found` to this format, within the open transaction.

    The tables of statements are empty afterwards, and so are the others that format 1 lacked.
    """
    if found == 1:
        _execute_all(database, _DERIVED_TABLES)
    elif found < 5:
        database.execute("DROP TABLE statement")
        _execute_all(database, _STATEMENT_TABLES)
        database.execute("DELETE FROM manifest WHERE key = 'deriving'")  # so that the build derives all statements
    if found < 3:
        _add_vector_checksums(database)
    if found < 4:
        _add_word_counts(database)
    elif found < 6:
        database.execute("ALTER TABLE article ADD COLUMN details TEXT")
    database.execute("ALTER TABLE file ADD COLUMN told TEXT NOT NULL DEFAULT ''")
    _execute_all(database, _VERSION_TABLE)


def _add_vector_checksums(database: sqlite3.Connection) -> None:
    database.create_function("add_checksum", 2, add_checksum, deterministic=True)
    database.execute("UPDATE vector SET data = add_checksum(key, data)")


def _add_word_counts(database: sqlite3.Connection) -> None:
    """Copy the articles into a table with word counts. A column added at the end would lie after the long texts."""
    database.create_function("count_words", 1, count_words, deterministic=True)
    columns = "number, id, file, record_sha256, title, source, author, published_at, url, path, language, sha256"
    database.execute(f"CREATE TABLE new_article {_ARTICLE_COLUMNS}")
    database.execute(
        f"INSERT INTO new_article ({columns}, words, sentences, text)"
        f" SELECT {columns}, count_words(text), sentences, text FROM article"
    )
    database.execute("DROP VIEW passage_text")  # or the article table could not be replaced
    database.execute("DROP TABLE article")
    database.execute("ALTER TABLE new_article RENAME TO article")
    _execute_all(database, _PASSAGE_TEXT_VIEW + _ARTICLE_INDEXES)


def rebuild_full_text(database: sqlite3.Connection) -> None:
    """Make the full-text index again from the text, within the open transaction, also if it has been deleted."""
    script = _PASSAGE_TEXT_VIEW + _FULL_TEXT_TABLE
    _execute_all(database, re.sub(r"CREATE (VIEW|VIRTUAL TABLE)", r"CREATE \1 IF NOT EXISTS", script))
    database.execute("INSERT INTO passage_words (passage_words) VALUES ('rebuild')")


def _execute_all(database: sqlite3.Connection, script: str) -> None:
    """Run statements without the commit that `executescript` would make."""
    for statement in filter(str.strip, script.split(";")):
        database.execute(statement)
