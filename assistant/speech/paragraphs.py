"""Paragraphs prepared for attribution: quotations masked, sentences grouped."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from assistant.records.article import Span
from assistant.speech.attribution import is_speech_tag
from assistant.speech.tagger import tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.languages.word_list import is_english_word
from assistant.text.names import is_given_name
from assistant.text.quotation_marks import QUOTE_MASK, is_mostly_quoted, quotation_spans

MAX_MERGED_LENGTH = 700  # characters up to which the sentences of one quotation are shown together
MAX_SPEECH_TAG_LENGTH = 120  # characters
MAX_NICKNAME_LENGTH = 24  # characters, marks included

_NO_GIVEN_NAMES = ENGLISH.people.non_name_words | ENGLISH.people.titles | ENGLISH.grammar.prepositions
_LOWERCASE_WORD = re.compile(r"(?<![\w’'])[a-z]{3,}\b")
_INITIAL_WORD = re.compile(r"(?:^|[.!?”\"]\s{1,3}|\n)([A-Z][a-z]{3,30})(?= ([A-Z])?)")
_INNER_CAPITAL = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{3,30})\b")
_THING_ENDINGS = tuple("mony ence ance rnment agement lopment tion sion ity ism ship ness".split())
_NAME_BEFORE = re.compile(r"([A-Z][\w.’'-]+) $")
_NAME_AFTER = re.compile(r" [A-Z][a-z]")
_ENDS_SENTENCE = re.compile(r"[.!?][”\"’'»]{1,2}$")
_OPENS = re.compile(r"\s{1,3}(?=[A-Z])")
_LETTERS = re.compile(r"[a-z]")
_INTRODUCTION = re.compile(r"[a-z][:,]\s$")
_PUNCTUATION = re.compile(r"[,.!?]")

_TICKER = re.compile(r"<[A-Z0-9]{1,6}(?:\.[A-Z]{1,4})?>")  # "Tarn Plc <TARN.L> said"

_DATELINE = re.compile(
    r"^\W*[A-Z][\w.’' ]{1,40}(?:,\s[\w.’' ]{1,30}){0,3}\s?\([A-Z][\w/ .]{1,30}\)\s?[-—–―]+\s|^\W*[A-Z][A-Z.’' ]{2,30}"
    r"(?:,\s[\w.’' ]{1,30}){0,2}\s[—–―-]+\s|^\s*\([A-Z][\w/ .]{1,20}\)\s(?:[-—–―]+\s)?"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its quotations masked and its sentences grouped. All spans are into the article."""

    start: int
    masked: str
    quotes: tuple[Span, ...]
    groups: tuple[Span, ...]
    is_quote_open: bool  # the last quotation has no closing mark

    @property
    def is_quotation(self) -> bool:
        """Whether most of the paragraph is in quotation marks."""
        return bool(self.groups) and is_mostly_quoted(self.groups[0][0], self.groups[-1][1], self.quotes)

    def text_outside_quotes(self, group: Span) -> str:
        """The text of a group of sentences with its quotations masked."""
        return self.masked[group[0] - self.start : group[1] - self.start]

    def quotes_in(self, group: Span) -> list[Span]:
        """The quotations in a group of sentences, as offsets into the group."""
        first, last = group
        return [
            (max(start, first) - first, min(end, last) - first) for start, end in _list_quotes(self.quotes, first, last)
        ]


def parse_paragraph(text: str, start: int, end: int, sentences: Sequence[Span]) -> Paragraph:
    """Prepare the paragraph `text[start:end]`. `sentences` are the spans of its sentences in the text."""
    all_quotes, is_quote_open = quotation_spans(text, start, end)
    nicknames = [span for span in all_quotes if _is_nickname(text, span)]
    others = frozenset(nicknames)
    quotes = [span for span in all_quotes if span not in others]
    masked = _TICKER.sub(lambda ticker: " " * len(ticker[0]), _mask_quotes(text, start, end, quotes))
    masked = _blank_out(masked, [(first - start, last - start) for first, last in nicknames])
    dateline = find_dateline_end(masked)
    masked = " " * dateline + masked[dateline:]
    introduced = _find_introduced(text, sentences, quotes)
    parts = [part for sentence in sentences for part in _split_behind_quotations(text, sentence, quotes, introduced)]
    return Paragraph(start, masked, tuple(quotes), _group_sentences(parts, quotes, masked, start), is_quote_open)


def _find_introduced(text: str, sentences: Sequence[Span], quotes: Sequence[Span]) -> frozenset[Span]:
    """The quotations that begin inside a sentence, behind other words: Ada said: “It is late. It leaks.”"""
    starts = [start for start, _ in sentences]
    words = [_find_letter(text, *sentence) for sentence in sentences]
    introduced = set()
    for quote in quotes:
        place = bisect(starts, quote[0]) - 1
        if place >= 0 and words[place] < quote[0]:
            introduced.add(quote)
    return frozenset(introduced)


def _split_behind_quotations(
    text: str, sentence: Span, quotes: Sequence[Span], introduced: Collection[Span]
) -> Iterator[Span]:
    """A sentence, divided where a quotation at its end is followed by another sentence.

    "Ivo called it “a mess.” Ada called it “late.”" is two. “It is late.” Ada said. is one, because the quotation begins
    it.
    """
    start, end = sentence
    words = _find_letter(text, start, end)
    for first, last in _list_quotes(quotes, start, end):
        has_words = words < first if start <= first else (first, last) in introduced
        opening = _OPENS.match(text, last, end) if has_words and start < last < end else None
        if opening and _ENDS_SENTENCE.search(text, first, last):
            yield start, last
            start = opening.end()
            words = _find_letter(text, start, end)
    yield start, end


def _list_quotes(quotes: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The quotations that reach into `start`…`end`; `quotes` are in order."""
    for place in range(bisect(quotes, start, key=itemgetter(1)), len(quotes)):
        if quotes[place][0] >= end:
            return
        yield quotes[place]


def _find_letter(text: str, start: int, end: int) -> int:
    """The place of the first small letter; `end` if there is none."""
    letter = _LETTERS.search(text, start, end)
    return letter.start() if letter else end


def find_common_words(text: str) -> frozenset[str]:
    """Words that are not names although they begin a sentence, in lower case.

    They occur in small letters elsewhere, or are capitalized only at the start of a sentence, and are plurals or end
    like a word for a thing ("Testimony").
    """
    inner = set(_INNER_CAPITAL.findall(text))
    initial = {(word, surname) for word, surname in _INITIAL_WORD.findall(text) if word not in inner}
    plurals = {
        word.lower()
        for word, surname in initial
        if word.endswith("s") and not (surname and not is_english_word(word.lower()))  # not "Nils Tarn"
    }
    things = {word.lower() for word, _ in initial if word.endswith(_THING_ENDINGS) and not is_given_name(word)}
    return frozenset(_LOWERCASE_WORD.findall(text)) | plurals | things


def group_by_length(sentences: Sequence[Span]) -> list[Span]:
    """Consecutive sentences together, up to MAX_MERGED_LENGTH."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups and end - groups[-1][0] <= MAX_MERGED_LENGTH:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return groups


def _is_nickname(text: str, span: Span) -> bool:
    """Whether a quotation is a nickname inside a name: Ada “Bix” Brandreth."""
    start, end = span
    before = _NAME_BEFORE.search(text, max(0, start - 30), start)
    return (
        end - start <= MAX_NICKNAME_LENGTH
        and before is not None
        and (is_given_name(before[1]) or _is_name_before(before[1].lower(), text[start + 1 : end - 1]))
        and _NAME_AFTER.match(text, end) is not None
        and _PUNCTUATION.search(text, start, end) is None
    )


def _is_name_before(word: str, nickname: str) -> bool:
    """Whether a word before a nickname with a capital can be a rare given name: Zibb “The Lock” Ekern."""
    is_rare = nickname.isalpha() or not is_english_word(word)  # Jasmine “Bix” Brandreth
    return nickname[:1].isupper() and word not in _NO_GIVEN_NAMES and is_rare


def _mask_quotes(text: str, start: int, end: int, quotes: Sequence[Span]) -> str:
    """A paragraph in which every character of a quotation is replaced, so that no rule reads the words inside."""
    parts, at = [], start
    for first, last in quotes:
        parts += [text[at:first], QUOTE_MASK * (last - first)]
        at = last
    return "".join([*parts, text[at:end]]).replace("\u00a0", " ")


def _blank_out(text: str, spans: Sequence[Span]) -> str:
    """A text with spaces in some places, which are in order."""
    parts, at = [], 0
    for first, last in spans:
        parts += [text[at:first], " " * (last - first)]
        at = last
    return "".join([*parts, text[at:]])


def _group_sentences(sentences: Sequence[Span], quotes: Sequence[Span], masked: str, offset: int) -> tuple[Span, ...]:
    """Sentences, joined where one quotation or its speech tag extends over several, up to MAX_MERGED_LENGTH."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups:
            first, last = groups[-1]
            if end - first <= MAX_MERGED_LENGTH and (
                _is_inside_quotation(start, last, quotes)
                or _is_tag_of_quotation(masked[first - offset : last - offset], masked[start - offset : end - offset])
            ):
                groups[-1] = (first, end)
                continue
        groups.append((start, end))
    return tuple(groups)


def _is_inside_quotation(sentence_start: int, group_end: int, quotes: Sequence[Span]) -> bool:
    """Whether a quotation extends from a group of sentences into the next sentence."""
    across = bisect(quotes, sentence_start, key=itemgetter(1))  # the first quotation that ends after the start
    return across < len(quotes) and quotes[across][0] < group_end


def _is_tag_of_quotation(group: str, sentence: str) -> bool:
    """Whether a sentence only names the speaker of the quotation at the end of the group before it."""
    ends_with_quotation = group.rstrip().endswith(QUOTE_MASK)
    if _INTRODUCTION.search(group.rstrip().rstrip(QUOTE_MASK)):
        return False  # Ada said: “…” Ivo called for help.
    return ends_with_quotation and len(sentence) < MAX_SPEECH_TAG_LENGTH and is_speech_tag(tag_sentence(sentence))


def find_dateline_end(paragraph: str) -> int:
    """Length of the dateline at the start of a paragraph, such as "WASHINGTON, June 10 (UPI) —"; 0 if there is none."""
    match = _DATELINE.match(paragraph)
    return match.end() if match else 0
