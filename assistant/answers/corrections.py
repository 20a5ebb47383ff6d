"""Articles that correct other articles, and the sentences in which they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.records.answer import Evidence
from assistant.records.statement import StatementCorrection
from assistant.retrieval.corrections import find_correcting_sentence, list_corrections_of
from assistant.retrieval.snapshot import Snapshot

LEADING_SHARE = 0.7  # of the best score, from which a correction comes before what it corrects
MAX_CORRECTED = 2  # of the best sentences, one of which it must correct

_CORRECTED_VERSION = re.compile(
    r"\b(?:correct \w+ (?:is|was|are|were)|should have|should be|in fact|actually)\b|\b(?:is|was|are|were)\b.*?, not\b",
    re.IGNORECASE,
)


def find_correction(evidence: Evidence, snapshot: Snapshot) -> Evidence | None:
    """The sentences that correct this evidence, if there is one.

    Of a statement that a note corrects, it is the note. Otherwise that article must name the article of the evidence by
    its title, and the sentence must share a figure, or at least half of the content words, with the evidence.
    """
    if evidence.correction is not None:
        return _find_note(evidence.correction, evidence.score, snapshot)
    span = (evidence.start, evidence.end)
    corrections = list_corrections_of(evidence.article, snapshot.corrections)
    found = find_correcting_sentence(evidence.article, span, corrections, snapshot.sentence_spans)
    return None if found is None else Evidence(found[0], *found[1], evidence.score)


def _find_note(correction: StatementCorrection, score: float, snapshot: Snapshot) -> Evidence | None:
    article = snapshot.article(correction.article_id)
    if article is None:
        return None
    return Evidence(article, correction.start, correction.end, score, correction.speaker)


def prefer_corrected_sentences(evidence: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """The evidence, with each sentence that only reports an error replaced by the one that corrects it.

    "The article gave a wrong figure" is no answer, and "The correct number is 385" is. A sentence that then occurs
    twice is left out the second time. What corrects one of the best other sentences comes right before it if it answers
    nearly as well as the best; scores do not change.
    """
    correcting_ids = {article.id for article in snapshot.corrections}
    by_place: dict[tuple[str, int], Evidence] = {}
    for each in evidence:
        preferred = _find_corrected_version(each, snapshot) if each.article.id in correcting_ids else each
        by_place.setdefault((preferred.article.id, preferred.start), preferred)
    preferred_evidence = list(by_place.values())
    min_score = LEADING_SHARE * max((each.score for each in preferred_evidence), default=0.0)
    corrected = [each for each in preferred_evidence if each.article.id not in correcting_ids][:MAX_CORRECTED]
    for other in corrected:
        correction = find_correction(other, snapshot)
        if correction is None:
            continue
        place = preferred_evidence.index(other)
        for later, each in enumerate(preferred_evidence[place + 1 :], place + 1):
            if each.score >= min_score and _is_at(each, correction):
                preferred_evidence.insert(place, preferred_evidence.pop(later))
    return preferred_evidence


def _is_at(evidence: Evidence, other: Evidence) -> bool:
    return (other.article.id, other.start) == (evidence.article.id, evidence.start)


def _find_corrected_version(evidence: Evidence, snapshot: Snapshot) -> Evidence:
    """The next sentence that says what is correct, or the evidence itself if it does so or if there is none."""
    text = evidence.article.text
    if _CORRECTED_VERSION.search(text[evidence.start : evidence.end]):
        return evidence
    for start, end in snapshot.sentence_spans(evidence.article.id):
        if start >= evidence.end and _CORRECTED_VERSION.search(text[start:end]):
            return replace(evidence, start=start, end=end, marks=(), short_answer=None)
    return evidence
