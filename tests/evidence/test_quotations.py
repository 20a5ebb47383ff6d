"""Places of quoted words."""

from __future__ import annotations

import pytest

from assistant.evidence.quotations import find_quotation_spans, find_quoted_words
from assistant.evidence.selection import EvidenceRequest
from assistant.records.query import Query
from tests.support.bridge_news import make_library
from tests.support.memory_library import MemoryLibrary, make_article


def find(words: str, library: MemoryLibrary) -> list[tuple[str, str, float, str | None]]:
    query = Query(f"Who said “{words}”?", "who_said", (), quoted=(words,))
    snapshot = library.snapshot()
    evidence = find_quoted_words(EvidenceRequest(query, snapshot, snapshot.passages))
    return [(each.article.id, each.article.text[each.start : each.end], each.score, each.speaker) for each in evidence]


def test_quotation_with_speaker() -> None:
    """Case and punctuation may differ; the speaker is the one that the article names."""
    sentence = "“We will not reopen the bridge this year,” she said."
    assert find("Not reopen, the bridge", make_library()) == [("bridge", sentence, 1.0, "Ada Quill")]


def test_words_without_speaker() -> None:
    """Words that nobody says are cited as their sentence, with a lower score."""
    assert find("on 9 May", make_library()) == [
        ("ferry", "The ferry carried 55 boats past the bridge on 9 May.", 0.9, None)
    ]


def test_words_in_no_article() -> None:
    """Nothing is found for words that do not occur."""
    assert find("a promise of fish", make_library()) == []


def test_statement_before_headline() -> None:
    """A first line that repeats the title is passed over for the statement."""
    text = "The ice will hold\n\n“The ice will hold,” said Ada Brandreth, who runs the lock."
    (place,) = find("The ice will hold", MemoryLibrary([make_article("ice", text, title="The ice will hold")]))
    assert place[1:] == ("“The ice will hold,” said Ada Brandreth, who runs the lock.", 1.0, "Ada Brandreth")


@pytest.mark.parametrize("words", ["cannot afford the well-known crane", "cannot afford the wellknown crane"])
def test_words_divided_at_the_end_of_a_line(words: str) -> None:
    """A divided word is found with and without a hyphen, and the span is that of the article's text."""
    text = "“We cannot af-\nford the well-\nknown crane,” she said."
    assert [text[a:b] for a, b in find_quotation_spans(words, text)] == ["cannot af-\nford the well-\nknown crane"]


@pytest.mark.parametrize(
    ("text", "status", "via"),
    [
        ("Ada Brandreth said: “The ice will hold.”", "asserted", None),
        ("Ivo Tarn said that Ada Brandreth had said “the ice will hold”.", "reported", "Ivo Tarn"),
        ("Ada Brandreth denied saying “the ice will hold”.", "denied", None),
        ("Ada Brandreth was asked whether she had said “the ice will hold”.", "questioned", None),
    ],
)
def test_innermost_speaker_with_status(text: str, status: str, via: str | None) -> None:
    """The speaker is the person whose words they are, with what the article says of it."""
    library = MemoryLibrary([make_article("ice", text)])
    query = Query("Who said “the ice will hold”?", "who_said", (), quoted=("the ice will hold",))
    snapshot = library.snapshot()
    (place,) = find_quoted_words(EvidenceRequest(query, snapshot, snapshot.passages))
    assert (place.speaker, place.status, place.via) == ("Ada Brandreth", status, via)


def test_said_words_come_before_unsaid_ones() -> None:
    """A place where the words are denied comes after one where they are said."""
    library = MemoryLibrary(
        [
            make_article("denied", "Ada Brandreth denied saying “the ice will hold”."),
            make_article("said", "“The ice will hold,” said Ivo Tarn."),
        ]
    )
    assert [place[0] for place in find("The ice will hold", library)] == ["said", "denied"]
