"""How pieces of evidence relate to each other: near-duplicate articles, the same sentence, the same subject."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from assistant.records.answer import Duplicate, Evidence
from assistant.records.article import Article
from assistant.retrieval.corrections import SAME_SUBJECT_SHARE, collect_sentence_stems
from assistant.retrieval.snapshot import Snapshot
from assistant.text.words import split_words

SAME_SENTENCE_SHARE = 0.8  # of the words of two sentences in near-duplicates that make them the same sentence
SAME_EVENT_DAYS = 7  # between two articles on the same event


class DuplicateGroups:
    """Which articles print the same story, so that a wire report in five papers counts once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def are_duplicates(self, left: Article, right: Article) -> bool:
        """Whether two articles are the same article or near-duplicates."""
        return left.id == right.id or (self.group_of(left) is not None and self.group_of(left) == self.group_of(right))

    def group_of(self, article: Article) -> int | None:
        """The number of an article's story."""
        return self._snapshot.story_number(article.id)

    def duplicates(self, article: Article) -> tuple[Duplicate, ...]:
        """The other articles of the story."""
        return self._snapshot.duplicates(article.id)

    def count_independent(self, articles: Iterable[Article]) -> int:
        """How many independent sources these articles are. Articles of one source, or of one story, count once.

        An article whose source is not known is no source of its own.
        """
        groups: list[tuple[set[object], set[object]]] = []  # sources and stories of each
        for article in articles:
            sources: set[object] = {article.source} if article.source else set()
            stories: set[object] = {self.group_of(article) or article.id}
            for group in [g for g in groups if g[0] & sources or g[1] & stories]:
                groups.remove(group)
                sources |= group[0]
                stories |= group[1]
            groups.append((sources, stories))
        return sum(bool(sources) for sources, _ in groups)


def is_same_sentence(left: Evidence, right: Evidence, groups: DuplicateGroups) -> bool:
    """Whether two spans are the same sentence: exactly, or nearly in two near-duplicate articles."""
    left_words, right_words = (split_words(each.article.text[each.start : each.end]) for each in (left, right))
    if left_words == right_words:
        return True
    if left.article.id == right.article.id or not groups.are_duplicates(left.article, right.article):
        return False
    common = len(set(left_words) & set(right_words))
    return common >= SAME_SENTENCE_SHARE * max(len(set(left_words)), len(set(right_words)), 1)


def is_same_subject(left: Evidence, right: Evidence, question_stems: set[str]) -> bool:
    """Whether two sentences are about the same thing: that of the question, in similar words or on similar days."""
    left_stems, right_stems = (collect_content_stems(each) for each in (left, right))
    if len(question_stems & left_stems & right_stems) <= len(question_stems) / 2:
        return False
    return share_content(left, right) or count_days_between(left.article, right.article) <= SAME_EVENT_DAYS


def share_content(left: Evidence, right: Evidence) -> bool:
    """Whether one of two sentences has at least half of its content words from the other, figures aside."""
    left_stems, right_stems = (collect_content_stems(each) for each in (left, right))
    return len(left_stems & right_stems) >= SAME_SUBJECT_SHARE * min(len(left_stems), len(right_stems))


def count_days_between(left: Article, right: Article) -> float:
    """The days between the publication of two articles; infinite if one is not known."""
    try:
        first, second = (date.fromisoformat((article.published_at or "")[:10]) for article in (left, right))
    except ValueError:
        return math.inf
    return abs((first - second).days)


def collect_content_stems(evidence: Evidence) -> set[str]:
    """The stems of the content words of a sentence, without figures."""
    return collect_sentence_stems(evidence.article.text[evidence.start : evidence.end])
