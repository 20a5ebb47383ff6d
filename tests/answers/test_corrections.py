"""Corrections by other articles."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.corrections import find_correction, prefer_corrected_sentences
from assistant.records.answer import Evidence
from tests.support.bridge_news import BRIDGE, CORRECTION, FERRY, make_corrected_library, make_library

CORRECTED = "The correct number is 14 boats, not 40."
CLOSED = Evidence(BRIDGE, 0, 62, 0.9)
WRONG_NUMBER = Evidence(CORRECTION, 0, 54, 0.8)
RIGHT_NUMBER = Evidence(CORRECTION, CORRECTION.text.index(CORRECTED), len(CORRECTION.text), 0.7)


def test_sentence_that_corrects_a_figure() -> None:
    """The correction names the title and shares the figure."""
    correcting = find_correction(CLOSED, make_corrected_library().snapshot("bridge"))
    assert correcting is not None
    assert correcting.article.text[correcting.start : correcting.end] == CORRECTED


def test_other_sentences_are_not_corrected() -> None:
    """A sentence without the figure, or of an article that is not named, is not corrected."""
    snapshot = make_corrected_library().snapshot("bridge", "ferry")
    assert find_correction(Evidence(BRIDGE, 107, 159, 0.9), snapshot) is None
    assert find_correction(Evidence(FERRY, 0, 52, 0.9), snapshot) is None
    assert find_correction(CLOSED, make_library().snapshot()) is None


def test_corrected_version_is_preferred() -> None:
    """A sentence that only reports the error is replaced; what corrects comes first, once."""
    evidence = [CLOSED, WRONG_NUMBER, RIGHT_NUMBER]
    preferred = prefer_corrected_sentences(evidence, make_corrected_library().snapshot())
    assert [each.article.text[each.start : each.end] for each in preferred] == [CORRECTED, BRIDGE.text[:62]]
    assert [each.score for each in preferred] == [0.8, 0.9]
    weak = replace(WRONG_NUMBER, score=0.3)
    assert prefer_corrected_sentences([CLOSED, weak], make_corrected_library().snapshot())[0] == CLOSED


def test_correction_stays_behind_what_it_does_not_correct() -> None:
    """A better sentence on something else stays first: “14 boats, not 40” does not tell when the bridge opens."""
    elsewhere = Evidence(BRIDGE, 107, 159, 0.95)
    preferred = prefer_corrected_sentences([elsewhere, CLOSED, RIGHT_NUMBER], make_corrected_library().snapshot())
    assert preferred == [elsewhere, RIGHT_NUMBER, CLOSED]
