"""Which sentence of an article corrects a sentence of another one."""

from __future__ import annotations

import pytest

from assistant.records.article import Span
from assistant.retrieval.corrections import find_correcting_sentence, is_reported_error, list_corrections_of
from assistant.text.sentences import sentence_spans
from tests.support.memory_library import make_article

CLOSED = make_article("mill", "Nine weavers left the mill. It has 40 looms.", title="Mill shuts")
CORRECTION = make_article(
    "note", "The article “Mill shuts” wrongly said that nine weavers left the mill; six did.", title="Correction"
)


def _spans(_: str) -> list[Span]:
    return sentence_spans(CORRECTION.text)


def test_the_sentence_with_the_same_words_corrects() -> None:
    assert find_correcting_sentence(CLOSED, (0, 27), [CORRECTION], _spans) == (CORRECTION, (0, len(CORRECTION.text)))


def test_another_sentence_of_the_corrected_article_stands() -> None:
    assert find_correcting_sentence(CLOSED, (28, 44), [CORRECTION], _spans) is None


def test_an_article_that_is_not_named_is_not_corrected() -> None:
    other = make_article("other", CLOSED.text, title="Weavers leave")
    assert list_corrections_of(other, [CORRECTION]) == []
    assert list_corrections_of(CLOSED, [CLOSED, CORRECTION]) == [CORRECTION]


def test_a_shared_figure_alone_corrects_only_where_asked() -> None:
    counted = make_article("mill", "Of its 40 looms none runs.", title="Mill shuts")
    note = make_article("note", "“Mill shuts” should have said that 40 people work there.", title="Correction")
    spans = sentence_spans(note.text)
    assert find_correcting_sentence(counted, (0, 26), [note], lambda _: spans) == (note, spans[0])
    assert find_correcting_sentence(counted, (0, 26), [note], lambda _: spans, by_figures=False) is None


@pytest.mark.parametrize(
    ("before", "reported"),
    [("An article wrongly said that ", True), ("It incorrectly gave ", True), ("The mayor said that ", False)],
)
def test_reported_errors(before: str, reported: bool) -> None:
    assert is_reported_error(before) is reported
