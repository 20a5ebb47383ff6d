"""From passages to the evidence that answers: which kind is looked for, what counts, and the best of it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.evidence.sentences import SentenceCandidate, Similarity, find_candidates
from assistant.evidence.statements import (
    SpeakerEvidence,
    find_quoted_words,
    find_statements_by,
    find_statements_on_topic,
)
from assistant.records.answer import Evidence, RetrievedPassage
from assistant.records.article import Article
from assistant.records.query import Period, Query
from assistant.store.protocol import Library
from assistant.text.words import content_words

MIN_SCORE = 0.53  # with no sentence above it, none is taken for an answer; see CONTRIBUTING, "Ranking"

ANNOUNCED_DAYS = 60  # before an event, in which it may be announced


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found: evidence good enough to show, best first; and what else a refusal can tell."""

    evidence: tuple[Evidence, ...]
    confidence: float  # that the best evidence answers, also where it is not good enough to show
    speaker_known: bool = True  # the person asked about occurs in what was retrieved
    speaker_speaks: bool = True  # and says something there
    other_speakers: Mapping[str, Evidence] = field(
        default_factory=dict
    )  # what speakers not asked about say on the topic
    silent_speakers: tuple[str, ...] = ()  # of several people asked about, those who say nothing on the topic
    elsewhere: tuple[Evidence, ...] = ()  # what answers, but outside the days or outlets that were asked for
    period_uncovered: bool = False  # the collection has nothing from the days that were asked for


def rerank_passages(retrieved: Sequence[RetrievedPassage], evidence: Sequence[Evidence]) -> list[RetrievedPassage]:
    """The passages with those first that hold evidence, the best first: what is in a passage tells more than lanes do.

    The score of the best evidence in a passage, 0..1, is added to its own.
    """
    best: dict[str, list[Evidence]] = {}
    for one in evidence:
        best.setdefault(one.article.id, []).append(one)

    def scored(hit: RetrievedPassage) -> RetrievedPassage:
        held = best.get(hit.passage.article_id, ())
        scores = [one.score for one in held if hit.passage.start <= one.start < hit.passage.end]
        return replace(hit, score=hit.score + max(scores)) if scores else hit

    return sorted(map(scored, retrieved), key=lambda hit: -hit.score)


def select_evidence(
    query: Query,
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
    asked_at: date | None = None,
) -> Selection:
    """The sentences of the retrieved passages that answer the question, best first.

    `asked_at` is the day of the question, where it is one about the news of that day.
    """
    if query.kind == "said" and all(_is_document(speaker) for speaker in query.speakers):
        query = replace(query, kind="other", terms=content_words(query.text))
    articles = _load_articles(retrieved, library)
    as_asked, rest = _split_by_scope(query, articles, retrieved, library)
    selection = _select_by_kind(query, articles, as_asked, library, similarity, asked_at)
    if rest and not selection.evidence:
        elsewhere = _select_by_kind(query, articles, rest, library, similarity, asked_at)
        selection = replace(
            selection, elsewhere=elsewhere.evidence, period_uncovered=not _is_period_covered(query.period, library)
        )
    if query.newest_first:
        newest = sorted(selection.evidence, key=lambda one: one.article.published_at or "", reverse=True)
        selection = replace(selection, evidence=tuple(newest))
    return selection


def _is_document(speaker: str) -> bool:
    """Whether words are looked for that nobody speaks: what does the report say, when will the inquiry report."""
    described = speaker.lower().split()
    return described[0] in ("the", "this", "that", "a", "an") and described[-1] in _DOCUMENT_NOUNS


_DOCUMENT_NOUNS = frozenset(
    """
    report reports study studies survey poll polls article articles story paper law bill memo letter inquiry document
    documents data figures ruling verdict indictment lawsuit complaint filing agreement treaty deal plan budget
    investigation review audit research book constitution resolution rules guidelines
    """.split()
)


def _select_by_kind(
    query: Query,
    articles: Mapping[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
    asked_at: date | None,
) -> Selection:
    within = {hit.passage.article_id: articles[hit.passage.article_id] for hit in retrieved}
    if query.quoted and query.kind in ("who_said", "find_quote"):
        found = find_quoted_words(query, within.values(), library)
        return Selection(tuple(found), 1.0 if found else 0.0)
    if query.kind == "said" and query.speaker:
        return _select_statements(query, within, library)
    if query.kind == "who_said":
        return _make_statement_selection(find_statements_on_topic(query, within.values(), library))
    return _make_sentence_selection(find_candidates(query, within, retrieved, library, similarity, asked_at))


def _load_articles(retrieved: Sequence[RetrievedPassage], library: Library) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for hit in retrieved:
        name = hit.passage.article_id
        if name not in found and (article := library.article(name)) is not None:
            found[name] = article
    return found


def _select_statements(query: Query, articles: Mapping[str, Article], library: Library) -> Selection:
    each = {speaker: find_statements_by(query, speaker, articles.values(), library) for speaker in query.speakers}
    together = [one for spoken in each.values() for one in spoken.evidence]
    selection = _make_statement_selection(together)
    silent = tuple(speaker for speaker, spoken in each.items() if not spoken.evidence)
    return replace(
        selection,
        speaker_known=any(spoken.speaker_known for spoken in each.values()),
        speaker_speaks=any(spoken.speaker_speaks for spoken in each.values()),
        other_speakers=_merge_other_speakers(each.values()),
        silent_speakers=silent if len(silent) < len(each) else (),
    )


def _merge_other_speakers(spoken: Iterable[SpeakerEvidence]) -> dict[str, Evidence]:
    # Single words are too often no person ("Reports"); as a pointer only full names will do.
    others = {name: said for one in spoken for name, said in one.other_speakers.items() if " " in name}
    return dict(sorted(others.items(), key=lambda named: -named[1].score))


def _make_statement_selection(found: Sequence[Evidence]) -> Selection:
    # Comparing the meaning of somebody's words with the question changed no figure: the topic's words decide.
    ranked = _rank_evidence(found)
    return Selection(tuple(ranked), ranked[0].score if ranked else 0.0)


def _make_sentence_selection(found: Sequence[SentenceCandidate]) -> Selection:
    scored = [Evidence(one.article, one.start, one.end, one.score, marks=one.marks) for one in found]
    ranked = _rank_evidence(scored)
    best = ranked[0].score if ranked else 0.0
    return Selection(tuple(ranked) if best >= MIN_SCORE else (), best)


def _rank_evidence(found: Iterable[Evidence]) -> list[Evidence]:
    distinct = {(e.article.id, e.start, e.end): e for e in sorted(found, key=lambda e: e.score)}
    return sorted(distinct.values(), key=lambda e: (-e.score, e.article.id, e.start))


# -------------------------------------------------------------------------------------- days and outlets


def _split_by_scope(
    query: Query, articles: Mapping[str, Article], retrieved: Sequence[RetrievedPassage], library: Library
) -> tuple[list[RetrievedPassage], list[RetrievedPassage]]:
    """What is of the outlets and days that were asked for, and the rest."""
    period = query.period
    dates = library.date_range()
    if (
        period is not None
        and query.traits.includes_announcements
        and not (dates and period.first and period.first > dates[1])
    ):
        period = _widen_to_announcement(period)
    as_asked: list[RetrievedPassage] = []
    rest: list[RetrievedPassage] = []
    for hit in retrieved:
        article = articles[hit.passage.article_id]
        fits = (not query.outlets or article.source in query.outlets) and is_in_period(article, period)
        (as_asked if fits else rest).append(hit)
    return as_asked, rest


def _widen_to_announcement(period: Period) -> Period:
    """The days in which an event of these days is told: what is planned for May, in April; what happened, in June."""
    if period.first is None:
        return replace(period, last=None)
    announced = date.fromisoformat(period.first) - timedelta(days=ANNOUNCED_DAYS)
    return replace(period, first=announced.isoformat(), last=None)


def is_in_period(article: Article, period: Period | None) -> bool:
    """Whether an article can tell of these days; one without a date can, and so can one of the day after."""
    if period is None or not article.published_at:
        return True
    day = article.published_at[:10]
    if period.first is not None and day < period.first:
        return False
    return period.last is None or day <= (date.fromisoformat(period.last) + timedelta(days=1)).isoformat()


def _is_period_covered(period: Period | None, library: Library) -> bool:
    dates = library.date_range()
    if dates is None or period is None:
        return True
    return (period.first is None or period.first <= dates[1]) and (period.last is None or period.last >= dates[0])
