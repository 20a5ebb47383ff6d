"""What a reader must know about several pieces of evidence together: copies, other figures, corrections."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.coverage import stem, stems
from assistant.question import STOP_WORDS, words
from assistant.records import Article, Copy, Evidence, Query
from assistant.store import Library

ALIKE = 0.8  # share of words that two sentences of one story have in common when they are the same sentence
DIFFERING_SHARE = 0.5  # of the words of a sentence, without figures, that another must hold to be on the same matter
SAME_DAYS = 7  # within which two articles on the same thing are on the same event
COMPARED = 8  # pieces of evidence whose figures are compared
_FIGURE = re.compile(
    r"(?P<value>[$€£]?\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion|trillion|percent|per cent))?%?)"
    r"(?:[\s-](?P<unit>[a-z]{3,}))?"
)


class Stories:
    """Which articles tell one story, so that a wire report in five papers counts once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._story: dict[str, int | None] = {}

    def same(self, left: Article, right: Article) -> bool:
        """Whether two articles are near-duplicates."""
        return left.id == right.id or (self.of(left) is not None and self.of(left) == self.of(right))

    def of(self, article: Article) -> int | None:
        """The number of an article's story."""
        if article.id not in self._story:
            self._story[article.id] = self._library.story(article.id)
        return self._story[article.id]

    def copies(self, article: Article) -> tuple[Copy, ...]:
        """The other articles of the story."""
        return tuple(Copy(a.id, a.title, a.source, a.published_at) for a in self._library.copies(article.id))

    def independent(self, articles: Iterable[Article]) -> int:
        """How many sources these articles are that do not depend on each other: of one outlet, or of one story."""
        groups: list[tuple[set[object], set[object]]] = []  # outlets and stories of each
        for article in articles:
            outlets: set[object] = {article.source} if article.source else set()
            stories: set[object] = {self.of(article) or article.id}
            for group in [g for g in groups if g[0] & outlets or g[1] & stories]:
                groups.remove(group)
                outlets |= group[0]
                stories |= group[1]
            groups.append((outlets, stories))
        return len(groups)


def same_words(left: Evidence, right: Evidence, stories: Stories) -> bool:
    """Whether two places hold the same sentence: to the letter, or nearly in two prints of one story."""
    first, second = (words(e.article.text[e.start : e.end]) for e in (left, right))
    if first == second:
        return True
    if left.article.id == right.article.id or not stories.same(left.article, right.article):
        return False
    common = len(set(first) & set(second))
    return common >= ALIKE * max(len(set(first)), len(set(second)), 1)


# ------------------------------------------------------------------------------------- differing figures


@dataclass(frozen=True, slots=True)
class Difference:
    """Two pieces of evidence that give different figures for one thing."""

    left: Evidence
    left_value: str
    right: Evidence
    right_value: str


def differences(query: Query, found: Sequence[Evidence], stories: Stories) -> Iterator[Difference]:
    """Where the evidence for a question after a figure gives different ones, each pair of figures once."""
    if query.expects != "number":
        return
    asked = {stem(term) for term in query.terms}
    telling = [(one, figures) for one in found[:COMPARED] if (figures := _figures(one, asked))]
    told: set[frozenset[str]] = set()
    for (left, mine), (right, theirs) in combinations(telling, 2):
        if stories.same(left.article, right.article) or not _on_one_matter(left, right, asked):
            continue
        for unit in mine.keys() & theirs.keys():
            values = frozenset((_number(mine[unit]), _number(theirs[unit])))
            if len(values) > 1 and values not in told:
                told.add(values)
                yield Difference(left, mine[unit], right, theirs[unit])
                break


def _figures(one: Evidence, asked: set[str]) -> dict[str, str]:
    """The figures of a sentence that count something which the question names, by the stem of what they count."""
    text = one.article.text[one.start : one.end]
    found: dict[str, str] = {}
    for match in _FIGURE.finditer(text):
        unit = stem(match["unit"]) if match["unit"] else ""
        if unit in asked:
            found.setdefault(unit, match["value"])
        elif match["value"][0] in "$€£":
            found.setdefault(match["value"][0], match["value"])
        elif match["value"].endswith(("%", "percent", "per cent")):
            found.setdefault("%", match["value"])
    return found


def _number(value: str) -> str:
    return re.sub(r"\.0+(?=\D|$)", "", value.replace(",", "").replace("per cent", "percent").replace(" percent", "%"))


def _on_one_matter(left: Evidence, right: Evidence, asked: set[str]) -> bool:
    """Whether two sentences speak of one thing: what was asked about, in like words or in the same days."""
    first, second = (_matter(one) for one in (left, right))
    if len(asked & first & second) <= len(asked) / 2:
        return False
    alike = len(first & second) >= DIFFERING_SHARE * min(len(first), len(second))
    return alike or _days_between(left.article, right.article) <= SAME_DAYS


def _days_between(left: Article, right: Article) -> float:
    try:
        first, second = (date.fromisoformat((a.published_at or "")[:10]) for a in (left, right))
    except ValueError:
        return math.inf
    return abs((first - second).days)


def _matter(one: Evidence) -> set[str]:
    text = one.article.text[one.start : one.end]
    plain = {stem(word) for word in words(text) if word not in STOP_WORDS and not word[:1].isdigit()}
    return plain & stems(text)


# --------------------------------------------------------------------------------------------- corrections


def correction_of(one: Evidence, corrections: Sequence[Article], library: Library) -> Evidence | None:
    """The sentence by which another article corrects what this evidence says, where there is one.

    It has to name the article by its title, and to speak of a figure or of most of the words that the evidence has.
    """
    title = " ".join(words(one.article.title))
    shown = one.article.text[one.start : one.end]
    figures, matter = set(re.findall(r"\d+", shown)), _matter(one)
    for article in corrections:
        if article.id == one.article.id or not title or f" {title} " not in f" {' '.join(words(article.text))} ":
            continue
        best, most = None, 0.0
        for start, end in library.sentence_spans(article.id):
            text = article.text[start:end]
            common = len(figures & set(re.findall(r"\d+", text.replace(one.article.title, ""))))
            shared = len(stems(text) & matter) / max(1, len(matter))
            corrects = _CORRECTS.search(text) is not None
            if corrects and (common or shared >= DIFFERING_SHARE) and common + shared > most:
                best, most = Evidence(article, start, end, one.score), common + shared
        if best is not None:
            return best
    return None


_CORRECTS = re.compile(
    r"\b(?:correct|corrected|wrong|wrongly|error|incorrectly?|mistaken(?:ly)?|should have|not)\b", re.I
)
