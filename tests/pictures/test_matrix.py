"""Tables of counts: coverage by outlet and month, and people quoted together."""

from __future__ import annotations

from assistant.pictures.matrix import MAX_COLUMNS, MAX_ROWS, NO_OUTLET, OTHERS, count_coverage, count_together
from assistant.records.library import ArticleRow


def make_row(number: int, source: str | None, day: str | None) -> ArticleRow:
    return ArticleRow(f"{number}.md", f"Title {number}", source, None, day, 100, 0)


def test_coverage_counts_every_dated_article_in_its_month() -> None:
    """Months without an article are columns too; who has most comes first; what has no date is told."""
    rows = [
        make_row(1, "Gazette", "2025-01-03"),
        make_row(2, "Post", "2025-03-01T10:00:00+01:00"),
        make_row(3, "Gazette", "2025-03-09"),
        make_row(4, None, "2025-03-31"),
        make_row(5, "Post", None),
        make_row(6, "Post", "last spring"),
    ]
    coverage = count_coverage(rows)
    assert coverage.columns == ("2025-01", "2025-02", "2025-03")
    assert coverage.rows == ("Gazette", "Post", NO_OUTLET)
    assert coverage.counts == ((1, 0, 1), (0, 0, 1), (0, 0, 1))
    assert coverage.title == "Articles by outlet and month"
    assert coverage.note == "2 of 6 articles have no date and are not here"
    assert count_coverage([]).most == 0


def test_long_coverage_is_by_year_and_many_outlets_share_a_row() -> None:
    """No number is lost."""
    rows = [make_row(number, f"Outlet {number % 20}", f"{2000 + number % 9}-05-01") for number in range(180)]
    coverage = count_coverage(rows)
    assert len(coverage.columns) == 9 < MAX_COLUMNS
    assert coverage.columns[0] == "2000"
    assert len(coverage.rows) == MAX_ROWS
    assert coverage.rows[-1] == OTHERS
    assert sum(map(sum, coverage.counts)) == 180


def test_people_quoted_together() -> None:
    """The number of articles that quote both; nobody with themselves; who stands alone is left out."""
    together = count_together({"Ann Lee": {"a", "b", "c"}, "Ivo Tarn": {"b", "c"}, "Una Reed": {"x"}})
    assert together.rows == together.columns == ("Ann Lee", "Ivo Tarn")
    assert together.counts == ((0, 2), (2, 0))
