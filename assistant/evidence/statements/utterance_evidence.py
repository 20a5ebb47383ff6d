"""Utterances as evidence: with what the article says of whether they were said, and joined where they continue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.records.answer import Evidence
from assistant.speech.utterances import Utterance
from assistant.text.languages import ENGLISH

MAX_JOINED_LENGTH = 600  # characters up to which a quotation that continues in the next sentence is shown whole
MAX_GAP = 2  # characters between two utterances of which the second continues the first

STATUS_FACTORS = {
    "reported": STATEMENT_WEIGHTS.second_hand_penalty,
    "denied": STATEMENT_WEIGHTS.unsaid_penalty,
}

ScoredUtterance = tuple[Utterance, float | None]
"""An utterance with its score on the topic; None if it is not on it."""


def make_evidence(utterance: Utterance, score: float) -> Evidence:
    """An utterance as evidence, with what the article says of whether it was said."""
    return Evidence(
        utterance.article,
        *utterance.span,
        score,
        utterance.speaker,
        status=utterance.status,
        via=utterance.via,
        correction=utterance.correction,
    )


def is_unsaid(utterance: Utterance) -> bool:
    """Whether the words are not the speaker's: corrected, imagined, or denied, except what the speaker denies."""
    if utterance.status == "denied":
        return not any(statement.cue.lower() in ENGLISH.status.denial_cues for statement in utterance.statements)
    return utterance.status in ("questioned", "corrected")


def join_continuations(scored: Iterable[ScoredUtterance]) -> list[Evidence]:
    """The utterances with a score. Each includes the quotation with which the speaker continues in the next sentence.

    "“The lock is old,” Ada said. “It will not last.”" is one piece of evidence, even if only its first half has a
    score.
    """
    joined: list[Evidence] = []
    previous: Utterance | None = None
    for utterance, score in scored:
        last = joined[-1] if joined else None
        if last and previous and last.end == previous.span[1] and _continues(utterance, previous, last.start):
            joined[-1] = replace(last, end=utterance.span[1], score=max(last.score, score or 0.0))
        elif score is not None:
            joined.append(make_evidence(utterance, score * STATUS_FACTORS.get(utterance.status, 1.0)))
        previous = utterance
    return joined


def _continues(utterance: Utterance, previous: Utterance, start: int) -> bool:
    """Whether an utterance is the rest of a quotation in the same paragraph that begins at `start`."""
    gap = utterance.article.text[previous.span[1] : utterance.span[0]]
    return (
        utterance.speaker == previous.speaker
        and previous.direct
        and not any(statement.cue for statement in utterance.statements)
        and len(gap) <= MAX_GAP
        and not gap.strip()
        and "\n" not in gap
        and utterance.span[1] - start <= MAX_JOINED_LENGTH
    )
