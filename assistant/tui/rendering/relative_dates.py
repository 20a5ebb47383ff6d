"""Days as people say them: "12 Mar 2025", "7 months ago"."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
OLD_AGE = timedelta(days=365)  # from then on a source's age is pointed out
OLD_SIGN = "◷"


def today() -> date:
    """The day that ages are reckoned from."""
    return date.today()


def parse_day(published_at: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time; None where there is none or it is no date."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def format_day(day: date) -> str:
    """A day in few characters, the same everywhere: "12 Mar 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def describe_age(day: date, now: date) -> str:
    """How long ago a day is, in the largest unit that says enough."""
    days = (now - day).days
    if days < 0:
        return "in the future"
    if days < 2:
        return ("today", "yesterday")[days]
    months = (now.year - day.year) * 12 + now.month - day.month - (now.day < day.day)
    if days < 14:
        return _count_units_ago(days, "day")
    if months < 2:
        return _count_units_ago(days // 7, "week")
    return _count_units_ago(months, "month") if months < 24 else _count_units_ago(months // 12, "year")


def _count_units_ago(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


def format_age(published_at: str | None, now: date) -> str:
    """The age alone, "7 months ago", where room is short; old ones with a sign."""
    day = parse_day(published_at)
    if day is None:
        return published_at or ""
    return f"{OLD_SIGN + ' ' if now - day >= OLD_AGE else ''}{describe_age(day, now)}"


def format_day_and_age(published_at: str | None, now: date) -> str:
    """Day and age, "12 Mar 2025, 7 months ago", old ones with a sign; what is no date as it is, nothing for nothing."""
    day = parse_day(published_at)
    if day is None:
        return published_at or ""
    return f"{format_day(day)}, {format_age(published_at, now)}"
