"""Exact queries on the whole collection: the articles that match a search, how often words occur, who is quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.records.article import Span
from assistant.records.collection.search import AllOf, AnyOf, Choice, Near, Not, SearchExpression, Words
from assistant.store.fts import MATCH_END, MATCH_START, has_token
from assistant.store.protocol import StatementPlace
from assistant.store.queries.base import WordIndex
from assistant.store.queries.browsing import BrowsingQueries
from assistant.store.search.forms import find_forms, has_phrase
from assistant.store.search.indexed_forms import list_indexed_nears, make_query
from assistant.store.sqlite import make_placeholders

MANY = 4  # a share of the matches, from which on all are read in one query
_NO_ARTICLES: frozenset[int] = frozenset()
_DAY = "substr(published_at, 1, 10)"
_SAID = "status IN ('asserted', 'reported') AND correction IS NULL"
_MARKED = re.compile(f"{MATCH_START}([^{MATCH_END}]*){MATCH_END}")

_CONDITIONS = {
    "outlet": "SELECT number FROM article WHERE source IN (?)",
    "author": "SELECT number FROM article WHERE author IN (?)",
    "article": "SELECT number FROM article WHERE id IN (?)",
    "speaker": f"SELECT DISTINCT article FROM statement WHERE speaker IN (?) AND {_SAID}",
}
# "2025-03" is a month: it is from a day on if that day is in the month or before it.
_DAY_CONDITIONS: Mapping[str, Callable[[str, str], bool]] = {
    "first_day": lambda day, first: day >= first[: len(day)],
    "last_day": lambda day, last: day <= last,
}


class SearchQueries(WordIndex):
    """The articles that match a search with operators."""

    def find_articles(self, expression: SearchExpression) -> list[str]:
        """The ids of all articles that match, newest first, undated ones last. Fields must be resolved to choices."""
        numbers = self._evaluate(expression)
        return [article_id for article_id, number in self._article_numbers().items() if number in numbers]

    def first_passages(self, article_ids: Collection[str]) -> dict[str, int]:
        """The number of the first passage of each of these articles; an article without text has none."""
        rows = self.select_in(
            "SELECT id, passage.number FROM article JOIN passage ON passage.article = article.number"
            " WHERE id IN (?) AND ordinal = 0",
            article_ids,
        )
        return dict(rows)

    def _article_numbers(self) -> dict[str, int]:
        """The number of each article by its id, newest first, undated ones last."""
        query = "SELECT id, number FROM article ORDER BY published_at IS NULL, published_at DESC, title, id"
        numbers: dict[str, int] = self.compute_once("article numbers", lambda: dict(self.select(query)))
        return numbers

    def _numbers_of(self, article_ids: Collection[str]) -> list[int]:
        numbers = self._article_numbers()
        return [numbers[article_id] for article_id in article_ids if article_id in numbers]

    def _all_numbers(self) -> frozenset[int]:
        return frozenset(self._article_numbers().values())

    def _evaluate(self, expression: SearchExpression) -> frozenset[int]:
        """The numbers of the articles that match; each part is evaluated once in a snapshot."""
        known: dict[SearchExpression, frozenset[int]] = self.__dict__.setdefault("_evaluated", {})
        if expression not in known:
            known[expression] = self._evaluate_anew(expression)
        return known[expression]

    def _evaluate_anew(self, expression: SearchExpression) -> frozenset[int]:
        match expression:
            case Words():
                return (
                    frozenset(self._match_words(expression).values()) if has_token(expression.phrase) else _NO_ARTICLES
                )
            case Near(phrases, _):
                return self._match_near(expression) if all(map(has_token, phrases)) else _NO_ARTICLES
            case AllOf(parts):
                found = [self._evaluate(part) for part in parts]
                return frozenset.intersection(*found) if found else self._all_numbers()
            case AnyOf(parts):
                return frozenset().union(*map(self._evaluate, parts))
            case Not(part):
                return self._all_numbers() - self._evaluate(part)
            case Choice():
                return self._choose(expression)
        raise ValueError(f"{type(expression).__name__} is not resolved")

    def _match_words(self, words: Words) -> Mapping[int, int]:
        """The passages with a word or phrase, each of whose words is a form of the one asked for, with their articles.

        Most have it as it was asked for: only in the others the matches are marked, which takes long.
        """
        known: dict[Words, dict[int, int]] = self.__dict__.setdefault("_matched", {})
        if words not in known:
            query = make_query(words)
            owners = {passage: article for article, passage in self.match_passages(query)}
            others = {number for number, title, body in self.read_passages(query) if not _has_words(words, title, body)}
            marked = self.mark_passages(query, others if len(others) * MANY < len(owners) else None) if others else ()
            others -= {number for number, title, body in marked if _count_forms(words, title, body)}
            known[words] = {passage: article for passage, article in owners.items() if passage not in others}
        return known[words]

    def _match_near(self, near: Near) -> frozenset[int]:
        """The articles with a passage in which phrases are near, each in a form of its words."""
        owners = {
            passage: article for each in list_indexed_nears(near) for article, passage in self.match_passages(each)
        }
        return frozenset(owners[number] for number in self._find_near(near))

    def _find_near(self, near: Near) -> frozenset[int]:
        """The passages in which phrases are near, each in a form of its words."""
        words = list(map(Words, near.phrases))
        return frozenset(
            number
            for query in list_indexed_nears(near)
            for number, title, body in self.mark_passages(query)
            if all(_count_forms(each, title, body) for each in words)
        )

    def find_passages(self, expression: SearchExpression) -> frozenset[int] | None:
        """The passages on a topic: those with all words of a search, in the text or the title of their article.

        An article whose first passage has them is on the topic with all its passages. None if the search has no words.
        """
        found = self._find_passages_with(expression)
        if found is None:
            return None
        rows = self.select_in(
            "SELECT number FROM passage WHERE article IN"
            " (SELECT article FROM passage WHERE ordinal = 0 AND number IN (?))",
            found,
        )
        return found.union(number for (number,) in rows)

    def _find_passages_with(self, expression: SearchExpression) -> frozenset[int] | None:
        match expression:
            case Words(phrase):
                return frozenset(self._match_words(expression)) if has_token(phrase) else _NO_ARTICLES
            case Near(phrases):
                return self._find_near(expression) if all(map(has_token, phrases)) else _NO_ARTICLES
            case AllOf(parts) | AnyOf(parts):
                found = [each for part in parts if (each := self._find_passages_with(part)) is not None]
                if not found:
                    return None
                return frozenset.intersection(*found) if isinstance(expression, AllOf) else frozenset().union(*found)
            case _:
                return None

    def _choose(self, choice: Choice) -> frozenset[int]:
        if choice.kind not in _DAY_CONDITIONS:
            return frozenset(number for (number,) in self.select_in(_CONDITIONS[choice.kind], choice.values))
        query = f"SELECT number, {_DAY} AS day FROM article WHERE published_at IS NOT NULL"
        days: dict[int, str] = self.compute_once("article days", lambda: dict(self.select(query)))
        fits = _DAY_CONDITIONS[choice.kind]
        return frozenset(number for number, day in days.items() if any(fits(day, each) for each in choice.values[:1]))


class OccurrenceQueries(BrowsingQueries, SearchQueries):
    """How often words occur, and who is quoted."""

    def count_mentions(self, words: Words, article_ids: Collection[str]) -> dict[str, int]:
        """How often a word or phrase occurs in each of these articles, its title included; others are left out.

        A passage contains whole sentences, so every occurrence is in one passage.
        """
        counts: dict[str, int] = {}
        titles: dict[str, int] = {}
        if not has_token(words.phrase):
            return {}
        wanted, query = frozenset(article_ids), make_query(words)
        names = {number: article_id for article_id, number in self._article_numbers().items() if article_id in wanted}
        owners = {passage: names[article] for article, passage in self.match_passages(query) if article in names}
        for passage, title, body in self.mark_passages(query) if owners else ():
            if (article_id := owners.get(passage)) is not None:
                titles[article_id] = _count_forms(words, title, "")
                counts[article_id] = counts.get(article_id, 0) + _count_forms(words, "", body)
        return {each: number for each, count in counts.items() if (number := count + titles[each])}

    def find_mentions(self, words: Words, article_id: str) -> list[Span]:
        """The places of a word or phrase in the text of an article, in order, in forms of the words asked for."""
        if not has_token(words.phrase) or words.title_only:
            return []
        spans = self.find_word_spans(make_query(words), article_id)
        if not spans:
            return []
        first, last = spans[0][0], spans[-1][1]
        row = self.select_first(
            "SELECT substr(text, ? + 1, ?) FROM article WHERE id = ?", (first, last - first, article_id)
        )
        text = str(row[0]) if row else ""
        return [
            (start + a, start + b)
            for start, end in spans
            for a, b in find_forms(words.phrase, text[start - first : end - first], is_prefix=words.is_prefix)
        ]

    def count_quoted(
        self,
        article_ids: Collection[str] | None,
        passages: Collection[int] | None = None,
        key: Callable[[str], Hashable] = str,
    ) -> list[tuple[str, int, int]]:
        """The named speakers in these articles with their statements and articles, most quoted first.

        Only what is said in these passages counts. None: in all. Names with the same key are one speaker, under the
        name with most statements.
        """
        query = f"SELECT speaker, article, passage, count(*) FROM statement WHERE speaker IS NOT NULL AND {_SAID}"
        group = " GROUP BY speaker, article, passage"
        if article_ids is None:
            rows = self.select(query + group)
        else:
            rows = self.select_in(f"{query} AND article IN (?){group}", self._numbers_of(article_ids))
        statements: dict[Hashable, Counter[str]] = {}
        articles: dict[Hashable, set[int]] = {}
        for speaker, article, passage, count in rows:
            if passages is None or passage in passages:
                one = key(speaker)
                statements.setdefault(one, Counter())[speaker] += count
                articles.setdefault(one, set()).add(article)
        quoted = [
            (min((-count, name) for name, count in names.items())[1], names.total(), len(articles[one]))
            for one, names in statements.items()
        ]
        return sorted(quoted, key=lambda row: (-row[1], -row[2], row[0]))

    def place_statements(
        self,
        speakers: Sequence[str],
        article_ids: Collection[str] | None = None,
        passages: Collection[int] | None = None,
    ) -> Iterator[StatementPlace]:
        """The statements of these speakers in these articles and passages, newest article first, undated last.

        None: in all.
        """
        chosen = None if article_ids is None else frozenset(article_ids)
        rows = self.select(
            "SELECT id, published_at, speaker, role, start, statement.end, sentence_start, sentence_end, status, via,"
            " passage FROM statement JOIN article ON article.number = statement.article"
            f" WHERE speaker IN ({make_placeholders(speakers)}) AND {_SAID}"
            " ORDER BY published_at IS NULL, published_at DESC, id, start",
            speakers,
        )
        return (
            StatementPlace(*row)
            for *row, passage in rows
            if (chosen is None or row[0] in chosen) and (passages is None or passage in passages)
        )


def _has_words(words: Words, title: str, body: str) -> bool:
    """Whether a passage surely has a word or phrase, as it was asked for."""
    return any(
        has_phrase(words.phrase, text, is_prefix=words.is_prefix)
        for text in ((title,) if words.title_only else (body, title))
    )


def _count_forms(words: Words, title: str, body: str) -> int:
    """How many of the marked places of a title and a text are forms of the words asked for."""
    texts = (title,) if words.title_only else (title, body)
    return sum(
        _count_marked(words.phrase, marked, words.is_prefix) for text in texts for marked in _MARKED.findall(text)
    )


@lru_cache(maxsize=20_000)
def _count_marked(phrase: str, marked: str, is_prefix: bool) -> int:
    return len(find_forms(phrase, marked, is_prefix=is_prefix))
