"""Weighs what several sources say about a sentence of a draft: the nearest one, and where others disagree with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.proof.prover import Comparison
from assistant.records.proof import ProofFinding, Source
from assistant.text.names import is_same_person

MIN_COVERAGE = 0.5  # share of the words of a sentence that a source about the same thing has
MAX_BEHIND: Mapping[str, float] = {"number": 0.25, "day": 0.25, "name": 0.15, "speaker": 0.15}
"""By how much less another source may have and still count against what the nearest one says, by kind."""
_REPORTED_KINDS = ("number", "name", "day", "negation", "modality", "speaker")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The source that is nearest to a sentence, and what it says otherwise or lacks; None without one.

    `other_words` are where it has other words, which may mean the same.
    """

    nearest: int | None = None
    findings: tuple[ProofFinding, ...] = ()
    other_words: tuple[ProofFinding, ...] = ()


def weigh(comparisons: Sequence[Comparison], sources: Sequence[Source]) -> Outcome:
    """The nearest source: with most of the words of the sentence, then with most names, then the one that agrees best.

    What the nearest source contradicts and another one has is no contradiction: the sources disagree.
    """
    near = [each for each in comparisons if each.coverage >= MIN_COVERAGE]
    if not near:
        return Outcome()
    best = max(near, key=lambda each: (each.coverage, each.names, -len(_contrary(each)), -len(each.findings), -each.n))
    rivals = [each for each in near if each is not best]
    contrary = [_dispute(finding, best, rivals, sources) for finding in _contrary(best)]
    said = " ".join(each.words for each in contrary)
    text = next(each.article.text for each in sources if each.n == best.n)
    lacking = [each for each in _lacking(best, near, text) if each.words not in said]
    return Outcome(best.n, tuple(dict.fromkeys((*contrary, *lacking))), best.other_words)


def _contrary(comparison: Comparison) -> list[ProofFinding]:
    return [each for each in (*comparison.contrasts, *comparison.findings) if each.is_contrary]


def _lacking(best: Comparison, near: Sequence[Comparison], text: str) -> Iterator[ProofFinding]:
    """What no source has of the sentence, of what can be checked; names neither in the `text` of the whole article."""
    for finding in best.findings:
        if finding.is_contrary or finding.kind not in _REPORTED_KINDS:
            continue
        if finding.kind in ("negation", "modality") and finding.words not in best.missing:
            continue  # the source has more than the sentence, which need not be about the same
        if finding.kind in ("number", "name", "day") and any(_has(each, finding.words) for each in near):
            continue
        if finding.kind == "name" and finding.words in text:
            continue
        yield finding


def _has(comparison: Comparison, words: str) -> bool:
    return not any(missing in words for missing in comparison.missing)


def _dispute(
    finding: ProofFinding, best: Comparison, rivals: Sequence[Comparison], sources: Sequence[Source]
) -> ProofFinding:
    """A contradiction, or, if another source has what the nearest one contradicts, that both disagree."""
    if finding.kind not in MAX_BEHIND:
        return finding
    behind = 0.0 if _has(best, finding.words) else MAX_BEHIND[finding.kind]  # what is only elsewhere in the nearest one
    for rival in rivals:
        if rival.coverage < best.coverage - behind or rival.names < best.names:
            continue
        if finding.kind == "speaker" and not any(is_same_person(finding.words, name) for name in rival.speakers):
            continue
        if _has(rival, finding.words) and not any(each.kind == finding.kind for each in _contrary(rival)):
            here, there = (next(each for each in sources if each.n == n) for n in (best.n, rival.n))
            if not _is_same_sentence(here, there):
                reason = f"the articles disagree: {finding.reason}, but not “{there.article.title}”"
                return replace(finding, reason=reason, is_contrary=False)
    return finding


def _is_same_sentence(one: Source, other: Source) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end
