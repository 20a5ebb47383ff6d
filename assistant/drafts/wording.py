"""What a checked draft amounts to, in words that all reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.records.proof import DraftSentence, DraftStatus

LABELS: Mapping[DraftStatus, str] = {
    "holds": "holds",
    "open": "not proved",
    "differs": "differs",
    "not_found": "not found",
    "unchecked": "nothing to check",
}


def summarize(sentences: Iterable[DraftSentence]) -> str:
    """How many sentences there are of each kind: "5 sentences: 3 hold, 1 differs, 1 has nothing to check."."""
    counts = Counter(sentence.status for sentence in sentences)
    total = sum(counts.values())
    parts = [f"{counts[status]} {label}" for status, label in LABELS.items() if counts[status]]
    return f"{total} sentence{'' if total == 1 else 's'}: {', '.join(parts)}." if total else "No sentence to check."


def describe_findings(sentence: DraftSentence) -> list[str]:
    """What differs, one line each, then what is said about the quotations, each once."""
    lines = [
        finding.reason if finding.kind == "quotation" and finding.reason.endswith(".") else
        f"“{finding.words}”: {finding.reason}"
        for finding in sentence.findings
    ]  # fmt: skip
    return list(dict.fromkeys((*lines, *sentence.remarks)))
