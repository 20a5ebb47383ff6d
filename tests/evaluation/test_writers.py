"""`assistant eval --writer` with a scripted model: each question in each way, and what became of the sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.app import main
from assistant.engine import Assistant
from assistant.evaluation.metrics import WRITER_METRICS
from assistant.evaluation.writers import WAYS, ask_each_way, report_by_way
from tests.evaluation.test_metrics import PILES, POPE, write_lines
from tests.support.model_server import Script, run_model_server

WRITTEN = "Valcourt said the piles were made of gold. [1] The piles will be replaced on 3 May 1899. [1]"


def answer_by_mode(request: dict[str, Any]) -> str:
    """The first source where the output must be a choice; prose that no article says where it may be anything."""
    return '{"numbers": [1]}' if "response_format" in request else WRITTEN


def test_each_question_is_asked_each_way(seeds: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three columns, one line of each answer in the file, and the metrics of what was written."""
    questions, saved = write_lines(tmp_path / "q.jsonl", PILES, POPE), tmp_path / "answers.jsonl"
    with run_model_server(Script(says=answer_by_mode)) as server:
        settings = tmp_path / "config.yaml"
        settings.write_text(
            f"writer:\n  model: tiny\n  base_url: {server.base_url}\n  context_tokens: 4096\n", encoding="utf-8"
        )
        command = ["eval", str(questions), "--writer", "--config", str(settings), "--index", str(seeds.config.index)]
        with pytest.raises(SystemExit) as ended:
            main([*command, "--json", "--answers", str(saved)])
        assert ended.value.code == 0
        found = json.loads(capsys.readouterr().out)
        with pytest.raises(SystemExit):
            main(command)
    assert [found[way]["n"] for way in WAYS] == [2, 2, 2]
    assert found["select"]["model_shown"] > 0
    assert (found["write"]["sentences_written"], found["write"]["unproved"]) == (2, 1.0)
    assert found["write"]["model_shown"] == 0.0
    assert found["write"]["quote_exact"] == 1.0
    assert "model_asked" not in found["extractive"]
    assert set(found["write"]) - set(found["extractive"]) == set(WRITER_METRICS)
    assert "ms_p50" not in found["write"]
    records = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    assert [(record["id"], record["writing"] and record["writing"]["mode"]) for record in records[:3]] == [
        ("piles", None),
        ("piles", "select"),
        ("piles", "write"),
    ]
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].split() == list(WAYS)
    told = "write: 1 answer without the model: Nothing that the model wrote is proved."
    assert [line for line in printed.err.splitlines() if line.startswith(("select", "write"))] == [told]


def test_no_model_is_an_error(seeds: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a model in the settings there is nothing to compare; the curve is of one way only."""
    questions = write_lines(tmp_path / "q.jsonl", PILES)
    for options, code in (([], 1), (["--curve"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(["eval", str(questions), "--writer", *options, "--index", str(seeds.config.index)])
        assert ended.value.code == code
    assert "writer.model" in capsys.readouterr().err


def test_settings_are_as_before(seeds: Assistant) -> None:
    """Whoever stops in the middle has the settings that the assistant had; nothing asked is no metric."""
    assert report_by_way({way: [] for way in WAYS}, {way: [] for way in WAYS})["write"]["n"] == 0
    with pytest.raises(Exception, match=r"writer\.model"):
        next(ask_each_way(seeds, []))
