"""How things stand at the end: the newest of the sentences that answer first, and how old what they tell is."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.named_days import find_last_day
from assistant.records.answer import Citation, Evidence
from assistant.records.query import Query

COMPARABLE_SHARE = 0.8  # of the best score, from which a sentence may answer as well as the best


def put_latest_first(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence, best first, with the newest of what may answer as well as the best at the start.

    Of one article, the sentence on the latest day is the newest: "on Sunday 36, on Thursday 58". What has no words
    that can be the answer, or fits worse, stays behind in its order: newer is no better if it is about something else.
    """
    if not evidence:
        return ()
    needs_marks = any(each.marks for each in evidence[:1])
    floor = COMPARABLE_SHARE * max(each.score for each in evidence)
    comparable = [each for each in evidence if each.score >= floor and (each.marks or not needs_marks)]
    newest = max((each.article.published_at or "" for each in comparable), default="")
    latest = sorted(comparable, key=lambda each: (each.article.published_at or "", _day_of(each, newest)), reverse=True)
    return (*latest, *(each for each in evidence if each not in comparable))


def _day_of(evidence: Evidence, newest: str) -> str:
    """The latest day that a sentence of the newest article names; older articles keep the order of their sentences."""
    article = evidence.article
    if article.published_at != newest:
        return ""
    return find_last_day(article.text[evidence.start : evidence.end], article.published_at)


def find_age(query: Query, first: Citation) -> str | None:
    """The day of the first article, if the question asks how things stand now, which the article tells of its day."""
    if not query.traits.asks_for_fact or query.over_time or query.period is not None or not first.published_at:
        return None
    is_of_present = query.asks_latest_state or (query.asks_present and not query.asks_for_several)
    return first.published_at[:10] if is_of_present and len(first.published_at) >= 10 else None
