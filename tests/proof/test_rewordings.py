"""Sentences written by hand: honest shortenings and rewordings of a source, and false ones beside them.

Each line of the file has a source, a kind, and a half: the rules were written with the half "seen", and measured with
the half "aside". "near" are false sentences that come near to what the rules allow.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.proof.claims import Claim
from assistant.proof.prover import Prover
from assistant.proof.restating import restate
from assistant.proof.shortening.omissions import can_omit_after
from assistant.records.article import Article
from assistant.records.proof import Proof, Source
from assistant.speech.statements import find_statements
from tests.proof.test_parts import read_source

LINES: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("rewordings.jsonl").read_text("utf-8").splitlines()
]
MIN_PROVED = {"seen": 45, "aside": 35}  # honest sentences of 75


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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Lund, who starred in a film, left.", "Lund left."),
        ("Officers opened the box and counted the money.", "Officers counted the money."),
        ("Lund quickly left the town.", "Lund left the town."),
        ("Lund left the town because of the storm.", "Lund left the town."),
        ("Lund met the bishop who blessed the boat.", "Lund met the bishop."),
        ("Lund lost the race, so he left.", "Lund lost the race."),
        ("The hall is full and was closed.", "The hall is full."),
        ("After the debate, Lund left the town.", "Lund left the town."),
        ("Last winter, Lund left the town.", "Lund left the town."),
        ("The road is 23 kilometres long.", "The road is 23 km long."),
    ],
)
def test_shortened(text: str, sentence: str) -> None:
    """What says only how, why, when or what else happened may be left out."""
    assert prove(text, sentence).support == "supported"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lund closed the pier.", "The pier was closed by Lund."),
        ("If the wall holds, the families return.", "The families return if the wall holds."),
        ("Since May, the pier has been shut.", "The pier has been shut since May."),
        ("Ada Tarn, the mayor, left.", "The mayor, Ada Tarn, left."),
        ("The owner of the dog left.", "The dog's owner left."),
    ],
)
def test_restated(one: str, other: str) -> None:
    """Each says the same as the other; a claim with a pronoun is taken as it is."""
    assert prove(one, other).support == prove(other, one).support == "supported"
    assert list(restate(Claim(one), read_source(other)))
    assert not list(restate(Claim(f"He says {one}"), read_source(other)))


@pytest.mark.parametrize(
    ("text", "sentence", "left_out"),
    [
        ("Lund left the town in a boat.", "Lund left the town.", "in a boat"),
        ("The old bridge fell.", "The bridge fell.", "old"),
        ("Lund, speaking in Orvik, rejected the tax.", "Lund rejected the tax.", "speaking in Orvik"),
        ("Lund denied the charge but admitted the theft.", "Lund denied the charge.", "but admitted the theft"),
    ],
)
def test_reason_names_what_is_left_out(text: str, sentence: str, left_out: str) -> None:
    """A sentence that is shortened too much is told what it lacks, not that the words are in another connection."""
    (finding,) = prove(text, sentence).findings
    assert finding.reason == f"it leaves out “{left_out}” of the source, which may change what is said"
    assert not can_omit_after(read_source(text).words, 3)


@pytest.mark.parametrize("said", ["said it was safe", "sold the house"])
@pytest.mark.parametrize(
    ("described", "wrong"),
    [
        ("Former Orvik mayor Tarn", "Mayor Tarn"),
        ("Former Orvik mayor Ada Tarn", "Mayor Ada Tarn"),
        ("The former Orvik mayor, Ada Tarn,", "The mayor, Ada Tarn,"),
        ("Mayor Tarn", "Former mayor Tarn"),
        ("Late Orvik mayor Ada Tarn", "Mayor Ada Tarn"),
    ],
)
def test_office_of_another_time_is_another_office(described: str, wrong: str, said: str) -> None:
    """Also where a place stands between "former" and the office."""
    assert prove(f"{described} {said}.", f"{wrong} {said}.").support == "unsupported"
    assert prove(f"{described} {said}.", f"{described} {said}.").support == "verbatim"
