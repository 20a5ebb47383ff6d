"""Whether a sentence affirms or denies what a question names: "closed" denies "open", and so does "not open"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from assistant.records.article import Span
from assistant.text.stemming import stem

NEGATION_REACH = 3  # words before a claimed word in which a negation applies to it

_WORD = re.compile(r"\w[\w'’]*")
_NEGATIONS = frozenset(
    "not no never nor neither none without cannot deny denies denied false untrue failed refused".split()
)


@dataclass(frozen=True, slots=True)
class Polarity:
    """Whether a sentence denies a thing of the question, and the words that do or affirm it, as a span of the text."""

    is_denied: bool
    words: Span


def _read_antonyms(table: str) -> Mapping[str, frozenset[str]]:
    """The opposites of each word, all as stems, from pairs such as "open:closed"."""
    antonyms: dict[str, frozenset[str]] = {}
    for pair in table.split():
        left, right = map(stem, pair.split(":"))
        antonyms[left] = antonyms.get(left, frozenset()) | {right}
        antonyms[right] = antonyms.get(right, frozenset()) | {left}
    return antonyms


_ANTONYMS = _read_antonyms("""
open:closed opened:closed reopen:close safe:unsafe safe:dangerous approve:reject approved:rejected accept:refuse
accepted:refused confirm:deny confirmed:denied guilty:innocent convicted:acquitted alive:dead rise:fall rose:fell
increase:decrease increased:decreased won:lost win:lose passed:failed pass:fail support:oppose supported:opposed
legal:illegal true:false began:ended resigned:stayed higher:lower more:fewer succeed:fail succeeded:failed
released:detained banned:allowed
""")


def read_polarities(text: str, things: Set[str]) -> dict[str, Polarity]:
    """For each of some stems that a text contains, or the opposite of, whether the text denies it."""
    found: dict[str, Polarity] = {}
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    for place, (word, start, end) in enumerate(words):
        own = stem(word.lower())
        thing = own if own in things else _find_antonym(own, things)
        if thing is None or thing in found:
            continue
        negations = [at for other, at, _ in words[max(0, place - NEGATION_REACH) : place] if is_negation(other)]
        found[thing] = Polarity((own != thing) != bool(negations), (negations[0] if negations else start, end))
    return found


def _find_antonym(word: str, things: Set[str]) -> str | None:
    """An opposite of a word among some stems; if there are several, the first of the alphabet."""
    return min(_ANTONYMS.get(word, frozenset()) & things, default=None)


def is_negation(word: str) -> bool:
    """Whether a word negates: "not", "never", "hasn’t"."""
    return word.lower() in _NEGATIONS or word.lower().endswith(("n't", "n’t"))
