"""Which words of a sentence belong to whom, once it is known who speaks in it and where it says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.records.article import Span
from assistant.speech.tagger import QUOTE_MASK
from assistant.text.verbs import ADDRESSEE_FORMS, SPEECH_FORMS


@dataclass(slots=True)
class ResolvedAttribution:
    """A mention of a speaker with a cue, resolved; offsets into the sentence."""

    speaker: str | None
    role: str | None
    cue: str
    side: str
    start: int
    end: int
    co_speakers: tuple[str, ...] = ()  # who else says the same words


@dataclass(frozen=True, slots=True)
class ContentSpan:
    """Words that a claim covers; offsets into the sentence."""

    attribution: ResolvedAttribution
    start: int
    end: int


_TIME_OR_PLACE = (
    r"(?:on|in|at|by|during|after|before|via|earlier|later|recently|yesterday|today|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|"
    r"(?:that|this|last)(?=\s(?:\w*day|night|week|year|month|morning|summer|winter|spring|fall|autumn)\b))"
)
_CLAUSE_REST = r"\w*\b(?:(?!\sthat\s)[^,;:\x01]){0,90}"
_SENTENCE_TAIL = re.compile(
    rf"^(?:\s(?:{_TIME_OR_PLACE}|to|of|with|from|about|for|as|when|while|then|again|through|outside|inside|over|near|there){_CLAUSE_REST})?"
    r"[.!?,;]?\s*$"
)
# "… told a local paper on Monday": a listener, and no words of theirs
_CAPITALIZED_NAME = r"[A-Z][\w’'.&\-]*(?:\s[A-Z][\w’'.&\-]*){0,4}"
_LISTENER = re.compile(
    rf"^\s(?:(?:an?|the|his|her|their|its)\s)?(?:[a-z]+\s)?(?:{_CAPITALIZED_NAME}|[a-z]+)(?:\s{_TIME_OR_PLACE}{_CLAUSE_REST})?[.!?]?\s*$"
)
_ROLE_BEFORE = re.compile(r"(?<=\x01)\s(?:(?!that\b|and\b|but\b|is\b|was\b|are\b|were\b)[\w’'.\-]{1,30}\s){1,8}$")
_COORDINATOR = re.compile(
    r"(?:[,;:—–]|\b(?:and|but|while|after|as|when|then|before|or|because|since|although|though))\s*$"
)
_ADDRESSEE = re.compile(
    r"^(?!\s(?:that|to|about|for|how|why|what|if|whether)\b)\s(?:(?:him|her|them|us|me|reporters|journalists|lawmakers|voters|supporters|viewers|investors|parliament|"
    rf"(?:the\s)?{_CAPITALIZED_NAME})(?=\s(?!and\b)[a-z\x01])|"
    r"(?:(?:an?|the|his|her|their|my|its)\s)?(?:[\w’'.&\-]+\s){0,7}?[\w’'.&\-]+"
    r"(?=\s(?:that|he|she|it|they|we|there|to|about|how|why|what|if|whether)\b|\s?\x01|[:,]))"
)
_SPEECH_SETTING = re.compile(rf"^\s(?:{_TIME_OR_PLACE}|to|of)[^,:\x01]{{0,120}}?(?=\sthat\s|[:,]?\s?\x01|:)")
# ", an editor", ", head of the lock": more about the speaker, and none of their words
_SPEAKER_DESCRIPTION = re.compile(r"^,\s(?:(?:an?|the|who|whose)\s|[\w\-]+(?:\s[\w\-]+){0,3}\s(?:of|at|for|with)\s)")
# "Rather than pay, said Ada Brandreth, keeper of the lock, ": what stood before the cue is no whole sentence
_INCOMPLETE_OPENING = re.compile(
    r"^\W*(?:(?:And|But|Yet|So)\s)?(?:Rather than|Instead of|Because|If|When|While|Unless|Until|Since|Although|Though|"
    r"Despite|Without|Given|In|At|As|For|By|With|From|After|Before)\s(?:(?!\b(?:is|was|are|were|has|had|will)\b)[^,]){1,160},\s$"
)
_APPOSITION = re.compile(r"^(?:,\s(?:who\s)?[^,:\x01]{1,80})?,\s(?=[\w’'\-]+\s[\w’'\-]+)")
_COMMA_AS = re.compile(r",\sas$")  # "…, as Ada noted in a letter"
_IS_THAT = re.compile(r"(?:is|was|remains|has been)\s(?=that\s)")  # "her claim is that"
_FINITE_VERB = re.compile(r"^,\s(?:is|was|are|were|has|have|had|will|would|could|should|may|might|can|must|does|did)\s")
_CONTINUATIONS = ("and ", "but ", "when ", "as ", "after ", "before ", "while ", "during ", "at ")
_ADDRESSEE_CUES = frozenset(
    "told tells tell telling asked asks asking urged urges urging assured reminded warned warning".split()
)


def find_content_spans(
    outside: str, quotes: Sequence[Span], claims: Sequence[ResolvedAttribution]
) -> Iterator[ContentSpan]:
    """The words that each claim of a sentence covers, in order."""
    claims = _drop_nested(outside, claims)
    free = 0  # nothing before it belongs to a later claim
    for number, claim in enumerate(claims):
        following = claims[number + 1 : number + 2]
        limit = _find_limit(outside, claim, following)
        before = outside[free : claim.start]
        after = outside[claim.end : limit]
        if _is_content_before(claim, before, after):
            yield from _take_content_before(outside, quotes, claim, free)
            yield from (ContentSpan(claim, a, b) for a, b in quotes if claim.end <= a and b <= limit)
            if (
                QUOTE_MASK not in before
                and QUOTE_MASK not in after
                and (start := _find_resumption(claim, before, after))
            ):
                yield from _trim_content(claim, outside, claim.end + start, limit)
            elif (
                claim.side == "around"
                and after.startswith(",")
                and not _SPEAKER_DESCRIPTION.match(after)
                and not before.rstrip(" ,").endswith(QUOTE_MASK)
                and QUOTE_MASK not in after
            ):
                yield from _trim_content(claim, outside, claim.end, limit)
        else:
            yield from _take_content_after(outside, quotes, claim, limit)
        free = max(free, claim.end)


def _find_resumption(claim: ResolvedAttribution, before: str, after: str) -> int:
    """Where the words go on behind an inverted cue that stood in the middle of them, as an offset into `after`; else 0.

    "Rather than pay, said Ada Brandreth, keeper of the lock, the town waits"; "the gate, said Ada, is shut"."""
    if claim.side != "before":
        return 0
    if _FINITE_VERB.match(after):
        return 2
    match = _APPOSITION.match(after) if _INCOMPLETE_OPENING.match(before) else None
    return match.end() if match else 0


def _drop_nested(outside: str, claims: Sequence[ResolvedAttribution]) -> Sequence[ResolvedAttribution]:
    """The claims but for those that are told by somebody else: "Ada may sue, Ivo said", "Ivo said Ada wants to sue"."""
    last = claims[-1]
    before = outside[: last.start]
    told = any(_is_speech_cue(claim) for claim in claims[:-1])
    if (
        not told
        and last.side == "around"
        and (QUOTE_MASK not in before or (before.count(QUOTE_MASK) == _measure_last_quote(before)))
        and _is_content_before(last, before, outside[last.end :])
    ):
        return [last]
    if claims[0].side == "before" and _find_resumption(claims[0], outside[: claims[0].start], outside[claims[0].end :]):
        claims = [claims[0], *(claim for claim in claims[1:] if claim.side != "around" or _is_speech_cue(claim))]
    kept: list[ResolvedAttribution] = []
    for claim in claims:
        teller = kept[-1] if kept and _is_speech_cue(kept[-1]) and kept[-1].side == "around" else None
        between = outside[teller.end : claim.start] if teller else ""
        if (
            teller is None
            or claim.side != "around"
            or _is_speech_cue(claim)
            or claim.speaker == teller.speaker
            or QUOTE_MASK in between
            or re.search(r"[,;:—–.]", between)
        ):
            kept.append(claim)
    return kept


def _is_speech_cue(claim: ResolvedAttribution) -> bool:
    """Whether a claim is of words, not of what somebody wants or thinks."""
    return claim.cue.lower() in SPEECH_FORMS


def _find_limit(outside: str, claim: ResolvedAttribution, following: Sequence[ResolvedAttribution]) -> int:
    """Where the words after a claim end: at the next claim, unless that is a part of them."""
    for later in following:
        between = outside[claim.end : later.start]
        if later.side == "before":
            opening = between.find(QUOTE_MASK)
            return claim.end + opening if opening >= 0 else later.start
        if later.side == "around" and (length := _measure_last_quote(between)):
            return claim.end + len(between.rstrip(" ,")) - length  # the quotation right before a claim is its own
        if _COORDINATOR.search(between) or later.side == "after" or QUOTE_MASK in between:
            return max(claim.end, later.start)
    return len(outside)


def _measure_last_quote(before: str) -> int:
    """How long the quotation is that stands at the end of some words, but for a comma; 0 where none does."""
    words = before.rstrip(" ,")
    return len(words) - len(words.rstrip(QUOTE_MASK))


def _is_content_before(claim: ResolvedAttribution, before: str, after: str) -> bool:
    if claim.side != "around":
        return claim.side == "before"
    left = _COMMA_AS.sub(",", _ROLE_BEFORE.sub("", before).rstrip(" —–-"))
    if left.endswith(QUOTE_MASK) or (left.endswith(",") and left[:-1].rstrip().endswith(QUOTE_MASK)):
        return True
    if claim.cue.lower().startswith(("according", "in the")):
        return len(left.split()) > 2
    if re.match(r",?\s*\x01|\s*:", after):
        return False
    if not left.endswith(",") or claim.cue.lower() not in SPEECH_FORMS:
        return False
    if re.match(r"\sto\s", after) and claim.cue.lower() not in ("said", "says"):
        return False  # "promised to help"
    tail = _LISTENER if claim.cue.lower() in ADDRESSEE_FORMS else _SENTENCE_TAIL
    return (len(left.split()) > 2 and tail.match(after) is not None) or (
        after.startswith(",") and len(left.split()) > 1
    )


def _take_content_before(
    outside: str, quotes: Sequence[Span], claim: ResolvedAttribution, free: int
) -> Iterator[ContentSpan]:
    """The words before a claim: a quotation that ends there, with what leads up to it, or the clause."""
    inside = [(a, b) for a, b in quotes if free <= a and b <= claim.start]
    words = re.sub(r"[\W_]+", "", _ROLE_BEFORE.sub("", outside[free : claim.start]).replace(QUOTE_MASK, ""))
    if inside and not words:
        yield from (ContentSpan(claim, a, b) for a, b in inside)
    else:
        yield from _trim_content(claim, outside, free, claim.start)


def _take_content_after(
    outside: str, quotes: Sequence[Span], claim: ResolvedAttribution, limit: int
) -> Iterator[ContentSpan]:
    start = claim.end
    if claim.cue.lower() in _ADDRESSEE_CUES and (match := _ADDRESSEE.match(outside[start:limit])):
        start += match.end()
    if match := _SPEECH_SETTING.match(outside[start:limit]):
        start += match.end()
    inside = [(a, b) for a, b in quotes if start <= a and b <= limit]
    if inside:
        a, b = inside[0]
        leads = re.sub(r"\W+", "", outside[start:a])
        rest = outside[b:limit].lstrip()
        if not leads and (not rest or not (rest[0].islower() or rest[0].isdigit()) or rest.startswith(_CONTINUATIONS)):
            yield from (ContentSpan(claim, first, last) for first, last in inside)
            return
    yield from _trim_content(claim, outside, start, limit)


def _trim_content(claim: ResolvedAttribution, outside: str, start: int, end: int) -> Iterator[ContentSpan]:
    part = outside[start:end]
    start += len(part) - len(part.lstrip(" ,.:;—–-\n\t"))
    if claim.side == "after" and (linked := _IS_THAT.match(outside, start, end)):
        start = linked.end()
    end = start + len(outside[start:end].rstrip(" ,.:;—–-\n\t"))
    end = start + len(re.sub(r"[,;]?\s(?:and|but|while|as|when|after)$", "", outside[start:end]))
    if len(outside[start:end].split()) > 1 or QUOTE_MASK in outside[start:end]:
        yield ContentSpan(claim, start, end)


def is_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    """Whether all but a few characters of a stretch are in quotation marks."""
    return start < end and is_mostly_quoted(start, end, quotes)


def is_mostly_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    """Whether more than four fifths of a stretch are in quotation marks; `quotes` in order."""
    inside = 0
    for a, b in islice(quotes, max(0, bisect_left(quotes, (start, start)) - 1), None):
        if a >= end:
            break
        inside += max(0, min(b, end) - max(a, start))
    return inside > (end - start) * 0.8
