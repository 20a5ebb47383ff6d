"""Quotations inside quotations: what a speaker quotes somebody else as saying. “Ivo told me, ‘No,’” said Ada."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.records.article import Span
from assistant.speech.attribution import Attribution, find_attributions
from assistant.speech.content_spans import find_content_spans
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.status.classification import classify_attribution
from assistant.speech.tagger import TaggedSentence, tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import is_quoted, mask_spans, quotation_spans

MAX_QUOTATION_LENGTH = 1_500  # characters; a longer quotation is read no further
_STATUS = ENGLISH.status
_INNER_MARK = re.compile(r"[“‘'\"]\w")


def find_quoted_speech(
    text: str, quotation: Span, coreference: CoreferenceResolver
) -> Iterator[tuple[ResolvedAttribution, Span]]:
    """The quotations inside one quotation whose speaker it names, with the spans in the text.

    An attribution without a speaker is what the speaker of the whole quotation denies to have said.
    """
    start, end = quotation[0] + 1, quotation[1] - 1
    if end - start > MAX_QUOTATION_LENGTH or not _INNER_MARK.search(text, start, end):
        return
    inner, _ = quotation_spans(text, start, end)
    if not inner:
        return
    quotes = [(first - start, last - start) for first, last in inner]
    masked = mask_spans(text[start:end], quotes)
    sentence = tag_sentence(masked)
    found = (_read_attribution(each, sentence, coreference) for each in find_attributions(sentence))
    attributions = [attribution for attribution in found if attribution]
    if not attributions:
        return
    for piece in find_content_spans(masked, quotes, attributions):
        is_all_quoted = is_quoted(piece.start, piece.end, quotes)
        for first, last in quotes:
            if first == piece.start or (is_all_quoted and piece.start <= first and last <= piece.end):
                yield piece.attribution, (start + first, start + last)


def _read_attribution(
    found: Attribution, sentence: TaggedSentence, coreference: CoreferenceResolver
) -> ResolvedAttribution | None:
    """An attribution inside a quotation; None if it does not say whose words follow.

    Of the pronouns, only what "I" denies to have said is clear: it has no speaker of its own.
    """
    speaker = coreference.full_name(found.name) if found.kind == "name" else None
    attribution = ResolvedAttribution(speaker, None, found.cue, found.side, found.start, found.end)
    attribution = classify_attribution(attribution, sentence)
    if found.kind == "pronoun":
        return attribution if found.name.lower() == "i" and attribution.status == "denied" else None
    return attribution if found.kind == "name" and _is_quoted_person(found, sentence) else None


def _is_quoted_person(attribution: Attribution, sentence: TaggedSentence) -> bool:
    """Whether words are reported of a named person: not "Scripture urges us to", not "no American would say"."""
    if attribution.cue.lower() not in _STATUS.plain_speech_verbs:
        return False
    before = [token.text.lower() for token in sentence.tokens if token.end <= attribution.start][-1:]
    first = sentence.text[attribution.start : attribution.end].split(maxsplit=1)[0].lower()
    is_pronoun = first.replace("’", "'").partition("'")[0] in ENGLISH.grammar.speaking_pronouns  # "I'd say"
    return not is_pronoun and not {*before, first} & ENGLISH.grammar.determiners
