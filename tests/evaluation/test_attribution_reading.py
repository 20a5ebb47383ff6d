"""Tests of the list of statements that a person judges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.attributions import choose_articles, count_judgements, list_statements


def write_articles(file: Path) -> None:
    """Twenty articles with two named speakers and one unnamed speaker each."""
    text = "“The weir holds,” Ada Quill said. Tom Reed said that it leaks. “It does not,” a fisherman said."
    file.parent.mkdir()
    file.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(20)), encoding="utf-8")


def test_same_seed_same_articles(tmp_path: Path) -> None:
    """The same seed chooses the same articles, the same number of each file."""
    files = [tmp_path / "one" / "a.jsonl", tmp_path / "two" / "a.jsonl"]
    for file in files:
        write_articles(file)
    chosen = [article.id for article in choose_articles(files, 6, seed=3)]
    assert [name.split("/")[0] for name in chosen] == ["one"] * 3 + ["two"] * 3
    assert chosen == [article.id for article in choose_articles(files, 6, seed=3)]
    assert chosen != [article.id for article in choose_articles(files, 6, seed=4)]


def test_only_named_speakers_listed(tmp_path: Path) -> None:
    """Statements with a named speaker are listed, with their words and sentences."""
    write_articles(tmp_path / "one" / "a.jsonl")
    (article,) = choose_articles([tmp_path / "one" / "a.jsonl"], 1, seed=1)
    first, second = list_statements(article)
    assert (first["speaker"], first["words"], first["direct"]) == ("Ada Quill", "“The weir holds,”", True)
    assert (second["speaker"], second["sentence"]) == ("Tom Reed", "Tom Reed said that it leaks.")
    assert second["before"] == "“The weir holds,” Ada Quill said. "


def test_judgements_counted() -> None:
    """Precision is counted apart for direct and indirect speech."""
    records = [
        {"direct": True, "judgement": "right"},
        {"direct": True, "judgement": "right"},
        {"direct": True, "judgement": "wrong speaker"},
        {"direct": False, "judgement": "cut"},
    ]
    assert list(count_judgements(records)) == [
        "direct: 3 statements, 0.667 right (2 right, 1 wrong speaker, 0 not said, 0 cut)",
        "indirect: 1 statements, 0.000 right (0 right, 0 wrong speaker, 0 not said, 1 cut)",
    ]


def test_missing_judgement_named() -> None:
    """A line without a judgement stops the count and is named."""
    records = [{"direct": True, "judgement": "right"}, {"direct": True, "judgement": ""}]
    with pytest.raises(SystemExit, match="line 2"):
        list(count_judgements(records))
