"""An article with its words, paragraphs, quotation marks and statements."""

from __future__ import annotations

import pytest

from assistant.quotes.alignment import Alphabet
from assistant.quotes.annotated_article import AnnotatedArticle, build_streams, split_by_paragraph
from assistant.records.article import Span
from assistant.records.statement import Statement
from tests.conftest import make_article

TEXT = (
    "“The piles are rotten,” Ada Valcourt said. “Paint will not save them.”\n\n"
    "The harbour master disagreed. “They are sound,” Ivo Dray said."
)
FIRST, SECOND, THIRD = "The piles are rotten,", "Paint will not save them.", "They are sound,"


def place(words: str) -> Span:
    """Where some words are in TEXT."""
    start = TEXT.index(words)
    return start, start + len(words)


def statement(words: str, speaker: str) -> Statement:
    """A direct statement of these words."""
    start, end = place(words)
    return Statement("a", speaker, "said", start, end, True, start, end)


@pytest.fixture
def annotated() -> AnnotatedArticle:
    """TEXT with its three statements."""
    said = [statement(FIRST, "Ada Valcourt"), statement(SECOND, "Ada Valcourt"), statement(THIRD, "Ivo Dray")]
    return AnnotatedArticle(make_article(TEXT), said)


def test_paragraphs_numbered(annotated: AnnotatedArticle) -> None:
    """An offset belongs to a paragraph, and a span contains the starts of paragraphs."""
    second = TEXT.index("The harbour")
    assert [annotated.paragraph_number(at) for at in (0, place(SECOND)[0], second)] == [0, 0, 1]
    assert annotated.paragraph_starts(0, len(TEXT)) == [second]


def test_quoted_spans_are_direct(annotated: AnnotatedArticle) -> None:
    """Words in quotation marks are direct speech, other words are not."""
    assert [TEXT[a:b].strip("“”") for a, b in annotated.quoted_spans(0, 10)] == [FIRST, SECOND]
    assert annotated.is_direct([place(SECOND)])
    assert not annotated.is_direct([place("The harbour master disagreed.")])


def test_speaker_of_span(annotated: AnnotatedArticle) -> None:
    """A span belongs to the speaker of most of it, or to nobody."""
    owner = annotated.statement_of([place("rotten")])
    assert owner is not None
    assert owner.speaker == "Ada Valcourt"
    assert annotated.statement_of([place("The harbour master disagreed.")]) is None
    assert annotated.speakers(0, len(TEXT)) == ["Ada Valcourt", "Ivo Dray"]


def test_one_utterance_needs_one_speaker_and_paragraph(annotated: AnnotatedArticle) -> None:
    """Two spans are one utterance in one paragraph and by one speaker only."""
    assert annotated.is_one_utterance(place(FIRST), place(SECOND))
    assert not annotated.is_one_utterance(place(SECOND), place(THIRD))


def test_streams_of_all_and_of_quoted_words(annotated: AnnotatedArticle) -> None:
    """A span gives a stream of all words and, per paragraph, one of the quoted words."""
    streams = list(build_streams(annotated, [(0, len(TEXT))], Alphabet()))
    assert [stream.quoted_only for stream in streams] == [False, True, True]
    assert [TEXT[word.start : word.end] for word in streams[2].words] == ["They", "are", "sound"]
    assert TEXT[slice(*streams[1].span(0, 4))] == "The piles are rotten"
    paragraphs = list(split_by_paragraph(streams[0]))
    assert [TEXT[part.words[0].start : part.words[0].end] for part in paragraphs] == ["The", "The"]
    assert len(paragraphs[0].words) + len(paragraphs[1].words) == len(streams[0].words)
