"""From retrieved passages to the evidence that answers, best first. How it is found depends on the kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.evidence.latest import DatedValue, put_latest_first
from assistant.evidence.scope import has_assumed_period, is_in_scope, is_period_covered, split_by_scope
from assistant.questions.speakers import looks_like_name
from assistant.ranking.ranker import Reading, Window
from assistant.records.answer import Difference, Evidence
from assistant.records.article import Article, RetrievedPassage
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot

OTHER_TIME_LEAD = 0.02  # in probability, by which what is of another time than "this week" must fit better

Similarity = Callable[[Sequence[str]], Sequence[float]]
"""The cosine of each of some texts with the question."""

CompareTexts = Callable[[str, Sequence[str]], Sequence[float]]
"""The cosine of each of some texts with one text. Texts that were compared before are not embedded again."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A ranker, for one question.

    `read` tells how each of some sentences, given as title and sentence, answers it. `score_windows` gives the log-odds
    of each sentence of some windows; None if the ranker reads each sentence alone.
    """

    read: Callable[[Sequence[tuple[str, str]]], Sequence[Reading]]
    score_windows: Callable[[Sequence[Window]], Sequence[Sequence[float]]] | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """A question and the retrieved passages in which to find its evidence."""

    query: Query
    snapshot: Snapshot
    passages: Sequence[RetrievedPassage]  # all of the snapshot, or those of the requested days and sources
    similarity: Similarity | None = None  # None: sentences are not compared in meaning
    asked_at: date | None = None  # the day of the question, if it is about the news of that day
    compare_with: CompareTexts | None = None  # None: the topic is not compared in meaning
    reader: Reader | None = None  # None: no ranker reads the sentences

    @property
    def articles(self) -> dict[str, Article]:
        """The articles of the passages by id, best first."""
        return self.snapshot.articles_of(self.passages)


@dataclass(frozen=True, slots=True)
class Selection:
    """The evidence good enough to show, best first, and what a refusal or a note can report besides."""

    evidence: tuple[Evidence, ...]
    confidence: float  # that the best evidence answers, in 0..1, even if it is not good enough to show
    speaker_known: bool = True  # the requested speaker occurs in the articles
    speaker_speaks: bool = True  # and is quoted there
    other_speakers: Mapping[str, Evidence] = field(default_factory=dict)  # what others say on the topic, by name
    unsaid: tuple[Evidence, ...] = ()  # words on the topic that the articles do not say the requested speaker said
    silent_speakers: tuple[str, ...] = ()  # of several requested speakers, those without words on the topic
    spoken_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # whose words stand for a silent speaker's
    elsewhere: tuple[Evidence, ...] = ()  # evidence outside the requested days or sources
    period_uncovered: bool = False  # the library has no articles of the requested days
    near: tuple[Evidence, ...] = ()  # without evidence: sentences that may contain the answer, best first
    compared: tuple[Evidence, ...] = ()  # without either: the sentences that were too unlikely to be shown
    missing: tuple[str, ...] = ()  # words of the question that the articles of `near` lack, or all if it is empty
    difference: Difference | None = None  # what the first of `near` says instead of what the question takes for granted
    history: tuple[DatedValue, ...] = ()  # the newest value for what may change, then the older ones, newest first
    other_day: str | None = None  # of the best article, if it is of another time than "this week" was taken to mean

    @property
    def rank(self) -> int:
        """2 with evidence, 1 with sentences that are near, 0 with neither."""
        return 2 if self.evidence else int(bool(self.near))


FindEvidence = Callable[[EvidenceRequest], Selection]
"""Finds the evidence for one kind of question."""


def select_evidence(request: EvidenceRequest, find_evidence: FindEvidence) -> Selection:
    """The evidence of the requested days and sources; only if there is none, what is found elsewhere."""
    query, snapshot = request.query, request.snapshot
    in_scope, out_of_scope = split_by_scope(query, snapshot)
    selection = _find_in_earlier_articles(replace(request, passages=in_scope), find_evidence)
    selection = selection or find_evidence(replace(request, passages=in_scope))
    if out_of_scope and has_assumed_period(query):
        selection = _prefer_other_time(selection, request, find_evidence)
    elif out_of_scope and not selection.evidence:
        elsewhere = find_evidence(replace(request, passages=out_of_scope))
        covered = is_period_covered(query.period, snapshot.date_range)
        selection = replace(selection, elsewhere=elsewhere.evidence, period_uncovered=not covered)
    if query.asks_latest_state:
        sort = put_latest_first if query.traits.asks_for_fact else _sort_by_day
        selection = replace(selection, evidence=sort(selection.evidence), near=sort(selection.near))
    return selection


def _prefer_other_time(own: Selection, request: EvidenceRequest, find_evidence: FindEvidence) -> Selection:
    """What is found at any time, if it fits the question clearly better than what is of the last days of an archive.

    "This week" is the end of an archive only as long as the names and the meaning of the question do not say otherwise.
    """
    passages, _ = split_by_scope(replace(request.query, period=None), request.snapshot)
    at_any_time = find_evidence(replace(request, passages=passages))
    lead = at_any_time.confidence - own.confidence
    is_better = lead > OTHER_TIME_LEAD if at_any_time.rank == own.rank else at_any_time.rank > own.rank
    best = (*at_any_time.evidence, *at_any_time.near)[:1]
    if not is_better or not best or is_in_scope(request.query, best[0].article, request.snapshot.date_range):
        return own
    return replace(at_any_time, other_day=(best[0].article.published_at or "")[:10] or None)


def _find_in_earlier_articles(request: EvidenceRequest, find_evidence: FindEvidence) -> Selection | None:
    """For the words of "the company" or "the president": what the articles of the last answer have of them.

    None if the question names somebody, does not depend on the conversation, or these articles have nothing.
    """
    query = request.query
    if not query.is_follow_up or not query.speakers or any(map(looks_like_name, query.speakers)):
        return None
    earlier = [hit for hit in request.passages if hit.passage.article_id in query.earlier_articles]
    if not earlier:
        return None
    selection = find_evidence(replace(request, passages=earlier))
    return selection if selection.evidence or selection.near else None


def _sort_by_day(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence, the newest article first: the last of somebody's words on a topic, however well they fit it."""
    return tuple(sorted(evidence, key=lambda each: each.article.published_at or "", reverse=True))


def rank_evidence(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence by score, each span once with its best score."""
    by_span = {(each.article.id, each.start, each.end): each for each in sorted(evidence, key=lambda each: each.score)}
    return sorted(by_span.values(), key=lambda each: (-each.score, each.article.id, each.start))


def rerank_passages(passages: Sequence[RetrievedPassage], evidence: Sequence[Evidence]) -> list[RetrievedPassage]:
    """The passages with those that contain evidence first: a sentence says more about a passage than its rank.

    The score of the best evidence in a passage, as a share of the best score, is added to the score of the passage:
    how likely the question is answered at all does not change how the sentences compare.
    """
    best_score = max((each.score for each in evidence), default=0.0) or 1.0
    by_article: dict[str, list[Evidence]] = {}
    for each in evidence:
        by_article.setdefault(each.article.id, []).append(each)

    def add_evidence_score(hit: RetrievedPassage) -> RetrievedPassage:
        passage = hit.passage
        candidates = by_article.get(passage.article_id, ())
        scores = [each.score for each in candidates if passage.start <= each.start < passage.end]
        return replace(hit, score=hit.score + max(scores) / best_score) if scores else hit

    return sorted(map(add_evidence_score, passages), key=lambda hit: -hit.score)
