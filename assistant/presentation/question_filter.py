"""Filters on a question: which outlets, days, folder, speaker and tag the articles must have that may answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from assistant.errors import QuestionError
from assistant.records.library import ArticleRow
from assistant.text.formatting import count_noun, join_names
from assistant.text.words import fold

_WORD = re.compile(
    r"(?<!\S)(?P<name>outlet|from|to|in|folder|speaker|tag):(?:[\"“](?P<quoted>[^\"“”]+)[\"”]|(?P<plain>\S+))",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
MAX_NAMES_TOLD = 5  # of outlets, where none matches


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What articles must have; an empty value asks for nothing. Days are ISO 8601, also a year or a month alone."""

    outlet: str = ""
    first_day: str = ""
    last_day: str = ""
    folder: str = ""
    speaker: str = ""
    tag: str = ""

    @property
    def chips(self) -> list[str]:
        """Each part in words: "Gazette", "2019-09 to 2019-12", "in uk/", "quotes Ann Lee"."""
        return [words for words, _ in self._parts]

    def without(self, place: int) -> QuestionFilter:
        """This filter without the part of the chip at a place."""
        return replace(self, **dict.fromkeys(self._parts[place][1], ""))

    @property
    def _parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each part in words, and its fields."""
        days = " to ".join(dict.fromkeys(day for day in (self.first_day, self.last_day) if day))
        if days and not self.last_day:
            days = f"from {days}"
        elif days and not self.first_day:
            days = f"to {days}"
        parts = (
            (self.outlet, ("outlet",)),
            (days, ("first_day", "last_day")),
            (f"in {self.folder}" if self.folder else "", ("folder",)),
            (f"quotes {self.speaker}" if self.speaker else "", ("speaker",)),
            (f"#{self.tag.removeprefix('#')}" if self.tag else "", ("tag",)),
        )
        return [part for part in parts if part[0]]

    def __or__(self, other: QuestionFilter) -> QuestionFilter:
        """These parts, replaced by those that `other` has."""
        given = {field.name: value for field in fields(other) if (value := getattr(other, field.name))}
        return replace(self, **given)


def read_filter_words(text: str) -> tuple[str, QuestionFilter]:
    """A question without words such as `outlet:Gazette`, `from:2019-09`, `to:2019`, `in:2019-09`, and their filter.

    `folder:`, `speaker:` and `tag:` too; a value of several words stands in quotation marks. Raises QuestionError if a
    day is none.
    """
    found = QuestionFilter()
    for match in _WORD.finditer(text):
        value = (match["quoted"] or match["plain"]).strip()
        name = match["name"].lower()
        if name in ("from", "to", "in"):
            day = read_day(value)
            found |= QuestionFilter(first_day="" if name == "to" else day, last_day="" if name == "from" else day)
        else:
            found |= QuestionFilter(**{name: value})
    return " ".join(_WORD.sub(" ", text).split()) if found.chips else text, found


def read_day(value: str) -> str:
    """A year, month or day as it is written in ISO 8601. Raises QuestionError for anything else."""
    if value and not _DAY.fullmatch(value):
        raise QuestionError(f"{value!r} is no day; write 2019, 2019-09 or 2019-09-30")
    return value


def choose_articles(
    wanted: QuestionFilter,
    rows: Sequence[ArticleRow],
    find_quoting: Callable[[str], Collection[str]],
    find_tagged: Callable[[str], Collection[str]],
) -> tuple[str, ...]:
    """The ids of the articles that a filter lets through; `find_quoting` gives those that quote a speaker,
    `find_tagged` those with a tag.

    Articles without a day do not match a filter by days. Raises QuestionError if none does, with what there is.
    """
    quoting = find_quoting(wanted.speaker) if wanted.speaker else None
    tagged = find_tagged(wanted.tag) if wanted.tag else None
    chosen = tuple(
        row.id
        for row in rows
        if fold(wanted.outlet) in fold(row.source or "")
        and _is_within(row.day, wanted.first_day, wanted.last_day)
        and row.id.replace("\\", "/").startswith(wanted.folder.strip("/"))
        and (quoting is None or row.id in quoting)
        and (tagged is None or row.id in tagged)
    )
    if not chosen:
        raise QuestionError(f"no article matches {' · '.join(wanted.chips)}; {_describe_rows(rows)}")
    return chosen


def _is_within(day: str, first: str, last: str) -> bool:
    """Whether a day is in a range of days, months or years, both ends included."""
    if not (first or last):
        return True
    return bool(day) and day[: len(first)] >= first and (not last or day[: len(last)] <= last)


def _describe_rows(rows: Iterable[ArticleRow]) -> str:
    rows = list(rows)
    outlets = list(dict.fromkeys(row.source for row in rows if row.source))
    days = sorted(row.day for row in rows if row.day)
    more = f" and {count_noun(len(outlets) - MAX_NAMES_TOLD, 'other')}" if len(outlets) > MAX_NAMES_TOLD else ""
    known = f"from {join_names(outlets[:MAX_NAMES_TOLD])}{more}" if outlets else "without outlets"
    return f"the library has {count_noun(len(rows), 'article')} {known}" + (
        f", {days[0]} to {days[-1]}" if days else ""
    )
