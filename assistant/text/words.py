"""The words of a text and its quotations: what every reading of a question begins with."""

from __future__ import annotations

import re
import unicodedata

from assistant.records.article import Span

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")

STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been before
    being below between both but by can can't cannot could did didn't do does doesn't doing don't down
    during each else ever few for from further had has have he her here hers herself him himself
    his how i if in into is isn't it it's its itself just let like made make many me might more most
    much must my myself no nor not of off on once one only or other our ours ourselves out over own per
    please said same say says shall she should so some such tell than that that's the their theirs them
    themselves then there these they this those through to too under until up upon us very was wasn't we
    were what what's when where which while who whom whose why will with within without would you your
    yours yourself held hold holds take takes taken took place happen happened happens occur occurred
    according regarding concerning
    """.split()
)

_OPENING_MARK = re.compile("''|[“„«»\"]|(?<!\\w)[‘'`](?=\\S)")
_CLOSING_MARKS = {"„": "[“”]", "«": "»", "»": "«", '"': '"', "''": "''"}
_SINGLE_MARKS = frozenset("‘'`")
_SINGLE_CLOSING_MARK = re.compile(r"[’'](?!\w)")


def split_words(text: str) -> list[str]:
    """The words of a text in lower case, without possessive endings; accents are kept."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    return [word.removesuffix("'s") for word in _WORD.findall(text)]


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry a subject, each once, in order."""
    return tuple(dict.fromkeys(word for word in split_words(text) if word not in STOP_WORDS))


def find_quotations(text: str) -> list[tuple[int, int, str]]:
    """Where a text quotes, marks included, and the words between the marks; marks inside others are kept as words.

    A quotation that is never closed goes on to the end, unless its mark may be an apostrophe.
    """
    found: list[tuple[int, int, str]] = []
    position = 0
    while match := _OPENING_MARK.search(text, position):
        inner = position = match.end()
        closing = _find_closing_mark(text, inner, match[0])
        if closing is None and match[0] in _SINGLE_MARKS:
            continue
        last, position = closing or (len(text), len(text))
        said = text[inner:last].strip() if closing else text[inner:].strip(" ?")
        if len(said) > 1:
            found.append((match.start(), position, said))
    return found


def _find_closing_mark(text: str, inner: int, mark: str) -> Span | None:
    """The closing mark of the quotation whose words begin at `inner`."""
    if mark == "“":
        return _find_balancing_mark(text, inner)
    pattern = _SINGLE_CLOSING_MARK if mark in _SINGLE_MARKS else re.compile(_CLOSING_MARKS[mark])
    match = pattern.search(text, inner)
    return match.span() if match and text[inner : match.start()].strip() else None


def _find_balancing_mark(text: str, inner: int) -> Span | None:
    """The ” that balances a “. Where more are closed than opened, the quotation holds others and ends at the last."""
    depth = 1
    last = None
    for place in re.finditer("[“”]", text[inner:]):
        depth += 1 if place[0] == "“" else -1
        if depth <= 0:
            last = inner + place.start()
            if text.count("”", last + 1) <= text.count("“", last + 1):
                break
    if last is None:  # some keyboards mix the marks
        straight = text.find('"', inner)
        last = straight if straight >= 0 else None
    return None if last is None else (last, last + 1)


def fold(text: str) -> str:
    """Lower case, accents gone: "Lindqvíst" and "lindqvist" are one."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
