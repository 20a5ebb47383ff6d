"""Whether the words that a sentence puts in quotation marks stand so in a source, and whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.proof.claims import Claim
from assistant.proof.shortening.alignment import can_end
from assistant.proof.sources import ReadSource, SpokenWords
from assistant.proof.words import CLAIMS, Word
from assistant.quotes.alignment import AlignedWord, split_words
from assistant.records.article import Span
from assistant.records.proof import ProofFinding
from assistant.records.statement import Statement

MIN_QUOTED = 3  # words of a quotation that are more than a term
MAX_BEFORE = 3  # words before a quotation that may make it a condition of what is said before

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


def loses_quotation_marks(claim: Claim, aligned: Sequence[Word], source: ReadSource) -> bool:
    """Whether a sentence tells in its own name what the source quotes: words of a long quotation without a speaker,
    or a shorter one that is no title.

    A quotation in the words of a speaker whom the sentence names has been looked at before.
    """
    if claim.quotations:
        return False
    for start, end in source.quotations:
        inside = [word for word in aligned if start <= word.start < end]
        is_said = any(spoken.contains(start + 1) for spoken in source.utterances)
        is_title = source.text[start:end].strip(_MARKS)[:1].isupper()
        if inside and (len(inside) >= MIN_QUOTED or not is_title) and not is_said:
            return True
    return False


def check_quoted_speech(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """Words that a sentence quotes as somebody's must be in quotation marks in the source too."""
    for span in claim.quotations:
        spoken = [each for each in claim.statements if each.start < span[1] and span[0] < each.end]
        place = find_quoted_words(claim.text, span, source)
        if spoken and place and not all(source.quotes(first) for first, _ in place.spans):
            words = claim.text[slice(*span)]
            return [ProofFinding("quotation", words, "the source has these words without quotation marks")]
    return []


def find_whole_quotation(claim: Claim, statement: Statement, spoken: SpokenWords, source: ReadSource) -> int | None:
    """The end of words that are one whole quotation of a source, which the speaker does not go on with, or limit."""
    quoted = [span for span in claim.quotations if span[0] <= statement.start + 2 and statement.end - 2 <= span[1]]
    place = find_quoted_words(claim.text, quoted[0], source) if quoted else None
    if place is None or len(place.spans) != 1:
        return None
    first, last = place.spans[0]
    around = [span for span in source.quotations if span[0] <= first < last <= span[1] and spoken.contains(first)]
    if not around or not spoken.is_innermost(first, source.utterances):
        return None
    inside = [word for word in source.words if around[0][0] <= word.start < around[0][1]]
    apart = [span for span in source.quotations if span != around[0] and _are_apart(span, around[0], source)]
    said = [word for word in source.words_in(spoken.spans) if not _is_in(word, apart)]
    is_whole = [word.start for word in inside][:1] == [first] and inside[-1].end <= last
    is_limited = any(word.kind in ("negation", "modality") for word in said if word not in inside)
    if not is_whole or is_limited or inside[-1] not in said:
        return None
    embedded = [span for span in source.quotations if _is_embedded(span, around[0], spoken, source)]
    quoted_on = [word for word in said if source.quotes(word.start) and not _is_in(word, embedded)]
    return last if can_end(quoted_on, quoted_on.index(inside[-1])) else None


def _is_in(word: Word, spans: Sequence[Span]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _is_embedded(later: Span, quotation: Span, spoken: SpokenWords, source: ReadSource) -> bool:
    """Whether the later of two quotations is part of a clause of its own: "…," she said, adding that it was "late".

    One that goes on with the sentence of the other is set off by a mark, or by a word that makes it a condition of it.
    """
    cues = [spoken.cue_at(place) for place, _ in (quotation, later)]
    before = [word for word in source.words if quotation[1] <= word.start < later[0]][-MAX_BEFORE:]
    if not all(cues) or cues[0] == cues[1] or not before or not source.text[: later[0]].rstrip()[-1:].isalnum():
        return False  # of a verb of its own: "…," she said was "a lie"
    opening = [word for word in source.words if later[0] <= word.start < later[1]][:1]
    return not any(word.form in CLAIMS.conditionals or _is_limiting(word) for word in (*before, *opening))


def _is_limiting(word: Word) -> bool:
    return word.kind in ("negation", "modality", "limit")


def _are_apart(one: Span, other: Span, source: ReadSource) -> bool:
    """Whether the later of two quotations does not go on with the sentence of the earlier one."""
    (first, last), (start, _) = sorted((one, other))
    ends = source.text[first:last].rstrip("”\"’' ")[-1:] in (".", "!", "?")
    return ends or source.text[start:].lstrip("“\"‘' ")[:1].isupper()
