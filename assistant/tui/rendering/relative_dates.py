"""Dates and ages as text: "12 Mar 2025", "7 months ago"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assistant.text import months
from assistant.text.formatting import count_noun

MONTHS = [month[:3].capitalize() for month in months.MONTHS]
OLD_AGE = timedelta(days=365)  # from this age on, a source gets OLD_SIGN
OLD_SIGN = "◷"
MINUTES_PER_HOUR = 60


def today() -> date:
    """The day from which ages are counted."""
    return date.today()


def parse_day(published_at: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time; None if there is no valid date."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def format_day(day: date) -> str:
    """A day in short form: "12 Mar 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def describe_age(day: date, now: date) -> str:
    """How long ago a day was: in days up to 13, then in weeks, months, and from 24 months on in years."""
    days = (now - day).days
    if days < 0:
        return "in the future"
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 14:
        return f"{count_noun(days, 'day')} ago"
    full_months = (now.year - day.year) * 12 + now.month - day.month - (now.day < day.day)
    if full_months < 2:
        return f"{count_noun(days // 7, 'week')} ago"
    if full_months < 24:
        return f"{count_noun(full_months, 'month')} ago"
    return f"{count_noun(full_months // 12, 'year')} ago"


def describe_time_ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was: in minutes, then in hours, from the day before on as `describe_age` says it."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 1:
        return "just now"
    if minutes < MINUTES_PER_HOUR:
        return f"{count_noun(minutes, 'minute')} ago"
    if minutes < MINUTES_PER_HOUR * 12:
        return f"{count_noun(minutes // MINUTES_PER_HOUR, 'hour')} ago"
    return describe_age(moment.astimezone().date(), now.astimezone().date())


def format_day_of(published_at: str | None) -> str:
    """The day of a date in short form. An invalid date is returned unchanged; None gives an empty string."""
    day = parse_day(published_at)
    return format_day(day) if day else published_at or ""


def format_age(published_at: str | None, now: date) -> str:
    """The age alone: "7 months ago", with a sign if it is old. An invalid date is returned unchanged."""
    day = parse_day(published_at)
    if day is None:
        return published_at or ""
    return f"{OLD_SIGN + ' ' if now - day >= OLD_AGE else ''}{describe_age(day, now)}"


def format_day_and_age(published_at: str | None, now: date) -> str:
    """Day and age: "12 Mar 2025, 7 months ago", with a sign if it is old.

    An invalid date is returned unchanged; None gives an empty string.
    """
    day = parse_day(published_at)
    if day is None:
        return published_at or ""
    return f"{format_day(day)}, {format_age(published_at, now)}"
