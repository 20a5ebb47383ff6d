"""Tags, stars, read marks and notes on articles and on spans of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from assistant.errors import MarksError, NoSuchTag
from assistant.marks.database import MarksDatabase, format_now
from assistant.records.article import Article
from assistant.records.marks import ArticleMarks, MarkedArticle, Note
from assistant.text.sanitize import sanitize_line, sanitize_text

MAX_TAG, MAX_NOTE = 60, 20_000  # characters
_NOTE_COLUMNS = "number, note.sha256, id, title, start, end, quote, text, created_at, changed_at"


class ArticleMarkStore:
    """The marks of the articles of one library. Raises MarksError if they cannot be read or changed."""

    def __init__(self, database: MarksDatabase) -> None:
        self._database = database

    # ------------------------------------------------------------------------------------------ reading

    def load_marks(self) -> dict[str, ArticleMarks]:
        """The marks of all marked articles, by the SHA-256 of the article."""
        tags: dict[str, list[str]] = {}
        for sha256, name in self._database.select("SELECT sha256, name FROM tag ORDER BY sha256, folded"):
            tags.setdefault(sha256, []).append(name)
        rows = self._database.select(
            "SELECT sha256, starred_at IS NOT NULL, read_at IS NOT NULL,"
            " (SELECT count(*) FROM note WHERE note.sha256 = article.sha256) FROM article"
        )
        return {
            sha256: ArticleMarks(bool(starred), bool(read), tuple(tags.get(sha256, ())), notes)
            for sha256, starred, read, notes in rows
        }

    def list_tags(self) -> dict[str, int]:
        """All tags with the number of their articles, in alphabetical order."""
        return dict(self._database.select("SELECT min(name), count(*) FROM tag GROUP BY folded ORDER BY folded"))

    def find_tagged(self, tag: str) -> frozenset[str]:
        """The SHA-256 of the articles with a tag, in any case. Raises NoSuchTag if no article has it."""
        rows = self._database.select("SELECT sha256 FROM tag WHERE folded = ?", (fold_tag(tag),))
        if not rows:
            known = ", ".join(self.list_tags()) or "none yet; add one: assistant articles tag ID TAG"
            raise NoSuchTag(f"no article has the tag {clean_tag(tag)!r}; tags: {known}")
        return frozenset(sha256 for (sha256,) in rows)

    def list_notes(self, sha256: str | None = None) -> list[Note]:
        """All notes, or those on one article: first those on the whole article, then by place."""
        where, values = ("", ()) if sha256 is None else ("WHERE note.sha256 = ?", (sha256,))
        rows = self._database.select(
            f"SELECT {_NOTE_COLUMNS} FROM note JOIN article ON article.sha256 = note.sha256 {where}"
            " ORDER BY title, id, start IS NOT NULL, start, number",
            values,
        )
        return [Note(row[0], MarkedArticle(*row[1:4]), *row[4:]) for row in rows]

    # ----------------------------------------------------------------------------------------- changing

    def star(self, article: MarkedArticle, *, on: bool = True) -> None:
        """Star an article, or take the star away."""
        self._set_time(article, "starred_at", on=on)

    def mark_read(self, article: MarkedArticle, *, on: bool = True) -> None:
        """Mark an article as read or unread."""
        self._set_time(article, "read_at", on=on)

    def add_tags(self, article: MarkedArticle, tags: Iterable[str]) -> None:
        """Add tags; one that the article has already, in any case, stays as it is. Raises MarksError."""
        names = [clean_tag(tag) for tag in tags]

        def act(database: sqlite3.Connection) -> None:
            _insert_article(database, article)
            for name in names:
                database.execute(
                    "INSERT INTO tag VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (article.sha256, fold_tag(name), name, format_now()),
                )

        self._database.change(act)

    def remove_tags(self, article: MarkedArticle, tags: Iterable[str]) -> list[str]:
        """Remove tags; returns those that the article did not have."""
        folded = {fold_tag(tag): tag for tag in tags}

        def act(database: sqlite3.Connection) -> list[str]:
            missing = []
            for key, tag in folded.items():
                found = database.execute("DELETE FROM tag WHERE sha256 = ? AND folded = ?", (article.sha256, key))
                missing += [] if found.rowcount else [tag]
            _remove_unmarked(database)
            return missing

        return self._database.change(act)

    def add_note(self, article: Article, text: str, span: tuple[int, int] | None = None) -> int:
        """Add a note to an article, or to a span of its text; returns the number of the note. Raises MarksError."""
        text = _clean_note(text)
        start, end = span or (None, None)
        if start is not None and end is not None and not 0 <= start < end <= len(article.text):
            raise MarksError(f"{article.id}: has no characters {start}–{end}; its text has {len(article.text):,}")
        quote = None if start is None else article.text[start:end]
        now = format_now()

        def act(database: sqlite3.Connection) -> int:
            _insert_article(database, mark_target(article))
            inserted = database.execute(
                "INSERT INTO note (sha256, start, end, quote, text, created_at, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article.sha256, start, end, quote, text, now, now),
            )
            return int(inserted.lastrowid or 0)

        return self._database.change(act)

    def change_note(self, number: int, text: str) -> None:
        """Replace the text of a note; an empty text removes the note. Raises MarksError if there is no such note."""
        cleaned = _clean_note(text) if text.strip() else None

        def act(database: sqlite3.Connection) -> None:
            if cleaned is None:
                found = database.execute("DELETE FROM note WHERE number = ?", (number,))
            else:
                found = database.execute(
                    "UPDATE note SET text = ?, changed_at = ? WHERE number = ?", (cleaned, format_now(), number)
                )
            if not found.rowcount:
                raise MarksError(f"no note has the number {number}; `assistant articles notes` lists them")
            _remove_unmarked(database)

        self._database.change(act)

    def _set_time(self, article: MarkedArticle, column: str, *, on: bool) -> None:
        def act(database: sqlite3.Connection) -> None:
            _insert_article(database, article)
            database.execute(
                f"UPDATE article SET {column} = CASE WHEN ? THEN coalesce({column}, ?) END WHERE sha256 = ?",
                (on, format_now(), article.sha256),
            )
            _remove_unmarked(database)

        self._database.change(act)

    # ------------------------------------------------------------------------------------ changed articles

    def follow_changes(self, hash_by_id: Mapping[str, str], load: Callable[[str], Article | None]) -> int:
        """Move the marks of articles whose text has changed to their new text; returns how many articles.

        `hash_by_id` are all articles of the library, `load` reads one by its id. An article that has changed is unread
        again. A note stays on its words if the new text has them, at the place nearest to the old one. The marks of
        articles that are gone stay as they are: the article may come back.
        """
        present = set(hash_by_id.values())
        changed = [
            (marked.sha256, article)
            for marked in self.list_marked()
            if marked.sha256 not in present and marked.id in hash_by_id and (article := load(marked.id)) is not None
        ]

        def act(database: sqlite3.Connection) -> None:
            for old, article in changed:
                _move_marks(database, old, article)

        if changed:
            self._database.change(act)
        return len(changed)

    def list_marked(self) -> list[MarkedArticle]:
        """The articles that have marks, also those that the library no longer contains."""
        return [MarkedArticle(*row) for row in self._database.select("SELECT sha256, id, title FROM article")]


def mark_target(article: Article) -> MarkedArticle:
    """What a mark on this article is kept by."""
    return MarkedArticle(article.sha256, article.id, article.title)


def clean_tag(tag: str) -> str:
    """A tag as it is kept: one line, without "#" and outer space. Raises MarksError if that is empty or too long."""
    name = " ".join(sanitize_line(tag).split()).removeprefix("#").strip()
    if not name or len(name) > MAX_TAG or "," in name:
        raise MarksError(f"{tag[:80]!r}: a tag has 1 to {MAX_TAG} characters and no comma")
    return name


def fold_tag(tag: str) -> str:
    """The same for all spellings of a tag."""
    return clean_tag(tag).casefold()


def find_nearest(text: str, words: str, near: int) -> int | None:
    """The offset of `words` in `text` that is nearest to `near`; None if they do not occur."""
    places: list[int] = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return min(places, key=lambda place: abs(place - near)) if places else None


def _clean_note(text: str) -> str:
    cleaned = sanitize_text(text).strip()
    if not cleaned or len(cleaned) > MAX_NOTE:
        raise MarksError(f"a note has 1 to {MAX_NOTE:,} characters")
    return cleaned


def _insert_article(database: sqlite3.Connection, article: MarkedArticle) -> None:
    database.execute(
        "INSERT INTO article (sha256, id, title) VALUES (?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET id = excluded.id, "
        "title = excluded.title",
        (article.sha256, article.id, article.title),
    )


def _remove_unmarked(database: sqlite3.Connection) -> None:
    database.execute(
        "DELETE FROM article WHERE starred_at IS NULL AND read_at IS NULL AND sha256 NOT IN (SELECT sha256 FROM tag)"
        " AND sha256 NOT IN (SELECT sha256 FROM note)"
    )


def _move_marks(database: sqlite3.Connection, old: str, article: Article) -> None:
    (starred,) = database.execute("SELECT starred_at FROM article WHERE sha256 = ?", (old,)).fetchone()
    _insert_article(database, mark_target(article))
    database.execute(
        "UPDATE article SET starred_at = coalesce(starred_at, ?) WHERE sha256 = ?", (starred, article.sha256)
    )
    database.execute("UPDATE OR IGNORE tag SET sha256 = ? WHERE sha256 = ?", (article.sha256, old))
    notes = database.execute("SELECT number, start, quote FROM note WHERE sha256 = ?", (old,)).fetchall()
    for number, start, quote in notes:
        at = None if quote is None else find_nearest(article.text, quote, start or 0)
        database.execute(
            "UPDATE note SET sha256 = ?, start = ?, end = ? WHERE number = ?",
            (article.sha256, at, None if at is None else at + len(quote), number),
        )
    database.execute("DELETE FROM article WHERE sha256 = ?", (old,))
    _remove_unmarked(database)
