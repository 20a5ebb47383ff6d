"""Titles of works in quotation marks, which nobody says: her role in “Low Tide”, the host of “Morning Lock”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records.article import Span
from assistant.text.languages import ENGLISH

MAX_TITLE_WORDS = 9
MAX_HEADING_WORDS = 20

_WORKERS = ENGLISH.people.titles | ENGLISH.people.person_nouns
_BEFORE = re.compile(ENGLISH.narration.work_before)
_KNOWN_BEFORE = re.compile(ENGLISH.narration.known_before)
_ENDS_SENTENCE = re.compile(r"[.!?…;:]|\w,\s[a-z]")
_NOUN_AND_NAME = re.compile(rf"\s(?:{'|'.join(sorted(_WORKERS))})\s[A-Z]")
_NAME_BEHIND = re.compile(r"\s[A-Z][\w’'-]+\s(?:[A-Z]|[a-z]+ed\b)")
_ADJECTIVE_BEFORE = re.compile(ENGLISH.narration.epithet_before)
_SMALL_WORDS = ENGLISH.grammar.prepositions
_FINAL_MARKS = tuple(",.!?…-—–;:")
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(ENGLISH.people.title_abbreviations)})\.")
_WORD = re.compile(r"[\w’'&-]+")
_MARKS = "“”\"'‘’«»,. "


def separate_titles(sentence: str, outside: str, quotes: Sequence[Span]) -> tuple[str, list[Span]]:
    """The sentence with its quotations masked except for titles of works, and the spans of the other quotations.

    `outside` is the sentence with all quotations masked; `quotes` are their spans in it.
    """
    others = []
    for start, end in quotes:
        is_before_noun = _names_what_follows(sentence, end)
        is_known = _KNOWN_BEFORE.search(outside, 0, start) and len(sentence[start:end].split()) <= MAX_TITLE_WORDS
        if is_known or ((is_before_noun or _BEFORE.search(outside[:start])) and _is_title(sentence[start:end])):
            outside = outside[:start] + sentence[start:end] + outside[end:]
        else:
            others.append((start, end))
    return outside, others


def find_epithets(sentence: str, quotes: Sequence[Span]) -> list[Span]:
    """The quotations that name a person who follows: the new “Captain Lock” Ada Brandreth."""
    return [
        (start, end)
        for start, end in quotes
        if sentence[end - 2 : end - 1] not in _FINAL_MARKS
        and _NAME_BEHIND.match(sentence, end)
        and _ADJECTIVE_BEFORE.search(sentence, 0, start)
    ]


def _names_what_follows(sentence: str, end: int) -> bool:
    """Whether a quotation without a mark at its end stands before a noun and a name: “Low Tide” star Ada Brandreth."""
    return sentence[end - 2 : end - 1] not in _FINAL_MARKS and _NOUN_AND_NAME.match(sentence, end) is not None


def _is_title(quotation: str) -> bool:
    """Whether a quotation is written like a title: few words, all of them with capitals except for small ones."""
    bare = quotation.strip(_MARKS)
    words = _WORD.findall(bare)
    if not 0 < len(_WORD.findall(bare.partition(": ")[0])) <= MAX_TITLE_WORDS or _ENDS_SENTENCE.search(
        _ABBREVIATION.sub("", bare.replace(": ", " "))
    ):
        return False
    return (
        not words[0][:1].islower()
        and words[-1][:1].isupper()
        and all(word[:1].isupper() or len(word) < 4 or word.isdigit() or word in _SMALL_WORDS for word in words)
    )


def is_mention(quotation: str, following: str) -> bool:
    """Whether words in quotation marks are only mentioned in what follows: "“Law and order” was a theme"."""
    return following.lstrip()[:1].islower() and quotation.rstrip(_MARKS.replace(",", "").replace(".", ""))[-1:] not in (
        _FINAL_MARKS
    )


def is_heading_quotation(paragraph: str, quotes: Sequence[Span]) -> bool:
    """Whether a paragraph is one short quotation without a mark at its end: a heading above the words."""
    (start, end), *others = quotes
    words = paragraph[start:end].strip(_MARKS.replace(",", "").replace(".", ""))
    is_all = not paragraph[:start].strip() and not paragraph[end:].strip()
    if not is_all or others:
        return False
    is_titled = len(words.split()) > 2 and _is_title(words.rstrip("."))  # ‘All Locks Are Shut.’
    return is_titled or (words[-1:].isalnum() and len(words.split()) <= MAX_HEADING_WORDS)
