"""Counts over articles without an index: words by regular expression and Porter stems, sets by Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import snowballstemmer

from assistant.records.article import Article, Span
from assistant.records.collection.search import AllOf, AnyOf, Choice, Near, Not, SearchExpression, Words

PORTER = snowballstemmer.stemmer("porter")
TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The stems of the words of a text, without accents."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return [PORTER.stemWord(word) if len(word) > 2 else word for word in TOKEN.findall(folded)]


def count_phrase(phrase: Sequence[str], stems: Sequence[str], *, is_prefix: bool = False) -> int:
    """How often the stems of a phrase follow each other."""
    size = len(phrase)

    def fits(at: int) -> bool:
        there = stems[at : at + size]
        if is_prefix:
            return list(there[:-1]) == list(phrase[:-1]) and there[-1].startswith(phrase[-1])
        return list(there) == list(phrase)

    return sum(fits(at) for at in range(len(stems) - size + 1)) if size else 0


class Collection:
    """Articles with their passages (spans) and speakers."""

    def __init__(
        self, articles: Iterable[Article], passages: Mapping[str, Sequence[Span]], speakers: Mapping[str, set[str]]
    ) -> None:
        self.articles = list(articles)
        self.speakers = speakers
        self.parts = {
            each.id: [tokens(each.title), *(tokens(each.text[a:b]) for a, b in passages[each.id])]
            for each in self.articles
        }

    def find(self, expression: SearchExpression) -> set[str]:
        """The ids of the articles that match."""
        return {each.id for each in self.articles if self.matches(each, expression)}

    def matches(self, article: Article, expression: SearchExpression) -> bool:
        """Whether an article matches."""
        parts = self.parts[article.id]
        match expression:
            case Words(phrase, is_prefix, title_only):
                # The last word of a prefix is no whole word, but the index stems it all the same.
                searched = parts[:1] if title_only else parts
                return any(count_phrase(tokens(phrase), part, is_prefix=is_prefix) for part in searched)
            case Near(phrases, distance):
                return any(_are_near([tokens(phrase)[0] for phrase in phrases], part, distance) for part in parts)
            case AllOf(wanted):
                return all(self.matches(article, part) for part in wanted)
            case AnyOf(wanted):
                return any(self.matches(article, part) for part in wanted)
            case Not(part):
                return not self.matches(article, part)
            case Choice(kind, values):
                day = (article.published_at or "")[:10]
                return {
                    "outlet": article.source in values,
                    "author": article.author in values,
                    "article": article.id in values,
                    "speaker": bool(self.speakers.get(article.id, set()) & set(values)),
                    "first_day": bool(day) and any(day >= value[: len(day)] for value in values),
                    "last_day": bool(day) and any(day <= value for value in values),
                }[kind]
        raise ValueError(expression)

    def count_mentions(self, phrase: str) -> int:
        """How often a phrase occurs in texts and titles."""
        return sum(count_phrase(tokens(phrase), part) for parts in self.parts.values() for part in parts)


def _are_near(stems: Sequence[str], part: Sequence[str], distance: int) -> bool:
    """Whether all words occur with at most `distance` words between the first and the last of them."""
    places = [[at for at, stem in enumerate(part) if stem == wanted] for wanted in stems]

    def search(chosen: list[int], rest: list[list[int]]) -> bool:
        if not rest:
            return len(set(chosen)) == len(chosen) and max(chosen) - min(chosen) - 1 <= distance + len(chosen) - 2
        return any(search([*chosen, at], rest[1:]) for at in rest[0])

    return search([], places)
