"""Quotations inside quotations: what a speaker quotes somebody else as saying. “Ivo told me, ‘No,’” said Ada."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.records.article import Span
from assistant.speech.attribution import Attribution, find_attributions
from assistant.speech.content_spans import find_content_spans, is_quoted
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.status.classification import classify_attribution
from assistant.speech.tagger import TaggedSentence, tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK, quotation_spans

MAX_QUOTATION_LENGTH = 1_500  # characters; a longer quotation is read no further
_STATUS = ENGLISH.status
_INNER_MARK = re.compile(r"[“‘'\"]\w")


def find_quoted_speech(
    text: str, quotation: Span, coreference: CoreferenceResolver
) -> Iterator[tuple[ResolvedAttribution, Span]]:
    """The quotations inside one quotation whose speaker it names, with the spans in the text."""
    start, end = quotation[0] + 1, quotation[1] - 1
    if end - start > MAX_QUOTATION_LENGTH or not _INNER_MARK.search(text, start, end):
        return
    inner, _ = quotation_spans(text, start, end)
    if not inner:
        return
    masked = text[start:end]
    for first, last in inner:
        masked = masked[: first - start] + QUOTE_MASK * (last - first) + masked[last - start :]
    quotes = [(first - start, last - start) for first, last in inner]
    sentence = tag_sentence(masked)
    attributions = [
        classify_attribution(
            ResolvedAttribution(coreference.full_name(found.name), None, found.cue, found.side, found.start, found.end),
            sentence,
        )
        for found in find_attributions(sentence)
        if found.kind == "name" and _is_quoted_person(found, sentence)  # whom a pronoun means here is not clear
    ]
    if not attributions:
        return
    for piece in find_content_spans(masked, quotes, attributions):
        if is_quoted(piece.start, piece.end, quotes):
            inside = (quote for quote in quotes if piece.start <= quote[0] and quote[1] <= piece.end)
            yield from ((piece.attribution, (start + first, start + last)) for first, last in inside)


def _is_quoted_person(attribution: Attribution, sentence: TaggedSentence) -> bool:
    """Whether words are reported of a named person: not "Scripture urges us to", not "no American would say"."""
    if attribution.cue.lower() not in _STATUS.plain_speech_verbs:
        return False
    before = [token.text.lower() for token in sentence.tokens if token.end <= attribution.start][-1:]
    first = sentence.text[attribution.start : attribution.end].split(maxsplit=1)[0].lower()
    is_pronoun = first.replace("’", "'").partition("'")[0] in ENGLISH.grammar.speaking_pronouns  # "I'd say"
    return not is_pronoun and not {*before, first} & ENGLISH.grammar.determiners
