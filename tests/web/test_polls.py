"""The short form of `python -m tests.bench.feeds`."""

from __future__ import annotations

from pathlib import Path

from tests.bench.feeds import follow


def test_every_item_is_kept_once_with_its_day(tmp_path: Path) -> None:
    """Over many polls with dates that move, pages that fail, a feed that is down, addresses with parameters."""
    result = follow(120, 40, tmp_path / "added")
    assert (result.articles, result.repeated, result.missing, result.wrong_dates) == (120, 0, 0, 0)
    assert result.requests <= 120 + 120 // 13 + 1  # those that failed once more, no others
