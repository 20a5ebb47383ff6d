"""How near utterances are to the topic of a question in meaning: alone, and after the title of their article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.evidence.selection import EvidenceRequest
from assistant.speech.utterances import Utterance

MAX_COMPARED_LENGTH = 300  # characters of an utterance: more takes more time and says no more


@dataclass(frozen=True, slots=True)
class Meaning:
    """Cosines of an utterance: with the topic, alone and with the title before it; and so with the whole question."""

    topic_alone: float = 0.0
    topic: float = 0.0
    question: float = 0.0


NO_MEANING = Meaning()
"""Of what was not compared."""


def compare_meaning(request: EvidenceRequest, utterances: Sequence[Utterance]) -> list[Meaning]:
    """The meaning of each utterance relative to the question; all 0 if the question has no topic or no model runs.

    Only those that are close to the topic after their title are compared alone too: that decides if they are clear.
    """
    topic, compare, similarity = request.query.topic, request.compare_with, request.similarity
    if not utterances or not topic or compare is None or similarity is None:
        return [NO_MEANING] * len(utterances)
    alone = [utterance.shown[:MAX_COMPARED_LENGTH] for utterance in utterances]
    titled = [f"{utterance.article.title}. {text}" for utterance, text in zip(utterances, alone, strict=True)]
    with_topic = compare(topic, titled)
    close = [text for text, cosine in zip(alone, with_topic, strict=True) if is_close(cosine)]
    by_text = dict(zip(close, compare(topic, close) if close else (), strict=True))
    return [
        Meaning(float(by_text.get(text, 0.0)), float(cosine), float(question))
        for text, cosine, question in zip(alone, with_topic, similarity(titled), strict=True)
    ]


def is_close(cosine: float) -> bool:
    """Whether an utterance after its title is close enough to a topic to be clearly on it."""
    return cosine >= STATEMENT_WEIGHTS.min_topic_meaning
