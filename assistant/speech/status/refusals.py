"""Refusals to speak: "Ada declined to comment", "Ivo did not respond to questions", "she would not say why"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from assistant.speech.content_spans import ContentSpan
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_REFUSAL = re.compile(ENGLISH.narration.refusal)
_END = re.compile(rf"[,;:—–{QUOTE_MASK}]|\s(?:and|but|while|although)\s|[.!?]*\s*$")


def find_refusals(outside: str, attributions: Sequence[ResolvedAttribution]) -> Iterator[ContentSpan]:
    """What somebody would not speak about or answer, up to the end of the clause; the verb if that is all there is.

    `outside` is the sentence with its quotations masked.
    """
    for refusal, attribution in product(_REFUSAL.finditer(outside), attributions):
        is_told = bool(attribution.speaker or attribution.role) and attribution.status in ("asserted", "reported")
        end = _END.search(outside, refusal.end())
        is_own = refusal.start() < attribution.end <= refusal.end()
        if is_told and is_own and end and not outside.startswith(QUOTE_MASK, end.start()):
            words = outside[attribution.end : end.start()]
            start = attribution.end + len(words) - len(words.lstrip()) if words.strip() else refusal.start()
            yield ContentSpan(replace(attribution, status="declined"), start, end.start())
