"""The output of `doctor` and of evaluations, from records made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.render.doctor import format_finding, run_doctor
from assistant.cli.render.evaluation import describe_missing, format_metric, place_of_metric
from assistant.config.schema import Config
from assistant.records.checks import Finding


def test_doctor_without_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without an index is reported, and is not created."""
    config = Config(articles=(tmp_path,), index=tmp_path / "index")
    assert run_doctor(config, fix=False, as_json=True) is False
    record = json.loads(capsys.readouterr().out)
    assert (record["index"], record["intact"], record["repaired"]) == (str(config.index), False, [])
    assert not config.index.exists()


def test_finding_with_remedy() -> None:
    """A remedy is shown unless everything is fine."""
    assert (
        format_finding(Finding("model", "error", "missing", "install it")).plain
        == "error  model       missing; install it"
    )
    assert format_finding(Finding("model", "ok", "fine", "nothing")).plain == "ok     model       fine"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [("n", 1200.0, "1,200"), ("ms_p50", 12.6, "13"), ("answered", 0.98765, "0.988"), ("answered", None, "–")],
)
def test_metric_values(name: str, value: float | None, text: str) -> None:
    """Counts are whole numbers, milliseconds are rounded, shares have three digits."""
    assert format_metric(name, value) == text


def test_metric_of_one_kind_of_source_is_next_to_the_whole() -> None:
    """A suffix does not change the place."""
    order = ["pair_recall", "pair_precision"]
    assert [place_of_metric(name, order) for name in ("pair_recall", "pair_precision_named")] == [0, 1]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["a"], "warning: article a is not in the library"),
        (["a", "b"], "warning: article a and 1 other article are not in the library"),
        (["a", "b", "c"], "warning: article a and 2 other articles are not in the library"),
    ],
)
def test_missing_articles(names: list[str], text: str) -> None:
    """The first missing article is named, the others are counted."""
    assert describe_missing(names) == text


@given(st.text())
def test_missing_article_names_are_safe(name: str) -> None:
    """The warning is one line for any name."""
    assert "\n" not in describe_missing([name])
