"""Dates of publication in the spellings that people and programs use, as ISO 8601 text, as exact as they are given.

"January 23, 2019" is "2019-01-23", "Jan 2019" is "2019-01", and "2019" stays "2019". What can be two days is not a
date: "04/05/2019"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

EARLIEST_YEAR, LATEST_YEAR = 1500, 2199
FIRST_YEAR_OF_LAST_CENTURY = 70  # of the years with two digits, the first that is not of this century
MAX_DATE_LENGTH = 200  # of a text that holds a date

_MONTH_NAMES = (  # English, French, German, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Russian
    "january jan janvier janv januar januari jänner enero ene gennaio gen janeiro stycznia styczeń января январь",
    "february feb février fevrier févr februar februari febrero febbraio fevereiro fev lutego luty февраля февраль",
    "march mar mars märz maerz mrz maart marzo março marco marts marca marzec марта март",
    "april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель",
    "may mai mei mayo maggio maio maj maja мая май",
    "june jun juin juni junio giugno giu junho czerwca czerwiec июня июнь",
    "july jul juillet juil juli julio luglio lug julho lipca lipiec июля июль",
    "august aug août aout agosto ago augustus augusti sierpnia sierpień августа август",
    "september sep sept septembre septiembre settembre set setembro września wrzesień сентября сентябрь",
    "october oct octobre oktober okt octubre ottobre ott outubro out października październik октября октябрь",
    "november nov novembre noviembre novembro listopada listopad ноября ноябрь",
    "december dec décembre decembre déc dezember dez diciembre dic dicembre dezembro desember des grudnia грудня"
    " grudzień декабря декабрь",
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = "(?P<{}>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|\.)?"
_GAP = r"[\s,/-]{1,3}(?:(?:of|de|del)\s)?"
_EDGE = r"(?<![\w/.-])"
_YEAR = r"(?P<{}>[12]\d{{3}})(?![\d])"

_DAY_BY_NAME = re.compile(
    rf"{_EDGE}(?:(?P<day1>\d{{1,2}}){_ORDINAL}{_GAP}{_MONTH.format('month1')}{_GAP}{_YEAR.format('year1')}"
    rf"|{_MONTH.format('month2')}{_GAP}(?P<day2>\d{{1,2}}){_ORDINAL}{_GAP}{_YEAR.format('year2')}"
    rf"|{_YEAR.format('year3')}{_GAP}{_MONTH.format('month3')}{_GAP}(?P<day3>\d{{1,2}})\b"
    rf"|{_MONTH.format('month4')}\s(?P<day4>\d{{1,2}})\s\d\d:\d\d:\d\d\s(?:[A-Z]{{2,5}}\s)?{_YEAR.format('year4')})",
    re.IGNORECASE,
)
_DAY_BY_NUMBER = re.compile(
    rf"{_EDGE}(?:{_YEAR.format('year1')}\s?(?:[-/.]|年)\s?(?P<month1>\d{{1,2}})\s?(?:[-/.]|月)\s?(?P<day1>\d{{1,2}})(?!\d)"
    rf"|(?P<first>\d{{1,2}})(?P<mark>[-/.])\s?(?P<second>\d{{1,2}})(?P=mark)\s?{_YEAR.format('year2')})"
)
_MONTH_ONLY = re.compile(
    rf"(?:{_MONTH.format('month1')}{_GAP}{_YEAR.format('year1')}"
    rf"|{_YEAR.format('year2')}(?:[-/.]|\s?年\s?)(?P<month2>\d{{1,2}})(?:\s?月)?"
    rf"|(?P<month3>\d{{1,2}})[-/.]{_YEAR.format('year3')})",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year1>\d\d)"
    rf"|(?P<day>\d{{1,2}}){_ORDINAL}[\s-]{_MONTH.format('month')}[\s-](?:['’]\s?)?(?P<year2>\d\d)"
    rf"|{_MONTH.format('month2')}\s(?P<day2>\d{{1,2}}){_ORDINAL},?\s['’](?P<year3>\d\d)",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(r"[12]\d{3}(?:\s?年)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?")
_TIME_STAMP = re.compile(r"1\d{9}(?:\d{3})?(?:\.0)?")
_NAME_DAY = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_NAME_MONTH = re.compile(r"(\d{4})[-_. ](\d\d)(?![\d]|[-_.]\d)")
_LETTERS_BESIDE_DIGITS = re.compile(r"(?<=\d)(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})(?=\d)")
_CLOCK = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,9})?)?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b))?",
    re.IGNORECASE,
)
_CALENDAR_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T|$)")
_UPDATED = re.compile(
    r"\b(?:updated|modified|amended|corrected|revised|accessed|retrieved)\W{0,3}(?:on\s|at\s)?$", re.I
)


class AmbiguousDateError(ValueError):
    """The text can mean several days; the message names them."""


def parse_date(text: str) -> str:
    """A date, with the time if it is given, as ISO 8601: a day, a month ("2019-01"), or a year ("2019").

    Raises AmbiguousDateError for what can be several days, and ValueError for what is no date.
    """
    text = " ".join(text[:MAX_DATE_LENGTH].split())
    exact = _normalize_iso(text) or _parse_time_stamp(text) or _parse_short_year(text)
    if exact:
        return exact
    days = {found: place for place, found in reversed(list(_find_days(text)))}
    if len(days) > 1:
        days = {day: place for day, place in days.items() if not _UPDATED.search(text[: place[0]])}
    if len(days) == 1:
        ((day, (start, end)),) = days.items()
        inside = text[start:end] if ":" in text[start:end] else ""
        return day + _find_clock(f"{text[:start]} ; {inside} ; {text[end:]}")
    if days:
        raise AmbiguousDateError(f"several dates: {', '.join(sorted(days))}")
    return _parse_month_or_year(text)


def find_days(text: str) -> Iterator[tuple[int, int, str]]:
    """The days that a text names with their year: start, end, and the day as ISO 8601. Ambiguous ones are left out."""
    with suppress(AmbiguousDateError):
        for (start, end), day in _find_days(text):
            yield start, end, day


_DATED_FOLDERS = re.compile(
    r"(?<![^/])(?:19|20)\d\d(?:/(?:0[1-9]|1[0-2])(?:/(?:0[1-9]|[12]\d|3[01]))?"
    r"|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![^/])",
    re.ASCII,
)


def find_day_in_name(name: str) -> str | None:
    """The only day in the name of a file: "2025-03-03-mill.md", "mill_13Mar2025.txt"; None if there is none.

    A month if the name begins with it: "2025-03 mill.md".
    """
    stem = name.rpartition(".")[0] or name
    days = {day for year, _, month, number in _NAME_DAY.findall(stem) if (day := _format_day(year, month, number))}
    if not days:
        words = _LETTERS_BESIDE_DIGITS.sub(" ", stem.replace("_", " "))
        words = re.sub(r"(?<=[^\W\d_])[-.](?=\d)|(?<=\d{4})[-.](?=[^\W\d_])", " ", words)
        with suppress(AmbiguousDateError):
            days = {day for _, day in _find_days(words)}
    if len(days) == 1:
        return days.pop()
    month = _NAME_MONTH.match(stem) if not days else None
    return f"{month[1]}-{month[2]}" if month and _format_day(month[1], month[2], "1") else None


def _normalize_iso(text: str) -> str | None:
    """`text` without spaces if it is an ISO 8601 date, or date and time; else None.

    Site generators write spaces: "2025-10-26 09:30:00 +0300" gives "2025-10-26T09:30:00+0300".
    """
    text = text.replace(" ", "T", 1).replace(" ", "")
    if text[-1:] == "z":
        text = f"{text[:-1]}Z"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    # Python also accepts 2025-W43-7, and reads thirteen-digit time stamps as dates of the past.
    return text if _CALENDAR_DATE.match(text) and EARLIEST_YEAR <= int(text[:4]) <= LATEST_YEAR else None


def _parse_time_stamp(text: str) -> str | None:
    """A day without hyphens (20190123), or the seconds or milliseconds since 1970."""
    if match := _COMPACT.fullmatch(text):
        return _format_day(*match.groups())
    if not _TIME_STAMP.fullmatch(text):
        return None
    seconds = int(text[:10])
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _parse_short_year(text: str) -> str | None:
    """The day of a date whose year has two digits: "23 Jan '19", "31/12/99".

    Raises AmbiguousDateError for what can be several days: "23/1/19".
    """
    match = _SHORT_YEAR.fullmatch(text)
    if match is None:
        return None
    year = _complete_year(match["year1"] or match["year2"] or match["year3"])
    if match["year1"]:
        first, second = match["first"], match["second"]
        orders = ((year, second, first), (year, first, second), (_complete_year(first), second, match["year1"]))
        return _choose_only(day for order in orders if (day := _format_day(*order)))
    return _format_day(year, _MONTH_NUMBERS[(match["month"] or match["month2"]).lower()], match["day"] or match["day2"])


def _find_days(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _DAY_BY_NAME.finditer(text):
        parts = next(
            (match[f"year{n}"], match[f"month{n}"], match[f"day{n}"])
            for n in (1, 2, 3, 4)
            if match[f"year{n}"] is not None
        )
        if day := _format_day(parts[0], _MONTH_NUMBERS[parts[1].lower()], parts[2]):
            yield match.span(), day
    for match in _DAY_BY_NUMBER.finditer(text):
        if match["year1"]:
            day = _format_day(match["year1"], match["month1"], match["day1"])
        else:
            day = _order_day_and_month(match["year2"], match["first"], match["second"])
        if day:
            yield match.span(), day


def _order_day_and_month(year: str, first: str, second: str) -> str | None:
    """The day of "23/01/2019" or "1/23/2019". Raises AmbiguousDateError for "04/05/2019"."""
    orders = ((year, second, first), (year, first, second))
    return _choose_only(day for order in orders if (day := _format_day(*order)))


def _choose_only(found: Iterable[str]) -> str | None:
    days = set(found)
    if len(days) > 1:
        raise AmbiguousDateError(f"it can be {' or '.join(sorted(days))}")
    return days.pop() if days else None


def _complete_year(short: str) -> str:
    return str(int(short) + (2000 if int(short) < FIRST_YEAR_OF_LAST_CENTURY else 1900))


def _parse_month_or_year(text: str) -> str:
    match = _MONTH_ONLY.fullmatch(text)
    if match:
        year, month = next((match[f"year{n}"], match[f"month{n}"]) for n in (1, 2, 3) if match[f"year{n}"])
        number = _MONTH_NUMBERS.get(month.lower()) or int(month)
        if 1 <= number <= 12 and EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            return f"{year}-{number:02}"
    elif _YEAR_ONLY.fullmatch(text) and EARLIEST_YEAR <= int(text[:4]) <= LATEST_YEAR:
        return text[:4]
    raise ValueError("it is not a date")


def _format_day(year: str, month: str | int, day: str) -> str | None:
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _find_clock(text: str) -> str:
    """The time of day in a text without its date, as it follows a day in ISO 8601; empty if there is none."""
    for match in _CLOCK.finditer(text):
        hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
        if not (match["minute"] or half) or hour > (12 if half else 23):
            continue
        if half:
            hour = hour % 12 + 12 * (half == "p")
        second = f":{match['second']}" if match["second"] else ""
        zone = (match["zone"] or "").upper()
        return f"T{hour:02}:{match['minute'] or '00'}{second}{'Z' if zone in ('UTC', 'GMT') else zone}"
    return ""


def find_date_in_folders(names: Sequence[str]) -> str | None:
    """The day or month that the names of folders give: 2019/09/06, 2019/09, 2019-09-06 or 2019-09; the last of them.

    A year alone says too little, and names with other words are those of something else.
    """
    found = [match[0].replace("/", "-") for match in _DATED_FOLDERS.finditer("/".join(names))]
    try:
        return parse_date(found[-1]) if found else None
    except ValueError:
        return None
