"""Ranks the sentences of the retrieved passages: by words, then the best of them by reading or by their meaning."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.evidence.facts.features import Candidate, Features, build_candidates
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.sentences import list_sentences
from assistant.evidence.facts.weights import BY_CONTEXT, BY_MEANING, BY_READING, BY_WORDS
from assistant.evidence.facts.windows import SpansOf, make_windows, place_of, write_as_read
from assistant.evidence.selection import EvidenceRequest, Reader, Similarity

MAX_READ = 24  # sentences that the ranker reads with the question: 40 ms on two cores that multiply bytes, 400 on older
MAX_WINDOWS = 3  # that it reads then, around the best of them: 20 ms
MAX_COMPARED = 16  # sentences that are compared in meaning where there is no ranker
MAX_ADDED = 4  # sentences of further articles beside them, where a list is asked for
MAX_COMPARED_CHARACTERS = 320  # of title and sentence
EARLIER_ARTICLE = 3.5  # log-odds for a sentence of the articles of the last answer, if a question depends on it
EARLIER_SHARE = 75  # percent of the sentences that are compared, for those of such articles
READING_RANGE = 8.0  # log-odds of the ranker beyond which it is not surer


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A candidate and its score, in log-odds against the other candidates; `share` of all odds is its probability."""

    candidate: Candidate
    score: float
    share: float


ScoredSentence = tuple[float, Candidate]


def rank_sentences(question: FactQuestion, request: EvidenceRequest) -> list[RankedSentence]:
    """The best sentences, best first. Words choose them; the ranker orders them or, without one, their meaning.

    The cosine of a sentence with the question adds nothing to what the ranker says of it.
    """
    ranked = score_all(build_candidates(question, list_sentences(request)), BY_WORDS)
    if request.reader is not None:
        chosen = _choose(question, ranked, MAX_READ)
        with_days = question.query.expects == "date"
        ranked = score_all(read_sentences(chosen, request.reader, with_days=with_days), BY_READING)
        if request.reader.score_windows is not None:
            spans_of = request.snapshot.sentence_spans
            read = read_windows([each for _, each in ranked], spans_of, request.reader, with_days=with_days)
            ranked = score_all(read, BY_CONTEXT)
    elif request.similarity is not None:
        chosen = _choose(question, ranked, MAX_COMPARED)
        ranked = score_all(compare_meaning(chosen, request.similarity), BY_MEANING)
    return share_odds(ranked)


def _choose(question: FactQuestion, ranked: Sequence[ScoredSentence], count: int) -> list[Candidate]:
    """The first sentences, which the next stage compares.

    For a list, whose members stand in several articles, the best of further articles too; for a question that depends
    on the conversation, first those of the articles of the last answer.
    """
    query, candidates = question.query, [each for _, each in ranked]
    if query.is_follow_up:
        earlier = [each for each in candidates if each.features.get("earlier")][: count * EARLIER_SHARE // 100]
        return [*earlier, *(each for each in candidates if each not in earlier)][:count]
    chosen = candidates[:count]
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


def read_sentences(candidates: Sequence[Candidate], reader: Reader, *, with_days: bool = False) -> list[Candidate]:
    """The candidates with what the ranker says of each, as a feature in -1..1.

    `with_days`: it is told which day "Thursday" means; then which words answer is not known, since it read others.
    """
    if not candidates:
        return []
    texts = [
        (each.sentence.article.title, write_as_read(each.sentence.text, each.sentence.article, with_days=with_days))
        for each in candidates
    ]
    return [
        replace(
            each,
            features={**each.features, "reading": _scale(reading.score)},
            words=None if with_days else reading.words,
        )
        for each, reading in zip(candidates, reader.read(texts), strict=True)
    ]


def read_windows(
    best: Sequence[Candidate], spans_of: SpansOf, reader: Reader, *, with_days: bool = False
) -> list[Candidate]:
    """The candidates, best first, with what the ranker says of those in the first windows, each read with the others.

    The features are `around`, in -1..1, or `alone` for a sentence in none of these windows.
    """
    if reader.score_windows is None:
        return list(best)
    windows = list(islice(make_windows(best, spans_of), MAX_WINDOWS))
    scores = reader.score_windows([window.as_read(with_days=with_days) for window in windows])
    found = {
        place: _scale(score)
        for window, own in zip(windows, scores, strict=True)
        for place, score in zip(window.places, own, strict=True)
    }
    return [
        replace(each, features={**each.features, **({"around": found[place]} if place in found else {"alone": 1.0})})
        for each in best
        if (place := place_of(each))
    ]


def _scale(log_odds: float) -> float:
    """What a ranker says, in -1..1."""
    return max(-1.0, min(1.0, log_odds / READING_RANGE))


def score_all(candidates: Iterable[Candidate], weights: Mapping[str, float]) -> list[ScoredSentence]:
    """The candidates with their scores, best first."""
    return sorted(((_score(each, weights), each) for each in candidates), key=lambda pair: -pair[0])


def share_odds(scored: Sequence[ScoredSentence]) -> list[RankedSentence]:
    """The sentences, best first, each with its share of the odds of all of them."""
    if not scored:
        return []
    top = scored[0][0]
    total = sum(math.exp(score - top) for score, _ in scored)
    return [RankedSentence(each, score, math.exp(score - top) / total) for score, each in scored]
