"""What tells whether the best sentence answers, beyond its rank among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.ranking import RankedSentence
from assistant.evidence.missing_words import find_missing_names, find_missing_words

FIRST_SENTENCES = 3  # that an answer shows
MIN_OPEN_COVERAGE = 0.85  # share of the topic's weight that a sentence and its surroundings need


def read_signs(question: FactQuestion, ranked: Sequence[RankedSentence]) -> Mapping[str, float]:
    """The signs of the best of some ranked sentences, at least one.

    Each is in 0..1, but `reading` and `around`, which are in -1..1 and there only if a ranker read the sentence, alone
    or with those around it; without a ranker `sentence_similarity` is there.
    """
    best = ranked[0]
    article, features = best.candidate.sentence.article, best.candidate.features
    terms = max(1, len(question.query.terms))
    expects = question.query.expects
    missing_names = find_missing_names(question.query, [article])
    is_open = expects is None and (question.query.topic is not None or question.query.newest_first)
    signs = {
        "certainty": 1.0,
        "share": best.share,
        "first_share": sum(each.share for each in ranked[:FIRST_SENTENCES]),
        "missing_names": float(bool(missing_names)),
        "more_missing_names": float(len(missing_names) > 1),
        "missing_words": min(1.0, len(find_missing_words(question.query, [article])) / terms),
        "passage_similarity": features.get("passage_similarity", 0.0),
        "own_coverage": features.get("own_coverage", 0.0),
        "article_coverage": features.get("article_coverage", 0.0),
        "phrase": features.get("phrase", 0.0),
        "context_coverage": features.get("context_coverage", 0.0),
        "freshness": features.get("freshness", 0.0),
        "open": float(is_open),
        "on_topic": float(is_open and any(_is_on_topic(question, each) for each in ranked[:FIRST_SENTENCES])),
        "dated": float(question.asked_at is not None),
        "unrelated": features.get("unrelated", 0.0),
        "unfilled": float(expects not in (None, "yes_no", "reason") and not features.get(f"fills_{expects}")),
        "uncounted": float(bool(question.counted_nouns) and not features.get("counts_noun")),
        "claim": features.get("claim", 0.0),
        f"asks_{expects or 'anything'}": 1.0,
    }
    compared = ("reading", "around", "alone") if "reading" in features else ("sentence_similarity",)
    return {**signs, **{name: features[name] for name in compared if name in features}}


def _is_on_topic(question: FactQuestion, ranked: RankedSentence) -> bool:
    """Whether a sentence and what is around it have the words of the question, and its article all names."""
    candidate = ranked.candidate
    if candidate.features.get("context_coverage", 0.0) < MIN_OPEN_COVERAGE:
        return False
    return not find_missing_names(question.query, [candidate.sentence.article])
