"""Ranks the sentences of the retrieved passages in stages, the cheap ones first: by words, by meaning, by reading."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.facts.features import Candidate, Features, build_candidates
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.sentences import list_sentences
from assistant.evidence.facts.weights import BY_MEANING, BY_READING, BY_WORDS
from assistant.evidence.selection import EvidenceRequest, ReadTexts, Similarity

MAX_COMPARED = 16  # sentences compared in meaning; each costs milliseconds
MAX_ADDED = 6  # sentences of further articles that are compared and read too, where a list is asked for
MAX_COMPARED_CHARACTERS = 320  # of title and sentence
MAX_READ = 12  # sentences that the ranker reads with the question; each costs several times as much
MAX_READ_CHARACTERS = 400  # of a sentence
EARLIER_ARTICLE = 3.5  # log-odds for a sentence of the articles of the last answer, if a question depends on it
EARLIER_SHARE = 75  # percent of the sentences that are compared, for those of such articles
READING_RANGE = 8.0  # log-odds of the ranker beyond which it is not surer


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A candidate and its score, in log-odds against the other candidates; `share` of all odds is its probability."""

    candidate: Candidate
    score: float
    share: float


def rank_sentences(question: FactQuestion, request: EvidenceRequest) -> list[RankedSentence]:
    """The sentences that may answer, best first: those that the last stage compared.

    Each stage orders all sentences that it gets and hands the best of them to the next one.
    """
    candidates = build_candidates(question, list_sentences(request))
    candidates.sort(key=lambda each: -_score(each, BY_WORDS))
    if request.similarity is None:
        return share_odds(candidates, BY_WORDS)
    compared = _choose(question, candidates, MAX_COMPARED)
    ranked = share_odds(compare_meaning(compared, request.similarity), BY_MEANING, MAX_COMPARED)
    if request.read is None:
        return ranked
    chosen = _choose(question, [each.candidate for each in ranked], MAX_READ)
    return share_odds(read_sentences(chosen, request.read), BY_READING, MAX_READ)


def _choose(question: FactQuestion, candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """The first candidates, which the next stage compares.

    For a list, whose members stand in several articles, the best of further articles too; for a question that depends
    on the conversation, first those of the articles of the last answer.
    """
    query = question.query
    if query.is_follow_up:
        earlier = [each for each in candidates if each.features.get("earlier")][: count * EARLIER_SHARE // 100]
        return [*earlier, *(each for each in candidates if each not in earlier)][:count]
    chosen = list(candidates[:count])
    if not query.asks_for_several:
        return chosen
    articles = {each.sentence.article.id for each in chosen}
    for each in candidates[count:]:
        if len(chosen) >= count + MAX_ADDED:
            break
        if each.sentence.article.id not in articles:
            articles.add(each.sentence.article.id)
            chosen.append(each)
    return chosen


def score_features(features: Features, weights: Mapping[str, float]) -> float:
    """The weighted sum of features."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _score(candidate: Candidate, weights: Mapping[str, float]) -> float:
    return score_features(candidate.features, weights) + EARLIER_ARTICLE * candidate.features.get("earlier", 0.0)


def compare_meaning(candidates: Sequence[Candidate], similarity: Similarity) -> list[Candidate]:
    """The candidates with the cosine of title and sentence with the question."""
    if not candidates:
        return []
    cosines = similarity([each.sentence.titled_text[:MAX_COMPARED_CHARACTERS] for each in candidates])
    return [
        replace(each, features={**each.features, "sentence_similarity": max(0.0, float(cosine))})
        for each, cosine in zip(candidates, cosines, strict=True)
    ]


def read_sentences(candidates: Sequence[Candidate], read: ReadTexts) -> list[Candidate]:
    """The candidates with what the ranker says of each, as a feature in -1..1."""
    if not candidates:
        return []
    texts = [
        (each.sentence.article.title, " ".join(each.sentence.text.split())[:MAX_READ_CHARACTERS]) for each in candidates
    ]
    return [
        replace(
            each,
            features={**each.features, "reading": max(-1.0, min(1.0, reading.score / READING_RANGE))},
            words=reading.words,
        )
        for each, reading in zip(candidates, read(texts), strict=True)
    ]


def share_odds(
    candidates: Iterable[Candidate], weights: Mapping[str, float], counted: int | None = None
) -> list[RankedSentence]:
    """The candidates by these weights, best first, each with its share of the odds of the first `counted` (all)."""
    scored = [(_score(each, weights), each) for each in candidates]
    if not scored:
        return []
    scored.sort(key=lambda pair: -pair[0])
    top = scored[0][0]
    total = sum(math.exp(score - top) for score, _ in scored[:counted])
    return [RankedSentence(each, score, math.exp(score - top) / total) for score, each in scored]
