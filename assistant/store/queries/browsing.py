"""Queries for lists and pages: rows of articles, and full-text search with the places of the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.records.article import Span
from assistant.records.library import ArticleHit, ArticleRow
from assistant.store.codecs import decode_tags
from assistant.store.fts import MATCH_END, MATCH_START
from assistant.store.protocol import WordQuery
from assistant.store.queries.base import WordIndex
from assistant.store.queries.passages import PassageQueries


class BrowsingQueries(PassageQueries, WordIndex):
    """What a reader sees of a library in lists."""

    def article_rows(self) -> dict[str, ArticleRow]:
        """All articles by id, newest first, undated ones last. No text is read."""
        rows: dict[str, ArticleRow] = self.compute_once("article rows", self._select_article_rows)
        return rows

    def _select_article_rows(self) -> dict[str, ArticleRow]:
        rows = self.select(
            "SELECT id, title, source, author, published_at, words AS word_count, coalesce(size, 1) - 1, sha256"
            " FROM article"
            " LEFT JOIN story ON story.article = number"
            " LEFT JOIN (SELECT story AS shared, count(*) AS size FROM story GROUP BY story) ON shared = story.story"
            " ORDER BY published_at IS NULL, published_at DESC, title, id"
        )
        return {row[0]: ArticleRow(*row) for row in rows}

    def given_tags(self) -> list[str]:
        """The tags that the files give their articles, each in one spelling, in alphabetical order."""
        return [name for _, (name, _) in sorted(self._tagged().items())]

    def find_articles_with_tag(self, tag: str) -> frozenset[str]:
        """The ids of the articles whose file gives them this tag, in any case."""
        return self._tagged().get(_fold_tag(tag), ("", frozenset()))[1]

    def _tagged(self) -> dict[str, tuple[str, frozenset[str]]]:
        """For each tag, in one case: how it is written first, and the ids of the articles that have it."""
        tagged: dict[str, tuple[str, frozenset[str]]] = self.compute_once("given tags", self._select_tagged)
        return tagged

    def _select_tagged(self) -> dict[str, tuple[str, frozenset[str]]]:
        names: dict[str, str] = {}
        found: dict[str, set[str]] = {}
        for article_id, details in self.select(
            "SELECT id, details FROM article WHERE details LIKE '%\"tags\":%' ORDER BY id"
        ):
            for tag in decode_tags(details):
                names.setdefault(_fold_tag(tag), tag)
                found.setdefault(_fold_tag(tag), set()).add(article_id)
        return {folded: (name, frozenset(found[folded])) for folded, name in names.items()}

    def rank_articles(self, words: WordQuery, title_weight: float) -> list[tuple[int, int]]:
        """For each article with matching passages, best first: its best passage by its text, and how many match."""
        passages: dict[int, list[tuple[float, float, int]]] = {}
        for number, article, score, text_score in self.score_passages(words, title_weight):
            passages.setdefault(article, []).append((-score, -text_score, number))
        ranked = sorted(passages.values(), key=min)
        return [(min(group, key=lambda passage: passage[1:])[2], len(group)) for group in ranked]

    def load_hits(self, ranked: Sequence[tuple[int, int]], marked: WordQuery) -> list[ArticleHit]:
        """What `rank_articles` found, with the places of the words of `marked`."""
        match_counts = dict(ranked)
        marks = self._find_marked_passages(marked, list(match_counts))
        hits: dict[int, ArticleHit] = {}
        for number, article_id, title, source, published_at, start, text in self.select_in(
            "SELECT passage.number, id, title, source, published_at, start,"
            " substr(text, start + 1, passage.end - start) FROM passage"
            " JOIN article ON article.number = passage.article WHERE passage.number IN (?)",
            match_counts,
        ):
            spans = tuple(marks.get(number, ()))
            count = match_counts[number]
            hits[number] = ArticleHit(article_id, title, source, published_at, start, text, spans, count)
        return [hits[number] for number in match_counts]

    def find_word_spans(self, words: WordQuery, article_id: str) -> list[Span]:
        """The places of matching words in the text of an article, in order."""
        rows = self.select(
            "SELECT passage.number FROM passage JOIN article ON article.number = passage.article WHERE article.id = ?",
            (article_id,),
        )
        marks = self._find_marked_passages(words, [number for (number,) in rows])
        return [span for number in sorted(marks) for span in marks[number]]

    def _find_marked_passages(self, words: WordQuery, passages: Sequence[int]) -> dict[int, list[Span]]:
        """The places of matching words in passages, as offsets into the article; passages without any are left out."""
        if not words:
            return {}
        return {number: [span for span, _ in places] for number, places in self._find_marked_words(words, passages)}

    def _find_marked_words(
        self, words: WordQuery, passages: Sequence[int]
    ) -> Iterator[tuple[int, list[tuple[Span, str]]]]:
        """The places of matching words in passages, as offsets into the article, with the words there."""
        places = self.passages(passages)
        for number, _, marked in self.mark_passages(words, passages):
            place = places[number]
            marks = marked.count(MATCH_START) + marked.count(MATCH_END)
            if marks and len(marked) - marks == place.end - place.start:
                yield number, list(_list_marked(marked, place.start))


def _fold_tag(tag: str) -> str:
    return " ".join(tag.split()).lstrip("#").casefold()


def _list_marked(marked: str, start: int) -> Iterator[tuple[Span, str]]:
    """The marked spans of a text that begins at offset `start` of its article, with their words."""
    before, *pieces = marked.split(MATCH_START)
    at = start + len(before)
    for piece in pieces:
        inside, _, after = piece.partition(MATCH_END)
        yield (at, at + len(inside)), inside
        at += len(inside) + len(after)
