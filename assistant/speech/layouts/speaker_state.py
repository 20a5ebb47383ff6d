"""Who speaks where a quotation has no attribution of its own: who spoke before in its paragraph or the one before, who
signs it, or who is named in the next sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.speech.attribution import find_attributions
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.mention_history import Mention
from assistant.speech.paragraphs import Paragraph
from assistant.speech.patterns import MentionKind
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.tagger import TaggedSentence, tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK
from assistant.text.roles import is_person_role

_INTRODUCED_BEHIND = re.compile(rf"{QUOTE_MASK}[^{QUOTE_MASK}]*[a-z][^{QUOTE_MASK}]*:\s$")
_OTHER_BEHIND = re.compile(r"[^Quqrz]*?,?c(?:[DO]w{0,2}T|N)A{0,2}[wSLVB][^Q]*$")


@dataclass(slots=True)
class SpeakerState:
    """The attributions that a quotation without one of its own can belong to."""

    current: ResolvedAttribution | None = None  # of the paragraph so far
    carried: ResolvedAttribution | None = None  # for the next paragraph

    def enter(self, paragraph: Paragraph) -> None:
        """Start a paragraph: what the last one carried over is current if the paragraph continues its quotation."""
        carried, self.carried = self.carried, None
        needs_quotation = carried is not None and carried.side == "quoted"
        self.current = carried if paragraph.quotes and (paragraph.is_quotation or not needs_quotation) else None

    def carry_over(self, attribution: ResolvedAttribution, is_quote_open: bool) -> None:
        """Offer an attribution to the next paragraph; if no quotation is open, only to one that is all quotation."""
        self.carried = replace(attribution, side="" if is_quote_open else "quoted", start=0, end=0)

    def turn_to(self, subject: tuple[str, MentionKind], resolver: CoreferenceResolver) -> None:
        """Read a sentence without speech: if it is about another person, nobody's words go on behind it.

        “…,” Ada said. Ivo shook his head. “…”
        """
        mention, kind = subject
        speaker = self.current.speaker if self.current else None
        if kind == "role":
            is_other = is_person_role(mention) and resolver.find_holder(mention) != speaker
        else:
            is_other = kind == "name" and resolver.full_name(mention) != speaker and resolver.may_act(mention)
        if is_other:
            self.current = None


def ends_with_other(sentence: TaggedSentence, end: int) -> bool:
    """Whether a clause about somebody else ends a sentence behind an attribution: "…, Ada said, and her son cut in"."""
    place = next((place for place, token in enumerate(sentence.tokens) if token.start >= end), len(sentence.tokens))
    return _OTHER_BEHIND.match(sentence.tags, place) is not None


def find_closing(outside: str, attributions: Sequence[ResolvedAttribution]) -> ResolvedAttribution | None:
    """The speaker whose tag ends a sentence, if there is one: "Tarn plans to go, Ada told the Post."."""
    last = attributions[-1]
    is_tag = outside[: last.start].rstrip().endswith(",") and _TAG_ENDS.fullmatch(outside, last.end)
    return last if is_tag and last.cue.lower() in ENGLISH.reporting.speech_forms else None


def find_main(outside: str, attributions: Sequence[ResolvedAttribution]) -> ResolvedAttribution:
    """Whose words a sentence without quotations is about: who closes it, or the first, but not of “Ivo’s claim”."""
    nouns = ENGLISH.reporting.speech_nouns
    verbs = (each for each in attributions if each.cue not in nouns or each.side != "after")
    return find_closing(outside, attributions) or next(verbs, attributions[0])


def is_in_that_clause(outside: str, attribution: ResolvedAttribution) -> bool:
    """Whether somebody is the subject of what is reported: "Ada said that Ivo wanted it"."""
    return attribution.start > 0 and outside[: attribution.start].endswith(" that ")


def is_introduced_behind(outside: str, start: int) -> bool:
    """Whether a quotation behind another one has an introduction of its own: “It leaks.” Ivo told us why: “…”."""
    return _INTRODUCED_BEHIND.search(outside, 0, start) is not None


_TAG_ENDS = re.compile(r"(?:\s(?:the|an?|on|in|last|this|week|reporters|[A-Z][\w’'.&-]*)){0,6}[.]?\s*")
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
