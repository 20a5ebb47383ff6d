"""What a checked draft amounts to, in words that all reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.records.proof import DraftSentence, DraftStatus, ProofFinding

WHOLE = 0.9  # share of the length of a sentence, from which words are the whole sentence

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
    return list(dict.fromkeys((*(_describe(each, sentence) for each in sentence.findings), *sentence.remarks)))


def _describe(finding: ProofFinding, sentence: DraftSentence) -> str:
    """The words and what is wrong with them; the words are left out if they are all of the sentence."""
    if len(finding.words) < WHOLE * len(sentence.text):
        return f"“{finding.words}”: {finding.reason}"
    return finding.reason[:1].upper() + finding.reason[1:]
