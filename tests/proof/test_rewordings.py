"""Sentences written by hand: honest shortenings and rewordings of a source, and false ones beside them.

Each line of the file has a source, a kind, and a half: the rules were written with the half "seen", and measured with
the half "aside". "near" are false sentences that come near to what the rules allow.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.proof.prover import Prover
from assistant.records.article import Article
from assistant.records.proof import Proof, Source
from assistant.speech.statements import find_statements

LINES: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("rewordings.jsonl").read_text("utf-8").splitlines()
]
MIN_PROVED = {"seen": 25, "aside": 23}  # honest sentences of 75


def prove(text: str, sentence: str) -> Proof:
    """The proof of a sentence from a text of 7 August 2019, a Wednesday."""
    article, span = Article("a", "News", text, "", published_at="2019-08-07"), (0, len(text))
    source = Source(1, article, *span, (span,), tuple(find_statements(article, [span])))
    return Prover([source]).prove(f"{sentence} [1]")


@pytest.mark.parametrize("half", MIN_PROVED)
def test_honest_sentences_are_proved(half: str) -> None:
    """At least as many as when this was written."""
    lines = [line for line in LINES if line["half"] == half]
    proved = [line for line in lines if prove(line["source"], line["honest"]).support != "unsupported"]
    assert len(lines) == 75
    assert len(proved) >= MIN_PROVED[half]


def test_false_sentences_are_not_proved() -> None:
    """None of them, whatever they are near to."""
    proved = [line for line in LINES if prove(line["source"], line["false"]).support != "unsupported"]
    assert len(LINES) > 250
    assert proved == []
