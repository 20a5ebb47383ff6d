"""Whether the words that a sentence puts in quotation marks stand so in a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.proof.sources import ReadSource
from assistant.quotes.alignment import AlignedWord, split_words
from assistant.records.article import Span

_OMISSION = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?")
_CHANGED_LETTER = re.compile(r"\[(\w)\](?=\w)")
_QUOTATION_MARKS = '“”"„«»'
_MARKS = "“”\"„«»‘’'`"


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Quoted words of a sentence, `text[start:end]` with their marks, and where a source has them.

    `spans` are those of the parts between omissions, into the text of the source.
    """

    start: int
    end: int
    spans: tuple[Span, ...]


def find_quoted_words(text: str, quotation: Span, source: ReadSource) -> QuotedPlace | None:
    """The place of a quotation of `text` in a source; None if the source does not have these words one after another.

    What stands in brackets must stand in the source too.

    Parts between omissions that are marked must follow each other in one sentence, or in the words of one speaker.
    """
    start, end = quotation
    inner = text[start:end].strip(_MARKS)
    for written in dict.fromkeys((inner, _CHANGED_LETTER.sub(r"\1", inner))):  # the source may have the brackets too
        parts = [split_words(part) for part in _OMISSION.split(written)]
        wanted = [[word.form for word in part] for part in parts if part]
        for stream in _streams(source) if wanted else ():
            if spans := _find_parts(wanted, stream):
                return QuotedPlace(start, end, _join_adjacent(spans, source.text))
    return None


def _join_adjacent(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The spans of a quotation as one where only the omission that the source itself marks is between them."""
    joined = [spans[0]]
    for start, end in spans[1:]:
        between = text[joined[-1][1] : start]
        if any(character.isalnum() or character in _QUOTATION_MARKS for character in between):
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], end)
    return tuple(joined)


def restore_quotations(text: str, places: Sequence[QuotedPlace], source: ReadSource) -> str:
    """A text with its quotations in the words of the source, each within the marks that the text has."""
    for place in sorted(places, key=lambda each: -each.start):
        if len(place.spans) == 1:
            words = text[place.start : place.end]
            lead = len(words) - len(words.lstrip(_MARKS))
            tail = len(words) - len(words.rstrip(_MARKS + ".,;:!?"))
            own = " ".join(source.text[slice(*place.spans[0])].split())
            text = text[: place.start + lead] + own + text[place.end - tail if tail else place.end :]
    return text


def _streams(source: ReadSource) -> list[list[AlignedWord]]:
    """The words of a source, those of each quotation in it, and those of each speaker without the interruptions."""
    streams = [split_words(source.text)]
    for spoken in source.utterances:
        if len(spoken.spans) > 1:
            words = [
                word
                for start, end in sorted(spoken.spans)
                for word in split_words(source.text, max(0, start), max(0, end))
            ]
            streams.append(words)
    return streams


def _find_parts(wanted: Sequence[Sequence[str]], stream: Sequence[AlignedWord]) -> tuple[Span, ...]:
    spans: list[Span] = []
    forms = [word.form for word in stream]
    at = 0
    for part in wanted:
        places = range(at, len(forms) - len(part) + 1)
        place = next((place for place in places if forms[place : place + len(part)] == list(part)), None)
        if place is None:
            return ()
        spans.append((stream[place].start, stream[place + len(part) - 1].end))
        at = place + len(part)
    return tuple(spans)
