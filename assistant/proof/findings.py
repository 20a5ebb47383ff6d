"""Why a source does not bear out a sentence: the number, name, day or negation in which they differ."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from assistant.proof.alignment import is_same_word
from assistant.proof.claims import Claim
from assistant.proof.contrast import is_known
from assistant.proof.sources import ReadSource
from assistant.proof.words import Word
from assistant.records.proof import FindingKind, ProofFinding

MAX_IN_PLACE = 5  # words of a source that are told in place of others
_TOLD = ("content", "name", "number", "day")
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


def find_other_words(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """The words of a sentence that a source lacks, with those that it has in their place, if there are a few."""
    claimed = [word for word in claim.words if word.kind != "optional"]
    own = [word for word in source.words if word.kind != "optional"]
    matcher = SequenceMatcher(None, [word.root for word in claimed], [word.root for word in own], autojunk=False)
    found = []
    for tag, first, last, start, end in matcher.get_opcodes():
        lacking = [
            word for word in claimed[first:last] if word.kind in _TOLD and not _is_in_article(word, claim, source)
        ]
        if tag not in ("replace", "delete") or not lacking:
            continue
        instead = [word for word in own[start:end] if word.kind in _TOLD]
        reason = "the source does not say this"
        is_alike = {word.kind for word in lacking} == {word.kind for word in instead}
        if is_alike and end - start <= MAX_IN_PLACE:
            reason = f"the source has “{source.text[instead[0].start : instead[-1].end]}” here"
        found.append(ProofFinding("wording", claim.text[lacking[0].start : lacking[-1].end], reason))
    return found


def _is_in_article(word: Word, claim: Claim, source: ReadSource) -> bool:
    """Whether a source has a word, or its article a name."""
    is_named = word.kind == "name" and claim.text[word.start : word.end] in source.source.article.text
    return is_named or is_known(word, claim, source)


def _has(words: Iterable[Word], wanted: Word) -> bool:
    return any(is_same_word(wanted, word, is_reported=True) for word in words)
