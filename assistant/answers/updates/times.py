"""The times that a sentence names, as days: "April 2027", "the end of 2026", "next spring", "in two weeks"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.records.article import Span
from assistant.text.months import CAPITALIZED_MONTH, WEEKDAYS, month_number

_PARTS = {"early": (0, 4), "beginning": (0, 4), "start": (0, 4), "mid": (3, 9), "middle": (3, 9), "late": (7, 12)}
_PARTS |= {"end": (8, 12)}  # twelfths of a year: the first, and the one after the last
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern hemisphere
_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "1": 0, "2": 1, "3": 2, "4": 3}
_NUMBERS = {word: at for at, word in enumerate("a two three four five six seven eight nine ten".split(), 1)} | {
    "one": 1
}
_UNIT_DAYS = {"day": (1, 0), "week": (7, 3), "month": (30, 15), "year": (365, 150)}  # days, and how exact it is meant
_SEASON_MARGIN = timedelta(21)

_PART = r"(?:(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[ -](?:in )?)?"
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)(?![\d%]|[.,-]\d)"
_YEAR_AFTER = rf"(?:,? (?:of )?{_YEAR}|(?: (?P<after>next) year))?"
_WEEKDAY = "|".join(day.capitalize() for day in WEEKDAYS)
_SEASON = "|".join(_SEASONS)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_DAY} (?:of )?(?P<month>{CAPITALIZED_MONTH})(?:,? {_YEAR})?\b",
        rf"\b(?P<month>{CAPITALIZED_MONTH}) {_DAY}(?![\d:,.]\d|\d)(?:,? {_YEAR})?",
        rf"\b{_PART}(?:(?P<next>next|this|last) )?(?P<month>{CAPITALIZED_MONTH}){_YEAR_AFTER}\b",
        rf"\b{_PART}(?:the )?(?:(?P<next>next|this|last) )?(?P<season>{_SEASON})\b{_YEAR_AFTER}",
        rf"\b(?:the )?(?P<quarter>first|second|third|fourth) quarter (?:of )?{_YEAR}",
        rf"\bQ(?P<quarter>[1-4]) (?:of )?{_YEAR}",
        rf"\b(?:the )?(?P<half>first|second) half of {_YEAR}",
        rf"\b{_PART}(?:(?<=\bin )|(?<=\bby )|(?<=\bof )|(?<=\bto )|(?<=\buntil )|(?<=\btill )|(?<=\bbefore )|"
        rf"(?<=\bfor )|(?<=[ -]early )|(?<=[ -]late )|(?<=[ -]mid )|(?<=mid-)){_YEAR}",
        rf"\b(?P<next>next|this coming|this|coming) (?P<weekday>{_WEEKDAY})\b",
        rf"\b(?:on |until |till |to |by )(?P<weekday>{_WEEKDAY})\b",
        r"\bin (?P<count>\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>day|week|month|year)s?\b"
        r"(?!['’]? (?:of|ago|earlier|later|from)\b)",
        rf"\b{_PART}(?P<next>next|this) (?P<unit>week|month|year)\b",
        r"\b(?P<relative>today|tonight|tomorrow|yesterday)\b",
    )
)
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:in|by|until|till|to|before|for|from|since|during|of|throughout|and|or)(?: the)? $", re.IGNORECASE
)
_SAID_BEFORE = re.compile(
    r"\b(?:said|says|told|announced|ruled|reported|added|wrote|confirmed|decided|declared|admitted|voted|approved)\b"
    r"(?: \w+){0,3} $"
)


@dataclass(frozen=True, slots=True)
class NamedTime:
    """Words of a text for a time, and the first and the last day that they can mean."""

    span: Span
    first: date
    last: date

    def can_be(self, other: NamedTime) -> bool:
        """Whether both can be the same time."""
        return self.first <= other.last and other.first <= self.last


def find_times(text: str, published: date, *, is_to_come: bool) -> list[NamedTime]:
    """The times that a text names, in order, read on the day of its article.

    A month without a year is the next one if `is_to_come`, else the last one. When somebody said something is none.
    """
    found: list[NamedTime] = []
    taken: list[Span] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken) or _is_bare(match):
                continue
            taken.append(match.span())
            if match.groupdict().get("weekday") and _SAID_BEFORE.search(text[: match.start()]):
                continue
            try:
                days = _resolve({name: part or "" for name, part in match.groupdict().items()}, published, is_to_come)
            except (ValueError, OverflowError):  # 31 June
                continue
            if days is not None:
                found.append(NamedTime(_bare_span(match), *days))
    return sorted(found, key=lambda time: time.span)


def _is_bare(match: re.Match[str]) -> bool:
    """Whether a month or a season stands without anything that makes it a time: "May said", "prices fall"."""
    parts = match.groupdict()
    if not (parts.get("month") or parts.get("season")) or parts.get("day"):
        return False
    if any(parts.get(name) for name in ("part", "next", "year", "after")):
        return False
    return _PREPOSITION_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()]) is None


def _bare_span(match: re.Match[str]) -> Span:
    """The span without "on" and "until"; "in two weeks" keeps its first word: "two weeks" would be a length."""
    prefix = re.match(r"(?:on|until|till|to|by) ", match[0])
    return match.start() + (prefix.end() if prefix else 0), match.end()


def _resolve(found: dict[str, str], published: date, is_to_come: bool) -> tuple[date, date] | None:
    year = int(found["year"]) if found.get("year") else None
    if found.get("day"):
        return _resolve_day(month_number(found["month"]), int(found["day"]), year, published, is_to_come)
    if found.get("month"):
        number = month_number(found["month"])
        first, last = _months(_guess_year(found, number, 1, published, is_to_come), number, 1)
        return _narrow(first, last, found)
    if found.get("season"):
        number = _SEASONS[found["season"]]
        first, last = _months(_guess_year(found, number, 3, published, is_to_come), number, 3)
        return first - _SEASON_MARGIN, last + _SEASON_MARGIN
    if year is not None:
        return _resolve_part_of_year(found, year)
    if found.get("weekday"):
        return _resolve_weekday(found, published, is_to_come)
    return _resolve_relative(found, published)


def _resolve_day(month: int, day: int, year: int | None, published: date, is_to_come: bool) -> tuple[date, date]:
    if year is None:
        year = published.year
        if is_to_come and date(year, month, day) < published:
            year += 1
        elif not is_to_come and date(year, month, day) > published:
            year -= 1
    exact = date(year, month, day)
    return exact, exact


def _guess_year(found: dict[str, str], month: int, count: int, published: date, is_to_come: bool) -> int:
    """The year of some months without one: the nearest on the side that the sentence tells."""
    if found.get("year"):
        return int(found["year"])
    if found.get("after"):
        return published.year + 1
    year = published.year
    if is_to_come and found.get("next") != "last":
        return next(each for each in (year - 1, year, year + 1) if _months(each, month, count)[1] >= published)
    return year if _months(year, month, count)[0] <= published else year - 1


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """`count` months from one of a year on."""
    at = year * 12 + month - 1 + count - 1
    last_year, last_month = at // 12, at % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _narrow(first: date, last: date, found: dict[str, str]) -> tuple[date, date]:
    """The early, middle or late part of some days, if the words name one."""
    part = found.get("part")
    if not part:
        return first, last
    begin, end = _PARTS[part.removeprefix("the ").split()[0]]
    days = (last - first).days + 1
    return first + timedelta(days * begin // 12), first + timedelta(days * end // 12 - 1)


def _resolve_part_of_year(found: dict[str, str], year: int) -> tuple[date, date]:
    if found.get("quarter"):
        return _months(year, 1 + 3 * _QUARTERS[found["quarter"]], 3)
    if found.get("half"):
        return _months(year, 1 + 6 * _QUARTERS[found["half"]], 6)
    return _narrow(*_months(year, 1, 12), found)


def _resolve_weekday(found: dict[str, str], published: date, is_to_come: bool) -> tuple[date, date]:
    """The nearest day of that name; "next Monday" is the coming one or the one after it."""
    number = WEEKDAYS.index(found["weekday"].lower())
    if not is_to_come and not found.get("next"):
        day = published - timedelta((published.weekday() - number) % 7)
        return day, day
    ahead = (number - published.weekday()) % 7
    if found.get("next") == "next":
        return published + timedelta(ahead or 7), published + timedelta((ahead or 7) + 7)
    return published + timedelta(ahead), published + timedelta(ahead)


def _resolve_relative(found: dict[str, str], published: date) -> tuple[date, date] | None:
    if found.get("relative"):
        away = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}[found["relative"]]
        return published + timedelta(away), published + timedelta(away)
    unit = found.get("unit") or ""
    if found.get("count"):
        count = found["count"]
        days, margin = _UNIT_DAYS[unit]
        middle = published + timedelta(days * (int(count) if count.isdecimal() else _NUMBERS[count]))
        return middle - timedelta(margin), middle + timedelta(margin)
    is_next = found.get("next") == "next"
    match unit:
        case "week":
            monday = published - timedelta(published.weekday()) + timedelta(7 * is_next)
            return monday, monday + timedelta(6)
        case "month":
            year, month = published.year, published.month + is_next
            return _months(year + (month > 12), (month - 1) % 12 + 1, 1)
        case "year":
            return _narrow(*_months(published.year + is_next, 1, 12), found)
    return None
