"""Whole answers are the same from both stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.indexing.lance.publishing import publish_tables
from tests.bench.stores import compare_answers, read_questions
from tests.conftest import ROOT
from tests.support.sampling import sampled


@pytest.mark.slow
def test_gold_questions_have_the_same_answers(seeds: Assistant, tmp_path: Path) -> None:
    """Every field but the times; of all gold questions in a campaign, else of one in 20."""
    pytest.importorskip("lance", reason="the extra lance is not installed")
    publish_tables(seeds.config.index, str(tmp_path / "tables"))
    other = Assistant(seeds.config.model_copy(update={"store": str(tmp_path / "tables")}), seeds.model)
    other.ranking = seeds.ranking
    questions = sampled(read_questions(ROOT / "tests" / "gold.jsonl"), 20)
    assert len(questions) > 6
    differences = list(compare_answers(seeds, other, questions))
    assert differences == [[]] * len(questions)
