"""Counts over articles without an index: words by regular expression, forms by their endings, sets by Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from assistant.records.article import Article, Span
from assistant.records.collection.search import AllOf, AnyOf, Choice, Near, Not, SearchExpression, Words

TOKEN = re.compile(r"[^\W_]+")
ENDINGS = ("s", "es", "ies", "ed", "d", "ied", "ing", "ying")
MIN_BASE = 3  # letters
OF_THEIR_OWN = ("news", "means", "evening")
SHORT = re.compile(r"(?:[^aeiouy]|qu|(?<!.)y)*[aeiouy][^aeiouywxhjq]")  # "stop", which doubles its last letter


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, without accents."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return TOKEN.findall(folded)


def inflect(base: str) -> set[str]:
    """The forms of a word, as English spells them; both where a word may double its last letter or not."""
    forms = {base} if re.search(r"(?:[sxz]|ch|sh)$", base) else {base, f"{base}s"}  # "loss" is no plural of "los"
    if base.endswith("e") and not re.search(r"[aeiouy]", base[:-1]):  # "the", "she": no verbs
        return forms
    if re.search(r"(?:[sxzo]|ch|sh)$", base):
        forms.add(f"{base}es")
    if re.search(r"[^aeiou]y$", base):
        return forms | {f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"}
    if base.endswith("ie"):
        return forms | {f"{base}d", f"{base[:-2]}ying"}
    if base.endswith("e"):
        return forms | {f"{base}d", f"{base}ing", f"{base[:-1]}ing"}
    doubled = {base + base[-1] + ending for ending in ("ed", "ing")}
    plain = {f"{base}ed", f"{base}ing"}
    if SHORT.fullmatch(base) and base != "bus":
        return forms | doubled
    return forms | plain | (doubled if re.search(r"[aeiou][^aeiouywxhjq]$", base) else set())


@cache
def bases(word: str) -> frozenset[str]:
    """What a word may be a form of: all that is left without an ending, of which it is a form."""
    found = {word}
    for ending in ENDINGS:
        if word.endswith(ending) and word not in OF_THEIR_OWN:
            root = word.removesuffix(ending)
            found |= {root, f"{root}e", f"{root}y", f"{root}ie", root[:-1]}
    return frozenset(base for base in found if base == word or (len(base) >= MIN_BASE and word in inflect(base)))


def is_same(asked: str, found: str) -> bool:
    """Whether two words are forms of one."""
    return not bases(asked).isdisjoint(bases(found))


def count_phrase(phrase: Sequence[str], words: Sequence[str], *, is_prefix: bool = False) -> int:
    """How often the words of a phrase follow each other, in any form."""
    size = len(phrase)

    def fits(at: int) -> bool:
        there = words[at : at + size]
        if not all(map(is_same, phrase[:-1], there[:-1])):
            return False
        return there[-1].startswith(phrase[-1]) if is_prefix else is_same(phrase[-1], there[-1])

    return sum(fits(at) for at in range(len(words) - size + 1)) if size else 0


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
    places = [[at for at, word in enumerate(part) if is_same(wanted, word)] for wanted in stems]

    def search(chosen: list[int], rest: list[list[int]]) -> bool:
        if not rest:
            return len(set(chosen)) == len(chosen) and max(chosen) - min(chosen) - 1 <= distance + len(chosen) - 2
        return any(search([*chosen, at], rest[1:]) for at in rest[0])

    return search([], places)
