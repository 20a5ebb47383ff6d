"""How things stand at the end: the newest of the sentences that answer first, and how old what they tell is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence.named_days import find_last_day
from assistant.records.answer import Citation, Evidence
from assistant.records.query import Query

COMPARABLE_SHARE = 0.62  # of the best score, from which a sentence of a newer article may answer as well
OWN_SHARE = 0.8  # of the best score of its own article, from which a sentence comes forward with it


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that evidence gives for what a question asks, in the words of the evidence; its article has a day."""

    evidence: Evidence
    words: str

    @property
    def day(self) -> str:
        """The day of the article, in ISO 8601."""
        return (self.evidence.article.published_at or "")[:10]


def put_latest_first(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence, best first, with the newest of what may answer as well as the best at the start.

    Of one article, the sentence on the latest day is the newest: "on Sunday 36, on Thursday 58". What has no words
    that can be the answer, or fits worse, stays behind in its order: newer is no better if it is about something else.
    """
    if not evidence:
        return ()
    best_of_article = _find_best_scores(evidence)
    floor, needs_marks = COMPARABLE_SHARE * max(best_of_article.values()), bool(evidence[0].marks)
    comparable = [
        each
        for each in evidence
        if each.score >= max(floor, OWN_SHARE * best_of_article[each.article.id]) and (each.marks or not needs_marks)
    ]
    latest = sorted(comparable, key=_read_day, reverse=True)
    first = [each for each in latest if _read_day(each) == _read_day(latest[0])]
    by_article: dict[str, list[Evidence]] = {}
    for each in first:
        by_article.setdefault(each.article.id, []).append(each)
    ordered = {article_id: iter(_sort_by_named_day(own)) for article_id, own in by_article.items()}
    return (
        *(next(ordered[each.article.id]) for each in first),
        *latest[len(first) :],
        *(each for each in evidence if each not in comparable),
    )


def _read_day(evidence: Evidence) -> str:
    """The day of an article, in ISO 8601; empty if it is not known."""
    return (evidence.article.published_at or "")[:10]


def _find_best_scores(evidence: Iterable[Evidence]) -> dict[str, float]:
    """The best score of each article, by its id."""
    scores: dict[str, float] = {}
    for each in evidence:
        scores[each.article.id] = max(each.score, scores.get(each.article.id, 0.0))
    return scores


def _sort_by_named_day(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences of one article, those that name a day by that day, latest first, in the places that they have."""
    days = [find_last_day(each.article.text[each.start : each.end], each.article.published_at) for each in evidence]
    dated = sorted((at for at, day in enumerate(days) if day), key=lambda at: days[at], reverse=True)
    places = sorted(dated)
    order = list(range(len(evidence)))
    for place, at in zip(places, dated, strict=True):
        order[place] = at
    return [evidence[at] for at in order]


def find_age(query: Query, first: Citation, *, is_of_other_time: bool = False) -> str | None:
    """The day of the first article, if the question asks how things stand now, which the article tells of its day.

    Also if it `is_of_other_time` than that for which "this week" was taken first.
    """
    if not query.traits.asks_for_fact or query.over_time or not first.published_at:
        return None
    if query.period is not None and not is_of_other_time:
        return None
    is_of_present = is_of_other_time or query.asks_latest_state or (query.asks_present and not query.asks_for_several)
    return first.published_at[:10] if is_of_present and len(first.published_at) >= 10 else None
