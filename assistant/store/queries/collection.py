"""Exact queries on the whole collection: the articles that match a search, how often words occur, who is quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

from assistant.records.article import Span
from assistant.records.collection.search import AllOf, AnyOf, Choice, Near, Not, SearchExpression, Words
from assistant.store.fts import MATCH_END, MATCH_START, has_token
from assistant.store.protocol import StatementPlace, WordQuery
from assistant.store.queries.base import WordIndex
from assistant.store.queries.browsing import BrowsingQueries
from assistant.store.search.forms import find_forms, has_form, has_phrase
from assistant.store.search.indexed_forms import list_indexed_nears, make_query
from assistant.store.search.said import SaidPlaces
from assistant.store.sqlite import make_placeholders

MANY_ARTICLES = 1_000  # from which on speakers are counted in the places of all statements, which are kept
MANY = 4  # a share of the matches, from which on all are read in one query
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


class MatchQueries(WordIndex):
    """The passages and articles with words in any of their forms. The full-text index finds more: all with a stem."""

    def _list_matches(self, words: Words | Near) -> dict[int, int]:
        """The passages that may have some words, or phrases near each other, with their articles."""
        known: dict[Words | Near, dict[int, int]] = self.__dict__.setdefault("_listed", {})
        if words not in known:
            phrases = words.phrases if isinstance(words, Near) else (words.phrase,)
            known[words] = {
                passage: article
                for query in (_list_queries(words) if all(map(has_token, phrases)) else ())
                for article, passage in self.match_passages(query)
            }
        return known[words]

    def _match_articles(self, words: Words | Near, among: Set[int]) -> frozenset[int]:
        """Those of some articles that have the words, each in a form of the one asked for.

        Most have them as they were asked for, beside each other, which the whole text of the article tells: only in
        the others the matches are marked, which takes long.
        """
        if words in self._known_passages:
            return frozenset(self._known_passages[words].values()) & among
        owners = {passage: article for passage, article in self._list_matches(words).items() if article in among}
        asked = Words(" ".join(words.phrases)) if isinstance(words, Near) else words
        texts = self._read_articles(frozenset(owners.values()), asked.title_only)
        found = {number for number, title, text in texts if _has_words(asked, title, text)}
        others = frozenset(passage for passage, article in owners.items() if article not in found)
        return frozenset(found.union(owners[number] for number in self._mark_forms(words, others)))

    def _match_passages(self, words: Words | Near) -> Mapping[int, int]:
        """The passages that have the words, each in a form of the one asked for, with their articles."""
        known = self._known_passages
        if words not in known:
            owners = self._list_matches(words)
            surely: set[int] = set()
            if isinstance(words, Words):
                texts = self._read_passages(owners)
                surely = {number for number, title, body in texts if _has_words(words, title, body)}
            others = owners.keys() - surely
            surely |= self._mark_forms(words, others)
            known[words] = {passage: article for passage, article in owners.items() if passage in surely}
        return known[words]

    @property
    def _known_passages(self) -> dict[Words | Near, dict[int, int]]:
        known: dict[Words | Near, dict[int, int]] = self.__dict__.setdefault("_matched", {})
        return known

    def _mark_forms(self, words: Words | Near, wanted: Collection[int]) -> set[int]:
        """Those of some passages in which a match is a form of the words asked for; where many, all are marked."""
        if not wanted:
            return set()
        numbers = wanted if len(wanted) * MANY < len(self._list_matches(words)) else None
        phrases = [Words(phrase) for phrase in words.phrases] if isinstance(words, Near) else [words]
        return {
            number
            for query in _list_queries(words)
            for number, title, body in self.mark_passages(query, numbers)
            if number in wanted and all(_count_forms(each, title, body) for each in phrases)
        }

    def _read_passages(self, owners: Mapping[int, int]) -> Iterator[tuple[int, str, str]]:
        """The number, title and text of passages, each article read once. `owners` are their articles by passage."""
        articles = frozenset(owners.values())
        query = "SELECT article, number, start, end FROM passage WHERE article IN (?)"
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for article, number, start, end in self.select_in(query, articles):
            if number in owners:
                spans.setdefault(article, []).append((number, start, end))
        for article, title, text in self._read_articles(articles, title_only=False):
            for number, start, end in spans.get(article, ()):
                yield number, title, text[start:end]

    def _read_articles(self, numbers: Set[int], title_only: bool) -> Iterator[tuple[int, str, str]]:
        """The number, title and text of articles; no text if only titles are asked for."""
        if title_only:
            return self.select_in("SELECT number, title, '' AS body FROM article WHERE number IN (?)", numbers)
        return self.select_in("SELECT number, title, text FROM article WHERE number IN (?)", numbers)


class SearchQueries(MatchQueries):
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
            case Words() | Near():
                return self._match_articles(expression, frozenset(self._list_matches(expression).values()))
            case AllOf(parts):
                return self._evaluate_all(parts)
            case AnyOf(parts):
                return frozenset().union(*map(self._evaluate, parts))
            case Not(part):
                return self._all_numbers() - self._evaluate(part)
            case Choice():
                return self._choose(expression)
        raise ValueError(f"{type(expression).__name__} is not resolved")

    def _evaluate_all(self, parts: Sequence[SearchExpression]) -> frozenset[int]:
        """The articles that match all parts; of words only those are read that may have all of them."""
        flat = list(_flatten(parts))
        words = [part for part in flat if isinstance(part, Words | Near)]
        found = [self._evaluate(part) for part in flat if not isinstance(part, Words | Near)]
        found += [frozenset(self._list_matches(part).values()) for part in words]
        if not found:
            return self._all_numbers()
        among = frozenset.intersection(*found)
        for part in words:
            if among >= frozenset(self._list_matches(part).values()):
                self._evaluate(part)  # all that may have it are read: what is found is kept
            known = self.__dict__["_evaluated"].get(part)
            among = self._match_articles(part, among) if known is None else among & known
        return among

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
            case Words() | Near():
                return frozenset(self._match_passages(expression))
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

    def find_mentions(self, words: Words, article_ids: Collection[str]) -> dict[str, list[Span]]:
        """The places of a word or phrase in the texts of these articles, in order, in any form; others are left out."""
        if not has_token(words.phrase) or words.title_only:
            return {}
        owners: dict[int, str] = dict(
            self.select_in(
                "SELECT passage.number, id FROM passage JOIN article ON article.number = passage.article"
                " WHERE id IN (?)",
                article_ids,
            )
        )
        found: dict[str, list[Span]] = {}
        for number, places in sorted(self._find_marked_words(make_query(words), list(owners))):
            spans = [
                (start + a, start + b)
                for (start, _), text in places
                for a, b in find_forms(words.phrase, text, is_prefix=words.is_prefix)
            ]
            if spans:
                found.setdefault(owners[number], []).extend(spans)
        return found

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
        if article_ids is None or len(article_ids) > MANY_ARTICLES:
            return self._said_places().count(
                None if article_ids is None else self._numbers_of(article_ids), passages, key
            )
        query = f"SELECT speaker, article, passage, count(*) FROM statement WHERE speaker IS NOT NULL AND {_SAID}"
        group = " GROUP BY speaker, article, passage"
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

    def _said_places(self) -> SaidPlaces:
        """Who says something in which passage, for counts over most of the library."""
        query = f"SELECT speaker, article, passage FROM statement WHERE speaker IS NOT NULL AND {_SAID}"
        places: SaidPlaces = self.compute_once("said places", lambda: SaidPlaces(self.select(query)))
        return places

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


def _list_queries(words: Words | Near) -> list[WordQuery | Near]:
    """The queries for some words, or for phrases near each other, in all forms."""
    return list(list_indexed_nears(words)) if isinstance(words, Near) else [make_query(words)]


def _flatten(parts: Sequence[SearchExpression]) -> Iterator[SearchExpression]:
    """The parts, and instead of those that are AND again their parts."""
    for part in parts:
        if isinstance(part, AllOf):
            yield from _flatten(part.parts)
        else:
            yield part


def _has_words(words: Words, title: str, body: str) -> bool:
    """Whether a passage surely has a word or phrase as it was asked for, or a word in one of its usual forms."""
    texts = (title,) if words.title_only else (body, title)
    if any(has_phrase(words.phrase, text, is_prefix=words.is_prefix) for text in texts):
        return True
    return not words.is_prefix and any(has_form(words.phrase, text) for text in texts)


def _count_forms(words: Words, title: str, body: str) -> int:
    """How many of the marked places of a title and a text are forms of the words asked for."""
    texts = (title,) if words.title_only else (title, body)
    return sum(
        _count_marked(words.phrase, marked, words.is_prefix) for text in texts for marked in _MARKED.findall(text)
    )


@lru_cache(maxsize=20_000)
def _count_marked(phrase: str, marked: str, is_prefix: bool) -> int:
    return len(find_forms(phrase, marked, is_prefix=is_prefix))
