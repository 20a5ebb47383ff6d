"""Lines that introduce the quotation below them ("And from Chairwoman Rosa Engen:"), and captions of photographs."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import is_given_name, surname
from assistant.text.quotation_marks import QUOTE_MASK

MAX_INTRODUCTION_LENGTH = 160  # characters
MAX_CAPTION_LENGTH = 400  # characters
MAX_TEASER_LENGTH = 200  # characters

_LAYOUTS = ENGLISH.layouts
_BEFORE = re.compile(_LAYOUTS.introduction_before, re.IGNORECASE)
_ROLE = re.compile(r"(?:(?:the|our) )?(?:[\w’'\-]+ ){0,4}$", re.IGNORECASE)
_AFTER = re.compile(_LAYOUTS.introduction_after)
_TEASER = re.compile(_LAYOUTS.teaser)
_CAPTION_OPENING = re.compile(_LAYOUTS.caption_opening)
_CAPTION_ENDING = re.compile(_LAYOUTS.caption_ending)
_UNREAD_TAG = re.compile(r"Q[,.]?[SL]")
_PASSIVE_TAG = re.compile(r"^Q,?(?:[DTwO]{0,3}[HWNT]A{0,2}BA?[LSVw]|wD[wX])[wd,]{0,3}\.?$")
_SOMEBODY = re.compile(r"[NTOH].*[SLVGwXB]")  # somebody, and what may be a verb
_PERSON_WORDS = ENGLISH.people.titles | ENGLISH.people.person_nouns


def find_introduced(sentence: TaggedSentence, surnames: Collection[str]) -> tuple[str, str] | None:
    """The person whose words the next paragraph quotes, as name and last title, if a line only introduces them.

    A single word is a name only if it has a title, or is among the `surnames` of the article.
    """
    text = sentence.text.rstrip()
    if not text.endswith(":") or len(text) > MAX_INTRODUCTION_LENGTH:
        return None
    place = sentence.tags.find("N")
    if place < 0:
        return None
    word = sentence.tokens[place]
    lead = text[: word.start].lstrip()
    opening = _BEFORE.match(lead)
    role = lead[opening.end() :] if opening else lead
    is_role = not role or (_ROLE.match(role) is not None and role.split()[-1].lower() in _PERSON_WORDS)
    if not (" " in word.name or word.lead or surname(word.name) in surnames):
        return None
    if not is_role or _AFTER.fullmatch(text[word.end : -1]) is None:
        return None
    return word.name, word.lead.split()[-1] if word.lead else ""


def has_unread_source(sentence: TaggedSentence, outside: str) -> bool:
    """Whether words beside a quotation name or describe who says it, in a way that no pattern reads.

    `sentence` has its quotations masked; `outside` is its text.
    """
    if _UNREAD_TAG.search(sentence.tags):
        return True  # “…,” wrote the former adviserin the Post
    before = outside[: outside.find(QUOTE_MASK)].rstrip()
    return before.endswith((",", ":")) and _SOMEBODY.search(sentence.tags, 0, sentence.tags.find("Q")) is not None


def has_passive_tag(sentence: TaggedSentence) -> bool:
    """Whether the words behind a quotation tell only that somebody heard it: “…,” he was told; “…,” came the answer."""
    return _PASSIVE_TAG.match(sentence.tags) is not None


def is_heading(sentence: TaggedSentence) -> bool:
    """Whether a line before a quotation only says what it is, with a word like a name: "Key lines:"."""
    opening = sentence.tokens[0]
    is_noun_phrase = sentence.tags in ("Nw:", "Nww:") and not sentence.tokens[1].text.endswith("ed")
    return is_noun_phrase and " " not in opening.name and not is_given_name(opening.name)


def is_caption(paragraph: str) -> bool:
    """Whether a paragraph is a caption, a credit or a line that leads to another article: its names are no speakers."""
    if len(paragraph) > MAX_CAPTION_LENGTH:
        return False
    if len(paragraph) <= MAX_TEASER_LENGTH and _TEASER.search(paragraph):
        return True
    return _CAPTION_OPENING.match(paragraph) is not None or _CAPTION_ENDING.search(paragraph) is not None
