"""Where articles tell one thing differently: other figures, other days, or the opposite. None is taken for right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.evidence.answer_spans import find_counted_nouns
from assistant.evidence.overlap import DuplicateGroups, is_same_matter
from assistant.records.answer import Evidence
from assistant.records.query import Query
from assistant.text.months import FULL_MONTH, MONTH_ABBREVIATIONS
from assistant.text.stemming import stem

MAX_COMPARED = 8  # pieces of evidence whose claims are compared
NEGATION_REACH = 3  # words before a claimed word in which a negation is taken to be about it


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a conflict: the evidence, and the words in it that tell it apart."""

    evidence: Evidence
    value: str


ClaimValues = dict[str, tuple[str, str]]
"""What a sentence claims, by what it claims it of: the claim to compare, and the words to show."""

_FIGURE = re.compile(
    r"(?P<value>[$€£]?\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion|trillion|percent|per cent))?%?)"
    r"(?:[\s-](?P<unit>[a-z]{3,}))?"
)
# "Category 5 hurricane", "No. 2 school": which one, not how many
_RANK_LABEL = re.compile(r"\b(?:category|level|phase|stage|type|number|no\.|grade|rank(?:ed)?)\s$", re.IGNORECASE)
_MONTH = rf"(?P<{{0}}>{FULL_MONTH}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\.?)"
_DAY_NUMBER = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"\b(?:{_DAY_NUMBER.format('d1')}(?: of)? {_MONTH.format('m1')}|"
    rf"{_MONTH.format('m2')} {_DAY_NUMBER.format('d2')})(?![\d\w])",
    re.IGNORECASE,
)
_NEGATIONS = frozenset(
    "not no never nor neither none without cannot deny denies denied false untrue failed refused".split()
)
_OPPOSITE_PAIRS = """
open:closed opened:closed reopen:close safe:unsafe safe:dangerous approve:reject approved:rejected accept:refuse
accepted:refused confirm:deny confirmed:denied guilty:innocent convicted:acquitted alive:dead rise:fall rose:fell
increase:decrease increased:decreased won:lost win:lose passed:failed pass:fail support:oppose supported:opposed
legal:illegal true:false began:ended resigned:stayed higher:lower more:fewer succeed:fail succeeded:failed
released:detained banned:allowed
"""
_OPPOSITES: dict[str, set[str]] = {}
for _pair in _OPPOSITE_PAIRS.split():
    _left, _right = map(stem, _pair.split(":"))
    _OPPOSITES.setdefault(_left, set()).add(_right)
    _OPPOSITES.setdefault(_right, set()).add(_left)


def find_conflicts(query: Query, found: Sequence[Evidence], stories: DuplicateGroups) -> list[tuple[ConflictSide, ...]]:
    """Where the evidence for a question differs: for each way in which it does, the sides, at least two.

    Figures are compared where the question asks for one, days where it asks when, and whether something is so where
    it asks that. Articles of one story do not differ: they are copies.
    """
    claims = _CLAIM_EXTRACTORS.get(query.expects or "")
    if claims is None:
        return []
    sides: dict[str, ConflictSide] = {}
    asked = {stem(term) for term in query.terms}
    # Of hurricanes by their category, it is not homes that are counted.
    things = (asked & find_counted_nouns(query.text) or asked) if claims is _extract_figures else asked
    for left, right in _find_differences(found[:MAX_COMPARED], lambda text: claims(text, things), asked, stories):
        for claim, side in (left, right):
            sides.setdefault(claim, side)
    return [tuple(sides.values())] if sides else []


_ClaimSide = tuple[str, ConflictSide]


def _find_differences(
    found: Sequence[Evidence], claims: Callable[[str], ClaimValues], asked: set[str], stories: DuplicateGroups
) -> Iterator[tuple[_ClaimSide, _ClaimSide]]:
    telling = [(one, values) for one in found if (values := claims(one.article.text[one.start : one.end]))]
    for (left, mine), (right, theirs) in combinations(telling, 2):
        if stories.are_duplicates(left.article, right.article) or not is_same_matter(left, right, asked):
            continue
        for thing in mine.keys() & theirs.keys():
            if mine[thing][0] != theirs[thing][0]:
                yield (
                    (mine[thing][0], ConflictSide(left, mine[thing][1])),
                    (theirs[thing][0], ConflictSide(right, theirs[thing][1])),
                )
                break


def _extract_figures(text: str, asked: set[str]) -> ClaimValues:
    """The figures of a sentence that count something which the question names, by the stem of what they count."""
    found: ClaimValues = {}
    for match in _FIGURE.finditer(text):
        if _RANK_LABEL.search(text, 0, match.start()):
            continue
        unit = stem(match["unit"]) if match["unit"] else ""
        value = match["value"]
        if unit not in asked:
            unit = value[0] if value[0] in "$€£" else "%" if value.endswith(("%", "percent", "per cent")) else ""
        if unit:
            found.setdefault(unit, (_normalize_number(value), value))
    return found


def _normalize_number(value: str) -> str:
    return re.sub(r"\.0+(?=\D|$)", "", value.replace(",", "").replace("per cent", "percent").replace(" percent", "%"))


def _extract_day(text: str, _asked: set[str]) -> ClaimValues:
    """The day of the calendar that a sentence names, where it names one only."""
    days = list(_DAY.finditer(text))
    if len(days) != 1:
        return {}
    (match,) = days
    month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
    return {"day": (f"{month[:3].lower()} {int(day)}", match[0])}


def _extract_polarities(text: str, asked: set[str]) -> ClaimValues:
    """Whether a sentence says what the question asks, or its opposite, by the stem of the word in question."""
    found: ClaimValues = {}
    spoken = [(match[0], match.start(), match.end()) for match in re.finditer(r"\w[\w'’]*", text)]
    for place, (word, start, end) in enumerate(spoken):
        own = stem(word.lower())
        meant = own if own in asked else next((other for other in _OPPOSITES.get(own, ()) if other in asked), None)
        if meant is None or meant in found:
            continue
        before = spoken[max(0, place - NEGATION_REACH) : place]
        negated = [at for other, at, _ in before if _is_negation(other.lower())]
        opposite = (own != meant) != bool(negated)
        found[meant] = (f"{'not ' if opposite else ''}{meant}", text[negated[0] if negated else start : end])
    return found


def _is_negation(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n’t"))


_CLAIM_EXTRACTORS: dict[str, Callable[[str, set[str]], ClaimValues]] = {
    "number": _extract_figures,
    "date": _extract_day,
    "yes_no": _extract_polarities,
}
