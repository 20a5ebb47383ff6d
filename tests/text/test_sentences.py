"""Paragraphs and sentences with their offsets."""

from __future__ import annotations

import pytest

from assistant.text.sentences import find_boundaries, paragraph_spans, sentence_spans
from tests.conftest import ROOT


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_newline_ends_paragraph() -> None:
    """Each line is a paragraph, without the white space around it."""
    assert paragraph_spans("One.\n\n  Two. \nThree.") == [(0, 4), (8, 12), (14, 20)]


def test_blank_line_ends_paragraph_in_wrapped_text() -> None:
    """In hard-wrapped text, only a blank line ends a paragraph."""
    lines = [
        "This is a line of a text that is wrapped by hand at about",
        "sixty letters so that it goes on in the next one and goes on",
        "until it ends here.",
        "",
        "A second paragraph of this text is also wrapped by hand and",
        "it goes on to here.",
    ]
    text = "\n".join(lines)
    assert [text[a:b] for a, b in paragraph_spans(text)] == ["\n".join(lines[:3]), "\n".join(lines[4:])]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Tarn came. He left.", ["Mr. Tarn came.", "He left."]),
        ("“It is shut.” He left.", ["“It is shut.”", "He left."]),
        ("Ada (D-Md.), who left, won.", ["Ada (D-Md.), who left, won."]),
        ("They ran out of stock. Tarn left.", ["They ran out of stock.", "Tarn left."]),
        ("It was a new law. Tarn left.", ["It was a new law.", "Tarn left."]),
        ("He met the reporter. Harbour master Tarn left.", ["He met the reporter.", "Harbour master Tarn left."]),
        ("He thanked John. Tarn left.", ["He thanked John.", "Tarn left."]),
        ("Capt. Tarn of Marl Corp. Ltd left.", ["Capt. Tarn of Marl Corp. Ltd left."]),
        ("About Sept. 4 Roe left, approx. Ten times.", ["About Sept. 4 Roe left, approx. Ten times."]),
        ("Jeb! was there. So was Ivo.", ["Jeb! was there.", "So was Ivo."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ('It is shut. " It was open.', ["It is shut.", '" It was open.']),
        ("", []),
    ],
)
def test_sentence_boundaries(text: str, sentences: list[str]) -> None:
    """Titles, brackets and names with a mark do not end a sentence."""
    assert sentences_of(text) == sentences


def test_sentences_contain_all_characters() -> None:
    """Only white space is outside the sentences."""
    text = "One two.  Three?\n\tFour … five"
    assert "".join(sentences_of(text)).replace(" ", "") == "".join(text.split())


def test_sentences_of_wrapped_text() -> None:
    """A sentence extends over the lines of a paragraph, also inside a divided word."""
    text = "The board could not af-\nford the crane. It said so\non Tuesday, and nobody\nanswered."
    assert sentences_of(text) == [
        "The board could not af-\nford the crane.",
        "It said so\non Tuesday, and nobody\nanswered.",
    ]


def test_long_paragraph_is_divided_as_a_whole_one() -> None:
    """A paragraph that is given to nupunkt in pieces, to save memory, has the same sentences."""
    articles = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.md")))
    line = " ".join(" ".join(article.split()) for article in articles)
    whole = list(find_boundaries(line, len(line)))
    assert whole[-1] == len(line)
    for longest in (2_000, 5_000):
        assert list(find_boundaries(line, longest)) == whole


@pytest.mark.parametrize(
    "text", ["word " * 1_000, "x" * 3_000, "a. " * 1_000, " " * 3_000], ids=["words", "x", "a.", " "]
)
def test_paragraph_without_sentences_ends(text: str) -> None:
    """Pieces that hold no whole sentence are passed over; the boundaries go on to the end and never back."""
    found = list(find_boundaries(text, 500))
    assert found == sorted(found)
    assert text[max(found, default=0) :].strip() == ""
