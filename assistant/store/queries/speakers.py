"""Queries on speakers: names, roles, and how often each is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.records.library import SpeakerStatement
from assistant.store.protocol import NameKind
from assistant.store.queries.base import CORRECTION_COLUMNS, JOIN_CORRECTION, SnapshotQueries, build_standing
from assistant.store.sqlite import make_placeholders
from assistant.text.names import name_words

# The beginning and the end of the sentences of a statement.
_FIRST = "CASE WHEN statement.start < sentence_start THEN statement.start ELSE sentence_start END"
_LAST = "CASE WHEN statement.end > sentence_end THEN statement.end ELSE sentence_end END"
_SAID = "status IN ('asserted', 'reported') AND correction IS NULL"  # not denied, questioned or corrected


class SpeakerQueries(SnapshotQueries):
    """Who speaks in the articles."""

    def speakers(self, limit: int | None = None) -> list[tuple[str, int, int]]:
        """Speakers by name with their statements and articles, most quoted first."""
        query = (
            "SELECT speaker, count(*), count(DISTINCT article) FROM statement WHERE speaker IS NOT NULL"
            f" AND {_SAID}"
            " GROUP BY speaker ORDER BY 2 DESC, 1"
        )
        speakers: list[tuple[str, int, int]] = self.compute_once("speakers", lambda: list(self.select(query)))
        return speakers[:limit]

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        """Speakers whose name or role has a word in common with this name or description."""
        names: dict[tuple[str, NameKind], None] = {}
        for word in name_words(name):
            rows = self.select("SELECT name, kind FROM speaker_word WHERE word = ? ORDER BY kind, name", (word,))
            names.update(((other, kind), None) for other, kind in rows)
        return list(names)

    def count_statements(self, speaker: str) -> int:
        """How many statements a named speaker has."""
        row = self.select_first("SELECT count(*) FROM statement WHERE speaker = ?", (speaker,))
        return int(row[0]) if row else 0

    def roles_of(self, speaker: str) -> list[str]:
        """What the articles call a speaker, each role once."""
        query = "SELECT role FROM statement WHERE speaker = ? AND role IS NOT NULL ORDER BY passage, number"
        return list(dict.fromkeys(role for (role,) in self.select(query, (speaker,))))

    def count_roles(self, word: str) -> list[tuple[str, str, int]]:
        """Who is called what, with this word in it: name, role and in how many articles; the most first."""
        query = (
            "SELECT speaker, role, count(DISTINCT article) FROM statement"
            " WHERE speaker IN (SELECT name FROM speaker_word WHERE word = ? AND kind = 'holder') AND role IS NOT NULL"
            " GROUP BY speaker, role ORDER BY 3 DESC, speaker, role"
        )
        return [
            (name, role, articles) for name, role, articles in self.select(query, (word,)) if word in name_words(role)
        ]

    def articles_of_speaker(self, speaker: str, limit: int) -> list[str]:
        """The ids of the newest articles in which a speaker is quoted, newest first, undated ones last."""
        rows = self.select(
            "SELECT id FROM article WHERE number IN (SELECT article FROM statement WHERE speaker = ?)"
            " ORDER BY published_at IS NULL, published_at DESC, id LIMIT ?",
            (speaker, limit),
        )
        return [article_id for (article_id,) in rows]

    def count_articles_of(self, speakers: Sequence[str]) -> int:
        """How many articles quote any of these speakers."""
        query = f"SELECT count(DISTINCT article) FROM statement WHERE speaker IN ({make_placeholders(speakers)})"
        return int(self.select_first(query, speakers)[0])

    def first_text_of_speaker(self, speaker: str) -> str:
        """The text of the first article that quotes a speaker; empty if there is none."""
        row = self.select_first(
            "SELECT text FROM article WHERE number = (SELECT min(article) FROM statement WHERE speaker = ?)", (speaker,)
        )
        return str(row[0]) if row else ""

    def statements_by(self, speakers: Sequence[str]) -> list[SpeakerStatement]:
        """What these speakers said, newest article first, undated ones last."""
        rows = self.select(
            "SELECT article.id, article.title, article.source, article.published_at,"
            " substr(article.text, statement.start + 1, statement.end - statement.start), statement.start,"
            " statement.end, direct,"
            f" substr(article.text, {_FIRST} + 1, {_LAST} - {_FIRST}), {_FIRST},"
            f" status, via, {CORRECTION_COLUMNS}"
            f" FROM statement JOIN article ON article.number = statement.article {JOIN_CORRECTION}"
            f" WHERE speaker IN ({make_placeholders(speakers)}) AND status != 'narrated'"
            " ORDER BY article.published_at IS NULL, article.published_at DESC, article.id, statement.start",
            speakers,
        )
        return [_build_speaker_statement(row) for row in rows]


def _build_speaker_statement(row: Sequence[Any]) -> SpeakerStatement:
    article_id, title, source, published_at, words, start, end, direct, sentence, sentence_start, *standing = row
    status, via, *correction = standing
    return SpeakerStatement(
        article_id,
        title,
        source,
        published_at,
        words,
        start,
        end,
        bool(direct),
        sentence,
        sentence_start,
        *build_standing(status, via, correction),
    )
