"""Whether a text is only the beginning of its article: a teaser, or what stands before a paywall.

It is a guess from the text and from what a page says of itself. A whole article that is for subscribers is not marked:
somebody who saved it could read it."""

from __future__ import annotations

import re

from assistant.text.languages import ENGLISH

MAX_TEASER_WORDS = 120  # a whole article can be so short too: more is needed to call it a teaser
MAX_FREE_WORDS = 350  # that a site shows of an article that is not free
MIN_WHOLE_SHARE = 0.6  # of the words that a page counts; a caption or byline more or less
MAX_PAYWALL_LINE = 200  # characters of a line that is no sentence of the article
MAX_OFFER_WORDS = 8  # of a line below a paywall that belongs to it
_TAIL_LINES = 4
_PAYWALL = re.compile("|".join(ENGLISH.pages.paywalls), re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W{0,3}$")
_MORE = re.compile(r"\W*(?:read|see|view|show|continue)\s(?:more|reading|on)\b.{0,40}", re.IGNORECASE)


def find_partial(text: str, *, is_free: bool = True, word_count: int | None = None) -> str | None:
    """Why a text seems to be only a part of its article, in words; None if it seems whole.

    `is_free` and `word_count` are what the page says of the whole article.
    """
    words = len(text.split())
    if word_count and words < MIN_WHOLE_SHARE * word_count:
        return f"it has {words:,} of {word_count:,} words"
    lines = _list_last_lines(text)
    if not lines:
        return None
    shown = words <= MAX_FREE_WORDS
    if shown and any(map(_is_paywall, lines)):
        return "the rest is for subscribers"
    if not is_free and shown:
        return "the page says that it is not free, and shows little of it"
    if words <= MAX_TEASER_WORDS and (_CUT_OFF.search(lines[-1]) or _MORE.fullmatch(lines[-1])):
        return "the text is cut off"
    return None


def drop_paywall(text: str) -> str:
    """The text of a page without the lines of a paywall at its end; unchanged if it has no other."""
    lines = text.rstrip().split("\n")
    tail = [at for at in range(max(len(lines) - 3 * _TAIL_LINES, 1), len(lines)) if lines[at].strip()][-_TAIL_LINES:]
    first = next((at for at in tail if _is_paywall(lines[at].strip())), len(lines))
    return "\n".join(lines[:first]).rstrip() if all(_ends_nothing(line) for line in lines[first:]) else text


def _ends_nothing(line: str) -> bool:
    """Whether a line below a paywall can be its own: another line of it, or a few words."""
    return _is_paywall(line.strip()) or len(line.split()) <= MAX_OFFER_WORDS


def _is_paywall(line: str) -> bool:
    return len(line) <= MAX_PAYWALL_LINE and _PAYWALL.search(line) is not None


def _list_last_lines(text: str) -> list[str]:
    """The last lines that are not blank."""
    return [line.strip() for line in text.rstrip().split("\n")[-3 * _TAIL_LINES :] if line.strip()][-_TAIL_LINES:]
