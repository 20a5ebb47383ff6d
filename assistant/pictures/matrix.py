"""Tables of counts that are worth a picture: articles by outlet and month, people who are quoted together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from assistant.records.library import ArticleRow

MAX_ROWS = 12
MAX_COLUMNS = 36  # months; of a longer time, years are counted
NO_OUTLET = "outlet not known"
OTHERS = "other outlets"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts by row and column, both labelled. `note` says what a number counts, and what is left out."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]  # one tuple for each row
    note: str

    @property
    def most(self) -> int:
        """The highest count; 0 if there is none."""
        return max((count for row in self.counts for count in row), default=0)


def count_coverage(articles: Iterable[ArticleRow]) -> Matrix:
    """Articles by outlet and month, or year: the outlets with most articles first, all others in one row."""
    dated = [(row.source or NO_OUTLET, row.day) for row in articles]
    months = _list_months(sorted(day[:7] for _, day in dated if _is_month(day[:7])))
    length = 7 if len(months) <= MAX_COLUMNS else 4
    columns = list(dict.fromkeys(month[:length] for month in months))
    placed = [(outlet, day[:length]) for outlet, day in dated if _is_month(day[:7])]
    largest = [name for name, _ in sorted(Counter(o for o, _ in placed).items(), key=lambda one: (-one[1], one[0]))]
    rows = largest if len(largest) <= MAX_ROWS else [*largest[: MAX_ROWS - 1], OTHERS]
    counted = Counter((outlet if outlet in rows else OTHERS, column) for outlet, column in placed)
    unit = "month" if length == 7 else "year"
    undated = len(dated) - len(placed)
    return Matrix(
        f"Articles by outlet and {unit}",
        tuple(rows),
        tuple(columns),
        tuple(tuple(counted[row, column] for column in columns) for row in rows),
        f"{undated:,} of {len(dated):,} articles have no date and are not here" if undated else "",
    )


def count_together(articles_by_speaker: Mapping[str, Set[str]]) -> Matrix:
    """How many articles quote both of two people; who is quoted together with nobody is left out."""
    names = [
        name
        for name, ids in articles_by_speaker.items()
        if any(ids & others for other, others in articles_by_speaker.items() if other != name)
    ][:MAX_ROWS]
    shared = [
        tuple(0 if a == b else len(articles_by_speaker[a] & articles_by_speaker[b]) for b in names) for a in names
    ]
    return Matrix("Quoted in the same articles", tuple(names), tuple(names), tuple(shared), "")


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdigit() and "01" <= text[5:] <= "12"


def _list_months(known: list[str]) -> list[str]:
    """All months from the first to the last, also those without an article."""
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (known[0], known[-1]))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
