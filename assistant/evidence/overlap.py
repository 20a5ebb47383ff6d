"""How several pieces of evidence stand to each other: of one story, of one matter, of one sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from assistant.records.answer import Duplicate, Evidence
from assistant.records.article import Article
from assistant.store.protocol import Library
from assistant.text.stemming import stem, stem_words
from assistant.text.words import STOP_WORDS, split_words

SAME_SENTENCE_SHARE = (
    0.8  # share of words that two sentences of one story have in common when they are the same sentence
)
SAME_MATTER_SHARE = 0.5  # of the words of a sentence, without figures, that another must hold to be on the same matter
SAME_EVENT_DAYS = 7  # within which two articles on the same thing are on the same event


class DuplicateGroups:
    """Which articles tell one story, so that a wire report in five papers counts once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._story: dict[str, int | None] = {}

    def are_duplicates(self, left: Article, right: Article) -> bool:
        """Whether two articles are near-duplicates."""
        return left.id == right.id or (self.group_of(left) is not None and self.group_of(left) == self.group_of(right))

    def group_of(self, article: Article) -> int | None:
        """The number of an article's story."""
        if article.id not in self._story:
            self._story[article.id] = self._library.story_number(article.id)
        return self._story[article.id]

    def duplicates(self, article: Article) -> tuple[Duplicate, ...]:
        """The other articles of the story."""
        return tuple(Duplicate(a.id, a.title, a.source, a.published_at) for a in self._library.duplicates(article.id))

    def count_independent(self, articles: Iterable[Article]) -> int:
        """How many sources these articles are that do not depend on each other: of one outlet, or of one story."""
        groups: list[tuple[set[object], set[object]]] = []  # outlets and stories of each
        for article in articles:
            outlets: set[object] = {article.source} if article.source else set()
            stories: set[object] = {self.group_of(article) or article.id}
            for group in [g for g in groups if g[0] & outlets or g[1] & stories]:
                groups.remove(group)
                outlets |= group[0]
                stories |= group[1]
            groups.append((outlets, stories))
        return len(groups)


def is_same_sentence(left: Evidence, right: Evidence, stories: DuplicateGroups) -> bool:
    """Whether two places hold the same sentence: to the letter, or nearly in two prints of one story."""
    first, second = (split_words(e.article.text[e.start : e.end]) for e in (left, right))
    if first == second:
        return True
    if left.article.id == right.article.id or not stories.are_duplicates(left.article, right.article):
        return False
    common = len(set(first) & set(second))
    return common >= SAME_SENTENCE_SHARE * max(len(set(first)), len(set(second)), 1)


def is_same_matter(left: Evidence, right: Evidence, question_stems: set[str]) -> bool:
    """Whether two sentences speak of one thing: what was asked about, in like words or in the same days."""
    first, second = (collect_content_stems(one) for one in (left, right))
    if len(question_stems & first & second) <= len(question_stems) / 2:
        return False
    alike = len(first & second) >= SAME_MATTER_SHARE * min(len(first), len(second))
    return alike or _count_days_between(left.article, right.article) <= SAME_EVENT_DAYS


def _count_days_between(left: Article, right: Article) -> float:
    try:
        first, second = (date.fromisoformat((a.published_at or "")[:10]) for a in (left, right))
    except ValueError:
        return math.inf
    return abs((first - second).days)


def collect_content_stems(one: Evidence) -> set[str]:
    """The stems of what a sentence speaks of, without figures."""
    text = one.article.text[one.start : one.end]
    plain = {stem(word) for word in split_words(text) if word not in STOP_WORDS and not word[:1].isdigit()}
    return plain & stem_words(text)
