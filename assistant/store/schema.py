"""The tables of a library, and how a library of an older format becomes one of this format."""

from __future__ import annotations

import sqlite3

from assistant.store.codecs import add_checksum
from assistant.store.remedies import REBUILD_HINT

FORMAT_VERSION = 3
MIGRATABLE_FORMATS = frozenset({1, 2})  # formats that a build brings up to date without embedding anything

_ARTICLE_TABLES = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, seen_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL, notices TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, record_sha256 TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT, author TEXT, published_at TEXT, url TEXT, path TEXT, language TEXT,
    sha256 TEXT NOT NULL, sentences BLOB NOT NULL, text TEXT NOT NULL
);
CREATE INDEX article_by_file ON article (file);
CREATE TABLE passage (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article (number),
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, vector_key BLOB NOT NULL
);
CREATE INDEX passage_by_article ON passage (article, ordinal);
CREATE INDEX passage_by_vector ON passage (vector_key);
CREATE TABLE vector (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE VIEW passage_text AS
    SELECT passage.number AS number, article.title AS title,
           substr(article.text, passage.start + 1, passage.end - passage.start) AS body
    FROM passage JOIN article ON article.number = passage.article;
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, body, content = 'passage_text', content_rowid = 'number',
    tokenize = "porter unicode61 remove_diacritics 2"
);
"""

# What is derived from the articles' text alone, and made again whenever the way of deriving it changes.
# `passage` is the one that a statement begins in. `speaker_word` leads from a word to the names, and the roles of
# unnamed speakers, that hold it, and from a word of a role to the names of its holders. Articles of one `story` are
# near-duplicates; the story is the least of their numbers.
_DERIVED_TABLES = """
CREATE TABLE statement (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, passage INTEGER NOT NULL, speaker TEXT, role TEXT,
    cue TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, direct INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL
);
CREATE INDEX statement_by_article ON statement (article);
CREATE INDEX statement_by_speaker ON statement (speaker, passage);
CREATE INDEX statement_by_role ON statement (role, passage) WHERE speaker IS NULL;
CREATE TABLE speaker_word (
    word TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('name', 'role', 'holder')),
    PRIMARY KEY (word, kind, name)
) WITHOUT ROWID;
CREATE INDEX speaker_word_by_name ON speaker_word (name);
CREATE TABLE story (article INTEGER PRIMARY KEY, story INTEGER NOT NULL, signature BLOB);
CREATE INDEX story_members ON story (story);
CREATE TABLE band (hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (hash, article)) WITHOUT ROWID;
CREATE INDEX band_by_article ON band (article);
CREATE INDEX IF NOT EXISTS article_by_title ON article (title COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS article_by_source ON article (source);
CREATE INDEX IF NOT EXISTS article_by_day ON article (substr(published_at, 1, 10));
"""

SCHEMA = _ARTICLE_TABLES + _DERIVED_TABLES


def explain_format_mismatch(found: str) -> str | None:
    """Why a library of this format cannot be read, and what to do; None where it can."""
    if found == str(FORMAT_VERSION):
        return None
    remedy = REBUILD_HINT
    if found in map(str, MIGRATABLE_FORMATS):
        remedy = "run: assistant build, which brings it up to date and embeds nothing anew"
    elif found.isdigit() and int(found) > FORMAT_VERSION:
        remedy = f"a newer version made it: update the assistant, or {REBUILD_HINT}"
    return f"format {found[:40]}, this version reads {FORMAT_VERSION}; {remedy}"


def migrate(database: sqlite3.Connection, found: int) -> None:
    """Make what format `found` lacks, within the transaction that is open.

    Format 1 had no statements and no stories: their tables are still empty afterwards. Before format 3 stored
    vectors had no checksum.
    """
    if found == 1:
        for statement in _DERIVED_TABLES.split(";"):
            if statement.strip():
                database.execute(statement)
    database.create_function("sealed", 2, add_checksum, deterministic=True)
    database.execute("UPDATE vector SET data = sealed(key, data)")
