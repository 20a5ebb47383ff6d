"""Who is named behind a quotation that has no attribution of its own: in a signature, or in the next sentence."""

from __future__ import annotations

import re

from assistant.speech.attribution import find_attributions
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.mention_history import Mention
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.tagger import TaggedSentence, tag_sentence

MAX_SIGNATURE_LENGTH = 150  # characters
_SIGNATURE = re.compile(r"^(?:-{1,2}(?P<name>N)(?:[.,][^Q]{0,12})?|\((?P<described>N),[DTwON]{0,6}T[DTwONo]{0,9}\))$")


def find_signature(sentence: TaggedSentence) -> str | None:
    """The name in a line like "— Ada Tarn, Pelby." or "(Ada Tarn, keeper)" below a quotation; None if it is no such."""
    match = _SIGNATURE.match(sentence.tags)
    return sentence.tokens[max(match.start("name"), match.start("described"))].name or None if match else None


def find_signer(line: str, coreference: CoreferenceResolver) -> ResolvedAttribution | None:
    """The person who signs a quotation in the line below it."""
    if line.lstrip()[:1] not in tuple("-—–―(") or len(line) > MAX_SIGNATURE_LENGTH:
        return None
    name = find_signature(tag_sentence(line))
    return ResolvedAttribution(coreference.full_name(name), cue="—") if name else None


def find_named_speaker(sentence: TaggedSentence, coreference: CoreferenceResolver) -> ResolvedAttribution | None:
    """The first speaker in a sentence who has a name."""
    for attribution in find_attributions(sentence):
        if attribution.kind == "name":
            speaker = coreference.resolve(Mention(attribution.name, "name", attribution.title))
            role = attribution.name if speaker is None else None
            return ResolvedAttribution(speaker, role, cue=attribution.cue, side=attribution.side)
    return None
