"""Resolves the speakers of the attributions in a sentence, also those that a cue shares with another attribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.records.statement import StatementStatus
from assistant.speech.attribution import Attribution, find_attributions, find_subject, find_subjectless_cues
from assistant.speech.coreference import CoreferenceResolver, Mention
from assistant.speech.patterns import MentionKind
from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import is_given_name


@dataclass(frozen=True, slots=True)
class ResolvedAttribution:
    """An attribution whose speaker is resolved to a full name; None if unknown. Offsets are into the sentence.

    `side` is that of an `Attribution`. For an attribution carried over from another sentence, the offsets are 0, and
    `side` is "quoted" if only a paragraph that is all quotation can continue it, or else empty.
    """

    speaker: str | None
    role: str | None = None
    cue: str = ""
    side: str = ""
    start: int = 0
    end: int = 0
    co_speakers: tuple[str, ...] = ()  # further speakers of the same words
    status: StatementStatus = "asserted"
    via: str | None = None  # according to whom the speaker said it


def resolve_attributions(sentence: TaggedSentence, coreference: CoreferenceResolver) -> list[ResolvedAttribution]:
    """The attributions of a sentence with their speakers, in order. `coreference` learns the people on the way."""
    resolved: list[ResolvedAttribution] = []
    for attribution in find_attributions(sentence):
        previous = resolved[-1] if resolved else None
        resolved.append(_resolve_attribution(attribution, sentence, previous, coreference))
    for cue, start, end in find_subjectless_cues(sentence):
        if any(other.start < end and start < other.end for other in resolved):
            continue
        subjectless = ResolvedAttribution(None, None, cue, "after", start, end)
        shared = _resolve_subjectless(subjectless, sentence, resolved, coreference)
        if shared is not None:
            resolved.append(shared)
            resolved.sort(key=lambda attribution: attribution.start)
    return resolved


def resolve_subject(subject: tuple[str, MentionKind], coreference: CoreferenceResolver) -> str | None:
    """The full name of the subject of a sentence, as `find_subject` gives it."""
    return coreference.resolve(Mention(*subject))


def _resolve_attribution(
    attribution: Attribution,
    sentence: TaggedSentence,
    previous: ResolvedAttribution | None,
    coreference: CoreferenceResolver,
) -> ResolvedAttribution:
    """An attribution with its speaker; `previous` is the attribution before it in the sentence."""
    subject = find_subject(sentence, attribution.start) if attribution.kind == "pronoun" else None
    mention = Mention(
        attribution.name,
        attribution.kind,
        title=attribution.title,
        names_before=[word.name for word in sentence.tokens if word.name and word.end <= attribution.start],
        current_speaker=previous.speaker if previous and not previous.co_speakers else None,
        subject=subject[0] if subject and subject[1] == "name" else None,
    )
    speaker = coreference.resolve(mention)
    others = tuple(coreference.full_name(name) for name in attribution.co_speakers)
    if others and speaker and is_given_name(speaker) and " " in others[0]:
        speaker = f"{speaker} {others[0].split()[-1]}"  # "Ada and Ivo Tarn said"
    if speaker and attribution.role:
        coreference.roles.setdefault(speaker, attribution.role)
    return ResolvedAttribution(
        speaker,
        attribution.name if attribution.kind == "role" else None,
        attribution.cue,
        attribution.side,
        attribution.start,
        attribution.end,
        others,
    )


def _resolve_subjectless(
    subjectless: ResolvedAttribution,
    sentence: TaggedSentence,
    resolved: Sequence[ResolvedAttribution],
    coreference: CoreferenceResolver,
) -> ResolvedAttribution | None:
    """A cue without a subject, with the speaker of the attribution before it, or the subject of the main clause."""
    start = subjectless.start
    before = [other for other in resolved if other.end <= start and not (other.side == "after" and other.start)]
    if before:
        owner = before[-1]
    elif resolved and _is_leading_cue(sentence, subjectless.end, resolved[0]):
        owner = resolved[0]
    else:
        subject = find_subject(sentence, start)
        if subject is None:
            return None
        role = subject[0] if subject[1] == "role" else None
        return replace(subjectless, speaker=resolve_subject(subject, coreference), role=role)
    return replace(subjectless, speaker=owner.speaker, role=owner.role, co_speakers=owner.co_speakers)


def _is_leading_cue(sentence: TaggedSentence, cue_end: int, attribution: ResolvedAttribution) -> bool:
    """Whether a cue opens a sentence whose subject follows: "Noting the tide, Ada said …"."""
    return (
        attribution.side == "around"
        and sentence.text[cue_end : attribution.start].rstrip().endswith(",")
        and attribution.cue.split()[0] not in ENGLISH.reporting.source_phrase_openings
    )
