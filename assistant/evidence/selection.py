"""From passages to the evidence that answers: which kind is looked for, what counts, and the best of it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.evidence.sentences import Candidate, Similarity, candidates
from assistant.evidence.statements import Spoken, quoted, said, who_spoke
from assistant.records.answer import Evidence, RetrievedPassage
from assistant.records.article import Article
from assistant.records.query import Period, Query
from assistant.store.library import Library
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
    others: Mapping[str, Evidence] = field(default_factory=dict)  # what speakers not asked about say on the topic
    silent: tuple[str, ...] = ()  # of several people asked about, those who say nothing on the topic
    elsewhere: tuple[Evidence, ...] = ()  # what answers, but outside the days or outlets that were asked for
    uncovered: bool = False  # the collection has nothing from the days that were asked for


def reranked(retrieved: Sequence[RetrievedPassage], evidence: Sequence[Evidence]) -> list[RetrievedPassage]:
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


def select(
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
    articles = _articles(retrieved, library)
    as_asked, rest = _parted(query, articles, retrieved, library)
    selection = _select(query, articles, as_asked, library, similarity, asked_at)
    if rest and not selection.evidence:
        elsewhere = _select(query, articles, rest, library, similarity, asked_at)
        selection = replace(selection, elsewhere=elsewhere.evidence, uncovered=not _covered(query.period, library))
    if query.newest_first:
        newest = sorted(selection.evidence, key=lambda one: one.article.published_at or "", reverse=True)
        selection = replace(selection, evidence=tuple(newest))
    return selection


def _is_document(speaker: str) -> bool:
    """Whether words are looked for that nobody speaks: what does the report say, when will the inquiry report."""
    described = speaker.lower().split()
    return described[0] in ("the", "this", "that", "a", "an") and described[-1] in _DOCUMENTS


_DOCUMENTS = frozenset(
    """
    report reports study studies survey poll polls article articles story paper law bill memo letter inquiry document
    documents data figures ruling verdict indictment lawsuit complaint filing agreement treaty deal plan budget
    investigation review audit research book constitution resolution rules guidelines
    """.split()
)


def _select(
    query: Query,
    articles: Mapping[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
    asked_at: date | None,
) -> Selection:
    within = {hit.passage.article_id: articles[hit.passage.article_id] for hit in retrieved}
    if query.quoted and query.kind in ("who_said", "find_quote"):
        found = quoted(query, within.values(), library)
        return Selection(tuple(found), 1.0 if found else 0.0)
    if query.kind == "said" and query.speaker:
        return _said(query, within, library)
    if query.kind == "who_said":
        return _selected(who_spoke(query, within.values(), library))
    return _facts(candidates(query, within, retrieved, library, similarity, asked_at))


def _articles(retrieved: Sequence[RetrievedPassage], library: Library) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for hit in retrieved:
        name = hit.passage.article_id
        if name not in found and (article := library.article(name)) is not None:
            found[name] = article
    return found


def _said(query: Query, articles: Mapping[str, Article], library: Library) -> Selection:
    each = {speaker: said(query, speaker, articles.values(), library) for speaker in query.speakers}
    together = [one for spoken in each.values() for one in spoken.evidence]
    selection = _selected(together)
    silent = tuple(speaker for speaker, spoken in each.items() if not spoken.evidence)
    return replace(
        selection,
        speaker_known=any(spoken.known for spoken in each.values()),
        speaker_speaks=any(spoken.speaks for spoken in each.values()),
        others=_pointers(each.values()),
        silent=silent if len(silent) < len(each) else (),
    )


def _pointers(spoken: Iterable[Spoken]) -> dict[str, Evidence]:
    # Single words are too often no person ("Reports"); as a pointer only full names will do.
    others = {name: said for one in spoken for name, said in one.others.items() if " " in name}
    return dict(sorted(others.items(), key=lambda named: -named[1].score))


def _selected(found: Sequence[Evidence]) -> Selection:
    # Comparing the meaning of somebody's words with the question changed no figure: the topic's words decide.
    ranked = _ranked(found)
    return Selection(tuple(ranked), ranked[0].score if ranked else 0.0)


def _facts(found: Sequence[Candidate]) -> Selection:
    scored = [Evidence(one.article, one.start, one.end, one.score, marks=one.marks) for one in found]
    ranked = _ranked(scored)
    best = ranked[0].score if ranked else 0.0
    return Selection(tuple(ranked) if best >= MIN_SCORE else (), best)


def _ranked(found: Iterable[Evidence]) -> list[Evidence]:
    distinct = {(e.article.id, e.start, e.end): e for e in sorted(found, key=lambda e: e.score)}
    return sorted(distinct.values(), key=lambda e: (-e.score, e.article.id, e.start))


# -------------------------------------------------------------------------------------- days and outlets


def _parted(
    query: Query, articles: Mapping[str, Article], retrieved: Sequence[RetrievedPassage], library: Library
) -> tuple[list[RetrievedPassage], list[RetrievedPassage]]:
    """What is of the outlets and days that were asked for, and the rest."""
    period = query.period
    dates = library.dates()
    if period is not None and query.kind == "other" and not (dates and period.first and period.first > dates[1]):
        period = _event(period)
    as_asked: list[RetrievedPassage] = []
    rest: list[RetrievedPassage] = []
    for hit in retrieved:
        article = articles[hit.passage.article_id]
        fits = (not query.outlets or article.source in query.outlets) and in_period(article, period)
        (as_asked if fits else rest).append(hit)
    return as_asked, rest


def _event(period: Period) -> Period:
    """The days in which an event of these days is told: what is planned for May, in April; what happened, in June."""
    if period.first is None:
        return replace(period, last=None)
    announced = date.fromisoformat(period.first) - timedelta(days=ANNOUNCED_DAYS)
    return replace(period, first=announced.isoformat(), last=None)


def in_period(article: Article, period: Period | None) -> bool:
    """Whether an article can tell of these days; one without a date can, and so can one of the day after."""
    if period is None or not article.published_at:
        return True
    day = article.published_at[:10]
    if period.first is not None and day < period.first:
        return False
    return period.last is None or day <= (date.fromisoformat(period.last) + timedelta(days=1)).isoformat()


def _covered(period: Period | None, library: Library) -> bool:
    dates = library.dates()
    if dates is None or period is None:
        return True
    return (period.first is None or period.first <= dates[1]) and (period.last is None or period.last >= dates[0])
