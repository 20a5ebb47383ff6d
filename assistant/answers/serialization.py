"""The published answer schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.records.answer import (
    Answer,
)

SCHEMA_VERSION = 1


def refuse_question(question: str, reason: str) -> Answer:
    """The answer to something that cannot be asked, so that a batch accounts for every line."""
    return Answer(question, reason, True, reason, (), (), ())


def to_json(answer: Answer, identifier: Any = None) -> dict[str, Any]:
    """An answer in the published schema, version 1."""
    return {
        "schema": SCHEMA_VERSION,
        "id": identifier,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answer": answer.answer,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "mode": answer.mode,
        "sentences": [{"text": s.text, "citations": list(s.citations), "support": s.support} for s in answer.sentences],
        "citations": [asdict(cited) for cited in answer.citations],
        "passages": [
            {
                "article_id": hit.passage.article_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 6),
            }
            for hit in answer.passages
        ],
        "timings": {stage: round(ms, 2) for stage, ms in answer.timings.items()},
        "confidence": None if answer.confidence is None else round(answer.confidence, 4),
        "notes": list(answer.notes),
        "conflicts": [asdict(conflict) for conflict in answer.conflicts],
        "corrections": [asdict(correction) for correction in answer.corrections],
        "nearest": [asdict(cited) for cited in answer.nearest],
    }
