"""Days, months and years of a sentence, and whether they fit those of a source or the day of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.articles.dates import find_days
from assistant.proof.claims import Claim
from assistant.proof.sources import ReadSource
from assistant.records.proof import ProofFinding
from assistant.text.months import CAPITALIZED_MONTH, MONTHS

_MONTH = rf"{CAPITALIZED_MONTH}(?!\w)"
_DAY_AND_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})|"
    rf"(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)(?![\d:%])(?!,? \d{{4}}\b)"
)
_MONTH_AND_YEAR = re.compile(rf"(?<!\d )\b(?P<month>{_MONTH}),? (?P<year>(?:1[5-9]|20)\d\d)\b")
_MONTH_ALONE = re.compile(rf"\b(?:in|since|until|by|of|for) (?:early |late |mid-)?(?P<month>{_MONTH})(?! \d)")
_YEAR = re.compile(r"(?<![\d.,$€£¥-])\b(?:1[5-9]|20)\d\d\b(?![\d,.]\d|[-%])")


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a text names, `text[start:end]`: its year, month and day as far as they are named."""

    start: int
    end: int
    year: str = ""
    month: str = ""
    day: str = ""

    def fits(self, other: NamedTime) -> bool:
        """Whether both may be the same time: nothing that both name differs."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(not one or not two or one == two for one, two in pairs) and any(one and two for one, two in pairs)

    def is_as_exact_as(self, other: NamedTime) -> bool:
        """Whether the other names all that this one names."""
        return all(two for one, two in zip(self._parts(), other._parts(), strict=True) if one)

    def _parts(self) -> tuple[str, str, str]:
        return self.year, self.month, self.day


def find_times(text: str) -> list[NamedTime]:
    """The times that a text names by themselves: a day, a month with or without its year, a year."""
    found: list[NamedTime] = []
    for time in _find_all_times(text):
        if not any(time.start < other.end and other.start < time.end for other in found):
            found.append(time)
    return sorted(found, key=lambda time: time.start)


def times_of_source(source: ReadSource) -> list[NamedTime]:
    """The times that a source names, words such as "on Wednesday" too."""
    resolved = [_read_iso(word.start, word.end, day) for word in source.words for day in word.days]
    year = (source.published_at or "")[:4]
    named = [
        NamedTime(time.start, time.end, time.year or (year if time.month else ""), time.month, time.day)
        for time in find_times(source.text)
    ]
    return [*resolved, *named]


def day_of_article(source: ReadSource) -> NamedTime | None:
    """The day on which the article of a source was published; None if it is not known."""
    published = (source.published_at or "")[:10]
    return _read_iso(0, 0, published) if published else None


def is_known_time(time: NamedTime, source: ReadSource) -> bool:
    """Whether a source names this time, or names none and its article is of that time."""
    own = [each for each in times_of_source(source) if time.is_as_exact_as(each)]
    if own:
        return any(time.fits(each) for each in own)
    published = day_of_article(source)
    return published is not None and time.fits(published) and not (time.day and time.month)


def contrast_times(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """The times of a sentence in whose place a source has only others."""
    own = times_of_source(source)
    for time in find_times(claim.text):
        other = [each for each in own if time.is_as_exact_as(each)]
        if other and not any(time.fits(each) for each in other):
            written = ", ".join(dict.fromkeys(source.text[each.start : each.end] for each in other))
            words = claim.text[time.start : time.end]
            yield ProofFinding("day", words, f"the source has “{written}”", is_contrary=True)


def _find_all_times(text: str) -> Iterator[NamedTime]:
    for start, end, day in find_days(text):
        yield _read_iso(start, end, day)
    for match in _DAY_AND_MONTH.finditer(text):
        day = (match["day"] or match["day2"]).zfill(2)
        yield NamedTime(*match.span(), month=_number_of(match["month"] or match["month2"]), day=day)
    for match in _MONTH_AND_YEAR.finditer(text):
        yield NamedTime(*match.span(), match["year"], _number_of(match["month"]))
    for match in _MONTH_ALONE.finditer(text):
        yield NamedTime(*match.span("month"), month=_number_of(match["month"]))
    for match in _YEAR.finditer(text):
        yield NamedTime(*match.span(), match[0])


def _read_iso(start: int, end: int, day: str) -> NamedTime:
    return NamedTime(start, end, day[:4], day[5:7], day[8:10])


def _number_of(month: str) -> str:
    return next(f"{n:02}" for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3].lower()))
