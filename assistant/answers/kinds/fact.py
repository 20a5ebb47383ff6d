"""Any other question, above all for a fact: the sentences that answer it, whoever says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answers.kinds.kind import FollowUp, FollowUpMaterial, QuestionKind
from assistant.answers.kinds.shared import ask_speakers, mention_elsewhere
from assistant.evidence.scoring import SENTENCE_WEIGHTS
from assistant.evidence.selection import EvidenceRequest, Selection, rank_evidence
from assistant.evidence.sentences import SentenceCandidate, find_candidates
from assistant.records.answer import Evidence
from assistant.records.query import Query
from assistant.records.question_kinds import FACT_KIND
from assistant.retrieval.snapshot import Snapshot
from assistant.text.formatting import join_names

MIN_WORD_COVERAGE = 0.5  # share of the weight of a question's words that a sentence in its language needs
MAX_TITLES = 2  # of the nearest articles, which a refusal names


def select_sentences(request: EvidenceRequest) -> Selection:
    """The sentences of the passages, best first; none if the best is not good enough.

    The meaning of a question in another language than English is not compared: its words decide.
    """
    candidates = find_candidates(request)
    if request.query.language:
        return _select_by_words(candidates)
    ranked = rank_evidence(
        Evidence(each.article, each.start, each.end, each.score, marks=each.marks) for each in candidates
    )
    best = ranked[0].score if ranked else 0.0
    return Selection(tuple(ranked) if best >= SENTENCE_WEIGHTS.min_score else (), best)


def _select_by_words(candidates: Iterable[SentenceCandidate]) -> Selection:
    """The sentences with at least half of the weight of the question's words."""
    ranked = rank_evidence(
        Evidence(each.article, each.start, each.end, each.features.own_coverage, marks=each.marks)
        for each in candidates
        if each.features.own_coverage >= MIN_WORD_COVERAGE
    )
    return Selection(tuple(ranked), ranked[0].score if ranked else 0.0)


def _explain_refusal(_query: Query, selection: Selection, snapshot: Snapshot) -> list[str]:
    sentences = ["No sentence in the articles answers this.", *mention_elsewhere(selection)]
    articles = snapshot.articles_of(snapshot.passages).values()
    titles = list(dict.fromkeys(article.title for article in articles))[:MAX_TITLES]
    if titles:
        sentences.append(f"The nearest: {join_names([f'“{title}”' for title in titles])}.")
    return sentences


def _propose_follow_ups(material: FollowUpMaterial) -> Iterator[Iterator[FollowUp]]:
    """What speakers of the cited articles said about the matter of the question."""
    matter = material.question_words | material.title_words
    return ask_speakers(material, lambda words: not words.isdisjoint(matter))


FACT = QuestionKind(
    FACT_KIND, select_sentences, _explain_refusal, _propose_follow_ups, is_brief=True, uses_corrections=True
)
