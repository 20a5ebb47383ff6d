"""Why a source does not bear out a sentence: the number, name, day or negation in which they differ."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.proof.alignment import is_same_word
from assistant.proof.claims import Claim
from assistant.proof.contrast import is_known
from assistant.proof.sources import ReadSource
from assistant.proof.words import Word
from assistant.records.proof import FindingKind, ProofFinding

_KINDS: dict[str, tuple[FindingKind, str]] = {
    "number": ("number", "the source does not have this number"),
    "day": ("day", "the source does not have this day"),
    "name": ("name", "the source does not have this name"),
    "negation": ("negation", "the source does not deny this"),
    "modality": ("modality", "the source does not say so"),
}


def explain_wording(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """In which words a sentence differs from a source that does not bear it out; at least one finding."""
    missing = [word for word in claim.words if word.kind != "optional" and not is_known(word, claim, source)]
    findings = []
    for word in missing:
        kind, reason = _KINDS.get(word.kind, ("wording", "the source does not say this"))
        findings.append(ProofFinding(kind, claim.text[word.start : word.end], reason))
    if not findings:
        findings += [
            ProofFinding("negation", word.form, "the source denies this")
            for word in source.words
            if word.kind == "negation" and not _has(claim.words, word)
        ]
    order = ["quotation", "number", "day", "name", "negation", "modality", "speaker", "wording"]
    findings.sort(key=lambda finding: order.index(finding.kind))
    return findings or [ProofFinding("wording", claim.text, "the source has these words in another connection")]


def _has(words: Iterable[Word], wanted: Word) -> bool:
    return any(is_same_word(wanted, word, is_reported=True) for word in words)
