"""What a requested speaker says on the topic of a question, and what others say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace

from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.evidence.selection import EvidenceRequest, rank_evidence
from assistant.evidence.statements.attribution import is_by, is_namesake, name_other_speaker, speaks_for
from assistant.evidence.statements.meaning import NO_MEANING, compare_meaning
from assistant.evidence.statements.topics import Fit, Topic, measure_fit, read_topic, score_clear, score_near
from assistant.evidence.statements.utterance_evidence import is_unsaid, join_continuations, make_evidence
from assistant.questions.speakers import is_pronoun
from assistant.records.answer import Evidence
from assistant.records.article import Article, RetrievedPassage
from assistant.retrieval.holders import is_description, may_hold_role
from assistant.speech.utterances import Utterance
from assistant.text.roles import find_occupations
from assistant.text.stemming import stem_words
from assistant.text.words import content_words

MAX_COMPARED = 12  # utterances of a speaker that are compared in meaning; each costs milliseconds
OUTSIDE_DISCOUNT = 0.8  # of the meaning of a passage, for an utterance of the same article outside it
MAX_OTHERS = 4  # other speakers on the topic
MAX_NEAR = 3  # of a speaker's words that are only near the topic


@dataclass(slots=True)
class SpeakerEvidence:
    """What the articles have of one requested speaker."""

    evidence: list[Evidence] = field(default_factory=list)  # words that are clearly on the topic
    near: list[Evidence] = field(default_factory=list)  # words that may be on it, in articles on the topic; best first
    speaker_known: bool = False  # the articles name the speaker
    speaker_speaks: bool = False  # and quote them
    unsaid: list[Evidence] = field(default_factory=list)  # words on the topic that are not the speaker's
    by_mouthpieces: list[Evidence] = field(default_factory=list)  # words on the topic of those who speak for them
    other_speakers: dict[str, Evidence] = field(default_factory=dict)  # best words of others on the topic, by name


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Whom a question means by the name of a speaker."""

    names: Set[tuple[str, bool]]  # as the library has them; see `SpeakerNames`
    occupations: Set[str]  # that the question gives the speaker: "the geologist Anna Berg"
    unlikely_names: Set[str]
    surname: str
    description: str | None  # if the library knows nobody of this description: "Peru's president"


@dataclass(slots=True)
class _Utterances:
    """The utterances of the articles by whose they are, each with how it fits the topic."""

    own: list[Fit] = field(default_factory=list)
    perhaps_own: list[Fit] = field(default_factory=list)  # of somebody whom the description may mean
    unsaid: list[Fit] = field(default_factory=list)
    of_mouthpieces: list[Fit] = field(default_factory=list)
    of_others: list[tuple[str, Utterance, float]] = field(default_factory=list)  # with the topic's share in the words


def find_statements_by(request: EvidenceRequest, speaker: str) -> SpeakerEvidence:
    """What a requested speaker says on the question's topic, in the order of the articles."""
    if is_pronoun(speaker):
        return SpeakerEvidence()
    topic = read_topic(request.query, request.snapshot)
    meant = _identify_speaker(request, speaker)
    found = _sort_utterances(request, meant, topic)
    own = _compare_best(found.own, request, topic, MAX_COMPARED)
    scores = [_score_own(fit, topic, meant) for fit in own]
    near = (
        [] if any(scores) else _find_near(own or _compare_best(found.perhaps_own, request, topic, MAX_COMPARED), topic)
    )
    return SpeakerEvidence(
        evidence=_make_clear_evidence(zip(own, scores, strict=True)),
        near=near,
        speaker_known=bool(meant.names) or _is_mentioned(meant.surname, request.articles.values()),
        speaker_speaks=bool(found.own),
        unsaid=[make_evidence(fit.utterance, fit.score) for fit in found.unsaid if fit.score is not None],
        by_mouthpieces=[
            replace(make_evidence(fit.utterance, fit.score), speaker=fit.utterance.statements[0].role)
            for fit in found.of_mouthpieces
            if fit.score is not None
        ],
        other_speakers=_choose_other_speakers(found.of_others, topic, None if any(scores) else request),
    )


def _identify_speaker(request: EvidenceRequest, speaker: str) -> _Speaker:
    names = set(request.snapshot.speaker_names(speaker))
    return _Speaker(
        names=names,
        occupations=find_occupations(speaker),
        unlikely_names=request.snapshot.unlikely_speakers(speaker),
        surname=(content_words(speaker) or (speaker.lower(),))[-1],
        description=speaker if not names and is_description(speaker) else None,
    )


def _is_mentioned(surname: str, articles: Iterable[Article]) -> bool:
    mention = re.compile(rf"\b{re.escape(surname)}", re.IGNORECASE)
    return any(mention.search(article.text) for article in articles)


def _sort_utterances(request: EvidenceRequest, speaker: _Speaker, topic: Topic) -> _Utterances:
    found = _Utterances()
    for article in request.articles.values():
        previous: Utterance | None = None
        for utterance in request.snapshot.utterances(article):
            group = _choose_group(utterance, speaker, topic, found)
            if group is not None:
                group.append(_place(measure_fit(utterance, previous, topic), request.passages))
            if group is None or group is found.of_mouthpieces:
                _add_other(utterance, speaker, topic, found)
            previous = utterance
    return found


def _choose_group(utterance: Utterance, speaker: _Speaker, topic: Topic, found: _Utterances) -> list[Fit] | None:
    """The list that an utterance belongs to; None if it is somebody else's."""
    if is_by(utterance, speaker.names) and not is_namesake(utterance, speaker.occupations):
        return found.unsaid if is_unsaid(utterance) else found.own
    role, is_named = utterance.statements[0].role, utterance.speaker is not None
    if role and speaker.description and may_hold_role(role, speaker.description, is_named=is_named):
        return found.perhaps_own
    if role and not is_named and topic.query.topic and speaks_for(role, speaker.surname):
        return found.of_mouthpieces
    return None


def _add_other(utterance: Utterance, speaker: _Speaker, topic: Topic, found: _Utterances) -> None:
    name = name_other_speaker(utterance, speaker.surname)
    if name and not is_unsaid(utterance):
        coverage = topic.weights.measure_coverage(stem_words(utterance.text))
        if coverage >= STATEMENT_WEIGHTS.min_other_coverage:
            found.of_others.append((name, utterance, coverage))


def _place(fit: Fit, passages: Sequence[RetrievedPassage]) -> Fit:
    """A fit with the place of the utterance in what was retrieved.

    An utterance outside the retrieved passages of its article has the best meaning of those, at a discount.
    """
    article_id, (start, _) = fit.utterance.article.id, fit.utterance.span
    best = 0.0
    for rank, hit in enumerate(passages):
        if hit.passage.article_id == article_id:
            best = max(best, hit.meaning)
            if hit.passage.start <= start < hit.passage.end:
                return replace(fit, rank=rank, passage_meaning=max(0.0, hit.meaning))
    return replace(fit, passage_meaning=OUTSIDE_DISCOUNT * best)


def _compare_best(fits: list[Fit], request: EvidenceRequest, topic: Topic, most: int) -> list[Fit]:
    """The same utterances in the same order; the most promising ones are compared with the topic in meaning."""
    if topic.is_name and any(fit.score is not None for fit in fits):
        return fits
    promise = [fit.coverage + fit.passage_meaning + fit.has_stance / 2 for fit in fits]
    chosen = sorted(range(len(fits)), key=promise.__getitem__, reverse=True)[:most]
    compared = compare_meaning(request, [fits[at].utterance for at in chosen])
    for at, meaning in zip(chosen, compared, strict=True):
        fits[at] = replace(fits[at], meaning=meaning)
    return fits


def _score_own(fit: Fit, topic: Topic, speaker: _Speaker) -> float | None:
    score = score_clear(fit, topic)
    if score is not None and fit.utterance.speaker in speaker.unlikely_names:
        return score * STATEMENT_WEIGHTS.unlikely_speaker_penalty
    return score


def _make_clear_evidence(scored: Iterable[tuple[Fit, float | None]]) -> list[Evidence]:
    by_article: dict[str, list[tuple[Utterance, float | None]]] = {}
    for fit, score in scored:
        by_article.setdefault(fit.utterance.article.id, []).append((fit.utterance, score))
    return [evidence for utterances in by_article.values() for evidence in join_continuations(utterances)]


def _find_near(fits: Iterable[Fit], topic: Topic) -> list[Evidence]:
    scored = [(fit, score_near(fit, topic)) for fit in fits]
    return rank_evidence(make_evidence(fit.utterance, score) for fit, score in scored if score is not None)[:MAX_NEAR]


def _choose_other_speakers(
    spoken: Iterable[tuple[str, Utterance, float]], topic: Topic, request: EvidenceRequest | None
) -> dict[str, Evidence]:
    """For each other speaker whose own words have most of the topic's words, the best of them.

    With a request they are compared with the topic in meaning too; a topic that is only a name needs no comparison.
    """
    best: dict[str, Evidence] = {}
    utterances: dict[str, Utterance] = {}
    for name, utterance, coverage in spoken:
        if name not in best or coverage > best[name].score:
            best[name], utterances[name] = make_evidence(utterance, coverage), utterance
    chosen = sorted(best, key=lambda name: -best[name].score)[:MAX_OTHERS]
    if request is not None and not topic.is_name:
        meanings = compare_meaning(request, [utterances[name] for name in chosen])
        chosen = [
            name
            for name, meaning in zip(chosen, meanings, strict=True)
            if meaning is NO_MEANING or meaning.topic >= STATEMENT_WEIGHTS.min_near_meaning
        ]
        chosen = [name for name in chosen if not topic.lacks_names(best[name].article)]
    return {name: best[name] for name in chosen}
