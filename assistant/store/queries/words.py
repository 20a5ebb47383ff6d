"""Queries on the full-text index of SQLite (FTS5). No other class of queries knows that there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from assistant.records.collection.search import Near
from assistant.store.fts import MATCH_END, MATCH_START, quote_phrase, render_expression
from assistant.store.protocol import PassageFilter, WordQuery
from assistant.store.queries.base import WordIndex
from assistant.store.queries.passages import FilterQueries

LAST_CHARACTER = "\U0010ffff"
_TITLE = f"highlight(passage_words, 0, '{MATCH_START}', '{MATCH_END}') AS marked_title"
_BODY = f"highlight(passage_words, 1, '{MATCH_START}', '{MATCH_END}') AS marked_body"
SELECT_MARKED = f"SELECT passage_words.rowid, {_TITLE}, {_BODY} FROM passage_words WHERE passage_words MATCH ?"
_SELECT_TEXTS = "SELECT passage_words.rowid, title, body FROM passage_words WHERE passage_words MATCH ?"
# The plus keeps SQLite from running the full-text query once for each number.
_SELECT_SOME_MARKED = SELECT_MARKED.replace("WHERE", "WHERE +passage_words.rowid IN (?) AND")


class WordQueries(FilterQueries, WordIndex):
    """Passages by the words they contain."""

    def count_passages_with_word(self, word: str) -> int:
        """How many passages contain a word or phrase, in any inflection."""
        query = "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?"
        row = self.compute_once(("passages with", word), lambda: self.select_first(query, (quote_phrase(word),)))
        return int(row[0]) if row else 0

    def list_stems(self, beginning: str) -> Mapping[str, int]:
        """The stems of words with this beginning, in lower case, each with the number of passages that contain it."""
        return self.compute_once(("stems", beginning), lambda: self._select_stems(beginning))  # type: ignore[no-any-return]

    def _select_stems(self, beginning: str) -> dict[str, int]:
        self._make_word_tables()
        query = "SELECT term, doc FROM temp.stem WHERE term >= ? AND term < ?"
        return dict(self.select(query, (beginning, beginning + LAST_CHARACTER)))

    def find_passages_with_stem(self, stem: str, limit: int) -> list[int]:
        """The numbers of some passages that contain a word with a stem of `list_stems`."""
        self._make_word_tables()
        rows = self.select("SELECT DISTINCT doc FROM temp.stem_place WHERE term = ? LIMIT ?", (stem, limit))
        return [int(number) for (number,) in rows]

    def _make_word_tables(self) -> None:
        """Make the tables that list the words of the full-text index. They are part of this connection only."""
        for name, kind in (("stem", "row"), ("stem_place", "instance")):
            make = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name} USING fts5vocab(main, passage_words, {kind})"
            for _ in self.select(make):
                pass

    def search_words(
        self, words: WordQuery, limit: int, title_weight: float, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their BM25 score (higher is better), best first."""
        if not words:
            return []
        condition = ""
        if where is not None:
            self._list_chosen(self.resolve_filter(where))
            # The plus keeps SQLite from running the full-text query once for each of the chosen numbers.
            condition = "AND +rowid IN (SELECT number FROM chosen)"
        rows = self.select(
            f"SELECT rowid, bm25(passage_words, ?, 1.0) AS distance FROM passage_words"
            f" WHERE passage_words MATCH ? {condition} ORDER BY distance, rowid LIMIT ?",
            (title_weight, render_expression(words), limit),
        )
        return [(number, -distance) for number, distance in rows]

    def _list_chosen(self, numbers: Set[int]) -> None:
        """Put the numbers into a temporary table: there is no limit to how many fit in."""
        database = self._connection.connection
        database.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (number INTEGER PRIMARY KEY)")
        database.execute("DELETE FROM chosen")
        database.executemany("INSERT INTO chosen VALUES (?)", ((number,) for number in numbers))

    def match_passages(self, words: WordQuery | Near) -> list[tuple[int, int]]:
        """The article and the passage of each match, both by number, the last passage first."""
        return list(
            self.select(
                "SELECT article, passage.number FROM passage_words JOIN passage ON passage.number = passage_words.rowid"
                " WHERE passage_words MATCH ? ORDER BY passage.number DESC",
                (render_expression(words),),
            )
        )

    def read_passages(self, words: WordQuery | Near) -> Iterator[tuple[int, str, str]]:
        """All matches: number, title and text."""
        return self.select(_SELECT_TEXTS, (render_expression(words),))

    def mark_passages(
        self, words: WordQuery | Near, numbers: Iterable[int] | None = None
    ) -> Iterator[tuple[int, str, str]]:
        """The matches among some passages (None: all): number, title and text, with marks around each match."""
        expression = render_expression(words)
        if numbers is None:
            return self.select(SELECT_MARKED, (expression,))
        return self.select_in(_SELECT_SOME_MARKED, numbers, (expression,))

    def score_passages(self, words: WordQuery, title_weight: float) -> Iterator[tuple[int, int, float, float]]:
        """All matches: passage and article by number, the BM25 score, and that of the text alone (higher is better)."""
        for number, article, distance, text_distance in self.select(
            "SELECT passage.number, article, bm25(passage_words, ?, 1.0), bm25(passage_words, 0.0, 1.0)"
            " FROM passage_words JOIN passage ON passage.number = passage_words.rowid WHERE passage_words MATCH ?",
            (title_weight, render_expression(words)),
        ):
            yield number, article, -distance, -text_distance
