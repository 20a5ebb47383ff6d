"""Finds the dates that a question names and removes their words. The forms of dates are in `date_rules`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.questions.date_rules import DATE_RULES, SEASONS, DateRange, resolve_expression
from assistant.questions.numeric_dates import read_other_order
from assistant.records.query import Period
from assistant.text.months import MONTH_WORD, MONTHS, WEEKDAYS, shift_day


@dataclass(frozen=True, slots=True)
class ExtractedPeriod:
    """A question without the words that date it, and the period that they stand for.

    `kept_words` are words that stay in the question, because they also are part of its subject ("last week's" vote).
    `latest_words` are those that ask for the latest state ("now", "ended up").
    """

    remaining_text: str
    period: Period | None = None
    kept_words: str = ""
    newest_first: bool = False
    latest_words: str | None = None


def _join_alternatives(patterns: Iterable[str]) -> str:
    """A pattern for any of several, without group names, so that another pattern can contain it twice."""
    return "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in patterns) + ")"


_ANY_DATE = _join_alternatives(rule.pattern for rule in DATE_RULES)
_STANDALONE_DATE = _join_alternatives(rule.pattern for rule in DATE_RULES if rule.is_standalone)
_WORD_END = r"(?![\w'’-])"

_RANGE = (
    rf"\b(?:between|from) (?P<first>{_ANY_DATE}|[0-3]?\d) (?:and|to|until|till|through) "
    rf"(?P<last>{_ANY_DATE}){_WORD_END}"
)
_DATE_WITH_PREPOSITION = (
    r"\b(?:(?P<side>(?:ever )?since|after|before|until|till|up to|prior to|by) |"
    r"(?:(?:back|late|early|earlier) )?(?:in|on|during|over|within|throughout|at|dated|from) )"
    rf"(?P<time>{_ANY_DATE})(?: onwards?)?{_WORD_END}"
)
_DATE_WITHOUT_PREPOSITION = rf"\b(?P<time>{_STANDALONE_DATE})(?:(?P<possessive>['’]s)|{_WORD_END})"
_MONTH_AND_YEAR_AT_END = (  # of keywords: "fuel price May 2022"
    rf"(?<=\w )(?<!\d )(?<!\d(?:st|nd|rd|th) )(?:{MONTH_WORD})\.? (?:1[6-9]|20)\d\d(?=\W*$)"
)
# A quick test, because most questions contain no date.
_DATE_HINT = (
    rf"\d|\b(?:{'|'.join(month[:3] for month in MONTHS)}|{'|'.join(WEEKDAYS)}|{'|'.join(SEASONS)}|quarter|half|"
    r"to(?:day|night)|yesterday|night|morning|afternoon|evening|weekend|(?:day|week|fortnight|month|year)s?\b)"
)
# "The January 6 riot", "what was said about January 6": the date is the subject.
_SUBJECT_BEFORE_DATE = re.compile(r"\b(?:about|of|the|an?)$", re.IGNORECASE)
_NEWEST_FIRST = (
    r"\b(?:(?:most )?recently|lately|these days|nowadays|right now|in recent (?:days|weeks|months|times)|"
    r"most recent|newest|latest|at the moment)\b"
)


# The latest state of something: words without which the question is a sentence too, and words of the sentence. "NOW" is
# a name, and a "final" alone is a match.
_LATEST_STATE = (
    r"(?-i:\b(?:right |as of |by |until |up to |for )?now\b)(?! that\b)|"
    r"\b(?:so far|thus far|to date|currently|presently|at present|in the end|eventually|ultimately|finally)\b"
)
_LATEST_STATE_IN_SENTENCE = (
    r"\b(?:(?:has |have |had )?bec[oa]me of|(?:end|wind|wound)(?:ed|s)? up|turn(?:ed)? out|still|no longer|any ?more)"
    r"\b|"
    r"\b(?:final|eventual|ultimate|current|present)(?= (?:\w+ )?(?:rulings?|decisions?|verdicts?|results?|scores?|"
    r"status|outcomes?|numbers?|figures?|tolls?|counts?|tall(?:y|ies)|votes?|prices?|costs?|reports?|state|deals?|"
    r"agreements?|versions?|sentences?|terms?|judge?ments?|rates?|levels?|total|bill|value|situation)\b)"
)


def extract_dates(text: str, today: date | None = None) -> ExtractedPeriod:
    """Find the dates that a question names, and remove their words. Of several expressions, the first is used.

    The period is that of the subject; articles about it may be published later. A period that depends on `today`
    ("in March", "yesterday") has words and no dates if `today` is None. The future ("next week") is not a period,
    because articles about it were published before.
    """
    newest = search_ignoring_case(_NEWEST_FIRST, text)
    if newest:
        text = remove_match(text, newest)
    dates = _extract_period(text, today)
    if state := search_ignoring_case(_LATEST_STATE, dates.remaining_text):
        return replace(
            dates,
            remaining_text=remove_match(dates.remaining_text, state),
            newest_first=newest is not None,
            latest_words=state[0],
        )
    verb = search_ignoring_case(_LATEST_STATE_IN_SENTENCE, dates.remaining_text)
    words = verb[0] if verb else newest[0] if newest else None
    kept = f"{dates.kept_words} {verb[0]}".strip() if verb else dates.kept_words
    return replace(dates, newest_first=newest is not None, latest_words=words, kept_words=kept)


def _extract_period(text: str, today: date | None) -> ExtractedPeriod:
    if not search_ignoring_case(_DATE_HINT, text):
        return ExtractedPeriod(text)
    if match := search_ignoring_case(_RANGE, text):
        days = _resolve_range(match["first"], match["last"], today)
        if days:
            return ExtractedPeriod(remove_match(text, match), _build_period(match[0], days))
    prepositional = search_ignoring_case(_DATE_WITH_PREPOSITION, text)
    standalone = _find_standalone_date(text)
    if prepositional and (not standalone or prepositional.start() <= standalone.start()):
        days = resolve_expression(prepositional["time"], today)
        period = _build_period(prepositional[0], days, prepositional["side"], prepositional["time"])
        return ExtractedPeriod(remove_match(text, prepositional), period)
    if not standalone and (last := search_ignoring_case(_MONTH_AND_YEAR_AT_END, text)):
        return ExtractedPeriod(remove_match(text, last), _build_period(last[0], resolve_expression(last[0], today)))
    if not standalone:
        return ExtractedPeriod(text)
    words, days = standalone["time"], resolve_expression(standalone["time"], today)
    if standalone["possessive"]:  # "last week's vote" may be written about later, so the period has no end
        return ExtractedPeriod(text, Period(words, days[0].isoformat() if days else None), kept_words=words)
    return ExtractedPeriod(remove_match(text, standalone), _build_period(words, days, date_words=words))


def _find_standalone_date(text: str) -> re.Match[str] | None:
    """The first date without a preposition, unless it is the subject of the question."""
    match = search_ignoring_case(_DATE_WITHOUT_PREPOSITION, text)
    if match and not match["possessive"] and _SUBJECT_BEFORE_DATE.search(text[: match.start()].rstrip()):
        return None
    return match


def _resolve_range(first: str, last: str, today: date | None) -> DateRange | None:
    """From the first day of `first` to the last day of `last`, whose month and year also apply to `first` if needed.

    "3 to 7 May 2022" begins on 3 May 2022.
    """
    end = resolve_expression(last, today)
    if end is None:
        return None
    with_month = f"{first} {MONTHS[end[0].month - 1]} {end[0].year}"
    begin = resolve_expression(with_month, None) or resolve_expression(first, end[1])
    if begin and begin[0] <= end[1]:
        return begin[0], end[1]
    other = read_other_order(first)
    return (other, end[1]) if other and other <= end[1] else None


_Relation = Literal["since", "before", "during"]
_RELATION_BY_PREPOSITION: dict[str, _Relation] = {"since": "since", "after": "since"}


def _build_period(words: str, days: DateRange | None, preposition: str | None = None, date_words: str = "") -> Period:
    """The period on one side of some days, or of the days themselves if there is no such preposition.

    `date_words` are the words without the preposition, for a second meaning.
    """
    side = preposition.lower().removeprefix("ever ") if preposition else None
    relation = _RELATION_BY_PREPOSITION.get(side, "before") if side else "during"
    if days is None or date.min in days or date.max in days:
        return Period(words, relation=relation)
    other_day = read_other_order(date_words)
    other = _format_days(_limit_to_side((other_day, other_day), side)) if other_day else None
    return Period(words, *_format_days(_limit_to_side(days, side)), relation=relation, other_reading=other)


def _format_days(days: tuple[date | None, date | None]) -> tuple[str | None, str | None]:
    first, last = days
    return first.isoformat() if first else None, last.isoformat() if last else None


def _limit_to_side(days: DateRange, side: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of the period that a preposition describes. None is an open side."""
    first, last = days
    match side:
        case None:
            return first, last
        case "since":
            return first, None
        case "after":
            return shift_day(last, 1), None
        case "before" | "prior to":
            return None, shift_day(first, -1)
        case _:  # "by" and "until" include the days
            return None, last


def search_ignoring_case(pattern: str, text: str) -> re.Match[str] | None:
    """Search with a pattern that is compiled on first use, because compiling these takes long at program start."""
    return re.compile(pattern, re.IGNORECASE).search(text)


def remove_match(text: str, match: re.Match[str]) -> str:
    """The text without a match, and without the comma after it if the match is at the start of a sentence."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if not before or before.endswith((".", "?", "!")):
        after = after.lstrip(", ")
    return f"{before} {after}".replace(" ,", ",").replace(" ?", "?").strip()
