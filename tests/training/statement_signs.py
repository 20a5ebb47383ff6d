"""The signs in a sentence of whether its words can be printed as "Ada said that …": each is there or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.speech.content_spans import ContentSpan
from assistant.speech.extent.sides import FINITE
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.tagger import TaggedSentence
from assistant.text.names import is_organization
from assistant.text.quotation_marks import QUOTE_MASK

_WORD = re.compile(r"[\w’'%-]+")
_GOES_ON = re.compile(r",\s(\w+)")
_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z“\"]")
_SPEAKS_INSIDE = re.compile(r"[NHT]A?[SLV]")
_JOINED_VERB = re.compile(r"cA{0,2}[wSLVB]")
_WORD_BEHIND_COMMA = re.compile(r",[Gw]")
_VERB_TAGS = frozenset("SLVGbB")
_TAGS_INSIDE = "KrzuqHTQ"
_TAGS_OF_SPEAKER = "oA2Br,"
_MARKS = {"—": "dash", " – ": "dash", "(": "bracket", ";": "semicolon", ":": "colon", "\n": "line end", "?": "question"}
_LENGTHS = (2, 4, 7, 12, 20, 30, 45)  # words
_RESTS = (0, 15, 40, 80, 150)  # characters behind the words
_GAPS = (0, 1, 5, 15, 40)  # characters between the words and their speaker
_REACH = 30  # characters in which the word before is looked for


def list_signs(piece: ContentSpan, sentence: TaggedSentence, text: str) -> Iterator[str]:
    """The signs of indirect speech; some can come twice. `text` is the sentence with its quotations."""
    yield "always"
    yield from _list_signs_of_words(text[piece.start : piece.end])
    yield from _list_signs_around(piece, text)
    yield from _list_signs_of_tags(piece, sentence)
    yield from _list_signs_of_speaker(piece.attribution)
    yield from _list_signs_of_cue(piece, sentence)


def _list_signs_of_words(words: str) -> Iterator[str]:
    parts = _WORD.findall(words)
    if not parts:
        return
    yield f"words {_step(len(parts), _LENGTHS)}"
    yield from _describe_word("first", parts[0])
    yield from _describe_word("last", parts[-1])
    opening = words.lstrip("\"“'‘ ")[:1]
    yield "opens with a capital" if opening.isupper() else "opens small" if opening.islower() else "opens otherwise"
    if words[:1] in "\"“‘'":
        yield "opens quoted"
    mark = words.rstrip()[-1:]
    yield "ends with a word" if mark.isalnum() else f"ends with {mark}"
    yield f"finite {min(3, len(FINITE.findall(words)))}"
    yield f"commas {min(3, words.count(','))}"
    for word in _GOES_ON.findall(words)[:4]:
        yield from _describe_word("goes on with", word)
    yield from (name for mark, name in _MARKS.items() if mark in words)
    if words.count('"') % 2 or words.count("“") != words.count("”"):
        yield "open quotation"
    if words.count("(") != words.count(")"):
        yield "open bracket"
    if _SENTENCE_END.search(words):
        yield "several sentences"


def _list_signs_around(piece: ContentSpan, text: str) -> Iterator[str]:
    behind, before = text[piece.end :].strip(' ."”'), text[: piece.start].rstrip()
    yield f"rest {_step(len(behind), _RESTS)}"
    if behind:
        yield f"behind {'a word' if behind[0].isalnum() else behind[0]}"
        yield from (sign for word in _WORD.findall(behind[:_REACH])[:1] for sign in _describe_word("behind", word))
    if not before:
        yield "from the beginning"
        return
    yield f"before {'a word' if before[-1].isalnum() else before[-1]}"
    yield from (sign for word in _WORD.findall(before[-_REACH:])[-1:] for sign in _describe_word("before", word))


def _list_signs_of_tags(piece: ContentSpan, sentence: TaggedSentence) -> Iterator[str]:
    tags = sentence.tags
    first, last = _find_tokens(sentence, piece.start, piece.end)
    if first == last:
        return
    inside, rest = tags[first:last], tags[last:]
    yield f"tag {inside[0]}"
    yield f"tags {inside[:2]}"
    yield f"last tag {inside[-1]}"
    yield f"tag before {tags[first - 1 : first] if first else ''}"
    yield f"tag behind {rest[:1]}"
    yield f"sayings inside {min(3, sum(inside.count(tag) for tag in 'SLG'))}"
    yield f"verbs inside {min(3, sum(tag in _VERB_TAGS for tag in inside))}"
    yield from (f"{tag} inside" for tag in _TAGS_INSIDE if tag in inside[1:])
    if _SPEAKS_INSIDE.search(inside):
        yield "speaks inside"
    if _JOINED_VERB.search(inside):
        yield "joined verb"
    if _WORD_BEHIND_COMMA.search(inside):
        yield "word behind a comma"
    if not _VERB_TAGS.isdisjoint(rest):
        yield "verb behind"
    yield from (f"{tag} behind" for tag in "QN" if tag in rest)
    words = sentence.text[piece.start : piece.end]
    if quoted := words.count(QUOTE_MASK):
        yield f"quoted {_step(quoted / len(words), (0.2, 0.5, 0.8))}"
    yield f"names {min(4, tags.count('N'))}"
    yield f"sayings {min(3, sum(tags.count(tag) for tag in 'SLG'))}"
    yield f"quotations {min(3, tags.count('Q'))}"


def _list_signs_of_speaker(attribution: ResolvedAttribution) -> Iterator[str]:
    words = (attribution.speaker or "").split()
    yield f"speaker {_step(len(words), (1, 2, 3))}"
    if attribution.speaker and is_organization(attribution.speaker):
        yield "body"
    if any(len(word) > 1 and word.isupper() for word in words):
        yield "speaker in capitals"
    if any(word[0].islower() for word in words):
        yield "small word in speaker"
    if attribution.role is None:
        yield "no role"
    if attribution.via:
        yield "via"
    if attribution.co_speakers:
        yield "several speakers"


def _list_signs_of_cue(piece: ContentSpan, sentence: TaggedSentence) -> Iterator[str]:
    attribution, outside, tags = piece.attribution, sentence.text, sentence.tags
    cue = attribution.cue.lower()
    yield from _describe_word("cue", cue)
    if not attribution.end:
        yield "speaker from before"
        return
    first, last = _find_tokens(sentence, attribution.start, attribution.end)
    own = tags[first:last]
    kind = next((name for tag, name in (("N", "name"), ("H", "pronoun"), ("T", "role")) if tag in own), "cue")
    is_behind = piece.start >= attribution.end
    place = "behind" if is_behind else "ahead"
    yield from (f"speaker is {kind}", f"{attribution.side} {place}", f"{kind} {place}")
    yield from (f"speaker with {tag}" for tag in _TAGS_OF_SPEAKER if tag in own)
    if own.count("N") > 1:
        yield "speaker with names"
    yield f"speaker of {_step(len(own), (2, 3, 5, 8, 14))}"
    yield f"tag before speaker {tags[first - 1 : first] if first else ''}"
    yield f"tag behind speaker {tags[last : last + 1]}"
    at = next((at for at in range(first, last) if sentence.tokens[at].text.lower() == cue), first)
    yield f"cue tag {tags[at : at + 1]}"
    if at:
        yield from _describe_word("before cue", sentence.tokens[at - 1].text)
    gap = outside[attribution.end : piece.start] if is_behind else outside[piece.end : attribution.start]
    yield f"gap {_step(len(gap.strip()), _GAPS)}"
    if QUOTE_MASK in gap:
        yield "quotation between"
    if QUOTE_MASK in outside[: attribution.start]:
        yield "quotation before speaker"


def _describe_word(place: str, word: str) -> tuple[str, str]:
    """A word and its ending: of rare words only the ending says something."""
    lowered = word.lower()
    return f"{place} {lowered}", f"{place} -{lowered[-2:]}"


def _find_tokens(sentence: TaggedSentence, start: int, end: int) -> tuple[int, int]:
    """The first token that overlaps a span, and the one behind the last; the same if there is none."""
    at = [number for number, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
    return (at[0], at[-1] + 1) if at else (0, 0)


def _step(value: float, steps: Sequence[float]) -> str:
    """The first of some rising numbers that is not below a value."""
    return next((f"to {step}" for step in steps if value <= step), "more")
