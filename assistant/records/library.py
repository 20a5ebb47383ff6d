"""Contents of a library for lists and pages: articles, speakers, stories, search results, statistics."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistant.records.article import Article, Span
from assistant.records.statement import StatementCorrection, StatementStatus
from assistant.text.formatting import count_noun, join_names

MAX_WEIGHT_OF_ARTICLE = 6  # statements of one article that count, on average


def weigh_quotations(statements: int, articles: int) -> int:
    """How much somebody is quoted in a library: one long interview does not outweigh all the news."""
    return min(statements, MAX_WEIGHT_OF_ARTICLE * articles)


@dataclass(frozen=True, slots=True)
class LibrarySummary:
    """Names in a library, for a summary and for completion. Days are ISO 8601 dates."""

    speakers: tuple[tuple[str, int], ...]  # with the number of statements, in the order of `weigh_quotations`
    outlets: tuple[tuple[str, int], ...]  # with the number of articles, largest first
    titles: tuple[tuple[str, str | None], ...]  # with the day, newest first; no title twice
    articles: int
    first_day: str | None = None
    last_day: str | None = None


MatchMode = Literal["all", "beginning", "any"]
"""What the passages found contain: all words of the search; all, the last as the beginning of a word; or some."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a table. `words` is its length in the full-text index; `copies` counts its near-duplicates.

    `sha256` is the hash of its text.
    """

    id: str
    title: str
    source: str | None
    author: str | None
    published_at: str | None
    words: int
    copies: int
    sha256: str = ""

    @property
    def day(self) -> str:
        """The first ten characters of the publication date, usually an ISO 8601 day; empty if there is no date."""
        return (self.published_at or "")[:10]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker in a list, with the number of statements and of articles with them."""

    name: str
    statements: int
    articles: int


@dataclass(frozen=True, slots=True)
class SpeakerStatement:
    """A statement of a speaker. `words` is `article.text[start:end]`, with quotation marks.

    `sentence` is the sentence around them, which begins at offset `sentence_start`. `status`, `via` and `correction`
    are those of the `Statement`.
    """

    article_id: str
    title: str
    source: str | None
    published_at: str | None
    words: str
    start: int
    end: int
    direct: bool
    sentence: str
    sentence_start: int
    status: StatementStatus = "asserted"
    via: str | None = None
    correction: StatementCorrection | None = None


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """One speaker: descriptions in the articles, and statements, newest first, undated last.

    `namesakes` are other names of the library that may mean the same person ("Tarn" and "Ada Tarn"), with their
    numbers of statements; whether they do, the articles do not say.
    """

    name: str
    roles: tuple[str, ...]
    statements: tuple[SpeakerStatement, ...]
    namesakes: tuple[tuple[str, int], ...] = ()

    def describe_namesakes(self) -> str:
        """The other names in words ("Tarn (1 statement)"); empty if there are none."""
        return join_names([f"{name} ({count_noun(count, 'statement')})" for name, count in self.namesakes], "or")

    @property
    def said(self) -> tuple[SpeakerStatement, ...]:
        """The statements that count as said, as in the list of speakers: not denied, questioned or corrected ones."""
        return tuple(
            each for each in self.statements if each.status in ("asserted", "reported") and each.correction is None
        )

    def group_by_sentence(self) -> list[tuple[SpeakerStatement, ...]]:
        """The statements, grouped by sentence, those that were said apart from others."""
        groups = groupby(
            self.statements, key=lambda each: (each.article_id, each.sentence_start, each.status, each.via)
        )
        return [tuple(group) for _, group in groups]


@dataclass(frozen=True, slots=True)
class ArticleSpeaker:
    """A speaker in an article: a name, or else a description, and the spans of the statements in order."""

    name: str
    is_named: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with its speakers (most statements first) and its near-duplicates (oldest first)."""

    article: Article
    speakers: tuple[ArticleSpeaker, ...]
    duplicates: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Two or more articles about one event, oldest first, near-duplicates of each other among them."""

    articles: tuple[ArticleRow, ...]

    @property
    def days(self) -> tuple[str, str]:
        """The days of the first and the last article (see `ArticleRow.day`); undated ones are left out."""
        days = [row.day for row in self.articles if row.day] or [""]
        return min(days), max(days)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets of the articles, each once, in order."""
        return tuple(dict.fromkeys(row.source for row in self.articles if row.source))


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that contains the words of a search.

    `text` is the best of its `passages` that match, and begins at offset `start`. `marks` are the spans of the words
    found, as offsets into the article.
    """

    article_id: str
    title: str
    source: str | None
    published_at: str | None
    start: int
    text: str
    marks: tuple[Span, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class Facet:
    """Articles by outlet, month, author or telling word, or statements by speaker: each value with its number."""

    name: str
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best articles of a full-text search, best first. `total` is the number of all articles found.

    `understood` is a search with operators as it was read, and `remarks` say what of it was read differently. Without
    `has_words` nothing was left to search for.
    """

    search_text: str
    match_mode: MatchMode
    hits: tuple[ArticleHit, ...]
    total: int
    understood: str = ""
    remarks: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    has_words: bool = True

    def describe(self) -> str:
        """How many articles were found, and how the words were read: "5 articles (last word as a prefix)"."""
        articles = count_noun(self.total, "article")
        if not self.has_words:
            return "Nothing to search for: type a word"
        if not self.hits:
            return "No article contains these words"
        if len(self.hits) < self.total:
            articles += f", the best {len(self.hits):,} shown"
        return {
            "all": articles,
            "beginning": f"{articles} (last word as a prefix)",
            "any": f"No article with all words; {articles} with some of them",
        }[self.match_mode]


@dataclass(frozen=True, slots=True)
class LibraryStatistics:
    """Statistics of a library. Pairs are a name or day (ISO 8601) and a number; `index_bytes` is the size on disk."""

    counts: tuple[tuple[str, int], ...]
    days: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]
    model: str
    built_at: str
    folder: str
    index_bytes: int
