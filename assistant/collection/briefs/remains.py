"""What articles leave open, and what they correct."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from assistant.collection.briefs.candidates import Candidate, begins_within
from assistant.evidence.overlap import count_days_between
from assistant.text.words import split_words

OPEN_DAYS = 7  # before the newest article about the topic; what was open earlier may be known by then

_OPEN = re.compile(
    r"\b(?:declined to (?:say|comment|answer|discuss|elaborate|give|name|identify|disclose|confirm|specify|speculate)|"
    r"could not be reached|did not (?:respond|reply|comment)|"
    r"not (?:(?:yet|immediately) )?(?:known|clear)(?! (?:to|for|as|by)\b)|"
    r"(?:is|are|was|were|remains?|still|yet) un(?:clear|known)|under investigation|yet to be|remains? to be|"
    r"has not commented|no comment|refused to (?:say|comment)|"
    r"(?:has not said|would not say|did not say)(?= (?:how|what|when|where|why|who|whether|which|if|more)\b))\b",
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(
    r"It(?: is|[’']s| was| remains| remained) (?:(?:still|yet|not|also|immediately) )*(?:known|clear|unknown|unclear)\b"
    r"(?: (?:when|whether|if|how|what|why|where|who|which|that)\b)?",
)
_CORRECTION_TITLE = re.compile(r"^(?:correct|clarif)", re.IGNORECASE)
_CORRECTION_NOTE = re.compile(
    r"^\W*(?:correction|clarification)\b|"
    r"\b(?:earlier|previous) version of this\b.*\b(?:incorrect|wrong|misstate|misspell|misidentif|mistake|err)|"
    r"\bthis (?:story|article|report) (?:has been|was) (?:updated to )?(?:correct|clarif)",
    re.IGNORECASE,
)


def tells_what_is_open(text: str) -> bool:
    """Whether a sentence says that something is not known, or was not told."""
    return _OPEN.search(text) is not None


def is_correction_note(text: str) -> bool:
    """Whether a sentence corrects its own article, or says that it does."""
    return _CORRECTION_NOTE.search(text) is not None


def is_correction(title: str, sentence: str) -> bool:
    """Whether a sentence is a note that corrects its article, or is of an article with a title of such a note."""
    return _CORRECTION_TITLE.match(title) is not None or is_correction_note(sentence)


def find_open(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """What is said to be open shortly before the newest article about the topic, newest first.

    Of several articles without a day one may tell what another leaves open: nothing of theirs is taken.
    """
    several = len({each.article.id for each in candidates}) > 1
    newest = max((each for each in candidates if each.is_central), key=lambda one: one.day, default=None)
    for each in sorted(candidates, key=lambda one: (one.day, one.score), reverse=True):
        if newest and each.day < newest.day and OPEN_DAYS < count_days_between(each.article, newest.article) < math.inf:
            return
        if each.is_on_topic and (each.day or not several) and tells_what_is_open(each.text) and _stands_alone(each):
            yield each


def _stands_alone(candidate: Candidate) -> bool:
    """Whether a sentence can be understood by itself; so can what follows "It is not known", if it can."""
    opening = _NOT_KNOWN.match(candidate.text)
    if opening is None:
        return candidate.stands_alone
    return candidate.is_whole and not begins_within(candidate.text[opening.end() :].lstrip(), 0)


def find_corrections(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The notes that correct an article, and the sentences of articles that correct another, "correct" first."""
    found = [each for each in candidates if is_correction(each.article.title, each.text)]
    return sorted(found, key=lambda each: -("correct" in " ".join(split_words(each.text))))
